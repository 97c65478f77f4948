#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/term_pool.hpp"
#include "engine/plan/plan.hpp"

namespace tercet::plan {

/// What happened at a node, by its id; empty when the query was not run.
struct Actual {
    std::uint64_t rows = 0;
    double milliseconds = 0;  ///< inputs included
    std::uint64_t bytes = 0;  ///< the most that it held at once, inputs not included
};

/// The plan as an indented tree: operation, what it reads, estimated rows and cost, and what happened.
[[nodiscard]] std::string explain_text(const Plan& plan, TermPool& pool, const std::vector<Actual>& actual);
/// The same as JSON: {"operation", "details", "estimated_rows", "cost", "rows", "milliseconds", "bytes", "inputs"}.
[[nodiscard]] std::string explain_json(const Plan& plan, TermPool& pool, const std::vector<Actual>& actual);

}  // namespace tercet::plan

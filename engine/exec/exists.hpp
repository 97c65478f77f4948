#pragma once

#include <memory>
#include <vector>

#include "engine/exec/operator.hpp"

namespace tercet::exec {

/// EXISTS: whether a pattern has a solution compatible with a row.
///
/// The pattern's plan runs once; its solutions are kept, and rows are looked up by the variables that both share. A filter inside
/// the pattern that looks at variables of the row is handled by the planner, which gives the pattern those variables.
class ExistsCheck {
public:
    virtual ~ExistsCheck() = default;
    [[nodiscard]] virtual bool holds(const Batch& batch, std::size_t row) = 0;
};

/// `pattern` is the key of its plan in context.plan.exists; `variables` are the columns of the rows to check.
[[nodiscard]] std::unique_ptr<ExistsCheck> make_exists_check(const algebra::Node& pattern, const std::vector<VariableId>& variables,
                                                             Context& context);

}  // namespace tercet::exec

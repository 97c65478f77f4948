#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "engine/exec/service.hpp"
#include "engine/model/term_id.hpp"

namespace tercet::algebra {
class NamedProjections;
}
namespace tercet::graph {
class ProjectionCache;
}

namespace tercet::exec {

/// What stays the same, or goes on, while one query runs.
struct Session {
    std::string now;         ///< NOW(), as xsd:dateTime
    std::string base;        ///< for IRI()
    std::string temporary_directory;  ///< for what there is no memory for
    std::mt19937_64 random;
    /// BNODE("label") by the number of the solution and the label.
    std::map<std::pair<std::uint64_t, std::string>, TermId> blank_nodes;

    std::shared_ptr<ServiceClient> services;  ///< who asks endpoints; null: nobody

    std::shared_ptr<graph::ProjectionCache> projections;       ///< of this store; null: none are kept
    std::shared_ptr<algebra::NamedProjections> projection_names;  ///< null: they get none
    std::string projection_scope;  ///< what else than its definition and the snapshot tells what is in a projection

    Session();

    /// Where an operator starts to number its solutions, so that no two have a number in common.
    [[nodiscard]] std::uint64_t next_solutions() noexcept { return ++operators << 40U; }
    std::uint64_t operators = 0;
};

}  // namespace tercet::exec

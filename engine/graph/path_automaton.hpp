#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/model/term_id.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::graph {

/// One step along a triple: by a predicate, or by any predicate that is not excluded.
struct PathStep {
    TermId predicate = TermId::any();
    std::vector<TermId> excluded;  ///< only where predicate is any()
    bool forward = true;

    friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// A property path as a finite automaton without empty moves (Thompson 1968, then the moves taken out). State 0 is the start.
struct PathAutomaton {
    struct Edge {
        std::uint32_t to;
        PathStep step;
    };
    std::vector<std::vector<Edge>> edges;  ///< by state
    std::vector<bool> accepting;

    [[nodiscard]] bool accepts_nothing() const { return accepting[0]; }  ///< the path of no step
};

using FindPredicate = std::function<TermId(const std::string& iri)>;

/// Throws Error (Query) for bounds that would make more than 100,000 states.
[[nodiscard]] PathAutomaton make_automaton(const sparql::Path& path, const FindPredicate& find);
/// The path walked the other way round.
[[nodiscard]] sparql::PathPtr inverse_of(const sparql::PathPtr& path);

}  // namespace tercet::graph

#pragma once

#include <memory>

#include "engine/graph/walk_layers.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::graph {

/// Which of the walks between two ends are wanted: the first `walks`, and of the `lengths` least lengths only. See
/// docs/graph.md for the words of the language that lead here.
struct WalkSelection {
    std::uint64_t walks = 1;
    std::uint64_t lengths = kAllWalks;
    sparql::PathMode mode = sparql::PathMode::Walk;
    bool by_cost = false;  ///< the cheapest first; needs a number of walks
};

/// Finds walks while they are asked for; those between two ends come by ascending length, or
/// cost, unless all are wanted.
class WalkStream {
public:
    virtual ~WalkStream() = default;
    [[nodiscard]] virtual bool next(Walk& walk) = 0;
};

/// A path made ready for searching. Immutable; streams keep a reference.
struct SearchPath {
    PathAutomaton forwards;   ///< each walk has one run
    PathAutomaton backwards;  ///< the same reversed

    explicit SearchPath(const PathAutomaton& automaton)
        : forwards(determinize(automaton)), backwards(reversed(forwards)) {}
};

/// Whether a search for them ends on every graph: all walks of a path without bounds may be infinitely many.
[[nodiscard]] bool is_finite(const SearchPath& path, const WalkSelection& selection);

/// Walks from `start` to `end`; any() stands for every node, on one side only. Precondition: is_finite().
[[nodiscard]] std::unique_ptr<WalkStream> search_walks(const SearchPath& path, TermId start, TermId end,
                                                       const WalkSelection& selection, const WalkContext& context);

/// Whether a walk keeps to a mode.
[[nodiscard]] bool keeps_to(sparql::PathMode mode, const Walk& walk);

}  // namespace tercet::graph

#pragma once

#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/graph/edge_source.hpp"
#include "engine/graph/node_set.hpp"

namespace tercet::graph {

/// What one walk over a graph needs besides its path.
struct WalkContext {
    EdgeSource& edges;
    const CancelToken& cancel;
    MemoryBudget& memory;
};

/// A node, and how much of the path lies behind it.
struct Place {
    std::uint32_t state;
    TermId node;
    friend auto operator<=>(const Place&, const Place&) = default;
};

/// Where walks that match a path can be, breadth first: each place once, level by level.
class Reach {
public:
    Reach(const PathAutomaton& automaton, TermId start, const WalkContext& context);

    /// Takes one step further; false when there is nothing new.
    bool advance();
    /// The places that the last step found; at first those of no step.
    [[nodiscard]] const std::vector<Place>& frontier() const noexcept { return frontier_; }
    [[nodiscard]] bool has(const Place& place) const { return seen_[place.state].contains(place.node); }

private:
    void visit(const Place& place);
    void account();

    const PathAutomaton& automaton_;
    WalkContext context_;
    MemoryShare share_;
    std::vector<NodeSet> seen_;  ///< by state
    std::vector<Place> frontier_, next_;
};

/// The distinct ends of the walks from `start` that match: the ALP procedure of SPARQL 1.2, section 18.5.
[[nodiscard]] std::vector<TermId> ends_of_walks(const PathAutomaton& automaton, TermId start,
                                                const WalkContext& context);

/// Whether a walk from `start` to `end` matches. `backwards` is the automaton reversed; the search goes on from
/// whichever end has less before it.
[[nodiscard]] bool are_connected(const PathAutomaton& automaton, const PathAutomaton& backwards, TermId start,
                                 TermId end, const WalkContext& context);

}  // namespace tercet::graph

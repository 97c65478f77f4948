#pragma once

#include <array>
#include <unordered_map>

#include "engine/graph/path_reach.hpp"

namespace tercet::graph {

struct PlaceHash {
    std::size_t operator()(const Place& p) const noexcept { return mix(p.node.bits() + p.state * 0x9e3779b97f4a7c15ULL); }
};

/// The ways on from places of one automaton, each place read once. References stay valid.
class PlaceSteps {
public:
    struct Step {
        Place to;
        TermId predicate;
        bool forward;
        double cost;

        /// As stored, when the step is taken from `from`.
        [[nodiscard]] std::array<TermId, 3> triple(TermId from) const {
            if (forward) return {from, predicate, to.node};
            return {to.node, predicate, from};
        }
    };
    using Steps = std::vector<Step>;

    PlaceSteps(const PathAutomaton& automaton, const WalkContext& context)
        : automaton_(automaton), context_(context), share_(context.memory, "a path search") {}
    [[nodiscard]] const Steps& at(const Place& place);

private:
    const PathAutomaton& automaton_;
    WalkContext context_;
    MemoryShare share_;
    std::unordered_map<Place, Steps, PlaceHash> known_;
    std::size_t held_ = 0;
};

}  // namespace tercet::graph

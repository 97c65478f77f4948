#include "engine/graph/place_steps.hpp"

namespace tercet::graph {

const PlaceSteps::Steps& PlaceSteps::at(const Place& place) {
    const auto [found, is_new] = known_.try_emplace(place);
    if (!is_new) return found->second;
    Steps& steps = found->second;
    const TermId nodes[] = {place.node};
    for (const auto& edge : automaton_.edges[place.state]) {
        const PathStep& step = automaton_.steps[edge.step];
        context_.edges.expand(nodes, step, [&](std::span<const Hop> hops) {
            for (const Hop& hop : hops) {
                const bool forward = step.forward || hop.node == place.node;
                steps.push_back({{edge.to, hop.node}, hop.predicate, forward, hop.cost});
            }
        });
    }
    held_ += sizeof(*found) + steps.capacity() * sizeof(Step);
    share_.resize(held_);
    return steps;
}

}  // namespace tercet::graph

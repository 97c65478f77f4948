#include "engine/graph/path_reach.hpp"

#include <algorithm>

namespace tercet::graph {

Reach::Reach(const PathAutomaton& automaton, TermId start, const WalkContext& context)
    : automaton_(automaton), context_(context), share_(context.memory, "a property path"), seen_(automaton.size()) {
    for (const std::uint32_t state : automaton.starts) visit({state, start});
    frontier_.swap(next_);
}

void Reach::visit(const Place& place) {
    if (seen_[place.state].insert(place.node)) next_.push_back(place);
}

bool Reach::advance() {
    context_.cancel.check();
    std::sort(frontier_.begin(), frontier_.end());
    std::vector<TermId> nodes;
    for (auto group = frontier_.begin(); group != frontier_.end();) {
        const std::uint32_t state = group->state;
        nodes.clear();
        for (; group != frontier_.end() && group->state == state; ++group) nodes.push_back(group->node);
        for (const auto& edge : automaton_.edges[state]) {
            context_.edges.expand(nodes, automaton_.steps[edge.step], [&](std::span<const Hop> hops) {
                for (const Hop& hop : hops) visit({edge.to, hop.node});
            });
        }
    }
    frontier_.swap(next_);
    next_.clear();
    account();
    return !frontier_.empty();
}

void Reach::account() {
    std::size_t bytes = (frontier_.capacity() + next_.capacity()) * sizeof(Place) + seen_.size() * sizeof(NodeSet);
    for (const NodeSet& set : seen_) bytes += set.bytes();
    share_.resize(bytes);
}

std::vector<TermId> ends_of_walks(const PathAutomaton& automaton, TermId start, const WalkContext& context) {
    Reach reach(automaton, start, context);
    MemoryShare share(context.memory, "the ends of a property path");
    std::vector<TermId> ends;
    NodeSet known;
    do {
        for (const Place& place : reach.frontier()) {
            if (automaton.accepting[place.state] && known.insert(place.node)) ends.push_back(place.node);
        }
        share.resize(ends.capacity() * sizeof(TermId) + known.bytes());
    } while (reach.advance());
    return ends;
}

bool are_connected(const PathAutomaton& automaton, const PathAutomaton& backwards, TermId start, TermId end,
                   const WalkContext& context) {
    Reach from_start(automaton, start, context), from_end(backwards, end, context);
    const auto met = [](const Reach& moved, const Reach& other) {
        return std::any_of(moved.frontier().begin(), moved.frontier().end(),
                           [&](const Place& place) { return other.has(place); });
    };
    if (met(from_start, from_end)) return true;
    while (true) {
        const bool ahead = from_start.frontier().size() <= from_end.frontier().size();
        Reach& moving = ahead ? from_start : from_end;
        if (!moving.advance()) return false;
        if (met(moving, ahead ? from_end : from_start)) return true;
    }
}

}  // namespace tercet::graph

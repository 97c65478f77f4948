#include "engine/graph/walk_layers.hpp"

#include <algorithm>
#include <utility>

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

constexpr std::size_t kFirstTable = 64;

std::uint64_t saturating_sum(std::uint64_t a, std::uint64_t b) { return a > kAllWalks - b ? kAllWalks : a + b; }

}  // namespace

WalkLayers::WalkLayers(const PathAutomaton& automaton, TermId start, std::uint64_t walks, std::uint64_t lengths,
                       const WalkContext& context)
    : automaton_(automaton),
      walks_(walks),
      lengths_(std::min(walks, lengths)),
      context_(context),
      share_(context.memory, "a path search"),
      table_(kFirstTable, kNone) {
    for (const std::uint32_t state : automaton.starts) visits_[add_visit({state, start}, 0)].walks = 1;
}

std::size_t WalkLayers::slot_of(const Place& place) const {
    const std::size_t mask = table_.size() - 1;
    std::size_t slot = mix(place.node.bits() + place.state * 0x9e3779b97f4a7c15ULL) & mask;
    while (table_[slot] != kNone && visits_[table_[slot]].place != place) slot = (slot + 1) & mask;
    return slot;
}

WalkLayers::Index WalkLayers::find(const Place& place) const { return table_[slot_of(place)]; }

void WalkLayers::grow_table() {
    std::vector<Index> before = std::exchange(table_, std::vector<Index>(2 * table_.size(), kNone));
    for (const Index visit : before) {
        if (visit != kNone) table_[slot_of(visits_[visit].place)] = visit;
    }
}

WalkLayers::Index WalkLayers::add_visit(const Place& place, Index depth) {
    if (visits_.size() + 1 >= kNone)
        throw Error(ErrorCode::Memory, "a path search visits too many places; bound the path");
    if (table_.size() < 2 * (places_ + 1)) grow_table();
    Index& slot = table_[slot_of(place)];
    Visit visit{place, depth};
    if (slot == kNone) {
        ++places_;
    } else {
        visit.earlier = slot;
        visit.rank = visits_[slot].rank + 1;
    }
    slot = static_cast<Index>(visits_.size());
    visits_.push_back(visit);
    return slot;
}

void WalkLayers::arrive(Index from, const Place& place, const Arrival& arrival) {
    Index visit = find(place);
    if (visit == kNone || visits_[visit].depth <= depth_) {
        if (visit != kNone && visits_[visit].rank >= lengths_) return;
        visit = add_visit(place, depth_ + 1);
    }
    if (visits_[visit].walks >= walks_) return;
    visits_[visit].walks = saturating_sum(visits_[visit].walks, visits_[from].walks);
    arrivals_.push_back(arrival);
    arrivals_.back().next = std::exchange(visits_[visit].first_arrival, static_cast<Index>(arrivals_.size() - 1));
}

bool WalkLayers::advance() {
    context_.cancel.check();
    std::vector<Index> layer(layer_size());
    for (std::size_t i = 0; i < layer.size(); ++i) layer[i] = layer_begin_ + static_cast<Index>(i);
    std::sort(layer.begin(), layer.end(), [&](Index a, Index b) { return visits_[a].place < visits_[b].place; });
    const auto next_layer = static_cast<Index>(visits_.size());
    std::vector<TermId> nodes;
    for (std::size_t begin = 0, end = 0; begin < layer.size(); begin = end) {
        const std::uint32_t state = visits_[layer[begin]].place.state;
        nodes.clear();
        for (; end < layer.size() && visits_[layer[end]].place.state == state; ++end)
            nodes.push_back(visits_[layer[end]].place.node);
        for (const auto& edge : automaton_.edges[state]) {
            const PathStep& step = automaton_.steps[edge.step];
            context_.edges.expand(nodes, step, [&](std::span<const Hop> hops) {
                for (const Hop& hop : hops) {
                    const Index from = layer[begin + hop.from];
                    arrive(from, {edge.to, hop.node}, {from, kNone, hop.predicate, step.forward});
                }
                share_.resize(visits_.capacity() * sizeof(Visit) + arrivals_.capacity() * sizeof(Arrival) +
                              table_.size() * sizeof(Index));
            });
        }
    }
    layer_begin_ = next_layer;
    ++depth_;
    return layer_size() != 0;
}

WalkReader::WalkReader(const WalkLayers& layers, WalkLayers::Index visit) : layers_(layers), top_(visit) {}

void WalkReader::descend(WalkLayers::Index visit) {
    for (auto arrival = layers_.visits()[visit].first_arrival; arrival != WalkLayers::kNone;
         arrival = layers_.visits()[layers_.arrival(arrival).from].first_arrival) {
        steps_.push_back(arrival);
    }
}

bool WalkReader::next() {
    if (!std::exchange(begun_, true)) {
        descend(top_);
        return true;
    }
    while (!steps_.empty()) {
        const auto other = layers_.arrival(steps_.back()).next;
        steps_.pop_back();
        if (other == WalkLayers::kNone) continue;
        steps_.push_back(other);
        descend(layers_.arrival(other).from);
        return true;
    }
    return false;
}

void WalkReader::append_steps(Walk& walk, bool towards_start) const {
    const auto append = [&](WalkLayers::Index index, TermId to) {
        const auto& arrival = layers_.arrival(index);
        const TermId from = layers_.visits()[arrival.from].place.node;
        if (arrival.forward)
            walk.edges.push_back({from, arrival.predicate, to});
        else
            walk.edges.push_back({to, arrival.predicate, from});
        // A loop is walked along its arrow, whichever way it was found.
        walk.forward.push_back(arrival.forward != towards_start || from == to);
    };
    const auto end_of_step = [&](std::size_t i) {
        return layers_.visits()[i == 0 ? top_ : layers_.arrival(steps_[i - 1]).from].place.node;
    };
    if (towards_start) {
        for (std::size_t i = 0; i < steps_.size(); ++i) append(steps_[i], end_of_step(i));
    } else {
        for (std::size_t i = steps_.size(); i-- > 0;) append(steps_[i], end_of_step(i));
    }
}

TermId end_of(const Walk& walk) {
    if (walk.edges.empty()) return walk.start;
    return walk.edges.back()[walk.forward.back() ? 2 : 0];
}

}  // namespace tercet::graph

#include "engine/graph/cheapest_walks.hpp"

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

using sparql::PathMode;

constexpr std::uint64_t kMovesPerCheck = 256;

}  // namespace

WalkTree::Index WalkTree::add(Index before, const PlaceSteps::Step& step) {
    if (begun_.size() + 1 >= kRoot)
        throw Error(ErrorCode::Memory, "a path search begins too many walks; bound the path");
    const bool first = before == kRoot;
    begun_.push_back({step.to, before, first ? 0 : begun_[before].length + 1, step.predicate, step.forward,
                      first ? 0 : begun_[before].cost + step.cost});
    share_.resize(begun_.capacity() * (sizeof(Begun) + 3 * sizeof(double)));  // and its entry of the queue
    return static_cast<Index>(begun_.size() - 1);
}

Walk WalkTree::walk(Index index, bool towards_start) const {
    std::vector<Index> steps;  // the last first
    Index at = index;
    for (; begun_[at].before != kRoot; at = begun_[at].before) steps.push_back(at);
    Walk walk{begun_[towards_start ? index : at].place.node, {}, {}, begun_[index].cost};
    const auto append = [&](Index step) {
        const Begun& to = begun_[step];
        const TermId from = begun_[to.before].place.node;
        const bool is_loop = from == to.place.node;
        walk.edges.push_back(PlaceSteps::Step{to.place, to.predicate, to.forward, 0}.triple(from));
        walk.forward.push_back(to.forward != towards_start || is_loop);
    };
    if (towards_start)
        for (const Index step : steps) append(step);
    else
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) append(*step);
    return walk;
}

bool WalkTree::keeps_to(PathMode mode, Index index, const PlaceSteps::Step& step) const {
    if (mode == PathMode::Walk) return true;
    const auto triple = step.triple(begun_[index].place.node);
    for (Index at = index;; at = begun_[at].before) {
        const Begun& begun = begun_[at];
        const bool is_start = begun.before == kRoot;
        if (mode != PathMode::Trail && begun.place.node == step.to.node && !(mode == PathMode::Simple && is_start))
            return false;
        if (is_start) return true;
        const PlaceSteps::Step taken{begun.place, begun.predicate, begun.forward, 0};
        if (mode == PathMode::Trail && taken.triple(begun_[begun.before].place.node) == triple) return false;
    }
}

CheapestWalks::CheapestWalks(const PathAutomaton& automaton, bool towards_start, TermId from, TermId to,
                             const WalkSelection& selection, const WalkContext& context)
    : automaton_(automaton),
      towards_start_(towards_start),
      to_(to),
      wanted_(selection.walks),
      context_(context),
      tree_(context.memory),
      steps_(automaton, context) {
    for (const std::uint32_t state : automaton.starts) queue_.push(0, 0, tree_.add_start({state, from}));
}

bool CheapestWalks::next(Walk& walk) {
    while (!queue_.empty()) {
        if (!to_.is_any() && given_[to_] == wanted_) return false;
        const WalkTree::Index at = queue_.pop();
        const Place place = tree_.at(at).place;
        std::uint64_t& passed = passed_[place];
        if (passed == wanted_) continue;
        if (++passed % kMovesPerCheck == 1) context_.cancel.check();
        for (const PlaceSteps::Step& step : steps_.at(place)) {
            const auto known = passed_.find(step.to);
            if (known != passed_.end() && known->second == wanted_) continue;
            const WalkTree::Index next = tree_.add(at, step);
            queue_.push(tree_.at(next).cost, tree_.at(next).length, next);
        }
        const bool arrives = automaton_.accepting[place.state] && (to_.is_any() || place.node == to_);
        if (!arrives || given_[place.node] == wanted_) continue;
        ++given_[place.node];
        walk = tree_.walk(at, towards_start_);
        return true;
    }
    return false;
}

CostToEnd::CostToEnd(const SearchPath& path, TermId end, const WalkContext& context)
    : backwards_(path.backwards),
      context_(context),
      share_(context.memory, "a path search"),
      steps_(path.backwards, context) {
    for (const std::uint32_t state : backwards_.starts) queue_.push({0, {state, end}});
}

std::optional<double> CostToEnd::from(const Place& place) {
    auto found = known_.find(place);
    while (found == known_.end() && !queue_.empty()) {
        if (++visits_ % kMovesPerCheck == 0) context_.cancel.check();
        const auto [cost, nearest] = queue_.top();
        queue_.pop();
        if (!known_.emplace(nearest, cost).second) continue;
        for (const PlaceSteps::Step& step : steps_.at(nearest)) {
            if (!known_.contains(step.to)) queue_.push({cost + step.cost, step.to});
        }
        share_.resize((known_.size() + queue_.size()) * 2 * sizeof(Entry));
        if (nearest == place) return cost;
    }
    return found == known_.end() ? std::nullopt : std::optional(found->second);
}

CheapestRestricted::CheapestRestricted(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                                       const WalkContext& context)
    : path_(path),
      start_(start),
      end_(end),
      selection_(selection),
      context_(context),
      tree_(context.memory),
      steps_(path.forwards, context),
      rest_(path, end, context) {
    if (rest_.from({path.forwards.starts.front(), start}))
        push(tree_.add_start({path.forwards.starts.front(), start}));
}

void CheapestRestricted::push(WalkTree::Index walk) {
    const auto& begun = tree_.at(walk);
    queue_.push(begun.cost + *rest_.from(begun.place), begun.length, walk);
}

bool CheapestRestricted::is_end(const Place& place) const {
    return path_.forwards.accepting[place.state] && place.node == end_;
}

bool CheapestRestricted::next(Walk& walk) {
    while (!queue_.empty() && given_ < selection_.walks) {
        if (++moves_ % kMovesPerCheck == 0) context_.cancel.check();
        const WalkTree::Index at = queue_.pop();
        const WalkTree::Begun begun = tree_.at(at);
        const bool closed = selection_.mode == PathMode::Simple && begun.length > 0 && begun.place.node == start_;
        if (!closed) {
            for (const PlaceSteps::Step& step : steps_.at(begun.place)) {
                const bool returns = selection_.mode == PathMode::Simple && step.to.node == start_;
                if (returns && !is_end(step.to)) continue;
                if (tree_.keeps_to(selection_.mode, at, step) && rest_.from(step.to)) push(tree_.add(at, step));
            }
        }
        if (!is_end(begun.place)) continue;
        ++given_;
        walk = tree_.walk(at, false);
        return true;
    }
    return false;
}

}  // namespace tercet::graph

#include "engine/graph/restricted_walks.hpp"

#include <utility>

namespace tercet::graph {
namespace {

using sparql::PathMode;

constexpr std::size_t kNoLimit = static_cast<std::size_t>(-1);
constexpr std::uint64_t kMovesPerCheck = 1024;

}  // namespace

RestrictedWalks::RestrictedWalks(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                                 const WalkContext& context)
    : path_(path),
      start_(start),
      end_(end),
      selection_(selection),
      by_length_(selection.walks != kAllWalks || selection.lengths != kAllWalks),
      context_(context),
      known_steps_(path.forwards, context) {
    if (!end.is_any()) distances_.emplace(path.backwards, end, 1, 1, context);
}

bool RestrictedWalks::is_end(const Place& place) const {
    return path_.forwards.accepting[place.state] && (end_.is_any() || place.node == end_);
}

/// Whether walks that are `depth` long at this place can still be ended as they should. Goes backwards from the end as
/// far as it takes to know.
bool RestrictedWalks::can_arrive(const Place& place, std::size_t depth) {
    if (by_length_ && depth > limit_) {
        cut_ = true;
        return false;
    }
    if (!distances_) return true;
    const std::size_t left = by_length_ ? limit_ - depth : kNoLimit;
    auto found = distances_->find(place);
    while (found == WalkLayers::kNone && !distances_complete_ && distances_->depth() < left) {
        distances_complete_ = !distances_->advance();
        found = distances_->find(place);
    }
    if (found == WalkLayers::kNone) {
        cut_ = cut_ || !distances_complete_;
        return false;
    }
    if (distances_->visits()[found].depth <= left) return true;
    cut_ = true;
    return false;
}

bool RestrictedWalks::start_round() {
    const Place first{path_.forwards.starts.front(), start_};
    if (!std::exchange(begun_, true)) {
        limit_ = by_length_ ? 0 : kNoLimit;
    } else {
        if (!finish_round()) return false;
        ++limit_;
    }
    cut_ = gave_ = false;
    while (!can_arrive(first, 0)) {
        if (!cut_) return false;
        cut_ = false;
        ++limit_;
    }
    frames_.push_back({first});
    nodes_on_walk_ = {start_};
    return true;
}

/// Whether another round may find more.
bool RestrictedWalks::finish_round() {
    if (gave_) ++lengths_;
    return by_length_ && cut_ && lengths_ < selection_.lengths;
}

/// SIMPLE: a walk that has come back to its start is over.
bool RestrictedWalks::is_closed() const {
    return selection_.mode == PathMode::Simple && frames_.size() > 1 && frames_.back().place.node == start_;
}

bool RestrictedWalks::keeps_to_mode(const Step& step) const {
    switch (selection_.mode) {
        case PathMode::Walk: return true;
        case PathMode::Trail: return !edges_on_walk_.contains(triple_of(step));
        case PathMode::Acyclic: return !nodes_on_walk_.contains(step.to.node);
        case PathMode::Simple:
            return !nodes_on_walk_.contains(step.to.node) || (step.to.node == start_ && is_end(step.to));
    }
    return false;
}

bool RestrictedWalks::may_enter(const Step& step) { return keeps_to_mode(step) && can_arrive(step.to, frames_.size()); }

void RestrictedWalks::enter(const Step& step) {
    if (selection_.mode == PathMode::Trail)
        edges_on_walk_.insert(triple_of(step));
    else
        nodes_on_walk_.insert(step.to.node);
    frames_.push_back({step.to});
    steps_.push_back(&step);
}

void RestrictedWalks::leave() {
    const Place left = frames_.back().place;
    const bool closed = is_closed();
    frames_.pop_back();
    if (steps_.empty()) return;
    const Step* step = std::exchange(steps_.back(), nullptr);
    steps_.pop_back();
    if (selection_.mode == PathMode::Trail)
        edges_on_walk_.erase(triple_of(*step));
    else if (!closed)
        nodes_on_walk_.erase(left.node);
}

/// The triple of a step from the last place of the walk.
std::array<TermId, 3> RestrictedWalks::triple_of(const Step& step) const {
    return step.triple(frames_.back().place.node);
}

Walk RestrictedWalks::walk() const {
    Walk walk{start_, {}, {}, static_cast<double>(steps_.size())};
    TermId from = start_;
    for (const Step* step : steps_) {
        walk.edges.push_back(step->triple(from));
        walk.forward.push_back(step->forward);
        from = step->to.node;
    }
    return walk;
}

bool RestrictedWalks::next(Walk& out) {
    if (walks_ == selection_.walks) return false;
    while (true) {
        if (++moves_ % kMovesPerCheck == 0) context_.cancel.check();
        if (frames_.empty() && !start_round()) return false;
        Frame& frame = frames_.back();
        if (frame.steps == nullptr) {
            static const Steps kNoSteps;
            frame.steps = is_closed() ? &kNoSteps : &known_steps_.at(frame.place);
            if (is_end(frame.place) && (!by_length_ || steps_.size() == limit_)) {
                out = walk();
                ++walks_;
                gave_ = true;
                return true;
            }
        }
        while (frame.tried < frame.steps->size() && !may_enter((*frame.steps)[frame.tried])) ++frame.tried;
        if (frame.tried == frame.steps->size())
            leave();
        else
            enter((*frame.steps)[frame.tried++]);
    }
}

}  // namespace tercet::graph

#include "engine/graph/shortest_walks.hpp"

#include <utility>

namespace tercet::graph {

ShortestWalks::ShortestWalks(const PathAutomaton& automaton, bool towards_start, TermId from, TermId to,
                             const WalkSelection& selection, const WalkContext& context)
    : towards_start_(towards_start),
      from_(from),
      to_(to),
      selection_(selection),
      layers_(automaton, from, selection.walks, selection.lengths, context) {}

bool ShortestWalks::is_done(const Progress& progress) const {
    return progress.walks >= selection_.walks || progress.lengths > selection_.lengths;
}

/// Whether walks to this visit are wanted; counts its length.
bool ShortestWalks::admits(const WalkLayers::Visit& visit) {
    if (!layers_.is_accepting(visit) || (!to_.is_any() && visit.place.node != to_)) return false;
    Progress& progress = progress_[visit.place.node];
    if (std::exchange(progress.last_length, visit.depth) != visit.depth) ++progress.lengths;
    return !is_done(progress);
}

bool ShortestWalks::next_visit() {
    while (!ended_) {
        for (; next_ < layers_.visits().size(); ++next_) {
            const auto& visit = layers_.visits()[next_];
            if (!admits(visit)) continue;
            reader_.emplace(layers_, next_++);
            far_end_ = visit.place.node;
            return true;
        }
        const auto found = to_.is_any() ? progress_.end() : progress_.find(to_);
        const bool satisfied =
            found != progress_.end() && (is_done(found->second) || found->second.lengths == selection_.lengths);
        ended_ = satisfied || !layers_.advance();
    }
    return false;
}

bool ShortestWalks::next(Walk& walk) {
    while (true) {
        if (!reader_ && !next_visit()) return false;
        Progress& progress = progress_[far_end_];
        if (!is_done(progress) && reader_->next()) {
            ++progress.walks;
            break;
        }
        reader_.reset();
    }
    walk = {towards_start_ ? far_end_ : from_, {}, {}, 0};
    reader_->append_steps(walk, towards_start_);
    walk.cost = static_cast<double>(walk.edges.size());
    return true;
}

MeetingWalks::MeetingWalks(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                           const WalkContext& context)
    : start_(start),
      selection_(selection),
      front_(path.forwards, start, selection.walks, 1, context),
      back_(path.backwards, end, selection.walks, 1, context) {}

/// Notes the places of the last layer that the other side knows. When the layers first touch, each walk of least length
/// goes through exactly one of them.
bool MeetingWalks::meet(const WalkLayers& moved, const WalkLayers& other) {
    for (WalkLayers::Index i = moved.layer_begin(); i < moved.visits().size(); ++i) {
        const auto there = other.find(moved.visits()[i].place);
        if (there == WalkLayers::kNone) continue;
        if (&moved == &front_)
            meetings_.emplace_back(i, there);
        else
            meetings_.emplace_back(there, i);
    }
    return !meetings_.empty();
}

void MeetingWalks::search() {
    if (meet(front_, back_)) return;
    while (true) {
        const bool ahead = front_.layer_size() <= back_.layer_size();
        WalkLayers& moving = ahead ? front_ : back_;
        if (!moving.advance() || meet(moving, ahead ? back_ : front_)) return;
    }
}

bool MeetingWalks::next_pair() {
    while (true) {
        if (back_reader_ && back_reader_->next()) return true;
        if (front_reader_ && front_reader_->next()) {
            back_reader_.emplace(back_, meetings_[meeting_ - 1].second);
            continue;
        }
        if (meeting_ == meetings_.size()) return false;
        front_reader_.emplace(front_, meetings_[meeting_++].first);
        back_reader_.reset();
    }
}

bool MeetingWalks::next(Walk& walk) {
    if (!std::exchange(searched_, true)) search();
    if (given_ == selection_.walks || !next_pair()) return false;
    ++given_;
    walk = {start_, {}, {}, 0};
    front_reader_->append_steps(walk, false);
    back_reader_->append_steps(walk, true);
    walk.cost = static_cast<double>(walk.edges.size());
    return true;
}

}  // namespace tercet::graph

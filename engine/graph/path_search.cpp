#include "engine/graph/path_search.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "engine/graph/cheapest_walks.hpp"
#include "engine/graph/restricted_walks.hpp"
#include "engine/graph/shortest_walks.hpp"

namespace tercet::graph {
namespace {

using sparql::PathMode;

std::unique_ptr<WalkStream> restricted_to(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                                          const WalkContext& context) {
    if (selection.by_cost) return std::make_unique<CheapestRestricted>(path, start, end, selection, context);
    return std::make_unique<RestrictedWalks>(path, start, end, selection, context);
}

/// Restricted walks to one end after the other.
class RestrictedToEach final : public WalkStream {
public:
    RestrictedToEach(const SearchPath& path, TermId start, std::vector<TermId> ends, const WalkSelection& selection,
                     const WalkContext& context)
        : path_(path), start_(start), ends_(std::move(ends)), selection_(selection), context_(context) {}

    bool next(Walk& walk) override {
        while (true) {
            if (current_ && current_->next(walk)) return true;
            if (next_ == ends_.size()) return false;
            current_ = restricted_to(path_, start_, ends_[next_++], selection_, context_);
        }
    }

private:
    const SearchPath& path_;
    const TermId start_;
    const std::vector<TermId> ends_;
    const WalkSelection selection_;
    WalkContext context_;
    std::size_t next_ = 0;
    std::unique_ptr<WalkStream> current_;
};

/// The walks of least length between two ends mostly keep to every mode as they are. So they are found without
/// restriction first; only ends that no such walk fits are searched again with it.
class ShortestRestricted final : public WalkStream {
public:
    ShortestRestricted(const SearchPath& path, TermId start, std::unique_ptr<WalkStream> shortest,
                       const WalkSelection& selection, const WalkContext& context)
        : path_(path), start_(start), shortest_(std::move(shortest)), selection_(selection), context_(context) {}

    bool next(Walk& walk) override {
        while (shortest_) {
            if (!shortest_->next(walk)) {
                shortest_.reset();
                search_again();
                break;
            }
            if (keeps_to(selection_.mode, walk)) {
                fitted_.insert(end_of(walk));
                return true;
            }
            unfitted_.insert(end_of(walk));
        }
        return again_->next(walk);
    }

private:
    void search_again() {
        std::vector<TermId> ends;
        for (const TermId end : unfitted_) {
            if (!fitted_.contains(end)) ends.push_back(end);
        }
        again_ = std::make_unique<RestrictedToEach>(path_, start_, std::move(ends), selection_, context_);
    }

    const SearchPath& path_;
    const TermId start_;
    std::unique_ptr<WalkStream> shortest_, again_;
    const WalkSelection selection_;
    WalkContext context_;
    std::unordered_set<TermId> fitted_, unfitted_;
};

/// Turns the walks of the reversed path round.
class TurnedRound final : public WalkStream {
public:
    explicit TurnedRound(std::unique_ptr<WalkStream> walks) : walks_(std::move(walks)) {}

    bool next(Walk& walk) override {
        Walk found;
        if (!walks_->next(found)) return false;
        walk = {end_of(found), {found.edges.rbegin(), found.edges.rend()}, {}, found.cost};
        for (std::size_t i = found.edges.size(); i-- > 0;) {
            const bool is_loop = found.edges[i][0] == found.edges[i][2];
            walk.forward.push_back(!found.forward[i] || is_loop);
        }
        return true;
    }

private:
    std::unique_ptr<WalkStream> walks_;
};

std::unique_ptr<WalkStream> search_unrestricted(const SearchPath& path, TermId start, TermId end,
                                                const WalkSelection& selection, const WalkContext& context) {
    if (selection.by_cost) {
        if (start.is_any()) return std::make_unique<CheapestWalks>(path.backwards, true, end, start, selection, context);
        return std::make_unique<CheapestWalks>(path.forwards, false, start, end, selection, context);
    }
    if (start.is_any()) return std::make_unique<ShortestWalks>(path.backwards, true, end, start, selection, context);
    const bool one_length = selection.walks == 1 || selection.lengths == 1;
    if (one_length && !end.is_any()) return std::make_unique<MeetingWalks>(path, start, end, selection, context);
    return std::make_unique<ShortestWalks>(path.forwards, false, start, end, selection, context);
}

std::unique_ptr<WalkStream> search_restricted(const SearchPath& path, TermId start, TermId end,
                                              const WalkSelection& selection, const WalkContext& context) {
    if (selection.walks == 1 || (selection.lengths == 1 && selection.walks == kAllWalks)) {
        auto shortest = search_unrestricted(path, start, end, selection, context);
        return std::make_unique<ShortestRestricted>(path, start, std::move(shortest), selection, context);
    }
    const bool all = selection.walks == kAllWalks && selection.lengths == kAllWalks;
    if (all || !end.is_any()) return restricted_to(path, start, end, selection, context);
    return std::make_unique<RestrictedToEach>(path, start, ends_of_walks(path.forwards, start, context), selection,
                                              context);
}

/// The reversed path as one that can be searched forwards: runs must be one per walk again.
struct Turned {
    explicit Turned(const SearchPath& path) : path(path.backwards) {}
    SearchPath path;
};
class TurnedSearch final : public WalkStream {
public:
    TurnedSearch(const SearchPath& path, TermId end, const WalkSelection& selection, const WalkContext& context)
        : turned_(path), walks_(search_restricted(turned_.path, end, TermId::any(), selection, context)) {}
    bool next(Walk& walk) override { return walks_.next(walk); }

private:
    Turned turned_;
    TurnedRound walks_;
};

}  // namespace

bool keeps_to(PathMode mode, const Walk& walk) {
    if (mode == PathMode::Walk) return true;
    if (mode == PathMode::Trail) {
        auto edges = walk.edges;
        std::sort(edges.begin(), edges.end());
        return std::adjacent_find(edges.begin(), edges.end()) == edges.end();
    }
    std::unordered_set<TermId> nodes{walk.start};
    for (std::size_t i = 0; i < walk.edges.size(); ++i) {
        const TermId node = walk.edges[i][walk.forward[i] ? 2 : 0];
        const bool closes = mode == PathMode::Simple && i + 1 == walk.edges.size() && node == walk.start;
        if (!nodes.insert(node).second && !closes) return false;
    }
    return true;
}

bool is_finite(const SearchPath& path, const WalkSelection& selection) {
    const bool all = selection.walks == kAllWalks && selection.lengths == kAllWalks;
    return !all || selection.mode != PathMode::Walk || !path.forwards.is_unbounded();
}

std::unique_ptr<WalkStream> search_walks(const SearchPath& path, TermId start, TermId end,
                                         const WalkSelection& selection, const WalkContext& context) {
    if (selection.mode == PathMode::Walk) return search_unrestricted(path, start, end, selection, context);
    if (start.is_any()) return std::make_unique<TurnedSearch>(path, end, selection, context);
    return search_restricted(path, start, end, selection, context);
}

}  // namespace tercet::graph

#pragma once

#include <optional>
#include <queue>
#include <unordered_map>

#include "engine/graph/path_search.hpp"
#include "engine/graph/place_steps.hpp"

namespace tercet::graph {

/// Begun walks as a tree that grows from the root: each knows the one that it continues by a step.
class WalkTree {
public:
    using Index = std::uint32_t;
    static constexpr Index kRoot = static_cast<Index>(-1);
    struct Begun {
        Place place;
        Index before;
        Index length;
        TermId predicate;
        bool forward;
        double cost;
    };

    explicit WalkTree(MemoryBudget& memory) : share_(memory, "a path search") {}
    /// Precondition: the step leaves the place of `before`. Throws Error (Memory) when there are too many.
    Index add(Index before, const PlaceSteps::Step& step);
    Index add_start(const Place& place) { return add(kRoot, {place, {}, true, 0}); }
    [[nodiscard]] const Begun& at(Index index) const { return begun_[index]; }
    /// `towards_start`: the tree was grown from the end of the walks.
    [[nodiscard]] Walk walk(Index index, bool towards_start) const;
    /// Whether the walk goes on within a mode when it takes this step.
    [[nodiscard]] bool keeps_to(sparql::PathMode mode, Index index, const PlaceSteps::Step& step) const;

private:
    MemoryShare share_;
    std::vector<Begun> begun_;
};

/// Begun walks, the cheapest first; of equals the shortest, then the oldest.
class WalkQueue {
public:
    void push(double cost, std::uint32_t length, WalkTree::Index walk) { heap_.push({cost, length, walk}); }
    [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
    WalkTree::Index pop() {
        const WalkTree::Index walk = heap_.top().walk;
        heap_.pop();
        return walk;
    }

private:
    struct Entry {
        double cost;
        std::uint32_t length;
        WalkTree::Index walk;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
};

/// The k cheapest walks from one node to another or to each: Dijkstra's search in which a place is passed up to k times.
/// The automaton gives each walk one run at most.
class CheapestWalks final : public WalkStream {
public:
    CheapestWalks(const PathAutomaton& automaton, bool towards_start, TermId from, TermId to,
                  const WalkSelection& selection, const WalkContext& context);
    [[nodiscard]] bool next(Walk& walk) override;

private:
    const PathAutomaton& automaton_;
    const bool towards_start_;
    const TermId to_;
    const std::uint64_t wanted_;
    WalkContext context_;
    WalkTree tree_;
    PlaceSteps steps_;
    WalkQueue queue_;
    std::unordered_map<Place, std::uint64_t, PlaceHash> passed_;
    std::unordered_map<TermId, std::uint64_t> given_;
};

/// What the rest of a walk costs at least: the cheapest without restriction, searched backwards from the end as far as
/// it takes.
class CostToEnd {
public:
    CostToEnd(const SearchPath& path, TermId end, const WalkContext& context);
    /// Nothing where the end cannot be reached.
    [[nodiscard]] std::optional<double> from(const Place& place);

private:
    using Entry = std::pair<double, Place>;
    const PathAutomaton& backwards_;
    WalkContext context_;
    MemoryShare share_;
    PlaceSteps steps_;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
    std::unordered_map<Place, double, PlaceHash> known_;
    std::uint64_t visits_ = 0;
};

/// The k cheapest walks between two nodes that repeat no edge or no node: begun walks are continued in the order of
/// what they cost at least (Hart, Nilsson and Raphael 1968). They can be exponentially many.
class CheapestRestricted final : public WalkStream {
public:
    CheapestRestricted(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                       const WalkContext& context);
    [[nodiscard]] bool next(Walk& walk) override;

private:
    void push(WalkTree::Index walk);
    [[nodiscard]] bool is_end(const Place& place) const;

    const SearchPath& path_;
    const TermId start_, end_;
    const WalkSelection selection_;
    WalkContext context_;
    WalkTree tree_;
    PlaceSteps steps_;
    CostToEnd rest_;
    WalkQueue queue_;
    std::uint64_t given_ = 0, moves_ = 0;
};

}  // namespace tercet::graph

#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/graph/path_reach.hpp"
#include "engine/model/term_pool.hpp"

namespace tercet::graph {

inline constexpr std::uint64_t kAllWalks = std::numeric_limits<std::uint64_t>::max();

using Walk = TermPool::PathValue;

/// All walks from one node, up to some number of the least lengths for each place, as layers of a graph of arrivals:
/// memory grows with the places visited and not with the number of walks.
///
/// The automaton must give each walk one run at most (determinize(), or that reversed).
class WalkLayers {
public:
    using Index = std::uint32_t;
    static constexpr Index kNone = std::numeric_limits<Index>::max();

    /// A place reached by walks of one length.
    struct Visit {
        Place place;
        Index depth;
        Index first_arrival = kNone;
        Index earlier = kNone;    ///< visit of the same place with walks of a smaller length
        Index rank = 1;           ///< this is the rank-th length of the place
        std::uint64_t walks = 0;  ///< how many lead here, as far as arrivals were kept
    };
    /// The last step of walks to a visit.
    struct Arrival {
        Index from;
        Index next;  ///< another arrival at the same visit
        TermId predicate;
        bool forward;
    };

    /// Keeps for each place walks of `lengths` different lengths, and no more arrivals than it takes for `walks` walks.
    WalkLayers(const PathAutomaton& automaton, TermId start, std::uint64_t walks, std::uint64_t lengths,
               const WalkContext& context);

    /// Takes one step further; false when no walk can go on.
    bool advance();
    [[nodiscard]] Index depth() const noexcept { return depth_; }
    /// The visits of the last layer are the indices from layer_begin() to visits().size().
    [[nodiscard]] Index layer_begin() const noexcept { return layer_begin_; }
    [[nodiscard]] std::size_t layer_size() const noexcept { return visits_.size() - layer_begin_; }
    [[nodiscard]] const std::vector<Visit>& visits() const noexcept { return visits_; }
    [[nodiscard]] const Arrival& arrival(Index index) const { return arrivals_[index]; }
    [[nodiscard]] bool is_accepting(const Visit& visit) const { return automaton_.accepting[visit.place.state]; }

    /// The last visit of a place, or kNone.
    [[nodiscard]] Index find(const Place& place) const;

private:
    void arrive(Index from, const Place& place, const Arrival& arrival);
    Index add_visit(const Place& place, Index depth);
    [[nodiscard]] std::size_t slot_of(const Place& place) const;
    void grow_table();

    const PathAutomaton& automaton_;
    std::uint64_t walks_, lengths_;
    WalkContext context_;
    MemoryShare share_;
    std::vector<Visit> visits_;
    std::vector<Arrival> arrivals_;
    std::vector<Index> table_;  ///< visits by place, open addressing
    std::size_t places_ = 0;
    Index layer_begin_ = 0;
    Index depth_ = 0;
};

/// Reads the walks of one visit out of the layers, each once: from the visit back to the start.
class WalkReader {
public:
    WalkReader(const WalkLayers& layers, WalkLayers::Index visit);

    /// Steps to the next walk; false when there are no more.
    bool next();
    /// Appends the steps of the walk to an empty or begun one. `towards_start`: in the order from the visit to the
    /// layers' start, which is the way of walks that were searched from their end.
    void append_steps(Walk& walk, bool towards_start) const;

private:
    void descend(WalkLayers::Index visit);

    const WalkLayers& layers_;
    WalkLayers::Index top_;
    std::vector<WalkLayers::Index> steps_;  ///< arrivals, the last step first
    bool begun_ = false;
};

/// Where a walk ends.
[[nodiscard]] TermId end_of(const Walk& walk);

}  // namespace tercet::graph

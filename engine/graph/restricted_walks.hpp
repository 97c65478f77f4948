#pragma once

#include <array>
#include <optional>
#include <unordered_set>

#include "engine/graph/path_search.hpp"
#include "engine/graph/place_steps.hpp"

namespace tercet::graph {

/// Walks that repeat no edge or no node, by depth first search.
///
/// With an end that is known, what cannot reach it in time is not entered: places know their distance to the end from a
/// search backwards that goes no further than it must. Where walks are wanted by length, the depth allowed grows step
/// by step (Korf 1985). The number of such walks, and the time between two of them, can be exponential in the size of
/// the graph.
class RestrictedWalks final : public WalkStream {
public:
    RestrictedWalks(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                    const WalkContext& context);
    [[nodiscard]] bool next(Walk& walk) override;

private:
    using Step = PlaceSteps::Step;
    using Steps = PlaceSteps::Steps;
    /// A place on the walk in hand, and which of its ways on have been tried.
    struct Frame {
        Place place;
        const Steps* steps = nullptr;  ///< null: not looked at yet
        std::size_t tried = 0;
    };

    bool start_round();
    bool finish_round();
    void enter(const Step& step);
    void leave();
    [[nodiscard]] bool may_enter(const Step& step);
    [[nodiscard]] bool keeps_to_mode(const Step& step) const;
    [[nodiscard]] bool can_arrive(const Place& place, std::size_t depth);
    [[nodiscard]] bool is_end(const Place& place) const;
    [[nodiscard]] bool is_closed() const;
    [[nodiscard]] std::array<TermId, 3> triple_of(const Step& step) const;
    [[nodiscard]] Walk walk() const;

    const SearchPath& path_;
    const TermId start_, end_;
    const WalkSelection selection_;
    const bool by_length_;
    WalkContext context_;
    PlaceSteps known_steps_;

    std::optional<WalkLayers> distances_;  ///< from the end backwards; none if any node may be the end
    bool distances_complete_ = false;

    std::vector<Frame> frames_;
    std::vector<const Step*> steps_;  ///< of the walk in hand, one less than frames
    std::unordered_set<TermId> nodes_on_walk_;
    std::unordered_set<std::array<TermId, 3>, TripleHash> edges_on_walk_;
    std::size_t limit_ = 0;  ///< the length of walks in this round
    bool begun_ = false;
    bool cut_ = false;   ///< a longer walk may be there
    bool gave_ = false;  ///< in this round
    std::uint64_t walks_ = 0, lengths_ = 0, moves_ = 0;
};

}  // namespace tercet::graph

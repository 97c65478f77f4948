#pragma once

#include <optional>
#include <unordered_map>

#include "engine/graph/path_search.hpp"

namespace tercet::graph {

/// Walks without restriction from one node to another or to all, layer by layer.
class ShortestWalks final : public WalkStream {
public:
    /// `towards_start`: `automaton` is the path reversed and `from` the end of the walks.
    ShortestWalks(const PathAutomaton& automaton, bool towards_start, TermId from, TermId to,
                  const WalkSelection& selection, const WalkContext& context);
    [[nodiscard]] bool next(Walk& walk) override;

private:
    /// What one node at the far end has had.
    struct Progress {
        std::uint64_t walks = 0;
        std::uint64_t lengths = 0;
        WalkLayers::Index last_length = WalkLayers::kNone;
    };
    bool next_visit();
    [[nodiscard]] bool admits(const WalkLayers::Visit& visit);
    [[nodiscard]] bool is_done(const Progress& progress) const;

    const bool towards_start_;
    const TermId from_, to_;
    const WalkSelection selection_;
    WalkLayers layers_;
    WalkLayers::Index next_ = 0;  ///< the visit to be looked at next
    std::optional<WalkReader> reader_;
    TermId far_end_;
    std::unordered_map<TermId, Progress> progress_;
    bool ended_ = false;
};

/// One shortest walk between two nodes, or all of them: searched from both ends at once.
class MeetingWalks final : public WalkStream {
public:
    MeetingWalks(const SearchPath& path, TermId start, TermId end, const WalkSelection& selection,
                 const WalkContext& context);
    [[nodiscard]] bool next(Walk& walk) override;

private:
    void search();
    bool meet(const WalkLayers& moved, const WalkLayers& other);
    bool next_pair();

    const TermId start_;
    const WalkSelection selection_;
    WalkLayers front_, back_;
    /// Where walks of least length pass from what was searched forwards to what was searched backwards.
    std::vector<std::pair<WalkLayers::Index, WalkLayers::Index>> meetings_;
    std::size_t meeting_ = 0;
    std::optional<WalkReader> front_reader_, back_reader_;
    std::uint64_t given_ = 0;
    bool searched_ = false;
};

}  // namespace tercet::graph

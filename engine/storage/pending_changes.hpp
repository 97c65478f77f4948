#pragma once

#include <cstddef>
#include <future>
#include <string>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/model/quad_source.hpp"
#include "engine/storage/quad_list.hpp"
#include "engine/storage/sorted_changes.hpp"

namespace tercet::storage {

/// What a transaction wants changed, and what that comes to. Of several changes of one quad the last counts.
///
/// Holds up to a number of changes in memory; more are sorted and written to temporary files.
class PendingChanges {
public:
    /// `directory` is used only when there are more changes than `in_memory`.
    explicit PendingChanges(std::size_t in_memory = static_cast<std::size_t>(-1), std::string directory = {}, CancelToken cancel = {});

    void add(const Quad& quad) { record({quad, true}); }
    void remove(const Quad& quad) { record({quad, false}); }

    /// How many changes settle() has still to look at.
    [[nodiscard]] std::size_t unsettled() const noexcept;
    /// All that is kept; of what settle() has not seen, several changes of one quad may count.
    [[nodiscard]] std::size_t size() const noexcept { return unsettled() + additions_.size() + removals_.size(); }
    /// Works out additions() and removals() as against `base`, which must be the same every time.
    void settle(const QuadSource& base);

    /// What is really new, and what is really gone.
    [[nodiscard]] const QuadList& additions() const noexcept { return additions_; }
    [[nodiscard]] const QuadList& removals() const noexcept { return removals_; }
    /// Whether some of it went to files.
    [[nodiscard]] bool has_files() const noexcept { return !runs_.empty(); }
    [[nodiscard]] const CancelToken& cancel() const noexcept { return cancel_; }

private:
    void record(const Change& change);
    void spill();
    void end_spilling();
    void settle_in_memory(const QuadSource& base);
    void settle_in_files(const QuadSource& base);

    std::size_t in_memory_;
    std::string directory_;
    CancelToken cancel_;
    RawVector<Change> recent_;        ///< since settle() or spill()
    RawVector<Change> spilling_;      ///< what next_run_ is made of
    std::future<ChangeRun> next_run_;   ///< on its way to runs_, while more changes come
    std::vector<ChangeRun> runs_;       ///< if spilled_ is not zero, all changes are in them, in spilling_ and in recent_
    std::size_t spilled_ = 0;
    bool is_settled_ = true;
    QuadList additions_;
    QuadList removals_;
};

}  // namespace tercet::storage

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "engine/model/index_choice.hpp"
#include "engine/storage/quad_block.hpp"
#include "engine/storage/quad_order.hpp"

namespace tercet::storage {

/// A quad to be there, or not to be, in an order of an index.
struct RowChange {
    IndexRow row;
    bool present = true;
};

/// Changes of one or more commits, with all indexes, immutable. An order is sorted when it is first asked for; any
/// number of threads may ask.
class DeltaRun {
public:
    /// Precondition: in ascending order of quads, one change a quad.
    explicit DeltaRun(std::vector<Change> changes) : changes_(std::move(changes)) {}
    /// Both as one; of two changes of the same the later one is kept. What `earlier` has sorted, this has, too.
    DeltaRun(const DeltaRun& earlier, const DeltaRun& later);
    DeltaRun(const DeltaRun&) = delete;
    DeltaRun& operator=(const DeltaRun&) = delete;

    [[nodiscard]] std::size_t size() const noexcept { return changes_.size(); }
    [[nodiscard]] const std::vector<Change>& changes() const noexcept { return changes_; }
    /// Those that belong to the order's index, in its order.
    [[nodiscard]] const std::vector<RowChange>& in(const IndexOrder& order) const;

private:
    struct Index {
        std::mutex making;
        std::atomic<bool> is_made = false;
        std::vector<RowChange> changes;
    };
    template <typename Make>
    static void make(Index& index, Make make);
    [[nodiscard]] std::vector<RowChange> sorted(const IndexOrder& order) const;

    std::vector<Change> changes_;
    mutable std::array<Index, kOrderCount> indexes_;
};

/// Walks the changes of several runs in the order of their rows: of each row the last change.
class DeltaCursor {
public:
    DeltaCursor() = default;

    /// Null at the end.
    [[nodiscard]] const RowChange* current() const noexcept { return current_; }
    /// Precondition: not at the end.
    void advance() noexcept;
    /// Moves forward to the first change that is not below the row.
    void seek(const IndexRow& row) noexcept;

private:
    friend class Delta;
    struct Run {
        std::span<const RowChange> left;
        std::size_t age;  ///< the last run has the lowest
    };
    [[nodiscard]] static bool comes_first(const Run& a, const Run& b) noexcept;
    void sort_runs() noexcept;
    void pass_first() noexcept;
    void find_current() noexcept { current_ = runs_.empty() ? nullptr : &runs_.front().left.front(); }

    std::vector<Run> runs_;  ///< that have something left, by their next rows; of equal ones the last run first
    const RowChange* current_ = nullptr;
};

/// What was committed since the blocks were written: runs of changes, of which later ones count more. A value that
/// shares its runs with the versions before it.
class Delta {
public:
    [[nodiscard]] bool empty() const noexcept { return runs_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept;

    /// With one more commit. Runs that are not much larger than what follows them are merged with it, so that there are
    /// few of them.
    [[nodiscard]] Delta with(std::vector<Change> changes) const;
    /// What was added since `earlier`, which this came from by with().
    [[nodiscard]] Delta since(const Delta& earlier) const;
    /// Makes what is there now a unit that with() leaves alone, for since().
    [[nodiscard]] Delta sealed() const;

    /// The last change of a quad, if there is one.
    [[nodiscard]] const Change* find(const Quad& quad) const;
    /// The changes of rows in [lower, upper], in the order. The cursor must not outlive this.
    [[nodiscard]] DeltaCursor in(const IndexOrder& order, const IndexRow& lower, const IndexRow& upper) const;
    /// At least as many as in() has.
    [[nodiscard]] std::size_t most_in(const IndexOrder& order, const IndexRow& lower, const IndexRow& upper) const;

private:
    std::vector<std::shared_ptr<const DeltaRun>> runs_;
    std::size_t sealed_ = 0;
};

}  // namespace tercet::storage

#pragma once

#include <atomic>
#include <span>
#include <vector>

#include "engine/storage/block_cursor.hpp"
#include "engine/storage/commit_target.hpp"

namespace tercet::storage {

/// Writes an order's blocks anew where changes concern them, and leaves the others where they are.
///
/// Changes come in ascending order. Blocks become neither much smaller nor larger than kBlockRows.
class BlockWriter {
public:
    /// `numbers` gives every new block its number.
    BlockWriter(CommitTarget& target, const BlockReader& reader, const FenceIndex& old, const IndexOrder& order,
                std::atomic<std::uint64_t>& numbers)
        : target_(target), reader_(reader), old_(old), order_(order), numbers_(numbers) {}

    void apply(const IndexRow& row, bool present) {
        if (next_ < old_.size() || old_at_ < old_rows_.size()) pass_old(row);
        if (present) push(row);
    }
    /// The blocks as they are now; the fences themselves are still to be written, by write_fences().
    [[nodiscard]] FenceIndex finish();
    /// The blocks that finish() has replaced, as they were.
    [[nodiscard]] const std::vector<Fence>& replaced() const noexcept { return replaced_; }

private:
    void pass_old(const IndexRow& row);
    void go_to(const IndexRow& row);
    void load(std::size_t index);
    void keep_block();
    void copy_below(const IndexRow& row);
    void push(const IndexRow& row) {
        if (rows_.size() == kBlockRows) make_room();
        rows_.push_back(row);
    }
    void make_room();
    void write(std::span<const IndexRow> rows);
    void flush();
    /// Rows that are to be written.
    [[nodiscard]] std::size_t waiting() const noexcept { return full_.size() + rows_.size(); }

    CommitTarget& target_;
    const BlockReader& reader_;
    const FenceIndex& old_;
    const IndexOrder& order_;
    std::atomic<std::uint64_t>& numbers_;

    FenceIndex fences_;
    std::vector<Fence> replaced_;
    std::size_t next_ = 0;            ///< the old block that comes next
    std::vector<IndexRow> old_rows_;  ///< of the block that is being changed
    std::size_t old_at_ = 0;
    std::vector<IndexRow> full_;  ///< to be written: none, or a block
    std::vector<IndexRow> rows_;  ///< to be written after them, up to a block
};

/// Rows of a block, or of a stretch of it.
[[nodiscard]] std::vector<IndexRow> decode_rows(const QuadBlock& block);

/// Takes the fences of replaced blocks out of their family, and puts in those that are new.
void write_fences(CommitTarget& target, const std::array<FenceIndex, kOrderCount>& fences, std::uint64_t first_new,
                  const std::array<std::vector<Fence>, kOrderCount>& replaced);

}  // namespace tercet::storage

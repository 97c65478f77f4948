#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/large_allocator.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/exec/batch.hpp"

namespace tercet::exec {

inline constexpr std::uint32_t kNoRow = static_cast<std::uint32_t>(-1);

inline constexpr std::uint64_t kHashSeed = 0x9E3779B97F4A7C15ULL;

/// A hash of several terms.
[[nodiscard]] inline std::uint64_t hash_terms(std::span<const TermId> terms) noexcept {
    std::uint64_t hash = kHashSeed;
    for (const TermId term : terms) hash = mix(hash ^ term.bits());
    return hash;
}

/// Rows of term ids, numbered from 0, that count against the memory budget. They lie in blocks, which stay where they are, so that
/// nothing is copied when there are more: a query with many rows has to listen to its cancellation all the time.
class RowStore {
public:
    RowStore(std::size_t width, MemoryBudget& memory, const char* owner) : width_(width), share_(memory, owner) {}

    /// Whether there is memory for one more row; takes it, so that the next append() does not throw.
    [[nodiscard]] bool has_room();
    /// Returns the number of the new row. Throws Error (Memory).
    std::uint32_t append(std::span<const TermId> row) {
        if (count_ == capacity_) make_room();
        Block& block = blocks_[count_ / kBlockRows];
        block.insert(block.end(), row.begin(), row.end());
        return count_++;
    }
    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const {
        return {blocks_[i / kBlockRows].data() + i % kBlockRows * width_, width_};
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return count_; }
    /// Forgets the rows, and keeps the memory for others.
    void clear() noexcept;
    /// Forgets the rows, and gives the memory back.
    void release() noexcept;

private:
    using Block = LargeVector<TermId>;
    static constexpr std::size_t kBlockRows = 1U << 16U;

    void make_room();
    [[nodiscard]] std::size_t next_capacity() const noexcept;
    void grow();

    std::size_t width_;
    std::uint32_t count_ = 0;
    std::size_t capacity_ = 0;
    std::vector<Block> blocks_;  ///< all of kBlockRows, but that the only one may be smaller
    MemoryShare share_;
};

}  // namespace tercet::exec

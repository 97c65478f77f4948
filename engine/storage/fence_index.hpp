#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/quad_block.hpp"

namespace tercet::storage {

/// Where the blocks of one order are: in memory, immutable once it is published.
///
/// A block's fence is its last row, so the first fence that is not below a row belongs to the block where the row
/// would be.
struct Fence {
    IndexRow last{};
    std::uint64_t block = 0;  ///< its number, given once and never again
    std::uint64_t rows = 0;
    std::uint64_t rows_before = 0;
};

class FenceIndex {
public:
    void append(const IndexRow& last, std::uint64_t block, std::uint64_t rows);

    [[nodiscard]] std::size_t size() const noexcept { return fences_.size(); }
    [[nodiscard]] const Fence& operator[](std::size_t index) const noexcept { return fences_[index]; }
    [[nodiscard]] std::uint64_t rows() const noexcept {
        return fences_.empty() ? 0 : fences_.back().rows_before + fences_.back().rows;
    }
    /// The first block at or behind `from` whose fence is not below the row; size() if there is none. Quick if it is
    /// near `from`.
    [[nodiscard]] std::size_t find(const IndexRow& row, std::size_t from = 0) const noexcept;

private:
    std::vector<Fence> fences_;
};

/// In the family of fences: order (1) and the parts of the last row, big-endian (32) -> block (8), rows (8).
[[nodiscard]] std::string encode_fence_key(std::size_t order, const IndexRow& last);
[[nodiscard]] std::string encode_fence(const Fence& fence);
/// Appends a fence that was read to its order's index. Throws Error (Damaged).
void decode_fence(std::string_view key, std::string_view value, std::array<FenceIndex, kOrderCount>& orders);

}  // namespace tercet::storage

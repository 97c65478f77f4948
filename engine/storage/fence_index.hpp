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
    std::uint64_t block = 0;        ///< its number, given once and never again
    std::uint32_t rows = 0;
    std::uint32_t default_rows = 0;  ///< those of the default graph
};

class FenceIndex {
public:
    void append(const Fence& fence);

    [[nodiscard]] std::size_t size() const noexcept { return fences_.size(); }
    [[nodiscard]] const Fence& operator[](std::size_t index) const noexcept { return fences_[index]; }
    /// Rows of the blocks [begin, end), of all graphs or of the default graph.
    [[nodiscard]] std::uint64_t rows(std::size_t begin, std::size_t end) const noexcept { return before_[end].all - before_[begin].all; }
    [[nodiscard]] std::uint64_t default_rows(std::size_t begin, std::size_t end) const noexcept {
        return before_[end].of_default_graph - before_[begin].of_default_graph;
    }
    /// The first block at or behind `from` whose fence is not below the row; size() if there is none. Quick if it is
    /// near `from`.
    [[nodiscard]] std::size_t find(const IndexRow& row, std::size_t from = 0) const noexcept;

private:
    struct Rows {
        std::uint64_t all = 0;
        std::uint64_t of_default_graph = 0;
    };
    std::vector<Fence> fences_;
    std::vector<Rows> before_{{}};  ///< the rows of the blocks before each, and at last of all
};

/// In the family of fences: order (1) and the parts of the last row, big-endian (32) -> block (8), rows (4), those of
/// the default graph (4).
[[nodiscard]] std::string encode_fence_key(std::size_t order, const IndexRow& last);
[[nodiscard]] std::string encode_fence(const Fence& fence);
/// Appends a fence that was read to its order's index. Throws Error (Damaged).
void decode_fence(std::string_view key, std::string_view value, std::array<FenceIndex, kOrderCount>& orders);

}  // namespace tercet::storage

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/model/quad_source.hpp"
#include "engine/storage/packed_column.hpp"

namespace tercet::storage {

/// So many quads make a block; never more than kMostBlockRows.
inline constexpr std::size_t kBlockRows = 2048;
inline constexpr std::size_t kMostBlockRows = 4096;

/// The parts of a quad in the order of an index.
using IndexRow = std::array<std::uint64_t, 4>;

[[nodiscard]] constexpr IndexRow row_of(const IndexOrder& order, const Quad& quad) noexcept {
    return {quad.slot[order.position[0]].bits(), quad.slot[order.position[1]].bits(),
            quad.slot[order.position[2]].bits(), quad.slot[order.position[3]].bits()};
}
[[nodiscard]] constexpr Quad quad_of(const IndexOrder& order, const IndexRow& row) noexcept {
    Quad quad;
    for (std::size_t i = 0; i < 4; ++i) quad.slot[order.position[i]] = TermId::from_bits(row[i]);
    return quad;
}

/// Precondition: between one and kMostBlockRows rows, ascending and distinct.
///
/// A block is a trie of two levels over packed columns (packed_column.hpp). Little-endian:
///
///     version (1) | which columns are one value only, a bit each (1) | 0 (2)
///     rows (2) | different first parts (2) | different first and second parts together (2) | 0 (2)
///     offsets of the six columns (2 each)
///     A: first parts                       A start: where in B each of them starts
///     B: second parts, by first part       B start: at which row each of them starts
///     C: third parts, of every row         D: fourth parts, of every row
///     padding (8)
///
/// A graph that is the same everywhere thus takes twelve bytes a block.
[[nodiscard]] std::string encode_block(std::span<const IndexRow> rows);

/// A place in a block: a row, and where it is on the levels above.
struct BlockPlace {
    std::size_t a = 0;
    std::size_t b = 0;
    std::size_t row = 0;
};

/// What those who move through one block and no other remember of its columns.
class BlockWindows {
public:
    void reset() noexcept {
        for (ColumnWindow& window : columns_) window.reset();
    }

private:
    friend class QuadBlock;
    std::array<ColumnWindow, 6> columns_;
};

/// Searches and decodes an encoded block. The bytes must outlive it.
class QuadBlock {
public:
    QuadBlock() = default;
    /// Throws Error (Damaged) if the bytes are no block.
    explicit QuadBlock(std::string_view bytes);
    /// Whether it can be decoded without looking outside of `bytes`, which it was made of. For those who doubt them: what
    /// a store reads has passed a checksum.
    [[nodiscard]] bool is_sound(std::string_view bytes) const noexcept;

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] bool at_end(const BlockPlace& place) const noexcept { return place.row >= rows_; }
    [[nodiscard]] IndexRow at(const BlockPlace& place, BlockWindows* windows = nullptr) const noexcept;
    /// The fourth part, if all rows have the same.
    [[nodiscard]] const PackedColumn& fourth() const noexcept { return column_[D]; }

    [[nodiscard]] bool contains(const IndexRow& row) const noexcept;
    /// Moves forward to the first row that is not below `row`.
    void seek(BlockPlace& place, const IndexRow& row, BlockWindows* windows = nullptr) const noexcept;
    /// Moves forward by rows.
    void advance(BlockPlace& place, std::size_t rows, BlockWindows* windows = nullptr) const noexcept;
    /// Decodes `count` rows from `place` on, each part into a column of its own, and moves there.
    void decode(BlockPlace& place, std::size_t count, const std::array<TermId*, 4>& out, BlockWindows* windows = nullptr) const noexcept;

private:
    enum Column : std::size_t { A, AStart, B, BStart, C, D };
    static constexpr std::size_t kColumns = 6;

    static ColumnWindow* window(BlockWindows* windows, Column column) noexcept { return windows == nullptr ? nullptr : &windows->columns_[column]; }
    [[nodiscard]] std::uint64_t value(Column column, std::size_t row, BlockWindows* windows) const noexcept {
        return column_[column].at(row, window(windows, column));
    }
    [[nodiscard]] std::size_t find(Column column, std::size_t begin, std::size_t end, std::uint64_t value, BlockWindows* windows) const noexcept {
        return column_[column].lower_bound(begin, end, value, window(windows, column));
    }
    [[nodiscard]] std::size_t first_b(std::size_t a, BlockWindows* windows) const noexcept {
        return a >= as_ ? bs_ : as_ == bs_ ? a : value(AStart, a, windows);
    }
    [[nodiscard]] std::size_t first_row(std::size_t b, BlockWindows* windows) const noexcept {
        return b >= bs_ ? rows_ : bs_ == rows_ ? b : value(BStart, b, windows);
    }
    [[nodiscard]] bool starts_are_sound(Column column, std::size_t count, std::size_t end) const noexcept;
    void decode_one(BlockPlace& place, const std::array<TermId*, 4>& out, BlockWindows* windows) const noexcept;
    void decode_first(BlockPlace& place, std::size_t count, TermId* out, BlockWindows* windows) const noexcept;
    void decode_runs(BlockPlace& place, std::size_t count, const std::array<TermId*, 4>& out, BlockWindows* windows) const noexcept;
    void go_to_b(BlockPlace& place, std::size_t b, BlockWindows* windows) const noexcept;
    void go_to_row(BlockPlace& place, std::size_t row, BlockWindows* windows) const noexcept;

    std::size_t rows_ = 0, as_ = 0, bs_ = 0;
    std::array<PackedColumn, kColumns> column_;
};

}  // namespace tercet::storage

#include "engine/storage/quad_block.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <vector>

#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

constexpr std::uint8_t kBlockVersion = 2;
constexpr std::size_t kHeaderBytes = 12 + 2 * 6;

void put16(std::string& out, std::size_t at, std::size_t value) {
    out[at] = static_cast<char>(value & 0xFFU);
    out[at + 1] = static_cast<char>((value >> 8U) & 0xFFU);
}
std::size_t get16(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]) | (static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 1])) << 8U);
}

[[noreturn]] void fail() { throw Error(ErrorCode::Damaged, "the store is damaged: a block of quads makes no sense"); }

/// The levels of the trie as plain numbers.
struct Trie {
    std::array<std::vector<std::uint64_t>, 6> column;

    explicit Trie(std::span<const IndexRow> rows) {
        for (auto& values : column) values.resize(rows.size());
        auto& [a, a_start, b, b_start, c, d] = column;
        std::size_t as = 0, bs = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool new_a = i == 0 || rows[i][0] != rows[i - 1][0];
            if (new_a) {
                a[as] = rows[i][0];
                a_start[as++] = bs;
            }
            if (new_a || rows[i][1] != rows[i - 1][1]) {
                b[bs] = rows[i][1];
                b_start[bs++] = i;
            }
            c[i] = rows[i][2];
            d[i] = rows[i][3];
        }
        a.resize(as);
        a_start.resize(as);
        b.resize(bs);
        b_start.resize(bs);
    }
};

void fill(TermId* out, std::size_t count, std::uint64_t value) { std::fill_n(out, count, TermId::from_bits(value)); }

/// A TermId is its 64 bits.
void unpack(const PackedColumn& column, std::size_t begin, std::size_t count, TermId* out, ColumnWindow* window) {
    static_assert(sizeof(TermId) == sizeof(std::uint64_t) && std::is_trivially_copyable_v<TermId>);
    column.unpack(begin, begin + count, reinterpret_cast<std::uint64_t*>(out), window);
}

}  // namespace

std::string encode_block(std::span<const IndexRow> rows) {
    const Trie trie(rows);
    std::string out(kHeaderBytes, '\0');
    std::uint8_t constant = 0;
    for (std::size_t i = 0; i < trie.column.size(); ++i) {
        put16(out, 12 + 2 * i, out.size());
        const bool is_identity = (i == 1 && trie.column[0].size() == trie.column[2].size()) ||
                                 (i == 3 && trie.column[2].size() == rows.size());
        if (!is_identity && pack_column(trie.column[i], out)) constant |= static_cast<std::uint8_t>(1U << i);
    }
    out[0] = static_cast<char>(kBlockVersion);
    out[1] = static_cast<char>(constant);
    put16(out, 4, rows.size());
    put16(out, 6, trie.column[0].size());
    put16(out, 8, trie.column[2].size());
    out.append(kColumnPadding, '\0');
    return out;
}

QuadBlock::QuadBlock(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes + kColumnPadding || bytes[0] != static_cast<char>(kBlockVersion)) fail();
    rows_ = get16(bytes, 4);
    as_ = get16(bytes, 6);
    bs_ = get16(bytes, 8);
    if (as_ == 0 || as_ > bs_ || bs_ > rows_ || rows_ > kMostBlockRows) fail();
    for (std::size_t i = 0; i < kColumns; ++i) {
        const std::size_t offset = get16(bytes, 12 + 2 * i);
        if (offset + kMiniHeaderBytes > bytes.size()) fail();
        column_[i] = PackedColumn(bytes.data() + offset, ((static_cast<unsigned char>(bytes[1]) >> i) & 1U) != 0);
    }
}

bool QuadBlock::is_sound(std::string_view bytes) const noexcept {
    const std::array<std::size_t, kColumns> rows{as_, as_ == bs_ ? 0 : as_, bs_, bs_ == rows_ ? 0 : bs_, rows_, rows_};
    for (std::size_t i = 0; i < kColumns; ++i) {
        if (rows[i] != 0 && !column_[i].fits(rows[i], bytes.size() - get16(bytes, 12 + 2 * i))) return false;
    }
    return (as_ == bs_ || starts_are_sound(AStart, as_, bs_)) && (bs_ == rows_ || starts_are_sound(BStart, bs_, rows_));
}

/// They ascend from zero and stay below `end`.
bool QuadBlock::starts_are_sound(Column column, std::size_t count, std::size_t end) const noexcept {
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t start = column_[column][i];
        if (i == 0 ? start != 0 : start <= column_[column][i - 1] || start >= end) return false;
    }
    return true;
}

IndexRow QuadBlock::at(const BlockPlace& place, BlockWindows* windows) const noexcept {
    return {value(A, place.a, windows), value(B, place.b, windows), value(C, place.row, windows), value(D, place.row, windows)};
}

void QuadBlock::go_to_b(BlockPlace& place, std::size_t b, BlockWindows* windows) const noexcept {
    place.b = b;
    if (as_ == bs_) {
        place.a = b;
    } else if (as_ > 1 && b >= first_b(place.a + 1, windows)) {
        place.a = find(AStart, place.a + 1, as_, b + 1, windows) - 1;
    }
}

void QuadBlock::go_to_row(BlockPlace& place, std::size_t row, BlockWindows* windows) const noexcept {
    place.row = row;
    if (row >= rows_) return;
    if (bs_ == rows_) {
        go_to_b(place, row, windows);
    } else if (row >= first_row(place.b + 1, windows)) {
        go_to_b(place, find(BStart, place.b + 1, bs_, row + 1, windows) - 1, windows);
    }
}

void QuadBlock::advance(BlockPlace& place, std::size_t rows, BlockWindows* windows) const noexcept { go_to_row(place, place.row + rows, windows); }

void QuadBlock::seek(BlockPlace& place, const IndexRow& row, BlockWindows* windows) const noexcept {
    if (at_end(place)) return;
    const std::size_t a = find(A, place.a, as_, row[0], windows);
    if (a == as_) return go_to_row(place, rows_, windows);
    std::size_t b = place.b;
    if (a != place.a) {
        b = first_b(a, windows);
        place = {a, b, first_row(b, windows)};
    }
    if (value(A, a, windows) != row[0]) return;

    const std::size_t b_end = first_b(a + 1, windows);
    const std::size_t found_b = find(B, b, b_end, row[1], windows);
    if (found_b == b_end) return go_to_row(place, first_row(b_end, windows), windows);
    if (found_b != b) place = {a, found_b, first_row(found_b, windows)};
    if (value(B, found_b, windows) != row[1]) return;

    const std::size_t end = first_row(found_b + 1, windows);
    std::size_t found = find(C, place.row, end, row[2], windows);
    if (found < end && row[3] != 0 && value(C, found, windows) == row[2]) {
        const std::size_t same = find(C, found, end, row[2] + 1, windows);
        found = find(D, found, same, row[3], windows);
    }
    if (found != place.row) go_to_row(place, found, windows);
}

bool QuadBlock::contains(const IndexRow& row) const noexcept {
    BlockWindows windows;
    const auto find_in = [&](Column column, std::size_t begin, std::size_t end, std::uint64_t wanted) -> std::optional<std::size_t> {
        const std::size_t at = find(column, begin, end, wanted, &windows);
        return at < end && value(column, at, &windows) == wanted ? std::optional(at) : std::nullopt;
    };
    const auto a = find_in(A, 0, as_, row[0]);
    if (!a) return false;
    const auto b = find_in(B, first_b(*a, &windows), first_b(*a + 1, &windows), row[1]);
    if (!b) return false;
    const std::size_t end = first_row(*b + 1, &windows);
    const auto c = find_in(C, first_row(*b, &windows), end, row[2]);
    if (!c) return false;
    if (column_[D].is_constant()) return column_[D][0] == row[3];
    return find_in(D, *c, find(C, *c, end, row[2] + 1, &windows), row[3]).has_value();
}

void QuadBlock::decode(BlockPlace& place, std::size_t count, const std::array<TermId*, 4>& out, BlockWindows* windows) const noexcept {
    if (count == 1) return decode_one(place, out, windows);
    unpack(column_[C], place.row, count, out[2], window(windows, C));
    if (column_[D].is_constant())
        fill(out[3], count, column_[D][0]);
    else
        unpack(column_[D], place.row, count, out[3], window(windows, D));
    if (bs_ == rows_) {
        unpack(column_[B], place.row, count, out[1], window(windows, B));
        decode_first(place, count, out[0], windows);
    } else {
        decode_runs(place, count, out, windows);
    }
}

void QuadBlock::decode_one(BlockPlace& place, const std::array<TermId*, 4>& out, BlockWindows* windows) const noexcept {
    const IndexRow row = at(place, windows);
    for (std::size_t i = 0; i < 4; ++i) *out[i] = TermId::from_bits(row[i]);
    advance(place, 1, windows);
}

/// Every row has a second part of its own: first parts come in runs of rows.
void QuadBlock::decode_first(BlockPlace& place, std::size_t count, TermId* out, BlockWindows* windows) const noexcept {
    while (count > 0) {
        const std::size_t end = first_b(place.a + 1, windows);
        const std::size_t run = std::min(end - place.row, count);
        fill(out, run, value(A, place.a, windows));
        out += run;
        count -= run;
        place.row += run;
        place.b = place.row;
        if (place.row == end) ++place.a;
    }
}

/// Second parts come in runs of rows. Their starts are unpacked some at a time.
void QuadBlock::decode_runs(BlockPlace& place, std::size_t count, const std::array<TermId*, 4>& out, BlockWindows* windows) const noexcept {
    constexpr std::size_t kRuns = 128;
    std::array<std::uint64_t, kRuns> values, start;
    std::size_t a_end = first_b(place.a + 1, windows), done = 0;
    TermId a = TermId::from_bits(value(A, place.a, windows));
    while (done < count) {
        const std::size_t runs = std::min({kRuns, bs_ - place.b, count - done}), inner = std::min(runs, bs_ - place.b - 1);
        column_[B].unpack(place.b, place.b + runs, values.data(), window(windows, B));
        column_[BStart].unpack(place.b + 1, place.b + 1 + inner, start.data(), window(windows, BStart));
        if (inner < runs) start[inner] = rows_;
        for (std::size_t i = 0; i < runs && done < count; ++i) {
            const std::size_t run = std::min(start[i] - place.row, count - done);
            std::fill_n(out[0] + done, run, a);
            std::fill_n(out[1] + done, run, TermId::from_bits(values[i]));
            done += run;
            place.row += run;
            if (place.row < start[i]) return;
            if (++place.b == a_end && place.b < bs_) {
                ++place.a;
                a = TermId::from_bits(value(A, place.a, windows));
                a_end = first_b(place.a + 1, windows);
            }
        }
    }
}

}  // namespace tercet::storage

#include "engine/storage/block_cursor.hpp"

#include <algorithm>

namespace tercet::storage {
namespace {

constexpr std::uint64_t kHighest = ~std::uint64_t{0};
/// Rows to the next change below which, and room for rows above which, decoding rows beforehand pays.
constexpr std::size_t kCloseRows = 128;
constexpr std::size_t kMuchRoom = 256;

void append(const std::optional<Quad>& quad, QuadBatch& out) {
    if (!quad) return;
    for (std::size_t i = 0; i < 4; ++i) out.column[i][out.size] = quad->slot[i];
    ++out.size;
}

}  // namespace

RowRange::RowRange(const IndexOrder& order, const QuadPattern& pattern) : lower{}, upper{} {
    upper.fill(kHighest);
    const std::size_t bound = bound_prefix(order, pattern);
    for (std::size_t i = 0; i < bound; ++i) lower[i] = upper[i] = pattern.slot[order.position[i]].bits();
}

std::size_t DecodedRows::find(const IndexRow& row, std::size_t begin, std::size_t end) const noexcept {
    const auto is_below = [&](std::size_t at) {
        for (std::size_t i = 0; i < 4; ++i) {
            if (part[i][at].bits() != row[i]) return part[i][at].bits() < row[i];
        }
        return false;
    };
    std::size_t step = 1;
    while (begin + step <= end && is_below(begin + step - 1)) {
        begin += step;
        step *= 2;
    }
    for (std::size_t left = std::min(step - 1, end - begin); left > 0;) {
        const std::size_t half = left / 2;
        const bool below = is_below(begin + half);
        begin += below ? half + 1 : 0;
        left = below ? left - half - 1 : half;
    }
    return begin;
}

BlockCursor::BlockCursor(const BlockReader& reader, const FenceIndex& fences, const Delta& delta,
                         const IndexOrder& order, const QuadPattern& pattern)
    : reader_(reader),
      fences_(fences),
      order_(order),
      pattern_(pattern),
      filters_(bound_parts(pattern) > bound_prefix(order, pattern)),
      filters_by_graph_alone_(bound_parts(pattern) == bound_prefix(order, pattern) + 1 && order.position[3] == 3 &&
                              !pattern.graph().is_any()),
      range_(order, pattern),
      start_(range_.lower) {
    if (!delta.empty()) changes_ = delta.in(order, range_.lower, range_.upper);
    next_block_ = fences_.find(start_);
}

/// Makes the next block with rows of the range the open one; false if there is none.
bool BlockCursor::enter_block() {
    while (!block_) {
        if (next_block_ == fences_.size()) return false;
        if (next_block_ > 0 && range_.upper < fences_[next_block_ - 1].last) return false;
        open_block(next_block_++);
        if (place_.row < end_ || change_is_here_) return true;
        close_block();
    }
    return true;
}

void BlockCursor::open_block(std::size_t index) {
    block_ = reader_.read_block(order_, fences_[index]);
    place_ = {};
    windows_.reset();
    block_->block.seek(place_, start_, &windows_);
    find_end();
    find_stop();
}

void BlockCursor::close_block() { block_.reset(); }

void BlockCursor::find_end() {
    const QuadBlock& block = block_->block;
    end_ = block.rows();
    if (range_.upper < fences_[next_block_ - 1].last) {
        BlockPlace end = place_;
        block.seek(end, range_.upper);  // no row is the upper bound itself, except one that is bound in all parts
        end_ = end.row;
        if (end_ < block.rows() && block.at(end) == range_.upper) ++end_;
    }
    const bool has_other_graph = filters_by_graph_alone_ && block.fourth().is_constant() &&
                                 block.fourth()[0] != pattern_.graph().bits();
    if (has_other_graph) end_ = place_.row;
}

/// Where the next change is, if it belongs to the open block.
void BlockCursor::find_stop() {
    stop_ = end_;
    change_is_here_ = is_here(changes_.current());
    if (!change_is_here_) return;
    BlockPlace at = place_;
    block_->block.seek(at, changes_.current()->row, &windows_);
    stop_ = std::min(end_, at.row);
}

bool BlockCursor::next(QuadBatch& out, std::size_t limit) {
    out.size = 0;
    while (out.size < limit) {
        if (!enter_block()) {
            if (changes_.current() == nullptr) break;
            append(apply_change(), out);
        } else if (changes_are_close(limit - out.size)) {
            merge_rows(out, limit);
        } else if (place_.row < stop_) {
            copy_rows(out, limit);
        } else if (change_is_here_) {
            append(apply_change(), out);
            find_stop();
        } else {
            close_block();
        }
    }
    return out.size > 0;
}

void BlockCursor::copy_rows(QuadBatch& out, std::size_t limit) {
    const std::size_t count = std::min(stop_ - place_.row, limit - out.size), from = out.size;
    std::array<TermId*, 4> columns;
    for (std::size_t i = 0; i < 4; ++i) columns[i] = out.column[order_.position[i]].data() + from;
    block_->block.decode(place_, count, columns, &windows_);
    out.size += count;
    // find_end() has left out blocks that are all of another graph.
    if (filters_ && !(filters_by_graph_alone_ && block_->block.fourth().is_constant())) keep_matching(out, from);
}

bool BlockCursor::changes_are_close(std::size_t room) const noexcept {
    return change_is_here_ && place_.row < end_ && stop_ - place_.row < kCloseRows && room >= kMuchRoom;
}

/// The next rows of the open block, and the changes among them.
void BlockCursor::merge_rows(QuadBatch& out, std::size_t limit) {
    if (!decoded_) decoded_ = std::make_unique<DecodedRows>();
    const BlockPlace start = place_;
    const std::size_t count = std::min({end_ - place_.row, limit - out.size, DecodedRows::kMost}), from = out.size;
    std::array<TermId*, 4> parts;
    for (std::size_t i = 0; i < 4; ++i) parts[i] = decoded_->part[i].data();
    block_->block.decode(place_, count, parts, &windows_);
    std::size_t at = 0;
    merge_decoded(at, count, out, limit);
    if (at < count) {
        place_ = start;
        block_->block.advance(place_, at, &windows_);
    }
    if (filters_) keep_matching(out, from);
    find_stop();
}

/// From place `at` on, until all of it or `out` is used up.
void BlockCursor::merge_decoded(std::size_t& at, std::size_t count, QuadBatch& out, std::size_t limit) {
    while (at < count && out.size < limit) {
        const RowChange* const change = changes_.current();
        const std::size_t stop = is_here(change) ? decoded_->find(change->row, at, count) : count;
        const std::size_t copied = std::min(stop - at, limit - out.size);
        copy_decoded(at, copied, out);
        at += copied;
        if (at == count || out.size == limit) return;
        if (decoded_->row(at) == change->row) ++at;
        append(take_change(), out);
    }
}

void BlockCursor::copy_decoded(std::size_t begin, std::size_t count, QuadBatch& out) const noexcept {
    for (std::size_t i = 0; i < 4; ++i) std::copy_n(decoded_->part[i].data() + begin, count, out.column[order_.position[i]].data() + out.size);
    out.size += count;
}

/// Passes over the next change. What it adds, if it adds something.
std::optional<Quad> BlockCursor::take_change() {
    const RowChange& change = *changes_.current();
    changes_.advance();
    const Quad quad = quad_of(order_, change.row);
    return change.present && (!filters_ || matches(pattern_, quad)) ? std::optional(quad) : std::nullopt;
}

/// A change takes the place of the row that it is about, if that is there.
std::optional<Quad> BlockCursor::apply_change() {
    const bool replaces = block_ && place_.row < end_ && block_->block.at(place_, &windows_) == changes_.current()->row;
    if (replaces) block_->block.advance(place_, 1, &windows_);
    return take_change();
}

void BlockCursor::keep_matching(QuadBatch& out, std::size_t from) const {
    std::size_t kept = from;
    for (std::size_t i = from; i < out.size; ++i) {
        const Quad quad = out.quad(i);
        if (!matches(pattern_, quad)) continue;
        for (std::size_t slot = 0; slot < 4; ++slot) out.column[slot][kept] = quad.slot[slot];
        ++kept;
    }
    out.size = kept;
}

std::uint64_t BlockCursor::count(std::uint64_t enough) {
    std::uint64_t rows = 0;
    if (filters_ && !filters_by_graph_alone_) {
        const auto batch = std::make_unique<QuadBatch>();
        while (rows < enough && next(*batch, kBatchRows)) rows += batch->size;
        return rows;
    }
    while (rows < enough) {
        if (!block_) rows += count_by_fences();
        if (!enter_block()) {
            if (changes_.current() == nullptr) break;
            rows += apply_change() ? 1 : 0;
        } else if (place_.row < stop_) {
            rows += count_rows();
        } else if (change_is_here_) {
            rows += apply_change() ? 1 : 0;
            find_stop();
        } else {
            close_block();
        }
    }
    return rows;
}

/// Passes over the blocks that come next as far as they lie in the range, have no changes, and the fences know their rows.
std::uint64_t BlockCursor::count_by_fences() {
    const bool starts_inside = next_block_ == 0 ? start_ == IndexRow{} : !(fences_[next_block_ - 1].last < start_);
    if (!starts_inside || (filters_ && pattern_.graph().is_defined())) return 0;
    const std::size_t begin = next_block_;
    next_block_ = fences_.find(changes_.current() != nullptr ? std::min(range_.upper, changes_.current()->row) : range_.upper, begin);
    return filters_ ? fences_.default_rows(begin, next_block_) : fences_.rows(begin, next_block_);
}

/// Those before the next change in the open block.
std::uint64_t BlockCursor::count_rows() {
    const std::size_t rows = stop_ - place_.row;
    std::size_t matching = rows;
    if (filters_ && !block_->block.fourth().is_constant()) {
        std::vector<std::uint64_t> graphs(rows);
        block_->block.fourth().unpack(place_.row, stop_, graphs.data());
        matching = static_cast<std::size_t>(std::count(graphs.begin(), graphs.end(), pattern_.graph().bits()));
    }
    block_->block.advance(place_, rows, &windows_);
    return matching;
}

void BlockCursor::seek(const Quad& lower) {
    const IndexRow row = row_of(order_, lower);
    if (row <= start_) return;
    start_ = row;
    if (changes_.current() != nullptr && changes_.current()->row < row) changes_.seek(row);
    if (block_ && fences_[next_block_ - 1].last < row) close_block();
    if (block_) {
        block_->block.seek(place_, row, &windows_);
        if (place_.row > stop_ || change_is_here_) find_stop();
    } else {
        next_block_ = fences_.find(row, next_block_);
    }
}

}  // namespace tercet::storage

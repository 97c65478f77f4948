#include "engine/exec/row_table.hpp"

#include <algorithm>
#include <utility>

namespace tercet::exec {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

RowTable::RowTable(std::size_t width, MemoryBudget& memory, CancelToken cancel, const char* owner)
    : rows_(width, memory, owner), slots_(kFirstSlots, Slot{}), cancel_(std::move(cancel)), share_(memory, owner) {}

std::uint32_t RowTable::find_or_add(std::span<const TermId> row, bool& is_new) {
    const std::uint64_t hash = hash_terms(row);
    std::size_t at = slot_of(row, hash);
    is_new = slots_[at].row == kNoRow;
    if (!is_new) return slots_[at].row;
    if (is_crowded()) {
        share_.resize(bytes_to_grow());
        grow();
        at = slot_of(row, hash);
    }
    const std::uint32_t number = rows_.append(row);
    slots_[at] = {tag_of(hash), number};
    return number;
}

/// The slot of the row, or the empty one where it would go.
std::size_t RowTable::slot_of(std::span<const TermId> row, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].row != kNoRow && (slots_[at].tag != tag_of(hash) || !std::ranges::equal(row, rows_.row(slots_[at].row)))) at = (at + 1) & mask;
    return at;
}

bool RowTable::has_room() {
    if (!rows_.has_room()) return false;
    if (!is_crowded()) return true;
    if (!share_.try_resize(bytes_to_grow())) return false;
    grow();
    return true;
}

void RowTable::grow() {
    const std::size_t wanted = slots_.size() * kGrowth;
    LargeVector<Slot>(wanted, Slot{}).swap(slots_);
    share_.resize(slots_.size() * sizeof(Slot));
    CancelCheck check(cancel_);
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
        check.step();
        const std::uint64_t hash = hash_terms(rows_.row(i));
        std::size_t at = hash & (wanted - 1);
        while (slots_[at].row != kNoRow) at = (at + 1) & (wanted - 1);
        slots_[at] = {tag_of(hash), i};
    }
}

void RowTable::clear() {
    rows_.clear();
    std::ranges::fill(slots_, Slot{});
}

}  // namespace tercet::exec

#include "engine/exec/row_table.hpp"

#include <algorithm>
#include <utility>

namespace tercet::exec {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }

}  // namespace

RowTable::RowTable(std::size_t width, MemoryBudget& memory, CancelToken cancel, const char* owner)
    : rows_(width, memory, owner), slots_(kFirstSlots), cancel_(std::move(cancel)), share_(memory, owner) {}

std::uint32_t RowTable::find_or_add(std::span<const TermId> row, bool& is_new) {
    const std::uint64_t hash = hash_terms(row);
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    for (; slots_[at].row != kNoRow; at = (at + 1) & mask) {
        if (slots_[at].tag != tag_of(hash) || !std::ranges::equal(row, rows_.row(slots_[at].row))) continue;
        is_new = false;
        return slots_[at].row;
    }
    is_new = true;
    const std::uint32_t number = rows_.append(row);
    slots_[at] = {tag_of(hash), number};
    if (rows_.size() * std::size_t{2} > slots_.size()) grow();
    return number;
}

void RowTable::grow() {
    const std::size_t wanted = slots_.size() * 4;
    share_.resize(wanted * sizeof(Slot));
    slots_.assign(wanted, {});
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

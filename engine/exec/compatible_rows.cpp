#include "engine/exec/compatible_rows.hpp"

#include <algorithm>
#include <bit>

#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kRowsPerCheck = 1U << 16U;

}  // namespace

/// The rows of one group by some of their key columns: open addressing, rows of one key chained in their order.
class CompatibleRows::Index {
public:
    Index(const RowStore& rows, std::span<const std::uint32_t> members, std::uint64_t parts, const CancelToken& cancel)
        : rows_(rows), slots_(std::bit_ceil(members.size() * 2 + 1)), next_(members.size(), kNoRow), members_(members) {
        for (std::size_t column = 0; column < kMaxKeys; ++column) {
            if ((parts >> column & 1U) != 0) columns_.push_back(column);
        }
        for (std::size_t i = members.size(); i-- > 0;) {
            if (i % kRowsPerCheck == 0) cancel.check();
            insert(static_cast<std::uint32_t>(i));
        }
    }
    static std::size_t bytes(std::size_t members) { return std::bit_ceil(members * 2 + 1) * sizeof(Slot) + members * sizeof(std::uint32_t); }

    /// Positions among the members, for next() and row(); kNoRow at the end.
    [[nodiscard]] std::uint32_t first(std::span<const TermId> key) const { return slots_[slot_of(key, hash(key))].head; }
    [[nodiscard]] std::uint32_t next(std::uint32_t position) const { return next_[position]; }
    [[nodiscard]] std::uint32_t row(std::uint32_t position) const { return members_[position]; }

private:
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t head = kNoRow;
    };

    [[nodiscard]] std::uint64_t hash(std::span<const TermId> key) const {
        std::uint64_t hash = kHashSeed;
        for (const std::size_t column : columns_) hash = mix(hash ^ key[column].bits());
        return hash;
    }
    /// The slot of a key's chain, or the empty one where it would go.
    [[nodiscard]] std::size_t slot_of(std::span<const TermId> key, std::uint64_t hash) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        while (slots_[at].head != kNoRow && !(slots_[at].tag == hash >> 32U && same(key, slots_[at].head))) at = (at + 1) & mask;
        return at;
    }
    [[nodiscard]] bool same(std::span<const TermId> key, std::uint32_t position) const {
        const auto other = rows_.row(members_[position]);
        return std::ranges::all_of(columns_, [&](std::size_t column) { return key[column] == other[column]; });
    }
    void insert(std::uint32_t position) {
        const auto key = rows_.row(members_[position]);
        const std::uint64_t hashed = hash(key);
        Slot& slot = slots_[slot_of(key, hashed)];
        next_[position] = slot.head;
        slot = {static_cast<std::uint32_t>(hashed >> 32U), position};
    }

    const RowStore& rows_;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> next_;
    std::span<const std::uint32_t> members_;
    std::vector<std::size_t> columns_;
};

CompatibleRows::CompatibleRows(std::size_t width, std::size_t key_width, MemoryBudget& memory, CancelToken cancel, const char* owner)
    : key_width_(key_width), rows_(width, memory, owner), cancel_(std::move(cancel)), share_(memory, owner) {
    if (key_width > kMaxKeys) {
        throw Error(ErrorCode::Unsupported, "two patterns share " + std::to_string(key_width) + " variables; at most " +
                                                std::to_string(kMaxKeys) + " can be joined on");
    }
}
CompatibleRows::~CompatibleRows() = default;

std::uint64_t CompatibleRows::bound_parts(std::span<const TermId> row) const {
    std::uint64_t parts = 0;
    for (std::size_t i = 0; i < key_width_; ++i) parts |= std::uint64_t{row[i].is_defined()} << i;
    return parts;
}

void CompatibleRows::add(std::span<const TermId> row) {
    const std::uint64_t bound = bound_parts(row);
    auto group = std::ranges::find(groups_, bound, &Group::bound);
    if (group == groups_.end()) {
        groups_.push_back({bound, {}, {}});
        group = groups_.end() - 1;
    }
    group->rows.push_back(rows_.append(row));
    if (rows_.size() <= counted_) return;
    counted_ = std::max(2 * counted_, kBatchRows);
    share_.resize(bytes_for(counted_));
}

std::size_t CompatibleRows::bytes_for(std::size_t rows) { return 2 * rows * sizeof(std::uint32_t) + Index::bytes(rows); }

bool CompatibleRows::has_room() {
    if (!rows_.has_room()) return false;
    if (rows_.size() < counted_) return true;
    const std::size_t wanted = std::max(2 * counted_, kBatchRows);
    if (!share_.try_resize(bytes_for(wanted))) return false;
    counted_ = wanted;
    return true;
}

const CompatibleRows::Index& CompatibleRows::index_of(Group& group, std::uint64_t parts) {
    for (const auto& [known, index] : group.indexes) {
        if (known == parts) return *index;
    }
    indexed_ += group.rows.size();
    if (indexed_ > rows_.size()) share_.grow(Index::bytes(group.rows.size()));  // one over all rows is counted already
    group.indexes.emplace_back(parts, std::make_unique<Index>(rows_, group.rows, parts, cancel_));
    return *group.indexes.back().second;
}

void CompatibleRows::find(std::span<const TermId> key, Overlap overlap) {
    key_ = key;
    key_parts_ = bound_parts(key);
    overlap_ = overlap;
    group_ = 0;
    at_ = kNoRow;
}

std::uint32_t CompatibleRows::next() {
    while (at_ == kNoRow) {
        if (group_ == groups_.size()) return kNoRow;
        Group& group = groups_[group_++];
        const std::uint64_t parts = key_parts_ & group.bound;
        if (parts == 0 && overlap_ == Overlap::Required) continue;
        if (parts == 0) {  // nothing to agree on: all of them
            all_ = group.rows;
            at_ = 0;
            continue;
        }
        all_ = {};
        index_ = &index_of(group, parts);
        at_ = index_->first(key_);
    }
    if (!all_.empty()) {
        const std::uint32_t found = all_[at_];
        at_ = at_ + 1 < all_.size() ? at_ + 1 : kNoRow;
        return found;
    }
    const std::uint32_t found = index_->row(at_);
    at_ = index_->next(at_);
    return found;
}

void CompatibleRows::clear() {
    groups_.clear();
    rows_.clear();
    share_.release();
    counted_ = indexed_ = 0;
    group_ = 0;
    at_ = kNoRow;
}

}  // namespace tercet::exec

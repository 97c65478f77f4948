#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/base/large_allocator.hpp"
#include "engine/exec/row_store.hpp"

namespace tercet::exec {

/// Different rows, each once, numbered as they came: an open-addressing hash table over a flat array.
class RowTable {
public:
    RowTable(std::size_t width, MemoryBudget& memory, CancelToken cancel, const char* owner);

    /// Whether the row was new.
    bool add(std::span<const TermId> row) {
        bool is_new = false;
        static_cast<void>(find_or_add(row, is_new));
        return is_new;
    }
    /// Whether there is memory for one more row; takes it, so that the next one that is added does not throw.
    [[nodiscard]] bool has_room();
    /// The number of this row, or kNoRow if it is not there.
    [[nodiscard]] std::uint32_t find(std::span<const TermId> row) const { return slots_[slot_of(row, hash_terms(row))].row; }
    /// The number of this row, which is added if it is not there; unbound equals unbound.
    std::uint32_t find_or_add(std::span<const TermId> row, bool& is_new);

    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const { return rows_.row(i); }
    [[nodiscard]] std::uint32_t size() const noexcept { return rows_.size(); }
    void clear();

private:
    /// The upper half of the hash spares most looks at rows.
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t row = kNoRow;
    };
    [[nodiscard]] std::size_t slot_of(std::span<const TermId> row, std::uint64_t hash) const;
    [[nodiscard]] bool is_crowded() const noexcept { return (rows_.size() + 1) * std::size_t{2} > slots_.size(); }
    [[nodiscard]] std::size_t bytes_to_grow() const noexcept { return slots_.size() * (kGrowth + 1) * sizeof(Slot); }
    void grow();

    static constexpr std::size_t kGrowth = 4;

    RowStore rows_;
    LargeVector<Slot> slots_;
    CancelToken cancel_;
    MemoryShare share_;
};

}  // namespace tercet::exec

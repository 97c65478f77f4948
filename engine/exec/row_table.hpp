#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/memory_budget.hpp"
#include "engine/exec/batch.hpp"

namespace tercet::exec {

/// Rows of term ids in one flat array, with a hash index over the first `key_width` columns.
///
/// Rows whose key has an unbound part are chained in a list of their own, since they are compatible with many keys.
class RowTable {
public:
    RowTable(std::size_t width, std::size_t key_width, MemoryBudget& memory, const char* owner);

    static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

    /// Appends a row and chains it under its key.
    void add(std::span<const TermId> row);
    /// Appends a row unless there is an equal one (all columns count as key); returns whether it was new.
    bool add_distinct(std::span<const TermId> row);
    /// The number of the row with this key (first one added last), or a new row; for grouping.
    std::uint32_t find_or_add(std::span<const TermId> row, bool& is_new);

    /// First row under a fully bound key, or kNone; follow with next().
    [[nodiscard]] std::uint32_t first(std::span<const TermId> key) const;
    [[nodiscard]] std::uint32_t next(std::uint32_t row) const { return next_[row]; }
    [[nodiscard]] const std::vector<std::uint32_t>& partly_unbound() const noexcept { return partly_unbound_; }

    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const { return {values_.data() + std::size_t{i} * width_, width_}; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    void clear();

private:
    [[nodiscard]] bool same_key(std::uint32_t row, std::span<const TermId> key) const;
    [[nodiscard]] std::uint64_t hash(std::span<const TermId> key) const;
    void append(std::span<const TermId> row);
    void link(std::uint32_t row);
    void grow();

    std::size_t width_;
    std::size_t key_width_;
    std::size_t count_ = 0;
    std::vector<TermId> values_;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> buckets_;
    std::vector<std::uint32_t> partly_unbound_;
    MemoryShare share_;
};

}  // namespace tercet::exec

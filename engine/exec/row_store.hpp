#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/memory_budget.hpp"
#include "engine/exec/batch.hpp"

namespace tercet::exec {

inline constexpr std::uint32_t kNoRow = static_cast<std::uint32_t>(-1);

inline constexpr std::uint64_t kHashSeed = 0x9E3779B97F4A7C15ULL;

/// A hash of several terms.
[[nodiscard]] inline std::uint64_t hash_terms(std::span<const TermId> terms) noexcept {
    std::uint64_t hash = kHashSeed;
    for (const TermId term : terms) hash = mix(hash ^ term.bits());
    return hash;
}

/// Rows of term ids, numbered from 0, in one flat array that counts against the memory budget.
class RowStore {
public:
    RowStore(std::size_t width, MemoryBudget& memory, const char* owner) : width_(width), share_(memory, owner) {}

    /// Whether there is memory for one more row; takes it, so that the next append() does not throw.
    [[nodiscard]] bool has_room();
    /// Returns the number of the new row. Throws Error (Memory).
    std::uint32_t append(std::span<const TermId> row);
    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const {
        return {values_.data() + std::size_t{i} * width_, width_};
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return count_; }
    void clear();

private:
    [[nodiscard]] bool is_full() const noexcept { return values_.size() + width_ > values_.capacity(); }
    [[nodiscard]] std::size_t next_capacity() const;
    void reserve(std::size_t values);

    std::size_t width_;
    std::uint32_t count_ = 0;
    std::vector<TermId> values_;
    MemoryShare share_;
};

}  // namespace tercet::exec

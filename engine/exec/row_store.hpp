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

    /// Returns the number of the new row. Throws Error (Memory).
    std::uint32_t append(std::span<const TermId> row);
    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const {
        return {values_.data() + std::size_t{i} * width_, width_};
    }
    [[nodiscard]] std::uint32_t size() const noexcept { return count_; }
    void clear();

private:
    std::size_t width_;
    std::uint32_t count_ = 0;
    std::vector<TermId> values_;
    MemoryShare share_;
};

}  // namespace tercet::exec

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/base/large_allocator.hpp"

namespace tercet {

/// Finds things that are numbered from 0 by their hashes: an open-addressing table of numbers. It keeps the hashes, so that it grows
/// without a look at the things.
class RankIndex {
public:
    /// Bytes for each, about.
    static constexpr std::size_t kBytesEach = 32;

    RankIndex() : slots_(kFirstSlots, Slot{}) {}

    /// The number of the thing of this hash that `is_same(number)` takes for the one that is looked for.
    template <typename IsSame>
    [[nodiscard]] std::optional<std::uint32_t> find(std::uint64_t hash, IsSame is_same) const {
        for (std::size_t at = hash & mask(); slots_[at].number != kFree; at = (at + 1) & mask()) {
            if (slots_[at].tag == tag_of(hash) && is_same(slots_[at].number)) return slots_[at].number;
        }
        return std::nullopt;
    }
    /// The next number belongs to a thing of this hash.
    void add(std::uint64_t hash) {
        if (2 * (hashes_.size() + 1) > slots_.size()) grow();
        place(hash, static_cast<std::uint32_t>(hashes_.size()));
        hashes_.push_back(hash);
    }
    [[nodiscard]] std::size_t size() const noexcept { return hashes_.size(); }

private:
    static constexpr std::size_t kFirstSlots = 16;
    static constexpr std::uint32_t kFree = static_cast<std::uint32_t>(-1);

    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t number = kFree;
    };
    [[nodiscard]] static std::uint32_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint32_t>(hash >> 32U); }
    [[nodiscard]] std::size_t mask() const noexcept { return slots_.size() - 1; }
    void place(std::uint64_t hash, std::uint32_t number) {
        std::size_t at = hash & mask();
        while (slots_[at].number != kFree) at = (at + 1) & mask();
        slots_[at] = {tag_of(hash), number};
    }
    void grow() {
        LargeVector<Slot>(slots_.size() * 2, Slot{}).swap(slots_);
        for (std::uint32_t i = 0; i < hashes_.size(); ++i) place(hashes_[i], i);
    }

    LargeVector<Slot> slots_;
    LargeVector<std::uint64_t> hashes_;  ///< by number
};

}  // namespace tercet

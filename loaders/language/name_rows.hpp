#pragma once

#include <xxhash.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace tercet::language {

[[nodiscard]] inline std::uint64_t name_hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

/// Gathers rows of a table with 2^bits of them. Every kind of feature has a number, so that the same word in two roles has two rows.
class NameRows {
public:
    NameRows(std::vector<std::uint32_t>& rows, std::uint32_t bits) : rows_(rows), shift_(64U - bits) {}

    void add(std::uint64_t kind, std::uint64_t value, std::uint64_t second = 0) {
        std::uint64_t h = (value ^ (kind * 0x9E3779B97F4A7C15U)) * 0xD6E8FEB86659FD93U;
        h ^= h >> 32U;
        h = (h ^ second) * 0xD6E8FEB86659FD93U;
        h ^= h >> 29U;
        h *= 0xBF58476D1CE4E5B9U;
        rows_.push_back(static_cast<std::uint32_t>(h >> shift_));
    }

private:
    std::vector<std::uint32_t>& rows_;
    std::uint32_t shift_;
};

}  // namespace tercet::language

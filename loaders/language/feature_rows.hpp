#pragma once

#include <xxhash.h>

#include <cstdint>
#include <string_view>
#include <vector>

/// Rows of tables of weights, found by a hash of what is seen: what the linear models read. Changing anything here makes trained
/// models meaningless.
namespace tercet::language {

/// What stands for a text in rows; made once for every word.
[[nodiscard]] inline std::uint64_t text_hash(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

/// The row, in a table with 2^bits of them, of some values seen together. Every kind of feature has a number, so that the same word in
/// two roles has two rows.
template <typename... Values>
[[nodiscard]] std::uint32_t feature_row(std::uint32_t bits, std::uint64_t kind, std::uint64_t first, Values... others) {
    constexpr std::uint64_t kMix = 0xD6E8FEB86659FD93U;
    std::uint64_t h = (first ^ (kind * 0x9E3779B97F4A7C15U)) * kMix;
    ((h ^= h >> 32U, h = (h ^ static_cast<std::uint64_t>(others)) * kMix), ...);
    h ^= h >> 29U;
    h *= 0xBF58476D1CE4E5B9U;
    return static_cast<std::uint32_t>(h >> (64U - bits));
}

/// Gathers rows of one table.
class FeatureRows {
public:
    FeatureRows(std::vector<std::uint32_t>& rows, std::uint32_t bits) : rows_(rows), bits_(bits) {}

    void add(std::uint64_t kind, std::uint64_t value, std::uint64_t second = 0) { rows_.push_back(feature_row(bits_, kind, value, second)); }

private:
    std::vector<std::uint32_t>& rows_;
    std::uint32_t bits_;
};

}  // namespace tercet::language

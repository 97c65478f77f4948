#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace tercet {

/// What a dictionary finds the bytes of a term by: the first 80 bits of XXH3-128. Equal hashes are taken for equal terms.
struct TermHash {
    std::uint64_t high = 0;
    std::uint16_t low = 0;
    friend constexpr auto operator<=>(const TermHash&, const TermHash&) noexcept = default;
};
[[nodiscard]] TermHash hash_term(std::string_view bytes);

}  // namespace tercet

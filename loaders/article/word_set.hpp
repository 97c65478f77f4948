#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace tercet::article {

/// A closed list of words, sorted by the compiler, so that it may be written in any order.
template <std::size_t N>
class WordSet {
public:
    constexpr explicit WordSet(const std::array<std::string_view, N>& words) : words_(words) {
        std::ranges::sort(words_);
    }
    [[nodiscard]] constexpr bool has(std::string_view word) const noexcept {
        return std::ranges::binary_search(words_, word);
    }

private:
    std::array<std::string_view, N> words_;
};

/// word_set("a", "b"): the list of these words.
template <typename... Words>
[[nodiscard]] constexpr auto word_set(Words... words) {
    return WordSet<sizeof...(Words)>(std::array<std::string_view, sizeof...(Words)>{std::string_view(words)...});
}

}  // namespace tercet::article

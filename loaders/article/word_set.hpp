#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tercet::article {

/// A closed list of words, sorted by the compiler, so that it may be written in any order. Most words that are asked for are not in it,
/// and go by a look at their length and their first and last letter.
template <std::size_t N>
class WordSet {
public:
    constexpr explicit WordSet(const std::array<std::string_view, N>& words) : words_(words) {
        std::ranges::sort(words_);
        for (const std::string_view word : words_) looks_[look(word) / 64] |= std::uint64_t{1} << look(word) % 64;
    }
    [[nodiscard]] constexpr bool has(std::string_view word) const noexcept {
        return !word.empty() && (looks_[look(word) / 64] >> look(word) % 64 & 1U) != 0 && std::ranges::binary_search(words_, word);
    }

private:
    static constexpr std::size_t kLooks = 512;
    static constexpr std::size_t look(std::string_view word) noexcept {
        const auto first = static_cast<unsigned char>(word.front()), last = static_cast<unsigned char>(word.back());
        return (first * 37U + last * 5U + word.size()) % kLooks;
    }

    std::array<std::string_view, N> words_;
    std::array<std::uint64_t, kLooks / 64> looks_{};
};

/// word_set("a", "b"): the list of these words.
template <typename... Words>
[[nodiscard]] constexpr auto word_set(Words... words) {
    return WordSet<sizeof...(Words)>(std::array<std::string_view, sizeof...(Words)>{std::string_view(words)...});
}

}  // namespace tercet::article

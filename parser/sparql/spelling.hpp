#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Guesses at what somebody meant to write.
namespace tercet::sparql {

[[nodiscard]] std::string upper_case(std::string_view word);

/// A letter, a digit or an underscore.
[[nodiscard]] bool is_word_character(char c);

/// The word at the start of a text, unless it is the prefix of a name.
[[nodiscard]] std::string_view word_at(std::string_view text);

/// Number of letters to change, add, drop or swap (neighbours) to get from one word to the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The distance of a candidate that is near: one letter away, or two if the word is longer than three letters and
/// begins alike.
[[nodiscard]] std::optional<std::size_t> near_distance(std::string_view word, std::string_view candidate);

/// The nearest candidate, or empty if none is near.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tercet::sparql

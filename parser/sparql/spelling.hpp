#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Guesses at what somebody meant to write.
namespace tercet::sparql {

[[nodiscard]] std::string upper_case(std::string_view word);

/// Number of letters to change, add, drop or swap (neighbours) to get from one word to the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The nearest candidate, or empty if none is near: one letter away, or two if the word is longer than three
/// letters and begins alike.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tercet::sparql

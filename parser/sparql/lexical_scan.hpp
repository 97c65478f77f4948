#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tercet::sparql {

/// Offset of the innermost bracket ({, [ or parenthesis) that is still open at the end of the text. Brackets in
/// strings, IRIs and comments do not count.
[[nodiscard]] std::optional<std::size_t> last_open_bracket(std::string_view text);

/// The text with one space for white space and comments, and around braces, so that texts which differ in nothing else are equal.
[[nodiscard]] std::string single_spaced(std::string_view text);

}  // namespace tercet::sparql

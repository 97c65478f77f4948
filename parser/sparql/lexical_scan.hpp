#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tercet::sparql {

/// Offset of the innermost bracket ({, [ or parenthesis) that is still open at the end of the text. Brackets in
/// strings, IRIs and comments do not count.
[[nodiscard]] std::optional<std::size_t> last_open_bracket(std::string_view text);

}  // namespace tercet::sparql

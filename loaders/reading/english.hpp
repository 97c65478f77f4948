#pragma once

#include <string>
#include <string_view>

namespace tercet::reading {

/// The name of the language that a text is written in if that surely is not English ("French"), or that its letters are
/// not; empty if it is, or if the text is too short to tell. Expects UTF-8.
[[nodiscard]] std::string foreign_language(std::string_view text);

}  // namespace tercet::reading

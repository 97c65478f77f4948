#pragma once

#include <string>
#include <string_view>

namespace tercet::reading {

/// Attributes of one tag that are read; real ones have less than thirty.
inline constexpr std::size_t kMostAttributes = 200;

/// Blanks the attributes of a tag that are beyond the limit, in HTML or XML. libxml2 compares each attribute with all before it,
/// so a tag of some hundred thousand would never end. Scripts, styles and comments stay as they are.
[[nodiscard]] std::string without_endless_tags(std::string markup);

}  // namespace tercet::reading

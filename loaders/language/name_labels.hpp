#pragma once

#include <cstddef>

#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Labels of words: outside, then beginning and inside of each kind of name.
inline constexpr std::size_t kNameLabels = 9;

[[nodiscard]] constexpr std::size_t name_label(NameKind kind, bool begins) noexcept {
    return kind == NameKind::None ? 0 : 2 * static_cast<std::size_t>(kind) - (begins ? 1 : 0);
}
[[nodiscard]] constexpr NameKind kind_of_label(std::size_t label) noexcept { return static_cast<NameKind>((label + 1) / 2); }
[[nodiscard]] constexpr bool label_begins(std::size_t label) noexcept { return label % 2 == 1; }
/// "Inside" comes behind its own kind only; before the first word stands an "outside".
[[nodiscard]] constexpr bool may_follow(std::size_t before, std::size_t label) noexcept {
    return label == 0 || label_begins(label) || kind_of_label(before) == kind_of_label(label);
}

}  // namespace tercet::language

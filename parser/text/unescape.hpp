#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tercet/term.hpp"

/// What the text of a terminal stands for. None of these knows a place in a document: they throw std::invalid_argument with
/// a sentence, and the reader adds the place.
namespace tercet::grammar {

void append_utf8(std::string& out, std::uint32_t code_point);

/// Replaces UCHAR and ECHAR escapes. Throws for a surrogate or a code point beyond U+10FFFF.
[[nodiscard]] std::string unescape_string(std::string_view text);
/// Replaces UCHAR escapes; throws also for characters that may not stand in an IRI.
[[nodiscard]] std::string unescape_iri(std::string_view text);
/// Takes the backslashes out of a PN_LOCAL.
[[nodiscard]] std::string unescape_local_name(std::string_view text);

/// The text between the quotes of any of the four string forms, unescaped.
[[nodiscard]] std::string string_value(std::string_view quoted);

/// "@en--ltr" in two. Throws if the direction is neither ltr nor rtl, or a subtag is longer than eight characters.
struct LanguageTag {
    std::string language;
    BaseDirection direction = BaseDirection::None;
};
[[nodiscard]] LanguageTag language_tag(std::string_view text);

/// Offset of the first byte that is not UTF-8, or npos.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

}  // namespace tercet::grammar

#pragma once

#include <string_view>

namespace tercet::language {

/// Whether the dot at the end of the word is part of it: "U.S.", "Mr.", "Inc.". What follows decides on "No.", "Sun." and their
/// like: `next` is the first character behind the word that is no blank, 0 at the end of the line.
[[nodiscard]] bool keeps_its_dot(std::string_view word, char next);

/// Whether it stands before a name or number, and so never ends a sentence: "Mr.", "e.g."
[[nodiscard]] bool never_ends_sentence(std::string_view word);

/// U.S., a.m., J.: letters that each have a dot.
[[nodiscard]] bool is_dotted_letters(std::string_view text);

}  // namespace tercet::language

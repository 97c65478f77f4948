#pragma once

#include <cstddef>
#include <string_view>

namespace tercet::language {

/// Length of what stands at `at` in a stretch without blanks and is one word whatever marks are in it: an address, the name of a
/// file or site, a telephone number, a smiley; 0 if there is none. `is_bracketed`: an opened bracket waits for its end.
[[nodiscard]] std::size_t whole_word_length(std::string_view chunk, std::size_t at, bool is_bracketed);

}  // namespace tercet::language

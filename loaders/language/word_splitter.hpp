#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Adds the words of a line. `begin` is where the line stands in the text.
void split_words(std::string_view line, std::size_t begin, std::vector<Word>& words);

}  // namespace tercet::language

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Quotation marks and brackets that may stand behind the last mark of a sentence.
[[nodiscard]] bool is_closing_mark(std::string_view form);

/// By rules: where the sentence from `start` ends if its last word but for closing quotes and brackets is word i, as the index behind
/// it; 0 if it does not end there. At the last word of a line it always ends.
[[nodiscard]] std::size_t end_by_mark(const std::vector<Word>& words, std::size_t start, std::size_t i);

}  // namespace tercet::language

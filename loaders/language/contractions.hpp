#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Length of 's, 're and their like at `at` in a stretch without blanks, right behind a word; else 0.
[[nodiscard]] std::size_t clitic_length(std::string_view chunk, std::size_t at);

/// What stands around a word in its line.
struct WordContext {
    std::string_view after;
    const std::vector<Word>& before;
};

/// Where a word is cut into two: do|n't, can|not, gon|na, and, as people write in haste, do|nt, i|m. 0: it is one.
/// "its" is it|s where the words behind it leave no choice.
[[nodiscard]] std::size_t contraction_cut(std::string_view word, const WordContext& context);

}  // namespace tercet::language

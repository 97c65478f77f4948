#pragma once

#include <string_view>
#include <vector>

#include "loaders/language/sentence.hpp"
#include "loaders/language/sentence_model.hpp"

namespace tercet::language {

/// Words and sentences of English text by the conventions of UD English (EWT, GUM): contractions, possessives, hyphens and
/// punctuation are words of their own; abbreviations and numbers keep their dots. A line end always ends a sentence.
[[nodiscard]] std::vector<Sentence> split_sentences(std::string_view text, const SentenceModel& model);
/// By rules alone.
[[nodiscard]] std::vector<Sentence> split_sentences(std::string_view text);

}  // namespace tercet::language

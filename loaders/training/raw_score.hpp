#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "loaders/language/sentence.hpp"

namespace tercet::training {

/// How many there are in the treebank, how many we found, and how many of these are right.
struct Score {
    double gold = 0;
    double system = 0;
    double right = 0;

    [[nodiscard]] double precision() const { return system == 0 ? 0 : 100 * right / system; }
    [[nodiscard]] double recall() const { return gold == 0 ? 0 : 100 * right / gold; }
    [[nodiscard]] double f1() const { return gold + system == 0 ? 0 : 200 * right / (gold + system); }
};

/// Scores of a raw text as the CoNLL 2018 shared task defines them. A tag, lemma or arc is right where its word, and for an arc
/// the head's word too, is aligned with a word of the treebank that has the same.
struct RawScores {
    Score tokens, sentences, words, upos, xpos, lemmas, uas, las;
};

using WordPair = std::pair<const language::Word*, const language::Word*>;

/// Words of the treebank, each with the word of ours that is the same: one with the same bytes, and in contractions, where the two
/// sides may cut differently, the longest common row of forms. In the order of the text.
[[nodiscard]] std::vector<WordPair> align_words(const std::vector<language::Sentence>& gold, const std::vector<language::Sentence>& system);

/// Throws tercet::Error (Data) if one of the two does not cover every byte of the text that is no blank.
[[nodiscard]] RawScores score_raw(std::string_view text, const std::vector<language::Sentence>& gold,
                                  const std::vector<language::Sentence>& system);

}  // namespace tercet::training

#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "loaders/language/name_lexicon.hpp"
#include "loaders/language/sentence.hpp"

namespace tercet::language {

inline constexpr std::uint32_t kNameRowBits = 18;

/// What the tagger of names sees of each word of one text: its form and its neighbours', tags and tree, the run of capitalised words
/// that it stands in, lists of names, and how the text uses the same word elsewhere. Shared by training and use: a change here
/// needs new weights.
///
/// The sentences, with tags and trees, and the lexicon must outlive it.
class NameFeatures {
public:
    NameFeatures(const std::vector<Sentence>& sentences, const NameLexicon& lexicon);

    /// What is known of one word; texts as hashes.
    struct View {
        std::uint64_t form = 0, lower = 0, shape = 0, tag = 0, suffix = 0, preposition = 0, relation = 0;
        std::uint8_t classes = 0;     ///< of the longest listed phrase over the word
        std::uint8_t phrase = 0;      ///< 0 none, 1 alone, 2 first, 3 further word of it
        bool is_capitalised = false;
        bool starts = false;          ///< a sentence, or what is said in one
        int run_first = 0, run_end = 0;  ///< of the run of capitalised words; empty for others
    };

    /// Rows of the table of weights, for one word after the other.
    void find(std::size_t sentence, std::vector<std::vector<std::uint32_t>>& rows) const;

    /// An empty view for places before and behind the sentence.
    [[nodiscard]] const View& at(std::size_t sentence, long word) const;
    [[nodiscard]] const std::vector<Sentence>& sentences() const noexcept { return sentences_; }

private:
    struct Place {
        std::uint32_t sentence, word;
    };

    void view(const Sentence& sentence, const NameLexicon& lexicon);
    void mark_phrases(const Sentence& sentence, const NameLexicon& lexicon, std::vector<View>& views) const;
    void note_uses();
    void add_elsewhere(std::size_t sentence, std::size_t word, std::vector<std::uint32_t>& rows) const;

    const std::vector<Sentence>& sentences_;
    std::vector<std::vector<View>> views_;
    std::unordered_map<std::uint64_t, std::vector<Place>> uses_;  ///< of capitalised words, by form
    std::unordered_set<std::uint64_t> small_;                     ///< words that the text also writes with a small letter
    View nothing_;
};

}  // namespace tercet::language

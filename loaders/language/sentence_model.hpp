#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "loaders/language/model_file.hpp"
#include "loaders/language/sentence.hpp"

namespace tercet::language {

constexpr std::size_t kSentenceRows = 18;      ///< features of a place between two words
constexpr std::uint32_t kSentenceRowBits = 15;
using SentenceRows = std::array<std::uint32_t, kSentenceRows>;

/// What can be seen at places between the words of one line.
class SentenceFeatures {
public:
    explicit SentenceFeatures(const std::vector<Word>& words);

    /// Between the words i and i + 1 of a sentence that began at `start`.
    [[nodiscard]] SentenceRows at(std::size_t start, std::size_t i, bool is_end_by_mark) const;

private:
    /// Hashes of a word in small letters and of its shape: "Xx", "XX", "xx", "9", "," ...
    struct View {
        std::uint64_t form = 0;
        std::uint64_t shape = 0;
    };
    [[nodiscard]] View view(std::size_t start, std::size_t i) const { return i < start || i >= views_.size() ? View{} : views_[i]; }

    std::vector<View> views_;
    std::vector<std::size_t> small_words_;  ///< how many words in small letters stand before
    bool ends_with_mark_ = false;
    bool is_small_ = false;  ///< the line begins with a small letter
};

/// Sees ends of sentences that no mark tells, as in mails and lists, and doubts those that a mark tells wrongly: a logistic regression.
class SentenceModel {
public:
    explicit SentenceModel(const ModelFile& file);  ///< a model without weights for sentences leaves everything to the rules

    [[nodiscard]] bool is_end(const SentenceFeatures& features, std::size_t start, std::size_t i, bool is_end_by_mark) const;

private:
    std::vector<std::int8_t> weights_;
    float unit_ = 0;
};

}  // namespace tercet::language

#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "loaders/language/name_features.hpp"
#include "loaders/language/name_lexicon.hpp"
#include "loaders/language/name_reading.hpp"

namespace tercet::language {

inline constexpr std::uint32_t kSpanRowBits = 18;
/// What a stretch of words may be the name of.
inline constexpr std::array kSpanKinds{NameKind::Person, NameKind::Organisation, NameKind::Place};

/// Stretches of words that may be names, and what is seen of each: what the field makes of it, alone, within a longer name or around a
/// shorter one, its words and those beside it, its place in the tree, lists of names, and what the same words are elsewhere in the
/// text. Shared by training and use: a change here needs new weights.
///
/// Everything that it is made of must outlive it.
class NameSpanFeatures {
public:
    /// `unit`: what 1 in a cost of the readings is as log-odds.
    NameSpanFeatures(const NameFeatures& features, const std::vector<NameReading>& readings, const NameLexicon& lexicon, float unit);

    /// Of no kind as yet.
    [[nodiscard]] std::vector<NameSpan> candidates(std::size_t sentence) const;

    /// Rows of the table of weights.
    void find(std::size_t sentence, const NameSpan& span, std::vector<std::uint32_t>& rows) const;

private:
    using View = NameFeatures::View;
    using Counts = std::array<std::uint32_t, 5>;  ///< by kind
    using CountsOf = std::unordered_map<std::uint64_t, Counts>;
    struct Seen;

    void count_names(std::size_t sentence);
    [[nodiscard]] std::uint64_t key(std::size_t sentence, const NameSpan& span) const;
    void relate(Seen& seen) const;
    void add_field(Seen& seen) const;
    void add_words(Seen& seen) const;
    void add_lists(Seen& seen) const;
    void add_tree(Seen& seen) const;
    void add_run(Seen& seen) const;
    void add_elsewhere(Seen& seen) const;

    const NameFeatures& features_;
    const std::vector<NameReading>& readings_;
    const NameLexicon& lexicon_;
    float unit_;
    std::vector<std::vector<NameSpan>> names_;  ///< of each sentence, by the field
    CountsOf phrases_;                          ///< of the field's names, by phrase
    CountsOf words_;                            ///< and by word
};

}  // namespace tercet::language

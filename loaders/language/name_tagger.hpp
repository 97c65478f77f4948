#pragma once

#include <cstdint>
#include <vector>

#include "loaders/language/model_file.hpp"
#include "loaders/language/name_features.hpp"
#include "loaders/language/name_lexicon.hpp"
#include "loaders/language/name_reading.hpp"
#include "loaders/language/name_span_features.hpp"

namespace tercet::language {

/// Finds names of persons, organisations and places, in two steps. A linear-chain conditional random field (Lafferty and others 2001)
/// over hashed features labels the words: names that stand side by side. Then each stretch of words that may be a name is judged by
/// itself, once for each kind (logistic regression over what the field makes of it and over features of its own), so that names
/// within names and names of two things are found too. Both add whole numbers, so that every machine finds the same.
class NameTagger {
public:
    explicit NameTagger(const ModelFile& file);  ///< a model without weights for names finds none

    /// Marks the names in the sentences of one text, which have tags and trees, and the gender of people's given names.
    void tag(std::vector<Sentence>& sentences) const;

    /// How the field labels them. For training too.
    [[nodiscard]] std::vector<NameReading> read(const NameFeatures& features) const;
    [[nodiscard]] NameSpanFeatures span_features(const NameFeatures& features, const std::vector<NameReading>& readings) const {
        return {features, readings, lexicon_, unit_};
    }
    [[nodiscard]] const NameLexicon& lexicon() const noexcept { return lexicon_; }

private:
    void mark_gender(Sentence& sentence) const;
    void add_names(const NameSpanFeatures& features, std::size_t index, Sentence& sentence) const;

    NameLexicon lexicon_, given_names_;
    std::vector<std::int8_t> weights_;  ///< kNameLabels for each row
    NameTransitions transitions_{};
    float unit_ = 1;                         ///< log-odds of 1 in weights_
    std::vector<std::int8_t> span_weights_;  ///< kSpanKinds.size() for each row
    std::int32_t least_ = 0;                 ///< sum of span_weights_ that makes a name
};

}  // namespace tercet::language

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "loaders/language/model_file.hpp"
#include "loaders/language/name_features.hpp"
#include "loaders/language/name_lexicon.hpp"

namespace tercet::language {

/// Labels: outside, then beginning and inside of each kind of name.
inline constexpr std::size_t kNameLabels = 9;

[[nodiscard]] constexpr std::size_t name_label(NameKind kind, bool begins) noexcept {
    return kind == NameKind::None ? 0 : 2 * static_cast<std::size_t>(kind) - (begins ? 1 : 0);
}
[[nodiscard]] constexpr NameKind kind_of_label(std::size_t label) noexcept { return static_cast<NameKind>((label + 1) / 2); }
[[nodiscard]] constexpr bool label_begins(std::size_t label) noexcept { return label % 2 == 1; }
/// "Inside" comes behind its own kind only; before the first word stands an "outside".
[[nodiscard]] constexpr bool may_follow(std::size_t before, std::size_t label) noexcept {
    return label == 0 || label_begins(label) || kind_of_label(before) == kind_of_label(label);
}

/// Finds names of persons, organisations and places: a linear-chain conditional random field (Lafferty and others 2001) over hashed
/// features, decoded in whole numbers, so that every machine finds the same.
class NameTagger {
public:
    explicit NameTagger(const ModelFile& file);  ///< a model without weights for names finds none

    /// Marks the names in the sentences of one text, which have tags and trees, and the gender of people's given names.
    void tag(std::vector<Sentence>& sentences) const;

private:
    using Scores = std::array<std::int32_t, kNameLabels>;

    void decode(const std::vector<std::vector<std::uint32_t>>& rows, Sentence& sentence) const;
    void mark_gender(Sentence& sentence) const;

    NameLexicon lexicon_, given_names_;
    std::vector<std::int8_t> weights_;      ///< kNameLabels for each row
    std::vector<std::int8_t> transitions_;  ///< by label before, label
};

}  // namespace tercet::language

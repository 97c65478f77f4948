#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "loaders/language/analyser.hpp"
#include "loaders/language/name_lexicon.hpp"

namespace tercet::training {

/// A text with the names that people marked in it, as labels of words (name_label).
struct NamedText {
    std::string id;
    std::vector<language::Sentence> sentences;  ///< with the tags and trees of the model, not those of a treebank
    std::vector<std::vector<std::uint8_t>> labels;
    std::vector<std::vector<language::NameSpan>> names;  ///< all of them, within each other too
};

/// GUM: mentions whose head is a proper noun, cut down to the name. Left out are the genres whose texts may not be used commercially.
[[nodiscard]] std::vector<NamedText> read_gum(const std::string& file, const language::Analyser& analyser);

/// re3d: what people marked as persons, organisations and places, if it ends as a name does. Labelled is what begins so, too; of what
/// overlaps, the longest.
[[nodiscard]] std::vector<NamedText> read_re3d(const std::filesystem::path& folder, const std::set<std::string>& without,
                                               const language::Analyser& analyser);

/// Lists of names, by the names of their files.
[[nodiscard]] std::vector<language::NameLexicon::Entry> read_lexicons(const std::filesystem::path& folder);
/// Given names with the gender of those who bear them.
[[nodiscard]] std::vector<language::NameLexicon::Entry> read_given_names(const std::filesystem::path& folder);

}  // namespace tercet::training

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "loaders/language/model_file.hpp"

namespace tercet::language {

/// Gives the lemma of a form with its Penn tag: the table first, also of what stands behind a hyphen or prefix ("overthrew"), then the rule
/// of the longest known suffix. Where what the rule makes is no word of the treebanks, what a verb's ending leaves is tried: "combating" is
/// no form of "combate", "controlled" none of "controll", and "choking" one of "choke".
/// Proper nouns keep their letters; everything else is lower-cased.
class Lemmatiser {
public:
    explicit Lemmatiser(const ModelFile& model)
        : table_(model.lemma_table.begin(), model.lemma_table.end()),
          rules_(model.lemma_rules.begin(), model.lemma_rules.end()),
          words_(model.words.begin(), model.words.end()) {}

    [[nodiscard]] std::string lemma_of(std::string_view form, std::string_view upos, std::string_view xpos) const;

private:
    [[nodiscard]] std::optional<std::string> listed(std::string_view form, std::string_view xpos) const;
    [[nodiscard]] std::optional<std::string> listed_behind_prefix(std::string_view form, std::string_view xpos) const;

    std::unordered_map<std::string, std::string> table_, rules_;
    std::unordered_set<std::string> words_;
};

/// The same by rules alone, for training.
[[nodiscard]] std::string lemma_by_rule(const std::map<std::string, std::string>& rules, std::string_view form, std::string_view xpos);

/// The form as the table and the rules know it.
[[nodiscard]] std::string lemma_form(std::string_view form, std::string_view upos);

inline constexpr std::size_t kLongestSuffix = 5;

}  // namespace tercet::language

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/tree.hpp"

namespace tercet::article {

/// The name of a thing without a name: its minimal noun phrase, "international mission" for "an international mission
/// to verify ...". Articles, pronouns of possession, relative clauses and most prepositional phrases are left out;
/// "of" phrases and the complements of nouns that need them stay.
[[nodiscard]] std::string phrase_name(const Tree& tree, int head, std::string_view text);

/// The same without any prepositional phrase: "sovereignty" of "sovereignty over the territory".
[[nodiscard]] std::string short_phrase_name(const Tree& tree, int head, std::string_view text);

/// The words that phrase_name keeps, in order.
[[nodiscard]] std::vector<int> phrase_words(const Tree& tree, int head);

/// The words joined as the text has them; quotation marks left out.
[[nodiscard]] std::string join_words(const Tree& tree, const std::vector<int>& words);

/// The things that a coordinated phrase names, the first one first: "Armenia and Azerbaijan". "between A and B" and
/// single things give one.
[[nodiscard]] std::vector<int> conjuncts(const Tree& tree, int head);

/// The whole phrase as written, without its relative and other clauses and the other things joined to it.
struct PhraseSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};
[[nodiscard]] PhraseSpan phrase_span(const Tree& tree, int head);

}  // namespace tercet::article

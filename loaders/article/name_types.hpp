#pragma once

#include <vector>

#include "loaders/article/names.hpp"

namespace tercet::article {

/// What the first and the last word of a name tell by themselves: "Ministry of Defence", "Lake Sevan". Unknown if they tell nothing.
[[nodiscard]] EntityType type_by_words(const Tree& tree, int first, int last);

/// What a name is whose words do not tell, by how the article uses it: where something is or goes is a place, what speaks under two
/// names is a person, what is written in capitals or with an article is an organisation. Unknown if nothing speaks for any.
[[nodiscard]] EntityType type_by_use(const std::vector<Tree>& trees, const std::vector<const NameMention*>& mentions);

/// The same in a text that the tagger of names has read: what most mentions are taken for, while where something is counts for a place.
/// Unknown if the tagger tells nothing of any.
[[nodiscard]] EntityType type_by_mentions(const std::vector<Tree>& trees, const std::vector<const NameMention*>& mentions);

}  // namespace tercet::article

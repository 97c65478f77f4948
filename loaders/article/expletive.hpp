#pragma once

#include "loaders/article/tree.hpp"

namespace tercet::article {

/// Whether the word is an "it" that means nothing: "it takes time to rebuild", "it is hard to say", "it was reported that", "it is time".
[[nodiscard]] bool is_expletive(const Tree& tree, int word);

/// Whether the tree says that the predicate has such a subject, and what follows bears it out: the "it" of "it helps to rebuild" may well
/// be somebody.
[[nodiscard]] bool has_expletive(const Tree& tree, int predicate);

}  // namespace tercet::article

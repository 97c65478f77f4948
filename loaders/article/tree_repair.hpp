#pragma once

#include "loaders/language/sentence.hpp"

namespace tercet::article {

/// Mends what cannot be right in a parsed sentence, whatever the parser thought: relations that contradict the words beside
/// them. Each repair is a function with its name and its reason in tree_repair.cpp.
void repair_tree(language::Sentence& sentence);

}  // namespace tercet::article

#pragma once

#include <iosfwd>

#include "loaders/article/sentence_context.hpp"

namespace tercet::article {

/// How a sentence was read, for a person: words and tree, clauses with what they share, the tuples in its own words,
/// what the rules made of them, and what was dropped and why.
void write_explanation(std::ostream& out, const SentenceContext& context);

}  // namespace tercet::article

#pragma once

#include <functional>
#include <iosfwd>
#include <string_view>
#include <vector>

#include "loaders/article/document.hpp"
#include "loaders/article/lines.hpp"
#include "loaders/article/statement.hpp"
#include "loaders/language/analyser.hpp"

namespace tercet::article {

class SentenceContext;

/// Whether it has words, and not so many that it is no sentence.
[[nodiscard]] bool is_readable(const language::Sentence& sentence);

/// Reads an article and finds what it states. Holds nothing between calls: deterministic, and safe to call from
/// many threads with one analyser.
[[nodiscard]] ArticleStatements extract(std::string_view text, const language::Analyser& analyser);

/// The same for a document that is read and parsed already; the sentences' offsets count in document.prose.
/// With `explanation` it also writes how it read each sentence.
[[nodiscard]] ArticleStatements extract_parsed(const Document& document, std::vector<language::Sentence> sentences,
                                               std::ostream* explanation = nullptr);

/// Shows each sentence as the rules have read it, before the next is read.
using Onlooker = std::function<void(const SentenceContext&)>;
[[nodiscard]] ArticleStatements extract_watched(const Document& document, std::vector<language::Sentence> sentences, const Onlooker& onlooker);

/// Sentences that have nothing to do with each other. The offsets of what is found count in the file.
[[nodiscard]] ArticleStatements extract_lines(SentenceLines lines, std::ostream* explanation = nullptr);

}  // namespace tercet::article

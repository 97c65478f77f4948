#pragma once

#include <string_view>
#include <vector>

#include "loaders/article/document.hpp"
#include "loaders/article/statement.hpp"
#include "loaders/language/analyser.hpp"

namespace tercet::article {

/// Reads an article and finds what it states. Holds nothing between calls: deterministic, and safe to call from
/// many threads with one analyser.
[[nodiscard]] ArticleStatements extract(std::string_view text, const language::Analyser& analyser);

/// The same for a document that is read and parsed already; the sentences' offsets count in document.prose.
[[nodiscard]] ArticleStatements extract_parsed(const Document& document, std::vector<language::Sentence> sentences);

}  // namespace tercet::article

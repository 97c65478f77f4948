#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/statement.hpp"

namespace tercet::article {

/// What one article states, as another extractor wrote it.
struct ForeignArticle {
    std::string document;  ///< its name
    std::string lines;     ///< the lines it was read from, to tell whether they changed
    ArticleStatements statements;
};

/// Reads JSON Lines of the shape that write_jsonl() writes, lines of one document together in the order of the first
/// of each. "doc", "subject", "predicate" and "sentence_text" must be there; the rest may be missing or null;
/// "date" (ISO 8601) and "title" tell of the whole document. Throws
/// tercet::Error (Syntax) with the number of the first bad line.
[[nodiscard]] std::vector<ForeignArticle> read_statement_lines(std::string_view text);

}  // namespace tercet::article

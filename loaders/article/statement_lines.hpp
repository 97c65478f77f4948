#pragma once

#include <cstddef>
#include <functional>
#include <istream>
#include <string>

#include "loaders/article/statement.hpp"

namespace tercet::article {

/// What one article states, as another extractor wrote it.
struct ForeignArticle {
    std::string document;  ///< its name
    std::string lines;     ///< the lines it was read from, to tell whether they changed
    ArticleStatements statements;
};

/// How much of a file of statements is kept at a time, and so how much of it one document may have.
struct StatementLimits {
    std::size_t bytes = 16'000'000;      ///< of lines
    std::size_t statements = 50'000;
    std::size_t documents = 2'000'000;  ///< of one file; a few bytes of each are kept
};

/// Reads JSON Lines of the shape that write_jsonl() writes. "doc", "subject", "predicate" and "sentence_text" must be there; the
/// rest may be missing or null; "date" (ISO 8601) and "title" tell of the whole document.
///
/// Memory is bounded: a document is taken when the limits are reached and others are read, at the latest at the end, in the order
/// of their first lines. So the lines of one may be mixed with those of others, within the limits. Throws tercet::Error (Syntax)
/// with the number of the first bad line.
void read_statement_lines(std::istream& in, const std::function<void(ForeignArticle)>& take, const StatementLimits& limits = {});

}  // namespace tercet::article

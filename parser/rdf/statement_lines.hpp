#pragma once

#include <string>
#include <vector>

#include "parser/rdf/document_builder.hpp"
#include "parser/rdf/line_reader.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {

/// Formats of one statement a line.
enum class LineFormat { NTriples, NQuads };

/// What could not be read.
struct BadStatement {
    std::string message;
    TextPosition position;
    std::string text;  ///< the rest of its line
};

/// Pushes the statements of some lines: by the scanner where it can, by the grammar elsewhere.
///
/// Throws Error (Syntax) with the place at the first bad statement; or notes it, if `bad_statements` is given, and goes on.
void parse_lines(const Lines& lines, LineFormat format, const ReadOptions& options, DocumentBuilder& builder,
                 std::vector<BadStatement>* bad_statements = nullptr);

/// The grammar alone, on the part of the lines that starts at `begin`, where a line starts, and ends at `end`.
void parse_by_grammar(const Lines& lines, std::size_t begin, std::size_t end, LineFormat format, const ReadOptions& options,
                      DocumentBuilder& builder);

}  // namespace tercet::rdf

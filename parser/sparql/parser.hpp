#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

struct ParseOptions {
    std::string source;  ///< name of the file the text came from, for messages
    std::string base;    ///< for relative IRIs until a BASE says otherwise
    /// Prefixes that need no declaration (a store's own). A PREFIX in the text wins.
    std::vector<std::pair<std::string, std::string>> prefixes;
    /// Path values, UNFOLD and CALL. Off: the W3C grammar to the letter.
    bool extensions = true;
    CancelToken cancel;  ///< asked once in many triples
};

/// Reads a query (SPARQL 1.2 QueryUnit). Throws Error (Syntax) with line, column and what was expected there.
[[nodiscard]] Query parse_query(std::string_view text, const ParseOptions& options = {});

/// Reads an update request (SPARQL 1.2 UpdateUnit).
[[nodiscard]] Update parse_update(std::string_view text, const ParseOptions& options = {});
/// The same; `prologue` receives all that is declared anywhere in the request.
[[nodiscard]] Update parse_update(std::string_view text, const ParseOptions& options, Prologue& prologue);

/// Reads one term as Turtle writes it (`:Miller`, `"text"@en`, 42), for parameters.
[[nodiscard]] Term parse_term(std::string_view text, const ParseOptions& options = {});

/// Whether the text could still become a request by adding lines: an open brace, bracket or string. For a REPL.
[[nodiscard]] bool is_incomplete(std::string_view text);

}  // namespace tercet::sparql

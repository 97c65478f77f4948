#pragma once

#include <iosfwd>
#include <string_view>
#include <vector>

#include "loaders/article/name_marks.hpp"
#include "loaders/article/statement.hpp"

namespace tercet::article {

/// Writes one JSON object a line and statement; `document` names the file. What there is none of is null, a missing
/// object ""; `extra` holds further arguments in words, "in New York".
void write_jsonl(std::ostream& out, std::string_view document, const ArticleStatements& article);

/// One line a name: "doc", "begin", "end", "text", "type", "entity".
void write_jsonl(std::ostream& out, std::string_view document, const std::vector<NameMark>& marks);

}  // namespace tercet::article

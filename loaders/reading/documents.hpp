#pragma once

#include <functional>
#include <string>

#include "loaders/input/input_file.hpp"
#include "loaders/reading/source.hpp"
#include "tercet/extract.hpp"

namespace tercet::reading {

/// Hands on every document of a file, in order: one, or those of a feed, a web archive or JSON lines, one at a time. `name`
/// tells what the file is. What a damaged or cut file still holds is handed on with a note. Throws Error (Io).
void read_documents(input::InputFile& in, const std::string& name, const ArticleFields& fields, const std::function<void(RawDocument)>& take);

/// A document as people call it: "news.jsonl, line 3".
[[nodiscard]] std::string full_name(const std::string& file, const std::string& part);

}  // namespace tercet::reading

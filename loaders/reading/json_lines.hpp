#pragma once

#include <functional>
#include <istream>
#include <string>

#include "loaders/reading/source.hpp"
#include "tercet/extract.hpp"

namespace tercet::reading {

/// Every line is a document: a JSON object with its text, title, url, date, author and site under the names of `fields`, or,
/// where those are empty, under usual ones. A line that is none is handed on with a refusal.
void read_json_lines(std::istream& in, const ArticleFields& fields, const std::function<void(RawDocument)>& take);

}  // namespace tercet::reading

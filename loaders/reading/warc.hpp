#pragma once

#include <functional>
#include <istream>
#include <string>

#include "loaders/reading/source.hpp"

namespace tercet::reading {

/// The pages and texts of a web archive (ISO 28500), each a document with its address; other records are passed over. A record
/// that is cut short is handed on with a note. What is no archive from some place on ends the reading; `damage` says so.
void read_warc(std::istream& in, std::string& damage, const std::function<void(RawDocument)>& take);

}  // namespace tercet::reading

#pragma once

#include <functional>
#include <string>

#include "loaders/reading/source.hpp"

namespace tercet::reading {

/// Opens a file and hands on every document in it, in order. What a damaged or cut file still holds is handed on with a
/// note. Throws Error: NotFound, Io.
void read_documents(const std::string& file, const std::function<void(RawDocument)>& take);

}  // namespace tercet::reading

#pragma once

#include <string>

namespace tercet::input {

/// The file:// IRI of a file, the same however its path is written (relative, with "..", through a link); the file
/// need not exist. Bytes that an IRI may not hold are percent-encoded. Empty for "-", standard input.
[[nodiscard]] std::string file_iri(const std::string& path);

}  // namespace tercet::input

#pragma once

#include <string>
#include <string_view>

namespace tercet::input {

/// The file:// IRI of a file, the same however its path is written (relative, with "..", through a link); the file
/// need not exist. Bytes that an IRI may not hold are percent-encoded. Empty for "-", standard input.
[[nodiscard]] std::string file_iri(const std::string& path);

/// The path that a file: IRI names, its %XX decoded. Precondition: it starts with "file:". Throws Error (InvalidArgument) for
/// another host.
[[nodiscard]] std::string path_of_file_iri(std::string_view iri);

}  // namespace tercet::input

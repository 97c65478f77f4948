#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>

#include "tercet/database.hpp"

namespace tercet {

struct ReadReport {
    std::uint64_t quads = 0;
};

/// Reads an RDF file to its end and keeps nothing; throws the first Error with its place. "-" is standard input.
ReadReport validate(const std::string& file, const LoadOptions& options = {});

/// Reads one RDF file and writes it in another format, in constant memory for the line formats.
ReadReport convert(const std::string& file, std::ostream& out, DumpFormat to, const LoadOptions& options = {});

}  // namespace tercet

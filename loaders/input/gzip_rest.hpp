#pragma once

#include <cstdint>
#include <string>

namespace tercet::input {

/// What a gzip file that is cut short or damaged still holds behind the first `skipped` unpacked bytes; libarchive keeps the
/// last block before the damage to itself. Empty for other files.
[[nodiscard]] std::string gzip_rest(const std::string& path, std::uint64_t skipped);

}  // namespace tercet::input

#pragma once

#include <cstdint>
#include <string>

namespace tercet::input {

/// What can still be unpacked of a file that is damaged or cut short, behind the first `skipped` bytes: libarchive keeps the last
/// block to itself. Empty if there is nothing, or the file is not packed by gzip, bzip2, zstd or xz.
[[nodiscard]] std::string damaged_rest(const std::string& path, std::uint64_t skipped);

}  // namespace tercet::input

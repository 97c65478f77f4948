#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tercet::input {

/// Unpacks gzip, zstd, bzip2 or xz in memory, as far as it is undamaged, and not beyond `limit` bytes. What is not packed stays
/// as it is.
[[nodiscard]] std::string unpacked(std::string_view bytes, std::size_t limit);

}  // namespace tercet::input

#pragma once

#include <cstdint>
#include <string_view>

namespace tercet::storage {

/// The CRC-32 of Castagnoli, as RocksDB's logs use it, of `bytes` behind those whose sum is `before`.
[[nodiscard]] std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0) noexcept;

}  // namespace tercet::storage

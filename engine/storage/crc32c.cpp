#include "engine/storage/crc32c.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace tercet::storage {
namespace {

constexpr std::uint32_t kPolynomial = 0x82F63B78U;
constexpr std::size_t kSlices = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, kSlices>;

/// table[k][b]: what byte b does to the sum when k bytes follow it.
constexpr Tables make_tables() {
    Tables table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t sum = byte;
        for (int bit = 0; bit < 8; ++bit) sum = (sum >> 1U) ^ ((sum & 1U) != 0 ? kPolynomial : 0);
        table[0][byte] = sum;
    }
    for (std::size_t slice = 1; slice < kSlices; ++slice) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = table[slice - 1][byte];
            table[slice][byte] = (before >> 8U) ^ table[0][before & 0xFFU];
        }
    }
    return table;
}
constexpr Tables kTables = make_tables();

}  // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t before) noexcept {
    static_assert(std::endian::native == std::endian::little);
    std::uint32_t sum = ~before;
    const char* at = bytes.data();
    std::size_t left = bytes.size();
    for (; left >= kSlices; left -= kSlices, at += kSlices) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, sizeof word);
        word ^= sum;
        sum = 0;
        for (std::size_t i = 0; i < kSlices; ++i) sum ^= kTables[kSlices - 1 - i][(word >> (8 * i)) & 0xFFU];
    }
    for (; left > 0; --left, ++at) sum = (sum >> 8U) ^ kTables[0][(sum ^ static_cast<unsigned char>(*at)) & 0xFFU];
    return ~sum;
}

}  // namespace tercet::storage

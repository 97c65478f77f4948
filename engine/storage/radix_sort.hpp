#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tercet::storage {

/// Sorts by an integer of each record, stably: one pass per byte in which the records differ.
///
/// `scratch` is any vector; what it holds afterwards is of no use but its memory.
template <typename Record, typename Bits>
void radix_sort(std::vector<Record>& records, std::vector<Record>& scratch, Bits bits) {
    std::array<std::array<std::size_t, 256>, 8> counts{};
    for (const Record& record : records) {
        std::uint64_t rest = bits(record);
        for (auto& count : counts) {
            ++count[rest & 0xFFU];
            rest >>= 8U;
        }
    }
    scratch.resize(records.size());
    for (unsigned byte = 0; byte < counts.size(); ++byte) {
        const auto digit = [&](const Record& record) { return (bits(record) >> (8 * byte)) & 0xFFU; };
        auto& count = counts[byte];
        if (records.empty() || count[digit(records.front())] == records.size()) continue;
        std::size_t start = 0;
        for (std::size_t& slot : count) {
            const std::size_t size = slot;
            slot = start;
            start += size;
        }
        for (const Record& record : records) scratch[count[digit(record)]++] = record;
        records.swap(scratch);
    }
}

}  // namespace tercet::storage

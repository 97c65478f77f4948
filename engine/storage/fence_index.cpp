#include "engine/storage/fence_index.hpp"

#include <algorithm>

#include "engine/storage/key_codec.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {

void FenceIndex::append(const Fence& fence) {
    fences_.push_back(fence);
    const Rows before = before_.back();
    before_.push_back({before.all + fence.rows, before.of_default_graph + fence.default_rows});
}

std::size_t FenceIndex::find(const IndexRow& row, std::size_t from) const noexcept {
    std::size_t step = from == 0 ? fences_.size() : 1, low = from;
    while (from != 0 && low + step <= fences_.size() && fences_[low + step - 1].last < row) {
        low += step;
        step *= 2;
    }
    const auto end = fences_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, fences_.size()));
    const auto found = std::lower_bound(fences_.begin() + static_cast<std::ptrdiff_t>(std::min(low, fences_.size())), end, row,
                                        [](const Fence& fence, const IndexRow& wanted) { return fence.last < wanted; });
    return static_cast<std::size_t>(found - fences_.begin());
}

std::string encode_fence_key(std::size_t order, const IndexRow& last) {
    std::string key(1, static_cast<char>(order));
    for (const std::uint64_t part : last) key += encode_number(part);
    return key;
}

std::string encode_fence(const Fence& fence) {
    return encode_number(fence.block) + encode_number(std::uint64_t{fence.rows} << 32U | fence.default_rows);
}

void decode_fence(std::string_view key, std::string_view value, std::array<FenceIndex, kOrderCount>& orders) {
    if (key.size() != 33 || value.size() != 16 || static_cast<unsigned char>(key[0]) >= kOrderCount) {
        throw Error(ErrorCode::Damaged, "the store is damaged: a fence of its index makes no sense");
    }
    IndexRow last;
    for (std::size_t i = 0; i < 4; ++i) last[i] = decode_number(key.substr(1 + 8 * i, 8));
    const std::uint64_t rows = decode_number(value.substr(8));
    orders[static_cast<unsigned char>(key[0])].append(
        {last, decode_number(value.substr(0, 8)), static_cast<std::uint32_t>(rows >> 32U), static_cast<std::uint32_t>(rows)});
}

}  // namespace tercet::storage

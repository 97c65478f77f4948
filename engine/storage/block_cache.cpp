#include "engine/storage/block_cache.hpp"

namespace tercet::storage {

BlockHandle BlockCache::Shard::find(std::uint64_t number) {
    const std::scoped_lock lock(mutex);
    const auto found = entries.find(number);
    if (found == entries.end()) return nullptr;
    found->second.is_used = true;
    return found->second.block;
}

void BlockCache::Shard::insert(std::uint64_t number, const BlockHandle& block, std::size_t most_bytes) {
    const std::scoped_lock lock(mutex);
    if (!entries.try_emplace(number, Entry{block, false}).second) return;
    ring.push_back(number);
    bytes += block->bytes.size();
    make_room(most_bytes);
}

void BlockCache::Shard::make_room(std::size_t most_bytes) {
    while (bytes > most_bytes && ring.size() > 1) {
        hand %= ring.size();
        const auto found = entries.find(ring[hand]);
        if (found->second.is_used) {
            found->second.is_used = false;
            ++hand;
            continue;
        }
        bytes -= found->second.block->bytes.size();
        entries.erase(found);
        ring[hand] = ring.back();
        ring.pop_back();
    }
}

}  // namespace tercet::storage

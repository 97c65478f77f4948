#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/storage/quad_block.hpp"

namespace tercet::storage {

/// An encoded block in memory. Immutable.
struct CachedBlock {
    explicit CachedBlock(std::string encoded) : bytes(std::move(encoded)), block(bytes) {}
    std::string bytes;
    QuadBlock block;
};
using BlockHandle = std::shared_ptr<const CachedBlock>;

/// Encoded blocks by their numbers, up to a number of bytes. Any number of threads at once.
///
/// The number of a block is never given to another one, so nothing in here is ever out of date.
class BlockCache {
public:
    explicit BlockCache(std::size_t bytes) : shard_bytes_(bytes / kShards) {}

    /// Reads the block if it is not here. Two threads may read the same block at the same time.
    template <typename Read>
    [[nodiscard]] BlockHandle get(std::uint64_t number, Read read) {
        Shard& shard = shards_[mix(number) % kShards];
        if (BlockHandle found = shard.find(number)) return found;
        auto block = std::make_shared<const CachedBlock>(read());
        shard.insert(number, block, shard_bytes_);
        return block;
    }

private:
    static constexpr std::size_t kShards = 16;

    struct Entry {
        BlockHandle block;
        bool is_used = false;
    };
    /// What was not used since the hand came by the last time goes.
    struct Shard {
        [[nodiscard]] BlockHandle find(std::uint64_t number);
        void insert(std::uint64_t number, const BlockHandle& block, std::size_t most_bytes);
        void make_room(std::size_t most_bytes);

        std::mutex mutex;
        std::unordered_map<std::uint64_t, Entry> entries;
        std::vector<std::uint64_t> ring;
        std::size_t hand = 0;
        std::size_t bytes = 0;
    };

    std::size_t shard_bytes_;
    std::array<Shard, kShards> shards_;
};

}  // namespace tercet::storage

#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <vector>

#include "engine/model/term_hash.hpp"
#include "engine/model/term_id.hpp"

namespace tercet::storage {

/// Ids of terms that were looked up lately, by their hashes. Any number of threads at once.
///
/// A term keeps its id for ever, so nothing in here is ever out of date; whether a snapshot knows the term, the rank tells.
class TermCache {
public:
    /// More than so many at once are not worth keeping.
    static constexpr std::size_t kMostTerms = std::size_t{1} << 18U;

    /// Undefined if it is not here.
    [[nodiscard]] TermId find(const TermHash& hash);
    void insert(const TermHash& hash, TermId id);

private:
    static constexpr std::size_t kShards = 16;

    struct Entry {
        TermHash hash;
        TermId id;  ///< undefined: free
    };
    /// A hash has a place, and its neighbour for what was there before.
    struct Shard {
        void put(const Entry& entry);
        void grow();

        std::mutex mutex;
        std::vector<Entry> entries;
        std::size_t inserted = 0;  ///< since it grew
    };
    /// Places are chosen by the lower bits.
    [[nodiscard]] Shard& shard_of(const TermHash& hash) noexcept { return shards_[(hash.high >> 56U) % kShards]; }

    std::array<Shard, kShards> shards_;
};

}  // namespace tercet::storage

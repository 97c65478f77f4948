#include "engine/storage/term_cache.hpp"

namespace tercet::storage {
namespace {

constexpr std::size_t kFewestEntries = 64;
/// Twelve megabytes in all.
constexpr std::size_t kMostEntries = std::size_t{1} << 15U;

}  // namespace

TermId TermCache::find(const TermHash& hash) {
    Shard& shard = shard_of(hash);
    const std::scoped_lock lock(shard.mutex);
    if (shard.entries.empty()) return {};
    const std::size_t place = hash.high & (shard.entries.size() - 1);
    for (const std::size_t at : {place, place ^ 1U}) {
        if (shard.entries[at].hash == hash) return shard.entries[at].id;
    }
    return {};
}

void TermCache::insert(const TermHash& hash, TermId id) {
    Shard& shard = shard_of(hash);
    const std::scoped_lock lock(shard.mutex);
    if (2 * shard.inserted >= shard.entries.size() && shard.entries.size() < kMostEntries) shard.grow();
    ++shard.inserted;
    shard.put({hash, id});
}

void TermCache::Shard::put(const Entry& entry) {
    const std::size_t place = entry.hash.high & (entries.size() - 1);
    if (entries[place].id.is_defined()) entries[place ^ 1U] = entries[place];
    entries[place] = entry;
}

void TermCache::Shard::grow() {
    std::vector<Entry> old(entries.empty() ? kFewestEntries : 2 * entries.size());
    old.swap(entries);
    for (const Entry& entry : old) {
        if (entry.id.is_defined()) put(entry);
    }
}

}  // namespace tercet::storage

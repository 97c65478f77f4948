#include "engine/graph/projection_cache.hpp"

#include <algorithm>
#include <utility>

#include "engine/graph/projection.hpp"

namespace tercet::graph {

ProjectionCache::Kept ProjectionCache::find(const Key& key) {
    const std::scoped_lock lock(mutex_);
    drop_below(key.version);
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; });
    if (found == entries_.end()) return nullptr;
    ++found->uses;
    entries_.splice(entries_.begin(), entries_, found);
    return found->projection;
}

void ProjectionCache::keep(Key key, std::string text, Kept projection) {
    const std::scoped_lock lock(mutex_);
    drop_below(key.version);
    const std::size_t bytes = projection->bytes();
    if (key.version < newest_ || bytes > most_bytes_) return;
    if (std::any_of(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.key == key; })) return;  // another query was quicker
    while (bytes_ + bytes > most_bytes_) {
        bytes_ -= entries_.back().bytes;
        entries_.pop_back();
    }
    const std::size_t nodes = projection->size(), edges = projection->edge_count();
    entries_.push_front({std::move(key), std::move(text), std::move(projection), nodes, edges, bytes, 0});
    bytes_ += bytes;
}

/// Older snapshots are asked by what runs already and by nobody else.
void ProjectionCache::drop_below(std::uint64_t version) {
    if (version <= newest_) return;
    newest_ = version;
    entries_.clear();
    bytes_ = 0;
}

std::vector<ProjectionCache::Entry> ProjectionCache::entries() const {
    const std::scoped_lock lock(mutex_);
    return {entries_.begin(), entries_.end()};
}

std::size_t ProjectionCache::bytes() const {
    const std::scoped_lock lock(mutex_);
    return bytes_;
}

}  // namespace tercet::graph

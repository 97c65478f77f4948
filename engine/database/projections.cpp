#include <algorithm>

#include "engine/database/implementation.hpp"
#include "engine/graph/projection_cache.hpp"

namespace tercet {
namespace {

using Entry = graph::ProjectionCache::Entry;

ProjectionInfo info_of(std::string name, const Entry& entry) {
    return {std::move(name), entry.text, true, entry.nodes, entry.edges, entry.bytes, entry.uses};
}

}  // namespace

std::vector<ProjectionInfo> Database::projections() const {
    const std::uint64_t version = implementation_->store->snapshot()->version();
    std::vector<Entry> entries = implementation_->shared.projections->entries();
    std::erase_if(entries, [&](const Entry& e) { return e.key.version != version; });
    std::vector<ProjectionInfo> infos;
    std::vector<bool> named(entries.size(), false);
    for (const auto& [name, definition] : implementation_->shared.projection_names->all()) {
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key.definition.ends_with('\n' + definition->key()); });
        if (found == entries.end()) {
            infos.push_back({name, definition->text});
            continue;
        }
        named[static_cast<std::size_t>(found - entries.begin())] = true;
        infos.push_back(info_of(name, *found));
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!named[i]) infos.push_back(info_of({}, entries[i]));
    }
    return infos;
}

}  // namespace tercet

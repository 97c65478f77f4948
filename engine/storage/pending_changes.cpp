#include "engine/storage/pending_changes.hpp"

#include <algorithm>

namespace tercet::storage {

void PendingChanges::settle(const QuadSource& base) {
    const bool base_is_empty = base.statistics().quads == 0;
    // What was settled before are the first steps of this time.
    std::vector<Step> all;
    all.reserve(additions_.size() + removals_.size() + steps_.size());
    for (const Quad& quad : additions_) all.push_back({quad, true});
    for (const Quad& quad : removals_) all.push_back({quad, false});
    all.insert(all.end(), steps_.begin(), steps_.end());
    steps_.clear();
    steps_.shrink_to_fit();
    std::stable_sort(all.begin(), all.end(), [](const Step& a, const Step& b) { return a.quad < b.quad; });

    additions_.clear();
    removals_.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i + 1 < all.size() && all[i + 1].quad == all[i].quad) continue;
        const bool was_there = !base_is_empty && base.contains(all[i].quad);
        if (all[i].present && !was_there) additions_.push_back(all[i].quad);
        if (!all[i].present && was_there) removals_.push_back(all[i].quad);
    }
}

}  // namespace tercet::storage

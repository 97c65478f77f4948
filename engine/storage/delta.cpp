#include "engine/storage/delta.hpp"

#include <algorithm>
#include <numeric>

#include "engine/storage/radix_sort.hpp"

namespace tercet::storage {
namespace {

/// A run is merged with what follows it unless it is so many times larger.
constexpr std::size_t kGrowth = 4;
constexpr std::size_t kFewChanges = 256;

bool row_less(const RowChange& a, const RowChange& b) noexcept { return a.row < b.row; }
bool quad_less(const Change& a, const Change& b) noexcept { return a.quad < b.quad; }

/// Both ascending; of two changes of the same the later one is kept.
template <typename Record, typename Less>
std::vector<Record> merged(std::span<const Record> earlier, std::span<const Record> later, Less less) {
    std::vector<Record> all;
    all.reserve(earlier.size() + later.size());
    auto at = earlier.begin();
    for (const Record& record : later) {
        while (at != earlier.end() && less(*at, record)) all.push_back(*at++);
        if (at != earlier.end() && !less(record, *at)) ++at;
        all.push_back(record);
    }
    all.insert(all.end(), at, earlier.end());
    return all;
}

std::span<const RowChange> range(const std::vector<RowChange>& changes, const IndexRow& lower, const IndexRow& upper) {
    const auto begin = std::lower_bound(changes.begin(), changes.end(), RowChange{lower}, row_less);
    const auto end = std::upper_bound(begin, changes.end(), RowChange{upper}, row_less);
    return {begin, end};
}

}  // namespace

const std::vector<RowChange>& DeltaRun::in(const IndexOrder& order) const {
    Index& index = indexes_[index_of(order)];
    std::call_once(index.made, [&] {
        for (const Change& change : changes_) {
            if (belongs_to(order, change.quad)) index.changes.push_back({row_of(order, change.quad), change.present});
        }
        if (index.changes.size() < kFewChanges) {
            std::sort(index.changes.begin(), index.changes.end(), row_less);
            return;
        }
        std::vector<RowChange> scratch;
        for (std::size_t part = 4; part-- > 0;) {
            radix_sort(index.changes, scratch, [part](const RowChange& change) { return change.row[part]; });
        }
    });
    return index.changes;
}

std::size_t Delta::size() const noexcept {
    return std::accumulate(runs_.begin(), runs_.end(), std::size_t{0},
                           [](std::size_t sum, const auto& run) { return sum + run->size(); });
}

Delta Delta::with(std::vector<Change> changes) const {
    if (changes.empty()) return *this;
    Delta next = *this;
    while (next.runs_.size() > next.sealed_ && next.runs_.back()->size() < kGrowth * changes.size()) {
        changes = merged<Change>(next.runs_.back()->changes(), changes, quad_less);
        next.runs_.pop_back();
    }
    next.runs_.push_back(std::make_shared<const DeltaRun>(std::move(changes)));
    return next;
}

Delta Delta::sealed() const {
    Delta next = *this;
    next.sealed_ = runs_.size();
    return next;
}

Delta Delta::since(const Delta& earlier) const {
    Delta rest;
    rest.runs_.assign(runs_.begin() + static_cast<std::ptrdiff_t>(earlier.runs_.size()), runs_.end());
    return rest;
}

const Change* Delta::find(const Quad& quad) const {
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        const auto& changes = (*run)->changes();
        const auto found = std::lower_bound(changes.begin(), changes.end(), Change{quad}, quad_less);
        if (found != changes.end() && found->quad == quad) return &*found;
    }
    return nullptr;
}

std::size_t Delta::most_in(const IndexOrder& order, const IndexRow& lower, const IndexRow& upper) const {
    return std::accumulate(runs_.begin(), runs_.end(), std::size_t{0},
                           [&](std::size_t sum, const auto& run) { return sum + range(run->in(order), lower, upper).size(); });
}

std::vector<RowChange> Delta::in(const IndexOrder& order, const IndexRow& lower, const IndexRow& upper) const {
    std::vector<RowChange> all;
    // From the last run on, so that the small ones are merged first.
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        const auto part = range((*run)->in(order), lower, upper);
        if (part.empty()) continue;
        if (all.empty())
            all.assign(part.begin(), part.end());
        else
            all = merged<RowChange>(part, all, row_less);
    }
    return all;
}

}  // namespace tercet::storage

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
std::vector<Record> merged(const std::vector<Record>& earlier, const std::vector<Record>& later, Less less) {
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

/// How many changes at the beginning are before a place. Quick if they are few.
template <typename IsBefore>
std::size_t count_before(std::span<const RowChange> changes, IsBefore is_before) {
    std::size_t step = 1, low = 0;
    while (low + step <= changes.size() && is_before(changes[low + step - 1])) {
        low += step;
        step *= 2;
    }
    const auto end = changes.begin() + static_cast<std::ptrdiff_t>(std::min(low + step, changes.size()));
    const auto found = std::partition_point(changes.begin() + static_cast<std::ptrdiff_t>(low), end, is_before);
    return static_cast<std::size_t>(found - changes.begin());
}

/// Few changes lie in most ranges.
std::span<const RowChange> range(const std::vector<RowChange>& changes, const IndexRow& lower, const IndexRow& upper) {
    const auto begin = std::lower_bound(changes.begin(), changes.end(), RowChange{lower}, row_less);
    const std::span<const RowChange> rest(begin, changes.end());
    return rest.first(count_before(rest, [&](const RowChange& change) { return !(upper < change.row); }));
}

}  // namespace

DeltaRun::DeltaRun(const DeltaRun& earlier, const DeltaRun& later) : changes_(merged(earlier.changes_, later.changes_, quad_less)) {
    for (const IndexOrder& order : kIndexOrders) {
        const Index& index = earlier.indexes_[index_of(order)];
        if (!index.is_made) continue;
        make(indexes_[index_of(order)], [&] { return merged(index.changes, later.in(order), row_less); });
    }
}

/// Without std::call_once, which asks the system to wake others even if nobody waits.
template <typename Make>
void DeltaRun::make(Index& index, Make make) {
    if (index.is_made) return;
    const std::scoped_lock lock(index.making);
    if (index.is_made) return;
    index.changes = make();
    index.is_made = true;
}

const std::vector<RowChange>& DeltaRun::in(const IndexOrder& order) const {
    Index& index = indexes_[index_of(order)];
    make(index, [&] { return sorted(order); });
    return index.changes;
}

std::vector<RowChange> DeltaRun::sorted(const IndexOrder& order) const {
    std::vector<RowChange> rows;
    for (const Change& change : changes_) {
        if (belongs_to(order, change.quad)) rows.push_back({row_of(order, change.quad), change.present});
    }
    if (rows.size() < kFewChanges) {
        std::sort(rows.begin(), rows.end(), row_less);
        return rows;
    }
    std::vector<RowChange> scratch;
    for (std::size_t part = 4; part-- > 0;) {
        radix_sort(rows, scratch, [part](const RowChange& change) { return change.row[part]; });
    }
    return rows;
}

std::size_t Delta::size() const noexcept {
    return std::accumulate(runs_.begin(), runs_.end(), std::size_t{0},
                           [](std::size_t sum, const auto& run) { return sum + run->size(); });
}

Delta Delta::with(std::vector<Change> changes) const {
    if (changes.empty()) return *this;
    Delta next = *this;
    auto run = std::make_shared<const DeltaRun>(std::move(changes));
    while (next.runs_.size() > next.sealed_ && next.runs_.back()->size() < kGrowth * run->size()) {
        run = std::make_shared<const DeltaRun>(*next.runs_.back(), *run);
        next.runs_.pop_back();
    }
    next.runs_.push_back(std::move(run));
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

DeltaCursor Delta::in(const IndexOrder& order, const IndexRow& lower, const IndexRow& upper) const {
    DeltaCursor cursor;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        cursor.runs_.push_back({range((*run)->in(order), lower, upper), cursor.runs_.size()});
    }
    cursor.sort_runs();
    return cursor;
}

bool DeltaCursor::comes_first(const Run& a, const Run& b) noexcept {
    const auto order = a.left.front().row <=> b.left.front().row;
    return order < 0 || (order == 0 && a.age < b.age);
}

void DeltaCursor::sort_runs() noexcept {
    std::erase_if(runs_, [](const Run& run) { return run.left.empty(); });
    std::sort(runs_.begin(), runs_.end(), comes_first);
    find_current();
}

/// The first run passes over a change, and moves to its place among the others.
void DeltaCursor::pass_first() noexcept {
    Run run = runs_.front();
    run.left = run.left.subspan(1);
    if (run.left.empty()) {
        runs_.erase(runs_.begin());
        return;
    }
    auto place = runs_.begin();
    for (auto next = place + 1; next != runs_.end() && comes_first(*next, run); ++next) *place++ = *next;
    *place = run;
}

void DeltaCursor::advance() noexcept {
    const IndexRow row = current_->row;
    do {
        pass_first();
        find_current();
    } while (current_ != nullptr && current_->row == row);
}

void DeltaCursor::seek(const IndexRow& row) noexcept {
    for (Run& run : runs_) run.left = run.left.subspan(count_before(run.left, [&](const RowChange& change) { return change.row < row; }));
    sort_runs();
}

}  // namespace tercet::storage

#include "engine/storage/pending_changes.hpp"

#include <algorithm>
#include <optional>
#include <span>

#include "engine/storage/sorted_probe.hpp"

namespace tercet::storage {
namespace {

/// Up to so many changes are looked up one by one.
constexpr std::size_t kFewChanges = 32;
/// A sorted order may hold so many times what is collected, before pieces of it go to files.
constexpr std::size_t kShareOfSorting = 2;

/// Copies from `list` up to `end`, and tells whether `end` itself is next in the list.
class Copier {
public:
    explicit Copier(const std::vector<Quad>& list) : at_(list.begin()), end_(list.end()) {}

    bool copy_below(const Quad& bound, std::vector<Quad>& out) {
        for (; at_ != end_ && *at_ < bound; ++at_) out.push_back(*at_);
        if (at_ == end_ || *at_ != bound) return false;
        ++at_;
        return true;
    }
    void copy_rest(std::vector<Quad>& out) { out.insert(out.end(), at_, end_); }

private:
    std::vector<Quad>::const_iterator at_;
    std::vector<Quad>::const_iterator end_;
};

struct ChangeLess {
    bool operator()(const Change& a, const Change& b) const noexcept { return a.quad < b.quad; }
};

/// Cuts a sorted sequence into pieces on the disk.
class Pieces {
public:
    Pieces(QuadList& list, std::size_t size) : list_(list), size_(size) {}

    void push(const Quad& quad) {
        piece_.push_back(quad);
        if (piece_.size() == size_) flush();
    }
    void flush() {
        list_.append(piece_);
        piece_.clear();
    }

private:
    QuadList& list_;
    std::size_t size_;
    std::vector<Quad> piece_;
};

}  // namespace

PendingChanges::PendingChanges(std::size_t in_memory, std::string directory, CancelToken cancel)
    : in_memory_(in_memory), directory_(std::move(directory)), cancel_(std::move(cancel)) {}

void PendingChanges::record(const Change& change) {
    is_settled_ = false;
    recent_.push_back(change);
    if (recent_.size() == in_memory_) spill();
}

/// Another thread sorts and writes what has been collected.
void PendingChanges::spill() {
    cancel_.check();
    make_directory(directory_);
    if (spilled_ == 0) {
        // What was settled in memory came before everything that is recent.
        const auto additions = additions_.load(), removals = removals_.load();
        std::vector<Change> settled;
        for (const Quad& quad : *additions) settled.push_back({quad, true});
        for (const Quad& quad : *removals) settled.push_back({quad, false});
        runs_.emplace_back(settled, directory_);
    }
    end_spilling();
    spilled_ += recent_.size();
    spilling_.swap(recent_);
    recent_.clear();
    next_run_ = std::async(std::launch::async, [changes = std::span<const Change>(spilling_), directory = directory_] { return ChangeRun(changes, directory); });
}

void PendingChanges::end_spilling() {
    if (next_run_.valid()) runs_.push_back(next_run_.get());
    spilling_.clear();
}

std::size_t PendingChanges::unsettled() const noexcept { return is_settled_ ? 0 : spilled_ + recent_.size(); }

void PendingChanges::settle(const QuadSource& base) {
    if (is_settled_) return;
    if (spilled_ == 0) {
        settle_in_memory(base);
    } else {
        if (!recent_.empty()) spill();
        end_spilling();
        settle_in_files(base);
    }
    is_settled_ = true;
}

void PendingChanges::settle_in_memory(const QuadSource& base) {
    sort_changes(recent_);
    SortedProbe probe(base, kQuadOrder);
    const bool few = recent_.size() <= kFewChanges;
    const auto old_additions = additions_.load(), old_removals = removals_.load();
    Copier additions(*old_additions), removals(*old_removals);
    std::vector<Quad> now_added, now_removed;
    now_added.reserve(old_additions->size() + recent_.size());
    CancelCheck check(cancel_);
    for (const auto& [quad, present] : recent_) {
        check.step();
        const bool was_added = additions.copy_below(quad, now_added);
        const bool was_removed = removals.copy_below(quad, now_removed);
        const bool in_base = was_removed || (!was_added && (few ? base.contains(quad) : probe.contains(quad)));
        if (present && !in_base) now_added.push_back(quad);
        if (!present && in_base) now_removed.push_back(quad);
    }
    additions.copy_rest(now_added);
    removals.copy_rest(now_removed);
    RawVector<Change>().swap(recent_);
    additions_ = QuadList(std::move(now_added));
    removals_ = QuadList(std::move(now_removed));
}

void PendingChanges::settle_in_files(const QuadSource& base) {
    RawVector<Change>().swap(recent_);
    RawVector<Change>().swap(spilling_);
    QuadPacking packing;
    for (const ChangeRun& run : runs_) packing.see(run.packing());
    const std::size_t sort_memory = kShareOfSorting * in_memory_ * sizeof(Change);
    additions_ = QuadList(packing, directory_, sort_memory);
    removals_ = QuadList(packing, directory_, sort_memory);
    const std::size_t piece = std::max<std::size_t>(in_memory_ / 2, 1);
    Pieces additions(additions_, piece), removals(removals_, piece);
    SortedProbe probe(base, kQuadOrder);
    const auto settle_one = [&](const Change& last) {
        if (last.present == probe.contains(last.quad)) return;
        (last.present ? additions : removals).push(last.quad);
    };

    std::vector<std::unique_ptr<RecordStream<Change>>> streams;
    for (const auto& run : runs_) streams.push_back(run.read());
    MergedStream<Change, ChangeLess> changes(std::move(streams), {});
    std::optional<Change> last;
    for (auto block = changes.next(); !block.empty(); block = changes.next()) {
        cancel_.check();
        for (const Change& change : block) {
            if (last && last->quad != change.quad) settle_one(*last);
            last = change;
        }
    }
    if (last) settle_one(*last);
    additions.flush();
    removals.flush();
}

}  // namespace tercet::storage

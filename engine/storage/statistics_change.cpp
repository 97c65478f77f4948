#include "engine/storage/statistics_change.hpp"

#include <algorithm>
#include <memory>

namespace tercet::storage {

DistinctCounter::DistinctCounter(const QuadSource& base, const IndexOrder& order)
    : base_(base), order_(order), counted_(order.position[1]), probe_(base, order) {}

void DistinctCounter::start_group(const Quad& quad) {
    end_group();
    has_group_ = true;
    predicate_ = quad.predicate();
    value_ = quad.slot[counted_];
}

void DistinctCounter::end_group() {
    if (!has_group_) return;
    Difference& difference = differences_[predicate_];
    difference.quads += static_cast<std::int64_t>(added_) - static_cast<std::int64_t>(removed_);
    if (removed_ == 0) {
        Quad first;
        first.slot[1] = predicate_;
        first.slot[counted_] = value_;
        const Quad* found = probe_.at_least(first);
        const bool was_there = found != nullptr && found->predicate() == predicate_ && found->slot[counted_] == value_;
        difference.distinct += was_there ? 0 : 1;
    } else if (added_ == 0 && !base_has_more_than(removed_)) {
        --difference.distinct;
    }
    added_ = removed_ = 0;
}

bool DistinctCounter::base_has_more_than(std::uint64_t count) const {
    QuadPattern group{{TermId::any(), predicate_, TermId::any(), TermId::any()}};
    group.slot[counted_] = value_;
    const auto cursor = base_.scan(order_, group);
    const auto batch = std::make_unique<QuadBatch>();
    std::uint64_t seen = 0;
    while (seen <= count && cursor->next(*batch, std::min<std::uint64_t>(count - seen + 1, kBatchRows))) {
        seen += batch->size;
    }
    return seen > count;
}

const std::map<TermId, DistinctCounter::Difference>& DistinctCounter::finish() {
    end_group();
    has_group_ = false;
    return differences_;
}

}  // namespace tercet::storage

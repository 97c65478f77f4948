#include "engine/storage/statistics_change.hpp"

namespace tercet::storage {

DistinctCounter::DistinctCounter(const RocksSource& base, const IndexOrder& order, bool is_small)
    : base_(base), order_(order), is_small_(is_small), counted_(order.position[1]), probe_(base, order) {}

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
        difference.distinct += is_new() ? 1 : 0;
    } else if (added_ == 0 && !base_.has_more_than(removed_, order_, group())) {
        --difference.distinct;
    }
    added_ = removed_ = 0;
}

/// Whether the base has nothing of the group.
bool DistinctCounter::is_new() {
    if (!base_.may_have(predicate_) || !base_.may_have(value_)) return true;
    if (is_small_) return !base_.has_more_than(0, order_, group());
    Quad first;
    first.slot[1] = predicate_;
    first.slot[counted_] = value_;
    const Quad* found = probe_.at_least(first);
    return found == nullptr || found->predicate() != predicate_ || found->slot[counted_] != value_;
}

QuadPattern DistinctCounter::group() const {
    QuadPattern group{{TermId::any(), predicate_, TermId::any(), TermId::any()}};
    group.slot[counted_] = value_;
    return group;
}

const std::map<TermId, DistinctCounter::Difference>& DistinctCounter::finish() {
    end_group();
    has_group_ = false;
    return differences_;
}

}  // namespace tercet::storage

#include "engine/exec/quad_matcher.hpp"

#include <algorithm>
#include <utility>

#include "engine/model/index_choice.hpp"

namespace tercet::exec {
namespace {

/// The first batch of a walk is small, since most lookups find a few quads only; the next ones grow.
constexpr std::size_t kFirstBatch = 32;

}  // namespace

QuadMatcher::QuadMatcher(const std::array<plan::Slot, 4>& slots, const plan::GraphScope& graphs, const QuadSource& source)
    : source_(source), graphs_(graphs) {
    std::sort(graphs_.graphs.begin(), graphs_.graphs.end());
    for (std::size_t i = 0; i < 4; ++i) {
        pattern_.slot[i] = slots[i].constant;
        for (std::size_t k = 0; k < i; ++k) {
            if (slots[i].variable != plan::kNoVariable && slots[i].variable == slots[k].variable) equal_slots_.emplace_back(k, i);
        }
    }
}

void QuadMatcher::open(const QuadPattern& pattern, const IndexOrder* order) {
    order_ = order != nullptr ? order : &best_order(pattern);
    if (graphs_.kind == plan::GraphScope::Kind::Merge && order_->named_graphs_only) order_ = &kIndexOrders.front();
    walked_ = pattern;
    cursor_ = source_.scan(*order_, pattern);
    if (!batch_) batch_ = std::make_unique<QuadBatch>();
    batch_->size = 0;
    row_ = 0;
    run_ = 1;
    limit_ = kFirstBatch;
    last_ = {TermId::any(), TermId::any(), TermId::any()};
}

void QuadMatcher::close() noexcept {
    cursor_.reset();
    batch_.reset();
}

bool QuadMatcher::fits() {
    for (const auto& [a, b] : equal_slots_) {
        if (at(a) != at(b)) return false;
    }
    using Kind = plan::GraphScope::Kind;
    if (graphs_.kind == Kind::One) return true;
    if (graphs_.kind == Kind::NamedAll) return at(3).is_defined();
    if (!std::binary_search(graphs_.graphs.begin(), graphs_.graphs.end(), at(3))) return false;
    if (graphs_.kind == Kind::Among) return true;
    const std::array<TermId, 3> triple{at(0), at(1), at(2)};
    return std::exchange(last_, triple) != triple;
}

bool QuadMatcher::next() {
    while (true) {
        row_ += std::exchange(run_, 1);
        if (row_ >= batch_->size) {
            if (!cursor_ || !cursor_->next(*batch_, limit_)) {
                cursor_.reset();
                batch_->size = row_ = 0;
                return false;
            }
            limit_ = std::min(limit_ * 4, kBatchRows);
            row_ = 0;
        }
        if (fits()) return true;
    }
}

std::size_t QuadMatcher::next_run(std::size_t most) {
    if (!next()) return 0;
    if (all_fit()) run_ = std::min(most, batch_->size - row_);
    return run_;
}

void QuadMatcher::skip_below(std::size_t slot, TermId lower) {
    const std::size_t bound = bound_prefix(*order_, walked_);
    if (!cursor_ || bound == 4 || order_->position[bound] != slot) return;
    const TermId* values = batch_->column[slot].data();
    const std::size_t after = std::min(row_ + run_, batch_->size);
    if (after < batch_->size && values[batch_->size - 1] >= lower) {
        const TermId* found = std::lower_bound(values + after, values + batch_->size, lower);
        run_ = static_cast<std::size_t>(found - values) - row_;
        return;
    }
    Quad from;
    for (std::size_t i = 0; i < bound; ++i) from.slot[order_->position[i]] = walked_.slot[order_->position[i]];
    from.slot[slot] = lower;
    cursor_->seek(from);
    limit_ = kFirstBatch;
    run_ = 1;
    row_ = batch_->size = 0;
}

}  // namespace tercet::exec

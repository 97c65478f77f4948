#include "engine/exec/quad_matcher.hpp"

#include <algorithm>

#include "engine/model/index_choice.hpp"

namespace tercet::exec {
namespace {

/// The first batch of a walk is small, since most lookups find a few quads only.
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
    cursor_ = source_.scan(order != nullptr ? *order : best_order(pattern), pattern);
    batch_->size = 0;
    row_ = 0;
    limit_ = kFirstBatch;
    last_ = {TermId::any(), TermId::any(), TermId::any()};
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
        if (++row_ >= batch_->size) {
            if (!cursor_ || !cursor_->next(*batch_, limit_)) {
                cursor_.reset();
                batch_->size = 0;
                return false;
            }
            limit_ = kBatchRows;
            row_ = 0;
        }
        if (fits()) return true;
    }
}

}  // namespace tercet::exec

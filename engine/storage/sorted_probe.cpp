#include "engine/storage/sorted_probe.hpp"

#include "engine/storage/quad_order.hpp"

namespace tercet::storage {
namespace {

constexpr QuadPattern kEverything{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};

}  // namespace

SortedProbe::SortedProbe(const QuadSource& source, const IndexOrder& order)
    : source_(source), order_(order), at_end_(source.statistics().quads == 0) {}

const Quad* SortedProbe::at_least(const Quad& lower) {
    if (at_end_) return nullptr;
    if (!started_) {
        cursor_ = source_.scan(order_, kEverything);
        batch_ = std::make_unique<QuadBatch>();
    }
    if (!started_ || KeyLess{order_}(current_, lower)) {
        started_ = true;
        cursor_->seek(lower);
        at_end_ = !cursor_->next(*batch_, 1);
        for (std::size_t i = 0; i < 4; ++i) current_.slot[i] = batch_->column[i][0];
    }
    return at_end_ ? nullptr : &current_;
}

}  // namespace tercet::storage

#include "engine/storage/overlay_source.hpp"

#include <algorithm>

#include "engine/storage/quad_order.hpp"

namespace tercet::storage {
namespace {

/// Walks the base and the additions side by side, and leaves out what is removed.
class OverlayCursor final : public QuadCursor {
public:
    OverlayCursor(const IndexOrder& order, std::unique_ptr<QuadCursor> base, std::unique_ptr<QuadCursor> additions,
                  const SortedQuads& removals)
        : order_(order), base_{std::move(base)}, additions_{std::move(additions)}, removals_(removals) {}

    bool next(QuadBatch& out, std::size_t limit) override {
        out.size = 0;
        while (out.size < limit) {
            Side* side = smaller();
            if (side == nullptr) break;
            const Quad quad = side->current();
            ++side->row;
            if (side == &base_ && removals_.contains(quad)) continue;
            for (std::size_t i = 0; i < 4; ++i) out.column[i][out.size] = quad.slot[i];
            ++out.size;
        }
        return out.size > 0;
    }

    void seek(const Quad& lower) override {
        for (Side* side : {&base_, &additions_}) side->seek(order_, lower);
    }

private:
    struct Side {
        std::unique_ptr<QuadCursor> cursor;
        std::unique_ptr<QuadBatch> batch = std::make_unique<QuadBatch>();
        std::size_t row = 0;
        bool done = false;

        [[nodiscard]] Quad current() const {
            return {{batch->column[0][row], batch->column[1][row], batch->column[2][row], batch->column[3][row]}};
        }
        bool fill() {
            if (row < batch->size) return true;
            if (done) return false;
            row = 0;
            done = !cursor->next(*batch);
            return !done;
        }
        void seek(const IndexOrder& order, const Quad& lower) {
            while (row < batch->size && KeyLess{order}(current(), lower)) ++row;
            if (row == batch->size && !done) cursor->seek(lower);
        }
    };

    Side* smaller() {
        const bool has_base = base_.fill();
        const bool has_addition = additions_.fill();
        if (!has_base) return has_addition ? &additions_ : nullptr;
        if (!has_addition) return &base_;
        return KeyLess{order_}(base_.current(), additions_.current()) ? &base_ : &additions_;
    }

    const IndexOrder& order_;
    Side base_;
    Side additions_;
    const SortedQuads& removals_;
};

std::uint64_t minus(std::uint64_t a, std::uint64_t b) { return a > b ? a - b : 0; }

}  // namespace

OverlaySource::OverlaySource(std::shared_ptr<const QuadSource> base, std::shared_ptr<const std::vector<Quad>> additions,
                             std::shared_ptr<const std::vector<Quad>> removals)
    : base_(std::move(base)), additions_(std::move(additions)), removals_(std::move(removals)) {}

std::unique_ptr<QuadCursor> OverlaySource::scan(const IndexOrder& order, const QuadPattern& pattern) const {
    if (additions_.size() + removals_.size() == 0) return base_->scan(order, pattern);
    return std::make_unique<OverlayCursor>(order, base_->scan(order, pattern), additions_.scan(order, pattern),
                                           removals_);
}

bool OverlaySource::contains(const Quad& quad) const {
    return additions_.contains(quad) || (base_->contains(quad) && !removals_.contains(quad));
}

std::uint64_t OverlaySource::count(const QuadPattern& pattern) const {
    return base_->count(pattern) + additions_.count(pattern) - removals_.count(pattern);
}

std::uint64_t OverlaySource::estimate(const QuadPattern& pattern) const {
    return minus(base_->estimate(pattern) + additions_.count(pattern), removals_.count(pattern));
}

/// The distinct counts are those of the base, bounded by the number of triples: good enough to plan with.
PredicateStatistics OverlaySource::predicate_statistics(TermId predicate) const {
    PredicateStatistics result = base_->predicate_statistics(predicate);
    const QuadPattern pattern{{TermId::any(), predicate, TermId::any(), TermId::any()}};
    const std::uint64_t more = additions_.count(pattern);
    result.triples = minus(result.triples + more, removals_.count(pattern));
    result.distinct_subjects = std::min(result.distinct_subjects + more, result.triples);
    result.distinct_objects = std::min(result.distinct_objects + more, result.triples);
    return result;
}

StoreStatistics OverlaySource::statistics() const {
    StoreStatistics result = base_->statistics();
    const QuadPattern default_graph{{TermId::any(), TermId::any(), TermId::any(), TermId{}}};
    result.quads = minus(result.quads + additions_.size(), removals_.size());
    result.default_graph_quads =
        minus(result.default_graph_quads + additions_.count(default_graph), removals_.count(default_graph));
    return result;
}

std::vector<TermId> OverlaySource::graphs() const {
    std::vector<TermId> names = base_->graphs();
    for (const Quad& quad : additions_.in(kByGraph)) names.push_back(quad.graph());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::erase_if(names, [&](TermId graph) {
        const auto cursor = scan(kByGraph, {{TermId::any(), TermId::any(), TermId::any(), graph}});
        const auto batch = std::make_unique<QuadBatch>();
        return !cursor->next(*batch, 1);
    });
    return names;
}

}  // namespace tercet::storage

#include "engine/storage/sorted_quads.hpp"

#include <algorithm>

#include "engine/model/index_choice.hpp"
#include "engine/storage/quad_order.hpp"

namespace tercet::storage {
namespace {

using Position = std::vector<Quad>::const_iterator;

/// The quads that agree with the pattern in the bound parts that lead the order.
std::pair<Position, Position> prefix_range(const IndexOrder& order, const QuadPattern& pattern,
                                           const std::vector<Quad>& quads) {
    const std::size_t length = bound_prefix(order, pattern);
    const auto less = [&](const Quad& a, const Quad& b) {
        for (std::size_t part = 0; part < length; ++part) {
            const std::size_t slot = order.position[part];
            if (a.slot[slot] != b.slot[slot]) return a.slot[slot] < b.slot[slot];
        }
        return false;
    };
    return std::equal_range(quads.begin(), quads.end(), pattern, less);
}

bool is_bound_beyond_prefix(const IndexOrder& order, const QuadPattern& pattern) {
    const auto bound = std::count_if(pattern.slot.begin(), pattern.slot.end(), [](TermId id) { return !id.is_any(); });
    return static_cast<std::size_t>(bound) > bound_prefix(order, pattern);
}

class SortedCursor final : public QuadCursor {
public:
    SortedCursor(const IndexOrder& order, const QuadPattern& pattern, const std::vector<Quad>& quads)
        : order_(order), pattern_(pattern), filters_(is_bound_beyond_prefix(order, pattern)) {
        std::tie(at_, end_) = prefix_range(order, pattern, quads);
    }

    bool next(QuadBatch& out, std::size_t limit) override {
        out.size = 0;
        for (; at_ != end_ && out.size < limit; ++at_) {
            if (filters_ && !matches(pattern_, *at_)) continue;
            for (std::size_t i = 0; i < 4; ++i) out.column[i][out.size] = at_->slot[i];
            ++out.size;
        }
        return out.size > 0;
    }

    /// Doubles its steps until it is past the place, then searches the last step.
    void seek(const Quad& lower) override {
        const KeyLess less{order_};
        std::ptrdiff_t step = 1;
        while (step < end_ - at_ && less(at_[step], lower)) {
            at_ += step;
            step *= 2;
        }
        at_ = std::lower_bound(at_, at_ + std::min(step + 1, end_ - at_), lower, less);
    }

private:
    const IndexOrder& order_;
    QuadPattern pattern_;
    bool filters_;
    Position at_;
    Position end_;
};

}  // namespace

SortedQuads::SortedQuads(std::shared_ptr<const std::vector<Quad>> quads) : quads_(std::move(quads)) {}

const std::vector<Quad>& SortedQuads::in(const IndexOrder& order) const {
    if (&order == &kQuadOrder) return *quads_;
    Index& index = indexes_[index_of(order)];
    std::call_once(index.made, [&] {
        index.quads = *quads_;
        sort_again(index.quads, order);
    });
    return index.quads;
}

bool SortedQuads::contains(const Quad& quad) const { return std::binary_search(quads_->begin(), quads_->end(), quad); }

std::uint64_t SortedQuads::count(const QuadPattern& pattern) const {
    if (quads_->empty()) return 0;
    const IndexOrder& order = best_order(pattern);
    const auto [begin, end] = prefix_range(order, pattern, in(order));
    if (!is_bound_beyond_prefix(order, pattern)) return static_cast<std::uint64_t>(end - begin);
    return static_cast<std::uint64_t>(
        std::count_if(begin, end, [&](const Quad& quad) { return matches(pattern, quad); }));
}

std::unique_ptr<QuadCursor> SortedQuads::scan(const IndexOrder& order, const QuadPattern& pattern) const {
    return std::make_unique<SortedCursor>(order, pattern, in(order));
}

}  // namespace tercet::storage

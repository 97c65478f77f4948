#include "engine/storage/sorted_quads.hpp"

#include <algorithm>
#include <utility>

#include "engine/model/index_choice.hpp"

namespace tercet::storage {
namespace {

std::vector<Key> sorted_keys(const IndexOrder& order, const std::vector<Quad>& quads) {
    std::vector<Key> keys;
    keys.reserve(quads.size());
    for (const Quad& quad : quads) {
        if (order.named_graphs_only && !quad.graph().is_defined()) continue;
        keys.push_back(key_of(order, quad));
    }
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// The keys that share the pattern's bound prefix, as a half-open range.
std::pair<std::size_t, std::size_t> prefix_range(const IndexOrder& order, const QuadPattern& pattern, const std::vector<Key>& keys) {
    const std::size_t length = bound_prefix(order, pattern);
    const Key wanted = key_of(order, pattern);
    const auto compare = [length](const Key& a, const Key& b) {
        return std::lexicographical_compare(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(length), b.begin(),
                                            b.begin() + static_cast<std::ptrdiff_t>(length));
    };
    const auto range = std::equal_range(keys.begin(), keys.end(), wanted, compare);
    return {static_cast<std::size_t>(range.first - keys.begin()), static_cast<std::size_t>(range.second - keys.begin())};
}

class SortedCursor final : public QuadCursor {
public:
    SortedCursor(const IndexOrder& order, const QuadPattern& pattern, const std::vector<Key>& keys)
        : order_(order), pattern_(pattern), keys_(keys) {
        std::tie(at_, end_) = prefix_range(order, pattern, keys);
        std::size_t bound = 0;
        for (const TermId id : pattern.slot) bound += id.is_any() ? 0 : 1;
        filters_ = bound > bound_prefix(order, pattern);
    }

    bool next(QuadBatch& out, std::size_t limit) override {
        out.size = 0;
        for (; at_ < end_ && out.size < limit; ++at_) {
            const Quad quad = quad_of(order_, keys_[at_]);
            if (filters_ && !matches(pattern_, quad)) continue;
            for (std::size_t i = 0; i < 4; ++i) out.column[i][out.size] = quad.slot[i];
            ++out.size;
        }
        return out.size > 0;
    }

    /// Doubles its steps until it is past the key, then searches the last step.
    void seek(const Quad& lower) override {
        const Key wanted = key_of(order_, lower);
        std::size_t step = 1;
        std::size_t low = at_;
        while (low + step < end_ && keys_[low + step] < wanted) {
            low += step;
            step *= 2;
        }
        const auto from = keys_.begin() + static_cast<std::ptrdiff_t>(low);
        const auto to = keys_.begin() + static_cast<std::ptrdiff_t>(std::min(low + step + 1, end_));
        at_ = static_cast<std::size_t>(std::lower_bound(from, to, wanted) - keys_.begin());
    }

private:
    const IndexOrder& order_;
    QuadPattern pattern_;
    const std::vector<Key>& keys_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    bool filters_ = false;
};

std::size_t index_of(const IndexOrder& order) { return static_cast<std::size_t>(&order - kIndexOrders.data()); }

}  // namespace

Quad quad_of(const IndexOrder& order, const Key& key) noexcept {
    Quad quad;
    for (std::size_t i = 0; i < 4; ++i) quad.slot[order.position[i]] = key[i];
    return quad;
}

SortedQuads::SortedQuads(const std::vector<Quad>& quads) {
    for (std::size_t i = 0; i < kOrderCount; ++i) keys_[i] = sorted_keys(kIndexOrders[i], quads);
}

SortedQuads::SortedQuads(const SortedQuads& base, const std::vector<Quad>& additions, const std::vector<Quad>& removals) {
    for (std::size_t i = 0; i < kOrderCount; ++i) {
        const auto gone = sorted_keys(kIndexOrders[i], removals);
        const auto fresh = sorted_keys(kIndexOrders[i], additions);
        std::vector<Key> kept;
        kept.reserve(base.keys_[i].size());
        std::set_difference(base.keys_[i].begin(), base.keys_[i].end(), gone.begin(), gone.end(), std::back_inserter(kept));
        keys_[i].reserve(kept.size() + fresh.size());
        std::merge(kept.begin(), kept.end(), fresh.begin(), fresh.end(), std::back_inserter(keys_[i]));
    }
}

const std::vector<Key>& SortedQuads::keys(const IndexOrder& order) const { return keys_[index_of(order)]; }

bool SortedQuads::contains(const Quad& quad) const {
    return std::binary_search(keys_[0].begin(), keys_[0].end(), key_of(kIndexOrders[0], quad));
}

std::uint64_t SortedQuads::count(const QuadPattern& pattern) const {
    const IndexOrder& order = best_order(pattern);
    const auto& sorted = keys(order);
    const auto [begin, end] = prefix_range(order, pattern, sorted);
    std::size_t bound = 0;
    for (const TermId id : pattern.slot) bound += id.is_any() ? 0 : 1;
    if (bound == bound_prefix(order, pattern)) return end - begin;
    return static_cast<std::uint64_t>(std::count_if(sorted.begin() + static_cast<std::ptrdiff_t>(begin),
                                                    sorted.begin() + static_cast<std::ptrdiff_t>(end),
                                                    [&](const Key& key) { return matches(pattern, quad_of(order, key)); }));
}

std::unique_ptr<QuadCursor> SortedQuads::scan(const IndexOrder& order, const QuadPattern& pattern) const {
    return std::make_unique<SortedCursor>(order, pattern, keys(order));
}

}  // namespace tercet::storage

#include "engine/storage/quad_order.hpp"

#include <algorithm>

#include "engine/storage/radix_sort.hpp"

namespace tercet::storage {
namespace {

/// Below this, comparing is cheaper than counting bytes.
constexpr std::size_t kFewQuads = 1024;

/// How many leading parts of the order have to be sorted by, last one first, if the quads are in kQuadOrder: the parts
/// behind them ascend in slot order, so they are sorted already.
std::size_t unsorted_parts(const IndexOrder& order) {
    std::size_t parts = order.position.size() - 1;
    while (parts > 0 && order.position[parts - 1] < order.position[parts]) --parts;
    return parts;
}

}  // namespace

void sort_again(std::vector<Quad>& quads, const IndexOrder& order) {
    std::erase_if(quads, [&](const Quad& quad) { return !belongs_to(order, quad); });
    if (quads.size() < kFewQuads) {
        std::sort(quads.begin(), quads.end(), KeyLess{order});
        return;
    }
    std::vector<Quad> scratch;
    for (std::size_t part = unsorted_parts(order); part-- > 0;) {
        const std::size_t slot = order.position[part];
        radix_sort(quads, scratch, [slot](const Quad& quad) { return quad.slot[slot].bits(); });
    }
}

void sort_changes(std::vector<Change>& changes) {
    if (changes.size() < kFewQuads) {
        std::stable_sort(changes.begin(), changes.end(),
                         [](const Change& a, const Change& b) { return a.quad < b.quad; });
    } else {
        std::vector<Change> scratch;
        for (std::size_t slot = 4; slot-- > 0;) {
            radix_sort(changes, scratch, [slot](const Change& change) { return change.quad.slot[slot].bits(); });
        }
    }
    const auto same = [](const Change& a, const Change& b) { return a.quad == b.quad; };
    const auto kept = std::unique(changes.rbegin(), changes.rend(), same);
    changes.erase(changes.begin(), kept.base());
}

}  // namespace tercet::storage

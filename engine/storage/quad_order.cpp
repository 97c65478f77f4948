#include "engine/storage/quad_order.hpp"

#include <algorithm>

#include "engine/storage/radix_sort.hpp"

namespace tercet::storage {
namespace {

/// Below this, comparing is cheaper than counting bytes.
constexpr std::size_t kFewQuads = 1024;

}  // namespace

std::size_t unsorted_parts(const IndexOrder& order) noexcept {
    std::size_t parts = order.position.size() - 1;
    while (parts > 0 && order.position[parts - 1] < order.position[parts]) --parts;
    return parts;
}

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

}  // namespace tercet::storage

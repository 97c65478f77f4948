#pragma once

#include <cstddef>

#include "engine/model/quad.hpp"

namespace tercet {

/// How many parts the pattern binds.
[[nodiscard]] constexpr std::size_t bound_parts(const QuadPattern& pattern) noexcept {
    std::size_t count = 0;
    for (const TermId id : pattern.slot) count += id.is_any() ? 0 : 1;
    return count;
}

/// How many leading parts of the order's key the pattern binds.
[[nodiscard]] constexpr std::size_t bound_prefix(const IndexOrder& order, const QuadPattern& pattern) noexcept {
    std::size_t length = 0;
    while (length < 4 && !pattern.slot[order.position[length]].is_any()) ++length;
    return length;
}

/// The order in which the pattern's quads lie closest together. Orders of named graphs only serve patterns that name one.
[[nodiscard]] constexpr const IndexOrder& best_order(const QuadPattern& pattern) noexcept {
    const bool named = !pattern.graph().is_any() && pattern.graph().is_defined();
    const IndexOrder* best = &kIndexOrders[0];
    for (const IndexOrder& order : kIndexOrders) {
        if (order.named_graphs_only && !named) continue;
        if (bound_prefix(order, pattern) > bound_prefix(*best, pattern)) best = &order;
    }
    return *best;
}

/// Whether the two ends of the pattern's range in its best order tell how many quads match: its bound parts lead the order,
/// but for the default graph, whose quads every part of an order knows the number of.
[[nodiscard]] constexpr bool is_counted_quickly(const QuadPattern& pattern) noexcept {
    const std::size_t beyond = bound_parts(pattern) - bound_prefix(best_order(pattern), pattern);
    const bool is_default_graph = !pattern.graph().is_any() && !pattern.graph().is_defined();
    return beyond == 0 || (beyond == 1 && is_default_graph);
}

}  // namespace tercet

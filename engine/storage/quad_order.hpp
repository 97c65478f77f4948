#pragma once

#include <cstddef>
#include <vector>

#include "engine/model/quad.hpp"

namespace tercet::storage {

/// Quads compared as their keys in an index order are.
struct KeyLess {
    const IndexOrder& order;

    [[nodiscard]] bool operator()(const Quad& a, const Quad& b) const noexcept {
        for (const std::size_t slot : order.position) {
            if (a.slot[slot] != b.slot[slot]) return a.slot[slot] < b.slot[slot];
        }
        return false;
    }
};

/// The order that changes are collected in; its keys compare as quads do.
inline constexpr const IndexOrder& kQuadOrder = kIndexOrders[0];
inline constexpr const IndexOrder& kByObject = kIndexOrders[1];   ///< predicate, object, subject
inline constexpr const IndexOrder& kBySubject = kIndexOrders[3];  ///< predicate, subject, object
inline constexpr const IndexOrder& kByGraph = kIndexOrders[6];
static_assert(kQuadOrder.name == "spog" && kByObject.name == "posg" && kBySubject.name == "psog" &&
              kByGraph.name == "gspo");

[[nodiscard]] constexpr std::size_t index_of(const IndexOrder& order) noexcept {
    return static_cast<std::size_t>(&order - kIndexOrders.data());
}

/// Whether a quad stands in the order's index.
[[nodiscard]] constexpr bool belongs_to(const IndexOrder& order, const Quad& quad) noexcept {
    return !order.named_graphs_only || quad.graph().is_defined();
}

/// How many leading parts of the order have to be sorted by, last one first, if the quads are in kQuadOrder: the parts
/// behind them ascend in slot order, so they are sorted already.
[[nodiscard]] std::size_t unsorted_parts(const IndexOrder& order) noexcept;

/// Sorts quads that are in kQuadOrder by another order, and leaves out those that do not belong there.
void sort_again(std::vector<Quad>& quads, const IndexOrder& order);

/// A quad to be there, or not to be.
struct Change {
    Quad quad;
    bool present = true;
};

}  // namespace tercet::storage

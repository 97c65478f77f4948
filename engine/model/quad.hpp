#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "engine/model/term_id.hpp"

namespace tercet {

/// Subject, predicate, object, graph. The graph of the default graph is the undefined id.
struct Quad {
    std::array<TermId, 4> slot{};

    [[nodiscard]] constexpr TermId subject() const noexcept { return slot[0]; }
    [[nodiscard]] constexpr TermId predicate() const noexcept { return slot[1]; }
    [[nodiscard]] constexpr TermId object() const noexcept { return slot[2]; }
    [[nodiscard]] constexpr TermId graph() const noexcept { return slot[3]; }

    friend constexpr auto operator<=>(const Quad&, const Quad&) noexcept = default;
};

/// A quad in which TermId::any() matches everything.
using QuadPattern = Quad;

[[nodiscard]] constexpr bool matches(const QuadPattern& pattern, const Quad& quad) noexcept {
    for (std::size_t i = 0; i < 4; ++i) {
        if (!pattern.slot[i].is_any() && pattern.slot[i] != quad.slot[i]) return false;
    }
    return true;
}

/// One stored permutation of a quad.
struct IndexOrder {
    std::string_view name;                ///< also the RocksDB column family
    std::array<std::size_t, 4> position;  ///< position[i]: which quad slot is key part i
    bool named_graphs_only = false;       ///< leaves out the default graph, which it would only repeat
};

/// Every index is written, scanned and checked by looping over this. All six orders of a triple, so that every
/// merge join finds its order; the graph last, where it costs nothing in a store of one graph; and one order by
/// graph for named graphs.
inline constexpr std::array kIndexOrders{
    IndexOrder{"spog", {0, 1, 2, 3}}, IndexOrder{"posg", {1, 2, 0, 3}}, IndexOrder{"ospg", {2, 0, 1, 3}},
    IndexOrder{"psog", {1, 0, 2, 3}}, IndexOrder{"sopg", {0, 2, 1, 3}}, IndexOrder{"opsg", {2, 1, 0, 3}},
    IndexOrder{"gspo", {3, 0, 1, 2}, true},
};
inline constexpr std::size_t kOrderCount = kIndexOrders.size();

/// The quad's parts in key order.
[[nodiscard]] constexpr std::array<TermId, 4> key_of(const IndexOrder& order, const Quad& quad) noexcept {
    return {quad.slot[order.position[0]], quad.slot[order.position[1]], quad.slot[order.position[2]],
            quad.slot[order.position[3]]};
}

}  // namespace tercet

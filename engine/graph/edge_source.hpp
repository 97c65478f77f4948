#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/graph/path_automaton.hpp"
#include "engine/model/term_id.hpp"

namespace tercet::graph {

/// One step taken: from which of the nodes that were asked about, over which predicate, to where.
struct Hop {
    std::uint32_t from;
    TermId predicate;
    TermId node;
    double cost = 1;  ///< not negative
};
using HopSink = std::function<void(std::span<const Hop>)>;

/// The graph that walks go through: a snapshot's triples, seen as edges. Tests have one in a vector.
class EdgeSource {
public:
    virtual ~EdgeSource() = default;

    /// Every hop along `step` from each of `nodes`, in pieces. `nodes` ascend and are distinct. Each edge comes once.
    /// May throw Error (Cancelled, Timeout).
    virtual void expand(std::span<const TermId> nodes, const PathStep& step, const HopSink& sink) = 0;

    /// Every subject and object, ascending.
    [[nodiscard]] virtual std::vector<TermId> nodes() = 0;
};

}  // namespace tercet::graph

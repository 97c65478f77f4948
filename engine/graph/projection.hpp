#pragma once

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/model/term_id.hpp"

namespace tercet::graph {

struct Weight {
    double weight = 1;
};

/// Boost.Graph's compressed sparse rows: an IncidenceGraph, AdjacencyGraph, VertexListGraph and EdgeListGraph whose
/// vertices count from 0.
using CsrGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight, boost::no_property,
                                                    std::uint32_t, std::uint64_t>;

/// A directed graph in numbers, made from rows of (source, target, weight). Vertices count in the order of their ids;
/// equal rows are parallel edges.
class Projection {
public:
    struct Row {
        TermId source, target;
        double weight = 1;
    };

    Projection() = default;
    /// The token is asked meanwhile. What is in use, the rows included, is set in `held` if there is one; throws Error (Memory).
    explicit Projection(std::vector<Row> rows, const CancelToken& cancel = {}, MemoryShare* held = nullptr);

    [[nodiscard]] const CsrGraph& graph() const noexcept { return graph_; }
    [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }
    [[nodiscard]] std::size_t edge_count() const noexcept { return boost::num_edges(graph_); }
    [[nodiscard]] TermId term(std::uint32_t vertex) const { return terms_[vertex]; }
    [[nodiscard]] std::optional<std::uint32_t> vertex(TermId term) const;
    [[nodiscard]] bool has_negative_weight() const noexcept { return negative_; }

    /// A number for each vertex beside its edges, such as an estimate; empty if there are none.
    [[nodiscard]] std::span<const double> values() const noexcept { return values_; }
    /// Of several numbers for one node the least is kept; a node without one has 0.
    void set_values(const std::vector<std::pair<TermId, double>>& values);

    /// The edges turned round, with their weights.
    [[nodiscard]] CsrGraph reversed() const;
    /// Neighbours in either direction, ascending: every edge from both of its ends and once, without loops.
    [[nodiscard]] CsrGraph undirected() const;

    /// Whether a node is known to one running query alone, and means nothing to another.
    [[nodiscard]] bool has_local_nodes() const;
    [[nodiscard]] std::size_t bytes() const noexcept;

private:
    std::vector<TermId> terms_;
    CsrGraph graph_;
    std::vector<double> values_;
    bool negative_ = false;
};

/// The vertices that the edges of a vertex lead to, as a piece of memory.
[[nodiscard]] inline std::span<const std::uint32_t> targets_of(std::uint32_t vertex, const CsrGraph& graph) {
    const auto& rows = graph.m_forward.m_rowstart;
    return {graph.m_forward.m_column.data() + rows[vertex], rows[vertex + 1] - rows[vertex]};
}

/// Calls `each(source, target, weight)` for every edge, in the order of the sources.
template <typename Each>
void for_each_edge(const CsrGraph& graph, Each each) {
    std::size_t edge = 0;
    for (std::uint32_t v = 0; v < boost::num_vertices(graph); ++v) {
        for (const std::uint32_t w : targets_of(v, graph)) each(v, w, graph.m_forward.m_edge_properties[edge++].weight);
    }
}

}  // namespace tercet::graph

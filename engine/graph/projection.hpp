#pragma once

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/model/term_id.hpp"

namespace tercet::graph {

struct Weight {
    double weight = 1;
};

/// Boost.Graph's compressed sparse rows: IncidenceGraph, AdjacencyGraph, VertexListGraph, EdgeListGraph.
using CsrGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight, boost::no_property, std::uint32_t, std::uint64_t>;

/// A directed graph in numbers, made from rows of (source, target, weight); vertices count in the order of their ids.
class Projection {
public:
    /// Collects rows; call build() at the end.
    void add(TermId source, TermId target, double weight) { rows_.push_back({source, target, weight}); }
    void build();

    [[nodiscard]] const CsrGraph& graph() const noexcept { return graph_; }
    [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }
    [[nodiscard]] TermId term(std::uint32_t vertex) const { return terms_[vertex]; }
    [[nodiscard]] std::optional<std::uint32_t> vertex(TermId term) const;
    [[nodiscard]] bool has_negative_weight() const noexcept { return negative_; }

private:
    struct Row {
        TermId source, target;
        double weight;
    };
    std::vector<Row> rows_;
    std::vector<TermId> terms_;
    CsrGraph graph_;
    bool negative_ = false;
};

}  // namespace tercet::graph

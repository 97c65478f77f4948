#pragma once

#include <boost/graph/adjacency_iterator.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "engine/model/quad_source.hpp"

/// A snapshot as a graph of Boost.Graph, read from the store while algorithms walk it: for walks that see a small part.
/// Whole-graph algorithms run on a Projection.
namespace tercet::graph {

/// What of a snapshot is the graph.
struct SnapshotGraphOptions {
    std::vector<TermId> predicates;     ///< edges have one of these; empty: any
    std::optional<TermId> named_graph;  ///< none: the default graph
    bool literals = false;              ///< whether literals are nodes too
};

/// A triple as an edge. Parallel edges differ in their predicates.
struct SnapshotEdge {
    TermId source, predicate, target;
    friend auto operator<=>(const SnapshotEdge&, const SnapshotEdge&) = default;
};

/// Models IncidenceGraph, BidirectionalGraph, AdjacencyGraph and VertexListGraph. Vertices are the ids of terms. Copies
/// share what they know. The edges of a vertex are read each time they are asked for; the list of vertices once, at
/// need.
class SnapshotGraph {
public:
    struct traversal : boost::bidirectional_graph_tag, boost::adjacency_graph_tag, boost::vertex_list_graph_tag {};
    using vertex_descriptor = TermId;
    using edge_descriptor = SnapshotEdge;
    using directed_category = boost::bidirectional_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    using traversal_category = traversal;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    using vertex_iterator = std::vector<TermId>::const_iterator;

    /// Keeps the edges that it goes through alive.
    class edge_iterator
        : public boost::iterator_facade<edge_iterator, const SnapshotEdge, boost::random_access_traversal_tag> {
    public:
        using Edges = std::shared_ptr<const std::vector<SnapshotEdge>>;
        edge_iterator() = default;
        edge_iterator(Edges edges, std::ptrdiff_t at) : edges_(std::move(edges)), at_(at) {}

    private:
        friend class boost::iterator_core_access;
        const SnapshotEdge& dereference() const { return (*edges_)[static_cast<std::size_t>(at_)]; }
        bool equal(const edge_iterator& other) const { return at_ == other.at_; }
        void increment() { ++at_; }
        void decrement() { --at_; }
        void advance(std::ptrdiff_t steps) { at_ += steps; }
        std::ptrdiff_t distance_to(const edge_iterator& other) const { return other.at_ - at_; }

        Edges edges_;
        std::ptrdiff_t at_ = 0;
    };
    using out_edge_iterator = edge_iterator;
    using in_edge_iterator = edge_iterator;
    using adjacency_iterator =
        boost::adjacency_iterator_generator<SnapshotGraph, vertex_descriptor, out_edge_iterator>::type;

    explicit SnapshotGraph(std::shared_ptr<const QuadSource> source, SnapshotGraphOptions options = {});

    [[nodiscard]] static TermId null_vertex() { return {}; }

    friend std::pair<edge_iterator, edge_iterator> out_edges(TermId vertex, const SnapshotGraph& graph) {
        return range(graph.edges_at(vertex, true));
    }
    friend std::pair<edge_iterator, edge_iterator> in_edges(TermId vertex, const SnapshotGraph& graph) {
        return range(graph.edges_at(vertex, false));
    }
    friend std::pair<adjacency_iterator, adjacency_iterator> adjacent_vertices(TermId vertex,
                                                                               const SnapshotGraph& graph) {
        const auto [begin, end] = out_edges(vertex, graph);
        return {adjacency_iterator(begin, &graph), adjacency_iterator(end, &graph)};
    }
    friend std::size_t out_degree(TermId vertex, const SnapshotGraph& graph) {
        return graph.edges_at(vertex, true)->size();
    }
    friend std::size_t in_degree(TermId vertex, const SnapshotGraph& graph) {
        return graph.edges_at(vertex, false)->size();
    }
    friend std::size_t degree(TermId vertex, const SnapshotGraph& graph) {
        return out_degree(vertex, graph) + in_degree(vertex, graph);
    }
    friend TermId source(const SnapshotEdge& edge, const SnapshotGraph&) { return edge.source; }
    friend TermId target(const SnapshotEdge& edge, const SnapshotGraph&) { return edge.target; }
    friend std::pair<vertex_iterator, vertex_iterator> vertices(const SnapshotGraph& graph) {
        return {graph.all_vertices().begin(), graph.all_vertices().end()};
    }
    friend std::size_t num_vertices(const SnapshotGraph& graph) { return graph.all_vertices().size(); }

    /// The number of a vertex among all, which algorithms keep their tables by.
    class IndexMap {
    public:
        using key_type = TermId;
        using value_type = std::size_t;
        using reference = std::size_t;
        using category = boost::readable_property_map_tag;
        explicit IndexMap(const SnapshotGraph& graph) : graph_(&graph) {}
        [[nodiscard]] std::size_t operator[](TermId vertex) const { return graph_->index_of(vertex); }
        friend std::size_t get(const IndexMap& map, TermId vertex) { return map[vertex]; }

    private:
        const SnapshotGraph* graph_;
    };
    friend IndexMap get(boost::vertex_index_t, const SnapshotGraph& graph) { return IndexMap(graph); }
    friend std::size_t get(boost::vertex_index_t, const SnapshotGraph& graph, TermId vertex) {
        return graph.index_of(vertex);
    }

private:
    struct Shared;
    static std::pair<edge_iterator, edge_iterator> range(edge_iterator::Edges edges) {
        const auto size = static_cast<std::ptrdiff_t>(edges->size());
        return {edge_iterator(edges, 0), edge_iterator(edges, size)};
    }
    [[nodiscard]] edge_iterator::Edges edges_at(TermId vertex, bool outward) const;
    [[nodiscard]] const std::vector<TermId>& all_vertices() const;
    [[nodiscard]] std::size_t index_of(TermId vertex) const;

    std::shared_ptr<Shared> shared_;
};

}  // namespace tercet::graph

template <>
struct boost::property_map<tercet::graph::SnapshotGraph, boost::vertex_index_t> {
    using type = tercet::graph::SnapshotGraph::IndexMap;
    using const_type = type;
};

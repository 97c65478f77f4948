#pragma once

#include <boost/graph/adjacency_iterator.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <utility>

#include "tercet/graph.hpp"

/// tercet::Graph as an IncidenceGraph, AdjacencyGraph and VertexListGraph of Boost.Graph, with the property maps
/// vertex_index and edge_weight. Needs Boost's headers; nothing else of Tercet does.
namespace tercet {

/// An edge by its source and its place among the source's edges.
struct GraphEdge {
    Graph::Vertex source = 0;
    std::uint32_t position = 0;
    friend auto operator<=>(const GraphEdge&, const GraphEdge&) = default;
};

class GraphEdgeIterator : public boost::iterator_facade<GraphEdgeIterator, GraphEdge,
                                                        boost::random_access_traversal_tag, GraphEdge, std::ptrdiff_t> {
public:
    GraphEdgeIterator() = default;
    explicit GraphEdgeIterator(GraphEdge edge) : edge_(edge) {}

private:
    friend class boost::iterator_core_access;
    [[nodiscard]] GraphEdge dereference() const { return edge_; }
    [[nodiscard]] bool equal(const GraphEdgeIterator& other) const { return edge_ == other.edge_; }
    void increment() { ++edge_.position; }
    void decrement() { --edge_.position; }
    void advance(std::ptrdiff_t steps) { edge_.position = static_cast<std::uint32_t>(edge_.position + steps); }
    [[nodiscard]] std::ptrdiff_t distance_to(const GraphEdgeIterator& other) const {
        return static_cast<std::ptrdiff_t>(other.edge_.position) - static_cast<std::ptrdiff_t>(edge_.position);
    }
    GraphEdge edge_;
};

}  // namespace tercet

template <>
struct boost::graph_traits<tercet::Graph> {
    struct traversal_category : incidence_graph_tag, adjacency_graph_tag, vertex_list_graph_tag {};
    using vertex_descriptor = tercet::Graph::Vertex;
    using edge_descriptor = tercet::GraphEdge;
    using directed_category = directed_tag;
    using edge_parallel_category = allow_parallel_edge_tag;
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    using vertex_iterator = counting_iterator<vertex_descriptor>;
    using out_edge_iterator = tercet::GraphEdgeIterator;
    using adjacency_iterator = adjacency_iterator_generator<tercet::Graph, vertex_descriptor, out_edge_iterator>::type;
    static vertex_descriptor null_vertex() { return static_cast<vertex_descriptor>(-1); }
};

namespace tercet {

using GraphTraits = boost::graph_traits<Graph>;

inline std::pair<GraphTraits::vertex_iterator, GraphTraits::vertex_iterator> vertices(const Graph& graph) {
    return {GraphTraits::vertex_iterator(0),
            GraphTraits::vertex_iterator(static_cast<Graph::Vertex>(graph.vertex_count()))};
}
inline std::size_t num_vertices(const Graph& graph) { return graph.vertex_count(); }
inline std::size_t num_edges(const Graph& graph) { return graph.edge_count(); }
inline Graph::Vertex source(GraphEdge edge, const Graph&) { return edge.source; }
inline Graph::Vertex target(GraphEdge edge, const Graph& graph) {
    return graph.edges(edge.source)[edge.position].target;
}
inline std::size_t out_degree(Graph::Vertex vertex, const Graph& graph) { return graph.edges(vertex).size(); }
inline std::pair<GraphEdgeIterator, GraphEdgeIterator> out_edges(Graph::Vertex vertex, const Graph& graph) {
    return {GraphEdgeIterator({vertex, 0}),
            GraphEdgeIterator({vertex, static_cast<std::uint32_t>(graph.edges(vertex).size())})};
}
inline std::pair<GraphTraits::adjacency_iterator, GraphTraits::adjacency_iterator> adjacent_vertices(
    Graph::Vertex vertex, const Graph& graph) {
    const auto [begin, end] = out_edges(vertex, graph);
    return {GraphTraits::adjacency_iterator(begin, &graph), GraphTraits::adjacency_iterator(end, &graph)};
}

inline boost::identity_property_map get(boost::vertex_index_t, const Graph&) { return {}; }
inline Graph::Vertex get(boost::vertex_index_t, const Graph&, Graph::Vertex vertex) { return vertex; }

class GraphWeightMap {
public:
    using key_type = GraphEdge;
    using value_type = double;
    using reference = double;
    using category = boost::readable_property_map_tag;
    explicit GraphWeightMap(const Graph& graph) : graph_(&graph) {}
    [[nodiscard]] double operator[](GraphEdge edge) const { return graph_->edges(edge.source)[edge.position].weight; }
    friend double get(const GraphWeightMap& map, GraphEdge edge) { return map[edge]; }

private:
    const Graph* graph_;
};
inline GraphWeightMap get(boost::edge_weight_t, const Graph& graph) { return GraphWeightMap(graph); }
inline double get(boost::edge_weight_t, const Graph& graph, GraphEdge edge) { return GraphWeightMap(graph)[edge]; }

}  // namespace tercet

template <>
struct boost::property_map<tercet::Graph, boost::vertex_index_t> {
    using type = identity_property_map;
    using const_type = type;
};
template <>
struct boost::property_map<tercet::Graph, boost::edge_weight_t> {
    using type = tercet::GraphWeightMap;
    using const_type = type;
};

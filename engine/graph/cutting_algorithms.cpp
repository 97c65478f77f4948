#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/max_cardinality_matching.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <map>

#include "engine/graph/parameters.hpp"

/// What holds a graph together: trees, cuts, flows, pairs. Boost.Graph has most of it.
namespace tercet::graph {
namespace {

using Kind = ParameterRow::Kind;
using Undirected = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                         boost::property<boost::edge_index_t, std::size_t>>;

struct Edge {
    std::uint32_t from, to;
    double weight;
    friend auto operator<=>(const Edge&, const Edge&) = default;
};

/// Every edge once, from the smaller of its ends, with the least of the weights there; without loops.
std::vector<Edge> undirected_edges(const Projection& projection) {
    std::vector<Edge> edges;
    for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double weight) {
        if (v != w) edges.push_back({std::min(v, w), std::max(v, w), weight});
    });
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.from == b.from && a.to == b.to; }),
                edges.end());
    return edges;
}

Undirected undirected(const std::vector<Edge>& edges, std::size_t vertices) {
    Undirected graph(vertices);
    for (std::size_t i = 0; i < edges.size(); ++i) boost::add_edge(edges[i].from, edges[i].to, i, graph);
    return graph;
}

Table biconnected(const Projection& projection, const ParameterValues&, const Run& run) {
    const auto edges = undirected_edges(projection);
    const Undirected graph = undirected(edges, projection.size());
    std::vector<std::size_t> part(edges.size());
    run.cancel.check();
    boost::biconnected_components(graph, boost::make_iterator_property_map(part.begin(), boost::get(boost::edge_index, graph)));
    Table table(run.memory);
    for (std::size_t i = 0; i < edges.size(); ++i)
        table.add({Vertex{edges[i].from}, Vertex{edges[i].to}, static_cast<std::int64_t>(part[i])});
    return table;
}

Table articulation_points(const Projection& projection, const ParameterValues&, const Run& run) {
    const Undirected graph = undirected(undirected_edges(projection), projection.size());
    std::vector<std::size_t> points;
    run.cancel.check();
    boost::articulation_points(graph, std::back_inserter(points));
    std::sort(points.begin(), points.end());
    Table table(run.memory);
    for (const std::size_t v : points) table.add({Vertex{static_cast<std::uint32_t>(v)}});
    return table;
}

/// Kruskal's: the lightest edges that join what was apart.
std::vector<Edge> spanning_edges(std::vector<Edge> edges, std::size_t vertices) {
    std::stable_sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.weight < b.weight; });
    std::vector<std::uint32_t> rank(vertices), parent(vertices);
    boost::disjoint_sets sets(rank.data(), parent.data());
    for (std::uint32_t v = 0; v < vertices; ++v) sets.make_set(v);
    std::vector<Edge> tree;
    for (const Edge& edge : edges) {
        const auto a = sets.find_set(edge.from), b = sets.find_set(edge.to);
        if (a == b) continue;
        sets.link(a, b);
        tree.push_back(edge);
    }
    return tree;
}

Table rows_of(const std::vector<Edge>& edges, MemoryBudget& memory) {
    Table table(memory);
    for (const Edge& edge : edges) table.add({Vertex{edge.from}, Vertex{edge.to}, edge.weight});
    return table;
}

Table spanning_tree(const Projection& projection, const ParameterValues&, const Run& run) {
    run.cancel.check();
    return rows_of(spanning_edges(undirected_edges(projection), projection.size()), run.memory);
}

Table matching(const Projection& projection, const ParameterValues&, const Run& run) {
    const Undirected graph = undirected(undirected_edges(projection), projection.size());
    std::vector<boost::graph_traits<Undirected>::vertex_descriptor> mate(projection.size());
    run.cancel.check();
    boost::edmonds_maximum_cardinality_matching(graph, mate.data());
    Table table(run.memory);
    for (std::uint32_t v = 0; v < mate.size(); ++v) {
        if (mate[v] != boost::graph_traits<Undirected>::null_vertex() && v < mate[v])
            table.add({Vertex{v}, Vertex{static_cast<std::uint32_t>(mate[v])}});
    }
    return table;
}

using FlowTraits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, double,
                    boost::property<boost::edge_residual_capacity_t, double,
                                    boost::property<boost::edge_reverse_t, FlowTraits::edge_descriptor>>>>;

/// The largest flow, and what the source reaches where capacity is left: the side of the source in a least cut.
struct Flow {
    FlowGraph graph;
    std::vector<bool> near_source;

    Flow(const Projection& projection, std::uint32_t source, std::uint32_t target, const CancelToken& cancel)
        : graph(projection.size()), near_source(projection.size(), false) {
        if (source == target) throw Error(ErrorCode::Query, "source and target of a flow must differ");
        if (projection.has_negative_weight()) throw Error(ErrorCode::Query, "a flow needs capacities that are not negative");
        std::map<std::pair<std::uint32_t, std::uint32_t>, double> capacity;
        for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double weight) { capacity[{v, w}] += weight; });
        auto capacities = boost::get(boost::edge_capacity, graph);
        auto reverse = boost::get(boost::edge_reverse, graph);
        for (const auto& [ends, room] : capacity) {
            if (ends.first == ends.second) continue;
            const auto there = boost::add_edge(ends.first, ends.second, graph).first;
            const auto back = boost::add_edge(ends.second, ends.first, graph).first;
            capacities[there] = room;
            capacities[back] = 0;
            reverse[there] = back;
            reverse[back] = there;
        }
        cancel.check();
        boost::push_relabel_max_flow(graph, source, target);
        const auto residual = boost::get(boost::edge_residual_capacity, graph);
        std::vector<std::uint32_t> queue{source};
        near_source[source] = true;
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (const auto edge : boost::make_iterator_range(boost::out_edges(queue[i], graph))) {
                const auto w = static_cast<std::uint32_t>(boost::target(edge, graph));
                if (residual[edge] <= 1e-12 || near_source[w]) continue;
                near_source[w] = true;
                queue.push_back(w);
            }
        }
    }
};

Table max_flow(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    Flow flow(projection, *named_vertex(projection, parameters, "source"), *named_vertex(projection, parameters, "target"), run.cancel);
    const auto capacity = boost::get(boost::edge_capacity, flow.graph);
    const auto residual = boost::get(boost::edge_residual_capacity, flow.graph);
    Table table(run.memory);
    for (const auto edge : boost::make_iterator_range(boost::edges(flow.graph))) {
        const double passed = capacity[edge] - residual[edge];
        if (passed <= 0) continue;
        table.add({Vertex{static_cast<std::uint32_t>(boost::source(edge, flow.graph))},
                   Vertex{static_cast<std::uint32_t>(boost::target(edge, flow.graph))}, passed, capacity[edge]});
    }
    return table;
}

Table min_cut(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    Flow flow(projection, *named_vertex(projection, parameters, "source"), *named_vertex(projection, parameters, "target"), run.cancel);
    const auto capacity = boost::get(boost::edge_capacity, flow.graph);
    Table table(run.memory);
    for (const auto edge : boost::make_iterator_range(boost::edges(flow.graph))) {
        const auto v = static_cast<std::uint32_t>(boost::source(edge, flow.graph)), w = static_cast<std::uint32_t>(boost::target(edge, flow.graph));
        if (capacity[edge] > 0 && flow.near_source[v] && !flow.near_source[w]) table.add({Vertex{v}, Vertex{w}, capacity[edge]});
    }
    return table;
}

}  // namespace

std::vector<AlgorithmRow> cutting_algorithms() {
    const ParameterRow source{"source", "where the flow begins", Kind::Node}, target{"target", "where it ends", Kind::Node};
    return {
        {"biconnectedComponents", {}, {"source", "target", "component"}, "edges", {160, 176}, "edges that lie on a circle together, whatever their direction",
         "Hopcroft and Tarjan 1973", biconnected},
        {"articulationPoints", {}, {"node"}, "edges", {160, 176}, "nodes without which their component falls apart", "Hopcroft and Tarjan 1973", articulation_points},
        {"spanningTree", {}, {"source", "target", "weight"}, "edges * log(edges)", {8, 64}, "the lightest edges that keep every component together",
         "Kruskal 1956", spanning_tree},
        {"matching", {}, {"node", "other"}, "nodes * edges", {200, 176}, "as many pairs of neighbours as can be, each node in one at most", "Edmonds 1965", matching},
        {"maxFlow", {source, target}, {"source", "target", "flow", "capacity"}, "nodes^3", {200, 288}, "the edges of a largest flow; weights are capacities",
         "Goldberg and Tarjan 1988", max_flow},
        {"minCut", {source, target}, {"source", "target", "capacity"}, "nodes^3", {200, 288}, "the least capacity whose loss parts target from source",
         "Ford and Fulkerson 1956", min_cut},
    };
}

}  // namespace tercet::graph

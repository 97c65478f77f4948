#include "engine/graph/algorithms.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>
#include <boost/pending/disjoint_sets.hpp>
#include <boost/range/iterator_range.hpp>
#include <cmath>
#include <limits>

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

double number(const ParameterValues& parameters, std::string_view name) { return parameters.find(name)->second.number; }

std::uint32_t start_vertex(const Projection& projection, const ParameterValues& parameters) {
    const auto vertex = projection.vertex(parameters.find("source")->second.term);
    if (!vertex) throw Error(ErrorCode::Query, "the parameter source names a node that the projection does not hold");
    return *vertex;
}

/// The surfer jumps with probability 1 - damping, and from a vertex without a way out anywhere; scores sum to one.
Table page_rank(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const CsrGraph& graph = projection.graph();
    const auto n = static_cast<double>(projection.size());
    const double damping = number(parameters, "damping"), tolerance = number(parameters, "tolerance");
    std::vector<double> score(projection.size(), 1 / n), next(projection.size());
    for (auto round = static_cast<std::int64_t>(number(parameters, "iterations")); round > 0; --round) {
        cancel.check();
        double dangling = 0;
        for (const auto v : boost::make_iterator_range(boost::vertices(graph))) {
            if (boost::out_degree(v, graph) == 0) dangling += score[v];
        }
        std::fill(next.begin(), next.end(), (1 - damping + damping * dangling) / n);
        for (const auto v : boost::make_iterator_range(boost::vertices(graph))) {
            const double share = damping * score[v] / static_cast<double>(boost::out_degree(v, graph));
            for (const auto w : boost::make_iterator_range(boost::adjacent_vertices(v, graph))) next[w] += share;
        }
        double change = 0;
        for (std::size_t v = 0; v < score.size(); ++v) change += std::fabs(next[v] - score[v]);
        score.swap(next);
        if (change < tolerance) break;
    }
    Table table;
    for (std::uint32_t v = 0; v < score.size(); ++v) table.push_back({Vertex{v}, score[v]});
    return table;
}

/// A component goes by the number of its first vertex.
Table components(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
    const CsrGraph& graph = projection.graph();
    std::vector<std::uint32_t> rank(projection.size()), parent(projection.size());
    const auto index = boost::get(boost::vertex_index, graph);
    auto ranks = boost::make_iterator_property_map(rank.begin(), index);
    auto parents = boost::make_iterator_property_map(parent.begin(), index);
    boost::disjoint_sets<decltype(ranks), decltype(parents)> sets(ranks, parents);
    for (std::uint32_t v = 0; v < projection.size(); ++v) sets.make_set(v);
    for (const auto v : boost::make_iterator_range(boost::vertices(graph))) {
        if (v % 4096 == 0) cancel.check();
        for (const auto w : boost::make_iterator_range(boost::adjacent_vertices(v, graph))) sets.union_set(v, w);
    }
    std::vector<std::int64_t> first(projection.size(), -1);
    Table table;
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        std::int64_t& name = first[sets.find_set(v)];
        if (name < 0) name = v;
        table.push_back({Vertex{v}, name});
    }
    return table;
}

Table strong_components(const Projection& projection, const ParameterValues&, const CancelToken&) {
    std::vector<std::uint32_t> component(projection.size());
    const auto index = boost::get(boost::vertex_index, projection.graph());
    const auto map = boost::make_iterator_property_map(component.begin(), index);
    const std::uint32_t count = boost::strong_components(projection.graph(), map);
    std::vector<std::int64_t> first(count, -1);
    Table table;
    for (std::uint32_t v = 0; v < component.size(); ++v) {
        std::int64_t& name = first[component[v]];
        if (name < 0) name = v;
        table.push_back({Vertex{v}, name});
    }
    return table;
}

Table dijkstra(const Projection& projection, const ParameterValues& parameters, const CancelToken&) {
    if (projection.has_negative_weight()) throw Error(ErrorCode::Query, "algo:dijkstra needs weights that are not negative");
    const CsrGraph& graph = projection.graph();
    const std::uint32_t start = start_vertex(projection, parameters);
    std::vector<double> distance(projection.size());
    std::vector<std::uint32_t> predecessor(projection.size());
    const auto index = boost::get(boost::vertex_index, graph);
    boost::dijkstra_shortest_paths(graph, start,
                                   boost::weight_map(boost::get(&Weight::weight, graph))
                                       .distance_map(boost::make_iterator_property_map(distance.begin(), index))
                                       .predecessor_map(boost::make_iterator_property_map(predecessor.begin(), index))
                                       .distance_inf(std::numeric_limits<double>::infinity()));
    Table table;
    for (std::uint32_t v = 0; v < distance.size(); ++v) {
        if (!std::isfinite(distance[v])) continue;
        table.push_back({Vertex{v}, distance[v], v == start ? Cell{} : Cell{Vertex{predecessor[v]}}});
    }
    return table;
}

Table breadth_first(const Projection& projection, const ParameterValues& parameters, const CancelToken&) {
    const CsrGraph& graph = projection.graph();
    const std::uint32_t start = start_vertex(projection, parameters);
    std::vector<std::int64_t> level(projection.size(), -1);
    level[start] = 0;
    const auto map = boost::make_iterator_property_map(level.begin(), boost::get(boost::vertex_index, graph));
    boost::breadth_first_search(graph, start, boost::visitor(boost::make_bfs_visitor(boost::record_distances(map, boost::on_tree_edge()))));
    Table table;
    for (std::uint32_t v = 0; v < level.size(); ++v) {
        if (level[v] >= 0) table.push_back({Vertex{v}, level[v]});
    }
    return table;
}

Table degrees(const Projection& projection, const ParameterValues&, const CancelToken&) {
    const CsrGraph& graph = projection.graph();
    std::vector<std::int64_t> in(projection.size(), 0);
    for (const auto v : boost::make_iterator_range(boost::vertices(graph))) {
        for (const auto w : boost::make_iterator_range(boost::adjacent_vertices(v, graph))) ++in[w];
    }
    Table table;
    for (std::uint32_t v = 0; v < in.size(); ++v) {
        table.push_back({Vertex{v}, in[v], static_cast<std::int64_t>(boost::out_degree(v, graph))});
    }
    return table;
}

const std::vector<AlgorithmRow>& rows() {
    static const std::vector<AlgorithmRow> table{
        {"pageRank",
         {{"damping", false, 0.85, false}, {"tolerance", false, 1e-12, false}, {"iterations", false, 200, false}},
         {"node", "score"}, "O(iterations * edges)", "Page et al. 1999", page_rank},
        {"components", {}, {"node", "component"}, "O(edges)", "weakly connected; Tarjan 1975", components},
        {"strongComponents", {}, {"node", "component"}, "O(edges)", "Tarjan 1972", strong_components},
        {"dijkstra", {{"source", true, std::nullopt, true}}, {"node", "distance", "predecessor"}, "O(edges * log nodes)", "Dijkstra 1959", dijkstra},
        {"bfs", {{"source", true, std::nullopt, true}}, {"node", "level"}, "O(edges)", "Moore 1959", breadth_first},
        {"degree", {}, {"node", "in", "out"}, "O(edges)", "", degrees},
    };
    return table;
}

}  // namespace

std::span<const AlgorithmRow> algorithms() { return rows(); }

const AlgorithmRow& find_algorithm(std::string_view name) {
    std::string names;
    for (const AlgorithmRow& row : rows()) {
        if (row.name == name) return row;
        names += (names.empty() ? "algo:" : ", algo:") + std::string(row.name);
    }
    throw Error(ErrorCode::Query, "there is no algorithm algo:" + std::string(name) + "; there are " + names);
}

}  // namespace tercet::graph

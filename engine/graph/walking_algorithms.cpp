#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>
#include <limits>

#include "engine/graph/parameters.hpp"

/// How far it is.
namespace tercet::graph {
namespace {

constexpr std::uint64_t kVisitsPerCheck = 1024;

/// Thrown to end a search at its target.
struct Arrived {};

template <typename Base>
class Watch : public Base {
public:
    Watch(const CancelToken& cancel, std::optional<std::uint32_t> target) : cancel_(cancel), target_(target) {}

    void examine_vertex(std::uint32_t vertex, const CsrGraph&) {
        if (++visits_ % kVisitsPerCheck == 0) cancel_.check();
        if (vertex == target_) throw Arrived{};
    }

private:
    const CancelToken& cancel_;
    std::optional<std::uint32_t> target_;
    std::uint64_t visits_ = 0;
};

/// Without a target all that can be reached, else the way there.
Table dijkstra(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    if (projection.has_negative_weight())
        throw Error(ErrorCode::Query, "algo:dijkstra needs weights that are not negative");
    const CsrGraph& graph = projection.graph();
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    const auto target = named_vertex(projection, parameters, "target");
    std::vector<double> distance(projection.size());
    std::vector<std::uint32_t> predecessor(projection.size());
    try {
        boost::dijkstra_shortest_paths(graph, source,
                                       boost::weight_map(boost::get(&Weight::weight, graph))
                                           .distance_map(distance.data())
                                           .predecessor_map(predecessor.data())
                                           .distance_inf(std::numeric_limits<double>::infinity())
                                           .visitor(Watch<boost::dijkstra_visitor<>>(cancel, target)));
    } catch (const Arrived&) {
    }
    const auto add = [&](Table& table, std::uint32_t v) {
        table.add({Vertex{v}, distance[v], v == source ? Cell{} : Cell{Vertex{predecessor[v]}}});
    };
    Table table;
    if (!target) {
        for (std::uint32_t v = 0; v < distance.size(); ++v) {
            if (std::isfinite(distance[v])) add(table, v);
        }
    } else if (std::isfinite(distance[*target])) {
        std::vector<std::uint32_t> way{*target};
        while (way.back() != source) way.push_back(predecessor[way.back()]);
        for (auto v = way.rbegin(); v != way.rend(); ++v) add(table, *v);
    }
    return table;
}

Table levels(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const CsrGraph& graph = projection.graph();
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    std::vector<std::int64_t> level(projection.size(), -1);
    level[source] = 0;
    struct Levels : Watch<boost::bfs_visitor<>> {
        Levels(const CancelToken& token, std::int64_t* found) : Watch(token, std::nullopt), level(found) {}
        void tree_edge(CsrGraph::edge_descriptor edge, const CsrGraph& g) {
            level[boost::target(edge, g)] = level[boost::source(edge, g)] + 1;
        }
        std::int64_t* level;
    };
    boost::breadth_first_search(graph, source, boost::visitor(Levels(cancel, level.data())));
    Table table;
    for (std::uint32_t v = 0; v < level.size(); ++v) {
        if (level[v] >= 0) table.add({Vertex{v}, level[v]});
    }
    return table;
}

}  // namespace

std::vector<AlgorithmRow> walking_algorithms() {
    using Kind = ParameterRow::Kind;
    return {
        {"dijkstra",
         {{"source", "where walks begin", Kind::Node}, {"target", "only the way to this node", Kind::OptionalNode}},
         {"node", "distance", "predecessor"},
         "edges * log(nodes)",
         "least sum of weights of a walk from the source; weights are 1 unless projected",
         "Dijkstra 1959",
         dijkstra},
        {"bfs",
         {{"source", "where walks begin", Kind::Node}},
         {"node", "level"},
         "edges",
         "fewest edges from the source",
         "Moore 1959",
         levels},
    };
}

}  // namespace tercet::graph

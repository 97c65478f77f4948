#include <algorithm>
#include <boost/graph/astar_search.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/depth_first_search.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <cmath>
#include <limits>
#include <memory>

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

void refuse_negative_weights(const Projection& projection, const char* name) {
    if (projection.has_negative_weight())
        throw Error(ErrorCode::Query, std::string(name) + " needs weights that are not negative; algo:bellmanFord takes them");
}

/// What a search from a source has found.
struct Distances {
    explicit Distances(std::size_t vertices) : distance(vertices), predecessor(vertices) {}
    std::vector<double> distance;
    std::vector<std::uint32_t> predecessor;

    [[nodiscard]] auto parameters(const CsrGraph& graph) {
        return boost::weight_map(boost::get(&Weight::weight, graph))
            .distance_map(distance.data())
            .predecessor_map(predecessor.data())
            .distance_inf(std::numeric_limits<double>::infinity());
    }
    void add(Table& table, std::uint32_t v, std::uint32_t source) const {
        table.add({Vertex{v}, distance[v], v == source ? Cell{} : Cell{Vertex{predecessor[v]}}});
    }
    /// The way from the source to the target, if there is one.
    [[nodiscard]] Table way(std::uint32_t source, std::uint32_t target) const {
        Table table;
        if (!std::isfinite(distance[target])) return table;
        std::vector<std::uint32_t> back{target};
        while (back.back() != source) back.push_back(predecessor[back.back()]);
        for (auto v = back.rbegin(); v != back.rend(); ++v) add(table, *v, source);
        return table;
    }
};

/// Without a target all that can be reached, else the way there.
Table dijkstra(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    refuse_negative_weights(projection, "algo:dijkstra");
    const CsrGraph& graph = projection.graph();
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    const auto target = named_vertex(projection, parameters, "target");
    Distances found(projection.size());
    try {
        boost::dijkstra_shortest_paths(graph, source,
                                       found.parameters(graph).visitor(Watch<boost::dijkstra_visitor<>>(cancel, target)));
    } catch (const Arrived&) {
    }
    if (target) return found.way(source, *target);
    Table table;
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        if (std::isfinite(found.distance[v])) found.add(table, v, source);
    }
    return table;
}

/// The numbers of the vertices are what is left from them to the target at least; without them it is Dijkstra's search.
Table a_star(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    refuse_negative_weights(projection, "algo:aStar");
    const CsrGraph& graph = projection.graph();
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    const std::uint32_t target = *named_vertex(projection, parameters, "target");
    struct Left : boost::astar_heuristic<CsrGraph, double> {
        Left(std::span<const double> numbers, std::uint32_t at_end) : values(numbers), end(at_end) {}
        double operator()(std::uint32_t v) const { return v == end || values.empty() ? 0 : values[v]; }
        std::span<const double> values;
        std::uint32_t end;
    };
    Distances found(projection.size());
    try {
        boost::astar_search(graph, source, Left(projection.values(), target),
                            found.parameters(graph).visitor(Watch<boost::astar_visitor<>>(cancel, target)));
    } catch (const Arrived&) {
    }
    return found.way(source, target);
}

/// From the source, or from every node that was not reached from an earlier one.
Table depths(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const CsrGraph& graph = projection.graph();
    struct Visit {
        std::int64_t discovered = -1, finished = -1, depth = 0;
        Cell before;
    };
    struct Watcher : boost::dfs_visitor<> {
        Watcher(const CancelToken& token, std::vector<Visit>& found) : cancel(token), visits(found) {}
        void discover_vertex(std::uint32_t v, const CsrGraph&) {
            if (*clock % kVisitsPerCheck == 0) cancel.check();
            visits[v].discovered = (*clock)++;
        }
        void tree_edge(CsrGraph::edge_descriptor edge, const CsrGraph& g) {
            const auto from = boost::source(edge, g), to = boost::target(edge, g);
            visits[to].depth = visits[from].depth + 1;
            visits[to].before = Vertex{from};
        }
        void finish_vertex(std::uint32_t v, const CsrGraph&) { visits[v].finished = (*clock)++; }
        const CancelToken& cancel;
        std::vector<Visit>& visits;
        std::shared_ptr<std::int64_t> clock = std::make_shared<std::int64_t>(0);  // visitors are copied
    };
    std::vector<Visit> visits(projection.size());
    std::vector<boost::default_color_type> colours(projection.size(), boost::white_color);
    const Watcher watcher(cancel, visits);
    for (const std::uint32_t v : chosen_vertices(projection, named_vertex(projection, parameters, "source"))) {
        if (colours[v] == boost::white_color) boost::depth_first_visit(graph, v, watcher, colours.data());
    }
    Table table;
    for (std::uint32_t v = 0; v < visits.size(); ++v) {
        const Visit& visit = visits[v];
        if (visit.discovered >= 0) table.add({Vertex{v}, visit.discovered, visit.finished, visit.depth, visit.before});
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
        {"aStar",
         {{"source", "where the walk begins", Kind::Node}, {"target", "where it ends", Kind::Node}},
         {"node", "distance", "predecessor"},
         "edges * log(nodes)",
         "the way of least weight, led by a fourth variable of the projection: what is left to the target from the source "
         "of the edge, at least",
         "Hart, Nilsson and Raphael 1968",
         a_star},
        {"dfs",
         {{"source", "only what can be reached from this node", Kind::OptionalNode}},
         {"node", "discovered", "finished", "depth", "predecessor"},
         "edges",
         "depth first: when a node was come to, and when it was left for good",
         "Tremaux 1882; Tarjan 1972",
         depths},
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

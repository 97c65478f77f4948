#include <algorithm>
#include <boost/graph/astar_search.hpp>
#include <boost/graph/depth_first_search.hpp>
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
    [[nodiscard]] Table way(std::uint32_t source, std::uint32_t target, MemoryBudget& memory) const {
        Table table(memory);
        if (!std::isfinite(distance[target])) return table;
        std::vector<std::uint32_t> back{target};
        while (back.back() != source) back.push_back(predecessor[back.back()]);
        for (auto v = back.rbegin(); v != back.rend(); ++v) add(table, *v, source);
        return table;
    }
};

/// Vertices by their distances, the nearest on top, each once: a heap of which every node has four below it.
class NearestFirst {
public:
    explicit NearestFirst(const std::vector<double>& distance) : distance_(distance), place_(distance.size(), kNowhere) {}

    [[nodiscard]] bool empty() const noexcept { return heap_.empty(); }
    /// Puts a vertex in, or moves it up after its distance has become less.
    void put(std::uint32_t vertex) {
        if (place_[vertex] == kNowhere) {
            place_[vertex] = static_cast<std::uint32_t>(heap_.size());
            heap_.push_back(vertex);
        }
        rise(vertex, place_[vertex]);
    }
    std::uint32_t take() {
        const std::uint32_t nearest = heap_.front(), last = heap_.back();
        heap_.pop_back();
        place_[nearest] = kNowhere;
        if (!heap_.empty()) sink(last);
        return nearest;
    }

private:
    static constexpr std::uint32_t kNowhere = ~0U;
    static constexpr std::size_t kBelow = 4;

    void set(std::uint32_t vertex, std::size_t place) {
        heap_[place] = vertex;
        place_[vertex] = static_cast<std::uint32_t>(place);
    }
    void rise(std::uint32_t vertex, std::size_t place) {
        const double distance = distance_[vertex];
        for (; place > 0; place = (place - 1) / kBelow) {
            const std::uint32_t above = heap_[(place - 1) / kBelow];
            if (distance_[above] <= distance) break;
            set(above, place);
        }
        set(vertex, place);
    }
    /// From the top.
    void sink(std::uint32_t vertex) {
        std::size_t place = 0;
        for (std::size_t below = 1; below < heap_.size(); below = kBelow * place + 1) {
            std::size_t least = below;
            for (std::size_t i = below + 1; i < std::min(below + kBelow, heap_.size()); ++i) {
                if (distance_[heap_[i]] < distance_[heap_[least]]) least = i;
            }
            if (distance_[heap_[least]] >= distance_[vertex]) break;
            set(heap_[least], place);
            place = least;
        }
        set(vertex, place);
    }

    const std::vector<double>& distance_;
    std::vector<std::uint32_t> heap_, place_;
};

/// Without a target all that can be reached, else the way there.
Table dijkstra(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    refuse_negative_weights(projection, "algo:dijkstra");
    const CsrGraph& graph = projection.graph();
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    const auto target = named_vertex(projection, parameters, "target");
    Distances found(projection.size());
    std::fill(found.distance.begin(), found.distance.end(), std::numeric_limits<double>::infinity());
    found.distance[source] = 0;
    NearestFirst waiting(found.distance);
    waiting.put(source);
    std::size_t reached = 0;
    for (; !waiting.empty(); ++reached) {
        if (reached % kVisitsPerCheck == 0) run.cancel.check();
        const std::uint32_t v = waiting.take();
        if (v == target) break;
        const auto& edges = graph.m_forward;
        for (std::uint64_t e = edges.m_rowstart[v]; e < edges.m_rowstart[v + 1]; ++e) {
            const std::uint32_t w = edges.m_column[e];
            const double distance = found.distance[v] + edges.m_edge_properties[e].weight;
            if (distance >= found.distance[w]) continue;
            found.distance[w] = distance;
            found.predecessor[w] = v;
            waiting.put(w);
        }
    }
    if (target) return found.way(source, *target, run.memory);
    Table table(run.memory);
    table.reserve(reached, 3);
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        if (std::isfinite(found.distance[v])) found.add(table, v, source);
    }
    return table;
}

/// The numbers of the vertices are what is left from them to the target at least; without them it is Dijkstra's search.
Table a_star(const Projection& projection, const ParameterValues& parameters, const Run& run) {
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
                            found.parameters(graph).visitor(Watch<boost::astar_visitor<>>(run.cancel, target)));
    } catch (const Arrived&) {
    }
    return found.way(source, target, run.memory);
}

/// From the source, or from every node that was not reached from an earlier one.
Table depths(const Projection& projection, const ParameterValues& parameters, const Run& run) {
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
    const Watcher watcher(run.cancel, visits);
    for (const std::uint32_t v : chosen_vertices(projection, named_vertex(projection, parameters, "source"))) {
        if (colours[v] == boost::white_color) boost::depth_first_visit(graph, v, watcher, colours.data());
    }
    Table table(run.memory);
    for (std::uint32_t v = 0; v < visits.size(); ++v) {
        const Visit& visit = visits[v];
        if (visit.discovered >= 0) table.add({Vertex{v}, visit.discovered, visit.finished, visit.depth, visit.before});
    }
    return table;
}

Table levels(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    constexpr std::int64_t kFar = -1;
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    std::vector<std::int64_t> level(projection.size(), kFar);
    level[source] = 0;
    std::vector<std::uint32_t> queue{source};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        if (i % kVisitsPerCheck == 0) run.cancel.check();
        const std::int64_t further = level[queue[i]] + 1;
        for (const std::uint32_t w : targets_of(queue[i], projection.graph())) {
            if (level[w] != kFar) continue;
            level[w] = further;
            queue.push_back(w);
        }
    }
    Table table(run.memory);
    table.reserve(queue.size(), 2);
    for (std::uint32_t v = 0; v < level.size(); ++v) {
        if (level[v] != kFar) table.add({Vertex{v}, level[v]});
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
         "edges * log(nodes)", {24, 0},
         "least sum of weights of a walk from the source; weights are 1 unless projected",
         "Dijkstra 1959",
         dijkstra},
        {"aStar",
         {{"source", "where the walk begins", Kind::Node}, {"target", "where it ends", Kind::Node}},
         {"node", "distance", "predecessor"},
         "edges * log(nodes)", {56, 0},
         "the way of least weight, led by a fourth variable of the projection: what is left to the target from the source "
         "of the edge, at least",
         "Hart, Nilsson and Raphael 1968",
         a_star},
        {"dfs",
         {{"source", "only what can be reached from this node", Kind::OptionalNode}},
         {"node", "discovered", "finished", "depth", "predecessor"},
         "edges", {96, 0},
         "depth first: when a node was come to, and when it was left for good",
         "Tremaux 1882; Tarjan 1972",
         depths},
        {"bfs",
         {{"source", "where walks begin", Kind::Node}},
         {"node", "level"},
         "edges", {16, 0},
         "fewest edges from the source",
         "Moore 1959",
         levels},
    };
}

}  // namespace tercet::graph

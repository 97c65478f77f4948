#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <random>

#include "engine/graph/parameters.hpp"

/// Distances with other weights, orders, circles, groups, and what a graph is like.
namespace tercet::graph {
namespace {

using Kind = ParameterRow::Kind;
constexpr double kFar = std::numeric_limits<double>::infinity();

struct EdgeList {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<double> weights;
    explicit EdgeList(const CsrGraph& graph) {
        for_each_edge(graph, [&](std::uint32_t v, std::uint32_t w, double weight) {
            ends.emplace_back(v, w);
            weights.push_back(weight);
        });
    }
};

/// Relaxes edges until nothing changes; false if a circle of negative weight can be reached.
bool relax(const EdgeList& edges, std::vector<double>& distance, std::vector<std::uint32_t>& before, const CancelToken& cancel) {
    bool changed = true;
    for (std::size_t round = 0; changed; ++round) {
        if (round > distance.size()) return false;
        cancel.check();
        changed = false;
        for (std::size_t e = 0; e < edges.ends.size(); ++e) {
            const auto [v, w] = edges.ends[e];
            if (distance[v] + edges.weights[e] >= distance[w]) continue;
            distance[w] = distance[v] + edges.weights[e];
            before[w] = v;
            changed = true;
        }
    }
    return true;
}

[[noreturn]] void fail_for_circle() {
    throw Error(ErrorCode::Query, "the projection has a circle of negative weight, so distances have no least value");
}

Table bellman_ford(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    std::vector<double> distance(projection.size(), kFar);
    std::vector<std::uint32_t> before(projection.size(), source);
    distance[source] = 0;
    if (!relax(EdgeList(projection.graph()), distance, before, run.cancel)) fail_for_circle();
    Table table(run.memory);
    for (std::uint32_t v = 0; v < distance.size(); ++v) {
        if (distance[v] < kFar) table.add({Vertex{v}, distance[v], v == source ? Cell{} : Cell{Vertex{before[v]}}});
    }
    return table;
}

/// Johnson's: Bellman and Ford's distances from everywhere make weights that are not negative, then Dijkstra's.
Table all_pairs(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const auto most = static_cast<std::size_t>(number(parameters, "most"));
    if (projection.size() > most) {
        throw Error(ErrorCode::Query, "algo:allPairs is for small graphs: this one has " + std::to_string(projection.size()) +
                                          " nodes; raise the parameter most, or use algo:dijkstra from one source");
    }
    const EdgeList edges(projection.graph());
    std::vector<double> potential(projection.size(), 0);
    std::vector<std::uint32_t> before(projection.size());
    if (projection.has_negative_weight() && !relax(edges, potential, before, run.cancel)) fail_for_circle();
    Table table(run.memory);
    std::vector<double> distance;
    using Entry = std::pair<double, std::uint32_t>;
    for (std::uint32_t source = 0; source < projection.size(); ++source) {
        run.cancel.check();
        distance.assign(projection.size(), kFar);
        distance[source] = 0;
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
        queue.push({0, source});
        while (!queue.empty()) {
            const auto [far, v] = queue.top();
            queue.pop();
            if (far > distance[v]) continue;
            auto edge = static_cast<std::size_t>(projection.graph().m_forward.m_rowstart[v]);
            for (const std::uint32_t w : targets_of(v, projection.graph())) {
                const double next = far + std::max(0.0, edges.weights[edge++] + potential[v] - potential[w]);
                if (next >= distance[w]) continue;
                distance[w] = next;
                queue.push({next, w});
            }
        }
        for (std::uint32_t v = 0; v < distance.size(); ++v) {
            if (v != source && distance[v] < kFar)
                table.add({Vertex{source}, Vertex{v}, distance[v] - potential[source] + potential[v]});
        }
    }
    return table;
}

/// Kahn's, the smallest node first: so the order is the same each time.
Table topological_order(const Projection& projection, const ParameterValues&, const Run& run) {
    std::vector<std::uint32_t> incoming(projection.size(), 0);
    for (const std::uint32_t w : projection.graph().m_forward.m_column) ++incoming[w];
    std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free;
    for (std::uint32_t v = 0; v < incoming.size(); ++v) {
        if (incoming[v] == 0) free.push(v);
    }
    Table table(run.memory);
    std::int64_t place = 0;
    run.cancel.check();
    for (; !free.empty(); ++place) {
        const std::uint32_t v = free.top();
        free.pop();
        table.add({Vertex{v}, place});
        for (const std::uint32_t w : targets_of(v, projection.graph())) {
            if (--incoming[w] == 0) free.push(w);
        }
    }
    if (static_cast<std::size_t>(place) < projection.size())
        throw Error(ErrorCode::Query, "the projection has circles, so its nodes have no order; algo:cycles shows them");
    return table;
}

Table transitive_closure(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const auto most = static_cast<std::size_t>(number(parameters, "most"));
    std::vector<std::uint32_t> seen_for(projection.size(), 0), queue;
    Table table(run.memory);
    for (std::uint32_t source = 0; source < projection.size(); ++source) {
        run.cancel.check();
        queue.assign(1, source);
        for (std::size_t i = 0; i < queue.size(); ++i) {
            for (const std::uint32_t w : targets_of(queue[i], projection.graph())) {
                if (seen_for[w] == source + 1) continue;
                seen_for[w] = source + 1;
                table.add({Vertex{source}, Vertex{w}});
                if (w != source) queue.push_back(w);
            }
        }
        if (table.rows() > most) {
            throw Error(ErrorCode::Query, "the transitive closure has more than " + std::to_string(most) +
                                              " pairs; raise the parameter most, or use a path with + from one node");
        }
    }
    return table;
}

/// Simple circles, each from its smallest node.
class Circles {
public:
    Circles(const CsrGraph& graph, std::size_t longest, std::int64_t most, const Run& run)
        : graph_(graph), longest_(longest), most_(most), cancel_(run.cancel), on_way_(boost::num_vertices(graph), false), table_(run.memory) {}
    Table find() {
        for (std::uint32_t v = 0; v < on_way_.size() && found_ < most_; ++v) go(v, v);
        return std::move(table_);
    }

private:
    void go(std::uint32_t start, std::uint32_t v) {
        if (++moves_ % 1024 == 0) cancel_.check();
        way_.push_back(v);
        on_way_[v] = true;
        std::uint32_t last = static_cast<std::uint32_t>(-1);
        for (const std::uint32_t w : targets_of(v, graph_)) {
            if (w == last || found_ >= most_) continue;  // parallel edges make one circle
            last = w;
            if (w == start) note();
            else if (w > start && !on_way_[w] && way_.size() < longest_) go(start, w);
        }
        on_way_[v] = false;
        way_.pop_back();
    }
    void note() {
        for (std::size_t i = 0; i < way_.size(); ++i)
            table_.add({found_, static_cast<std::int64_t>(i), Vertex{way_[i]}, static_cast<std::int64_t>(way_.size())});
        ++found_;
    }

    const CsrGraph& graph_;
    const std::size_t longest_;
    const std::int64_t most_;
    const CancelToken& cancel_;
    std::vector<bool> on_way_;
    std::vector<std::uint32_t> way_;
    Table table_;
    std::int64_t found_ = 0;
    std::uint64_t moves_ = 0;
};

Table cycles(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    return Circles(projection.graph(), static_cast<std::size_t>(number(parameters, "longest")),
                   static_cast<std::int64_t>(number(parameters, "most")), run).find();
}

/// Bron and Kerbosch's search with Tomita's pivots, on sorted lists.
class Cliques {
public:
    using List = std::vector<std::uint32_t>;
    Cliques(const CsrGraph& graph, std::size_t least, std::int64_t most, const Run& run)
        : graph_(graph), least_(least), most_(most), cancel_(run.cancel), table_(run.memory) {}
    Table find() {
        List all(boost::num_vertices(graph_));
        for (std::uint32_t v = 0; v < all.size(); ++v) all[v] = v;
        grow(all, {});
        return std::move(table_);
    }

private:
    [[nodiscard]] List near(const List& list, std::uint32_t v) const {
        const auto around = targets_of(v, graph_);
        List found;
        // One list may be far longer than the other.
        if (around.size() * 8 < list.size()) {
            for (const std::uint32_t w : around) if (std::binary_search(list.begin(), list.end(), w)) found.push_back(w);
        } else {
            std::set_intersection(list.begin(), list.end(), around.begin(), around.end(), std::back_inserter(found));
        }
        return found;
    }
    void grow(List may, List not_again) {
        if (++moves_ % 256 == 0) cancel_.check();
        if (may.empty()) {
            if (not_again.empty() && clique_.size() >= least_) note();
            return;
        }
        if (found_ >= most_) return;
        std::uint32_t pivot = may.front();
        if (clique_.empty()) {
            for (const std::uint32_t v : may) if (targets_of(v, graph_).size() > targets_of(pivot, graph_).size()) pivot = v;
        } else {
            std::ptrdiff_t best = -1;
            for (const List* list : {&may, &not_again}) {
                for (const std::uint32_t v : *list) {
                    const auto count = static_cast<std::ptrdiff_t>(near(may, v).size());
                    if (count <= best) continue;
                    best = count;
                    pivot = v;
                }
            }
        }
        const auto around = targets_of(pivot, graph_);
        for (const std::uint32_t v : List(may)) {
            if (v != pivot && std::binary_search(around.begin(), around.end(), v)) continue;
            clique_.push_back(v);
            grow(near(may, v), near(not_again, v));
            clique_.pop_back();
            may.erase(std::lower_bound(may.begin(), may.end(), v));
            not_again.insert(std::lower_bound(not_again.begin(), not_again.end(), v), v);
        }
    }
    void note() {
        if (found_ >= most_) return;
        List members = clique_;
        std::sort(members.begin(), members.end());
        for (const std::uint32_t v : members) table_.add({found_, Vertex{v}, static_cast<std::int64_t>(members.size())});
        ++found_;
    }

    const CsrGraph& graph_;
    const std::size_t least_;
    const std::int64_t most_;
    const CancelToken& cancel_;
    List clique_;
    Table table_;
    std::int64_t found_ = 0;
    std::uint64_t moves_ = 0;
};

Table cliques(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    return Cliques(projection.undirected(), static_cast<std::size_t>(number(parameters, "least")),
                   static_cast<std::int64_t>(number(parameters, "most")), run).find();
}

Table random_walks(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const auto walks = static_cast<std::int64_t>(number(parameters, "walks")), steps = static_cast<std::int64_t>(number(parameters, "steps"));
    std::mt19937_64 random(static_cast<std::uint64_t>(number(parameters, "seed")));
    Table table(run.memory);
    std::int64_t walk = 0;
    for (const std::uint32_t first : chosen_vertices(projection, named_vertex(projection, parameters, "source"))) {
        for (std::int64_t i = 0; i < walks; ++i, ++walk) {
            run.cancel.check();
            std::uint32_t at = first;
            for (std::int64_t step = 0; step <= steps; ++step) {
                table.add({walk, step, Vertex{at}});
                const auto targets = targets_of(at, projection.graph());
                if (targets.empty()) break;
                at = targets[random() % targets.size()];
            }
        }
    }
    return table;
}

Table describe(const Projection& projection, const ParameterValues&, const Run& run) {
    const CsrGraph& graph = projection.graph();
    std::vector<std::int64_t> degree(projection.size(), 0);
    std::int64_t loops = 0, sinks = 0;
    std::vector<bool> entered(projection.size(), false);
    run.cancel.check();
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        for (const std::uint32_t w : targets_of(v, graph)) {
            ++degree[v], ++degree[w];
            entered[w] = true;
            loops += v == w ? 1 : 0;
        }
        sinks += targets_of(v, graph).empty() ? 1 : 0;
    }
    const std::int64_t sources = std::count(entered.begin(), entered.end(), false);
    std::sort(degree.begin(), degree.end());
    const auto at = [&](double share) -> Cell {
        if (degree.empty()) return {};
        return degree[static_cast<std::size_t>(share * static_cast<double>(degree.size() - 1))];
    };
    const auto nodes = static_cast<std::int64_t>(projection.size()), edges = static_cast<std::int64_t>(boost::num_edges(graph));
    const Cell mean = degree.empty() ? Cell{} : Cell{2.0 * static_cast<double>(edges) / static_cast<double>(nodes)};
    Table table(run.memory);
    table.add({nodes, edges, loops, sources, sinks, at(0), at(0.5), at(0.9), at(0.99), at(1), mean});
    return table;
}

/// The projection as it is; whoever calls keeps its name.
Table project(const Projection& projection, const ParameterValues&, const Run& run) {
    run.cancel.check();
    Table table(run.memory);
    table.add({static_cast<std::int64_t>(projection.size()), static_cast<std::int64_t>(boost::num_edges(projection.graph()))});
    return table;
}

}  // namespace

std::vector<AlgorithmRow> finding_algorithms() {
    const ParameterRow source{"source", "where walks begin", Kind::Node}, any_source{"source", "only from this node", Kind::OptionalNode};
    return {
        {"bellmanFord", {source}, {"node", "distance", "predecessor"}, "nodes * edges", {12, 32}, "least sum of weights, which may be negative",
         "Bellman 1958; Ford 1956", bellman_ford},
        {"allPairs", {{"most", "nodes that it may have", Kind::Number, 2000, 1, 1e5}}, {"source", "target", "distance"}, "nodes * edges * log(nodes)", {24, 64},
         "least sum of weights between any two nodes; weights may be negative", "Johnson 1977", all_pairs},
        {"topologicalOrder", {}, {"node", "place"}, "edges", {12, 0}, "every edge leads to a later place; from 0", "Kahn 1962", topological_order},
        {"transitiveClosure", {{"most", "pairs that it may have", Kind::Number, 1e6, 1, 1e9}}, {"source", "target"}, "nodes * edges", {12, 0},
         "what can be reached from where, by a step at least", "", transitive_closure},
        {"cycles", {{"longest", "edges of a circle at most", Kind::Number, 10, 1, 1000}, {"most", "circles to find at most", Kind::Number, 10000, 1, 1e9}},
         {"cycle", "place", "node", "length"}, "exponential in longest", {1, 0}, "circles that pass no node twice", "", cycles},
        {"cliques", {{"least", "members at least", Kind::Number, 3, 1, 1e6}, {"most", "cliques to find at most", Kind::Number, 10000, 1, 1e9}},
         {"clique", "node", "size"}, "3 ^ (nodes / 3)", {48, 44}, "largest groups in which everyone is next to everyone", "Bron and Kerbosch 1973", cliques},
        {"randomWalks",
         {any_source, {"walks", "from each node", Kind::Number, 10, 1, 1e6}, {"steps", "of a walk at most", Kind::Number, 10, 1, 1e6},
          {"seed", "other walks for another seed", Kind::Number, 1, 0, 9e15}},
         {"walk", "step", "node"}, "walks * steps", {0, 0}, "ways that turn at random; the same for the same seed", "Pearson 1905", random_walks},
        {"describe", {}, {"nodes", "edges", "loops", "sources", "sinks", "leastDegree", "medianDegree", "degree90", "degree99", "mostDegree", "meanDegree"},
         "edges", {16, 0}, "what the projection is like; degrees count edges of both directions", "", describe, true},
        {"project", {{"name", "that later calls give as the parameter projection", Kind::Text}}, {"nodes", "edges"}, "edges * log(edges)", {0, 0},
         "gives the projection a name, by which other algorithms run on it", "", project, true, true},
    };
}

}  // namespace tercet::graph

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "engine/graph/algorithms.hpp"
#include "support/catch.hpp"

/// Algorithms and the plainest ways to the same answers, on many small graphs with loops and parallel edges.
namespace {

tercet::MemoryBudget unlimited;

using namespace tercet;
using namespace tercet::graph;

TermId id(std::uint32_t node) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, 1000 - 7 * node); }

struct Edge {
    std::uint32_t from, to;
    double weight;
};

std::vector<Edge> random_edges(std::mt19937& random) {
    const std::uint32_t nodes = 1 + random() % 12;
    std::vector<Edge> edges(1 + random() % 40);
    for (Edge& edge : edges) edge = {static_cast<std::uint32_t>(random() % nodes), static_cast<std::uint32_t>(random() % nodes), static_cast<double>(random() % 5)};
    return edges;
}

Projection projection_of(const std::vector<Edge>& edges) {
    std::vector<Projection::Row> rows;
    for (const Edge& edge : edges) rows.push_back({id(edge.from), id(edge.to), edge.weight});
    return Projection(std::move(rows));
}

Table run(const Projection& projection, std::string_view name, TermId source = {}) {
    const AlgorithmRow& row = find_algorithm(name);
    ParameterValues values;
    for (const auto& parameter : row.parameters) values[std::string(parameter.name)] = {parameter.default_number, {}};
    if (source.is_defined()) values["source"].term = source;
    return row.run(projection, values, {CancelToken(), unlimited});
}

double number(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    return std::get<double>(cell);
}

using Numbers = std::map<TermId, double>;

/// The first two columns: nodes and a number each.
Numbers numbers(const Projection& projection, const Table& table) {
    Numbers found;
    for (std::size_t row = 0; row < table.rows(); ++row) found[projection.term(std::get<Vertex>(table.at(row, 0)).number)] = number(table.at(row, 1));
    return found;
}

/// Bellman and Ford's: along every edge until nothing gets nearer.
Numbers distances(const std::vector<Edge>& edges, std::uint32_t source, bool weighted) {
    Numbers distance{{id(source), 0}};
    for (bool nearer = true; nearer;) {
        nearer = false;
        for (const Edge& edge : edges) {
            if (!distance.contains(id(edge.from))) continue;
            const double way = distance[id(edge.from)] + (weighted ? edge.weight : 1);
            const auto known = distance.find(id(edge.to));
            if (known != distance.end() && known->second <= way) continue;
            distance[id(edge.to)] = way;
            nearer = true;
        }
    }
    return distance;
}

using Neighbours = std::map<TermId, std::set<TermId>>;

Neighbours neighbours(const std::vector<Edge>& edges) {
    Neighbours all;
    for (const Edge& edge : edges) {
        all[id(edge.from)], all[id(edge.to)];
        if (edge.from == edge.to) continue;
        all[id(edge.from)].insert(id(edge.to));
        all[id(edge.to)].insert(id(edge.from));
    }
    return all;
}

/// By the definition: what is left when all with fewer than k neighbours are gone, and gone again.
Numbers cores(const std::vector<Edge>& edges) {
    Numbers found;
    for (double k = 0; k < 13; ++k) {
        Neighbours left = neighbours(edges);
        for (bool changed = true; changed;) {
            const auto few = std::find_if(left.begin(), left.end(), [&](const auto& node) { return static_cast<double>(node.second.size()) < k; });
            changed = few != left.end();
            if (!changed) break;
            const TermId gone = few->first;
            left.erase(few);
            for (auto& [node, near] : left) near.erase(gone);
        }
        for (const auto& [node, near] : left) found[node] = k;
    }
    return found;
}

}  // namespace

TEST_CASE("random graphs: a projection holds every edge, ordered, and turned round", "[graph]") {
    std::mt19937 random(1);
    for (int i = 0; i < 500; ++i) {
        const std::vector<Edge> edges = random_edges(random);
        const Projection projection = projection_of(edges);
        std::vector<std::tuple<TermId, TermId, double>> given, held, back;
        for (const Edge& edge : edges) given.emplace_back(id(edge.from), id(edge.to), edge.weight);
        for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double weight) { held.emplace_back(projection.term(v), projection.term(w), weight); });
        for_each_edge(projection.reversed(), [&](std::uint32_t v, std::uint32_t w, double weight) { back.emplace_back(projection.term(w), projection.term(v), weight); });
        std::sort(given.begin(), given.end());
        REQUIRE(held == given);
        std::sort(back.begin(), back.end());
        REQUIRE(back == given);
        Neighbours near;
        for (std::uint32_t v = 0; v < projection.size(); ++v) near[projection.term(v)];
        for_each_edge(projection.undirected(), [&](std::uint32_t v, std::uint32_t w, double) { REQUIRE(near[projection.term(v)].insert(projection.term(w)).second); });
        REQUIRE(near == neighbours(edges));
    }
}

TEST_CASE("random graphs: levels, distances, cores and components are those of the definitions", "[graph]") {
    std::mt19937 random(2);
    for (int i = 0; i < 500; ++i) {
        const std::vector<Edge> edges = random_edges(random);
        const Projection projection = projection_of(edges);
        const std::uint32_t source = edges.front().from;
        REQUIRE(numbers(projection, run(projection, "bfs", id(source))) == distances(edges, source, false));
        REQUIRE(numbers(projection, run(projection, "dijkstra", id(source))) == distances(edges, source, true));
        REQUIRE(numbers(projection, run(projection, "coreNumbers")) == cores(edges));

        std::vector<Edge> both = edges;
        for (const Edge& edge : edges) both.push_back({edge.to, edge.from, edge.weight});
        const Numbers component = numbers(projection, run(projection, "components"));
        const Numbers reached = distances(both, source, false);
        for (const auto& [node, part] : component) REQUIRE((part == component.at(id(source))) == reached.contains(node));
    }
}

TEST_CASE("random graphs: the predecessors of dijkstra are a way of the distance told", "[graph]") {
    std::mt19937 random(3);
    for (int i = 0; i < 500; ++i) {
        const std::vector<Edge> edges = random_edges(random);
        const Projection projection = projection_of(edges);
        const TermId source = id(edges.front().from);
        const Table table = run(projection, "dijkstra", source);
        const Numbers distance = numbers(projection, table);
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const TermId node = projection.term(std::get<Vertex>(table.at(row, 0)).number);
            if (node == source) continue;
            const TermId before = projection.term(std::get<Vertex>(table.at(row, 2)).number);
            REQUIRE(std::any_of(edges.begin(), edges.end(), [&](const Edge& edge) {
                return id(edge.from) == before && id(edge.to) == node && distance.at(before) + edge.weight == distance.at(node);
            }));
        }
    }
}

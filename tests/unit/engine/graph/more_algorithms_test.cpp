#include <cmath>
#include <random>
#include <set>

#include "engine/graph/algorithms.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::graph;

namespace {

MemoryBudget unlimited;

using Rows = std::vector<std::vector<double>>;

TermId id(std::uint64_t n) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, n); }

Projection graph_of(const Rows& edges) {
    std::vector<Projection::Row> rows;
    for (const auto& edge : edges) {
        rows.push_back({id(static_cast<std::uint64_t>(edge[0])), id(static_cast<std::uint64_t>(edge[1])),
                        edge.size() > 2 ? edge[2] : 1});
    }
    return Projection(std::move(rows));
}

ParameterValues values_of(const AlgorithmRow& row, const std::map<std::string, double>& given) {
    ParameterValues values;
    for (const auto& parameter : row.parameters) {
        ParameterValue value{parameter.default_number, {}};
        const auto found = given.find(std::string(parameter.name));
        if (found != given.end()) value = {found->second, id(static_cast<std::uint64_t>(found->second))};
        values[std::string(parameter.name)] = value;
    }
    return values;
}

/// Nodes by the numbers that the test gave them.
Rows answer_of(const AlgorithmRow& row, const Projection& graph, const ParameterValues& values) {
    const Table table = row.run(graph, values, {CancelToken(), unlimited});
    Rows rows(table.rows());
    for (std::size_t r = 0; r < table.rows(); ++r) {
        for (std::size_t c = 0; c < row.outputs.size(); ++c) {
            const Cell& cell = table.at(r, c);
            if (const auto* vertex = std::get_if<Vertex>(&cell))
                rows[r].push_back(static_cast<double>(graph.term(vertex->number).rank()));
            else if (const auto* whole = std::get_if<std::int64_t>(&cell))
                rows[r].push_back(static_cast<double>(*whole));
            else if (const auto* real = std::get_if<double>(&cell))
                rows[r].push_back(std::round(*real * 1e6) / 1e6);
            else
                rows[r].push_back(-1);
        }
    }
    return rows;
}

Rows run(const std::string& name, const Projection& graph, const std::map<std::string, double>& given = {}) {
    const AlgorithmRow& row = find_algorithm(name);
    return answer_of(row, graph, values_of(row, given));
}

/// With several nodes as one parameter.
Rows run_for(const std::string& name, const Projection& graph, const std::string& parameter, const std::vector<double>& nodes) {
    const AlgorithmRow& row = find_algorithm(name);
    ParameterValues values = values_of(row, {});
    for (const double node : nodes) values[parameter].terms.push_back(id(static_cast<std::uint64_t>(node)));
    return answer_of(row, graph, values);
}

/// 1-2-3 all point at each other in a circle, 4 hangs on 3, 5 on 4.
const Rows kLasso{{1, 2}, {2, 3}, {3, 1}, {3, 4}, {4, 5}};
/// Two groups of four, everyone beside everyone, with one bridge.
Rows two_groups() {
    Rows edges;
    for (const double base : {0, 10}) {
        for (int a = 1; a <= 4; ++a)
            for (int b = a + 1; b <= 4; ++b) edges.push_back({base + a, base + b});
    }
    edges.push_back({4, 11});
    return edges;
}

}  // namespace

TEST_CASE("algorithms: distances to everyone", "[graph]") {
    CHECK(run("harmonic", graph_of({{1, 2}, {2, 3}})) == Rows{{1, 1.5}, {2, 1}, {3, 0}});
    CHECK(run("closeness", graph_of({{1, 2}, {2, 3}})) == Rows{{1, 0.666667}, {2, 1}, {3, 0}});
}

TEST_CASE("algorithms: worth by neighbours", "[graph]") {
    CHECK(run("eigenvector", graph_of({{1, 2}, {2, 3}, {3, 1}})) == Rows{{1, 0.57735}, {2, 0.57735}, {3, 0.57735}});
    CHECK(run("katz", graph_of({{1, 2}, {2, 3}})) == Rows{{1, 1}, {2, 1.1}, {3, 1.11}});
    CHECK_THROWS_AS(run("katz", graph_of({{1, 2}, {2, 1}}), {{"alpha", 1}}), Error);
    CHECK(run("hits", graph_of({{1, 3}, {2, 3}})) == Rows{{1, 0.707107, 0}, {2, 0.707107, 0}, {3, 0, 1}});
    const Rows personal = run("personalPageRank", graph_of({{1, 2}, {2, 1}, {3, 1}}), {{"source", 1}});
    CHECK(personal == Rows{{1, 0.540541}, {2, 0.459459}, {3, 0}});
}

TEST_CASE("algorithms: what a component falls apart at", "[graph]") {
    CHECK(run("articulationPoints", graph_of(kLasso)) == Rows{{3}, {4}});
    const Rows parts = run("biconnectedComponents", graph_of(kLasso));
    REQUIRE(parts.size() == 5);
    std::map<double, std::size_t> sizes;
    for (const auto& row : parts) ++sizes[row[2]];
    CHECK(sizes.size() == 3);
}

TEST_CASE("algorithms: the lightest tree and the largest flow", "[graph]") {
    CHECK(run("spanningTree", graph_of({{1, 2, 1}, {2, 3, 2}, {3, 1, 5}})) == Rows{{1, 2, 1}, {2, 3, 2}});
    const Projection pipes = graph_of({{1, 2, 3}, {1, 3, 2}, {2, 4, 2}, {3, 4, 4}, {2, 3, 1}});
    double flow = 0;
    for (const auto& row : run("maxFlow", pipes, {{"source", 1}, {"target", 4}})) flow += row[0] == 1 ? row[2] : 0;
    CHECK(flow == 5);
    double cut = 0;
    for (const auto& row : run("minCut", pipes, {{"source", 1}, {"target", 4}})) cut += row[2];
    CHECK(cut == 5);
    CHECK(run("matching", graph_of({{1, 2}, {2, 3}, {3, 4}})).size() == 2);
}

TEST_CASE("algorithms: weights below nothing", "[graph]") {
    const Projection graph = graph_of({{1, 2, 4}, {1, 3, 2}, {3, 2, -1}});
    CHECK(run("bellmanFord", graph, {{"source", 1}}) == Rows{{1, 0, -1}, {2, 1, 3}, {3, 2, 1}});
    CHECK(run("allPairs", graph) == Rows{{1, 2, 1}, {1, 3, 2}, {3, 2, -1}});
    CHECK_THROWS_AS(run("bellmanFord", graph_of({{1, 2, -1}, {2, 1, -1}}), {{"source", 1}}), Error);
    CHECK_THROWS_AS(run("allPairs", graph, {{"most", 2}}), Error);
}

TEST_CASE("algorithms: orders, circles and groups", "[graph]") {
    CHECK(run("topologicalOrder", graph_of({{3, 1}, {1, 2}})) == Rows{{3, 0}, {1, 1}, {2, 2}});
    CHECK_THROWS_AS(run("topologicalOrder", graph_of(kLasso)), Error);
    CHECK(run("cycles", graph_of(kLasso)) == Rows{{0, 0, 1, 3}, {0, 1, 2, 3}, {0, 2, 3, 3}});
    CHECK(run("cliques", graph_of(kLasso)) == Rows{{0, 1, 3}, {0, 2, 3}, {0, 3, 3}});
    CHECK(run("cliques", graph_of(two_groups())).size() == 8);
    CHECK(run("transitiveClosure", graph_of({{1, 2}, {2, 3}})) == Rows{{1, 2}, {1, 3}, {2, 3}});
    CHECK(run("transitiveClosure", graph_of(kLasso)).size() == 16);
}

TEST_CASE("algorithms: communities", "[graph]") {
    const Projection graph = graph_of(two_groups());
    for (const std::string name : {"louvain", "leiden", "labelPropagation"}) {
        CAPTURE(name);
        for (const auto& row : run(name, graph)) CHECK(row[1] == (row[0] > 10 ? 1 : 0));
    }
    const Rows summary = run("communitySummary", graph);
    REQUIRE(summary.size() == 2);
    CHECK(summary[0][1] == 4);
    CHECK(summary[0][3] == 6);
    CHECK(summary[0][4] == 1);
    CHECK(summary[0][5] == Approx(12.0 / 13 - 0.5).margin(1e-6));
}

TEST_CASE("algorithms: likeness by shared neighbours", "[graph]") {
    const Projection graph = graph_of({{1, 3}, {2, 3}, {1, 4}, {2, 4}, {2, 5}});
    const Rows alike = run("similarity", graph, {{"source", 1}});
    CHECK(alike == Rows{{1, 2, 2, 0.666667, 0.816497, 2.88539}});
    const Rows nearest = run("nearest", graph, {{"k", 1}});
    CHECK(nearest.front() == std::vector<double>{1, 2, 1, 0.666667});
}

TEST_CASE("algorithms: random walks are the same for the same seed", "[graph]") {
    const Projection graph = graph_of(kLasso);
    const Rows walks = run("randomWalks", graph, {{"source", 1}, {"walks", 3}, {"steps", 4}});
    CHECK(walks == run("randomWalks", graph, {{"source", 1}, {"walks", 3}, {"steps", 4}}));
    CHECK(walks.front() == std::vector<double>{0, 0, 1});
    CHECK(walks.size() == 15);
}

TEST_CASE("algorithms: what a projection is like", "[graph]") {
    CHECK(run("describe", graph_of(kLasso)) == Rows{{5, 5, 0, 0, 1, 1, 2, 2, 2, 3, 2}});
}

TEST_CASE("algorithms: depth first", "[graph]") {
    CHECK(run("dfs", graph_of({{1, 2}, {2, 3}, {1, 4}, {5, 1}}), {{"source", 1}}) ==
          Rows{{1, 0, 7, 0, -1}, {2, 1, 4, 1, 1}, {3, 2, 3, 2, 2}, {4, 5, 6, 1, 1}});
    CHECK(run("dfs", graph_of({{1, 2}, {3, 2}})) == Rows{{1, 0, 3, 0, -1}, {2, 1, 2, 1, 1}, {3, 4, 5, 0, -1}});
}

TEST_CASE("algorithms: a search that is led finds what Dijkstra's finds", "[graph]") {
    // A grid of ten by ten: what is left to the corner is known.
    Rows edges;
    std::vector<std::pair<TermId, double>> left;
    for (int x = 0; x < 10; ++x) {
        for (int y = 0; y < 10; ++y) {
            const double here = 10 * x + y + 1;
            if (x < 9) edges.push_back({here, here + 10, 1.0 + (x * 7 + y * 3) % 4});
            if (y < 9) edges.push_back({here, here + 1, 1.0 + (x * 5 + y) % 3});
            left.emplace_back(id(static_cast<std::uint64_t>(here)), 18 - x - y);
        }
    }
    Projection grid = graph_of(edges);
    const Rows expected = run("dijkstra", grid, {{"source", 1}, {"target", 100}});
    CHECK(run("aStar", grid, {{"source", 1}, {"target", 100}}).back()[1] == expected.back()[1]);
    grid.set_values(left);
    const Rows found = run("aStar", grid, {{"source", 1}, {"target", 100}});
    CHECK(found.back()[1] == expected.back()[1]);
    CHECK(found.size() == 19);
    CHECK(run("aStar", grid, {{"source", 100}, {"target", 1}}).empty());
}

TEST_CASE("algorithms: a tree that joins some nodes", "[graph]") {
    // The hub 9 is not asked for and joins three spokes more cheaply than the rim does.
    const Projection wheel = graph_of({{1, 2, 3}, {2, 3, 3}, {3, 1, 3}, {9, 1, 1}, {9, 2, 1}, {9, 3, 1}, {3, 4, 1}});
    CHECK(run_for("steinerTree", wheel, "terminal", {1, 2, 3}) == Rows{{9, 1, 1}, {9, 2, 1}, {9, 3, 1}});
    CHECK(run_for("steinerTree", wheel, "terminal", {1}).empty());
    CHECK_THROWS_AS(run_for("steinerTree", graph_of({{1, 2}, {3, 4}}), "terminal", {1, 3}), Error);
    CHECK_THROWS_AS(run_for("steinerTree", wheel, "terminal", {1, 77}), Error);
}

TEST_CASE("algorithms: the tree that joins some nodes is at most twice as heavy as the lightest", "[graph]") {
    std::mt19937 random(11);
    for (int round = 0; round < 60; ++round) {
        Rows edges;
        for (int v = 2; v <= 7; ++v) edges.push_back({1.0 + random() % (v - 1), 1.0 * v, 1.0 + random() % 9});
        for (int i = 0; i < 5; ++i) edges.push_back({1.0 + random() % 7, 1.0 + random() % 7, 1.0 + random() % 9});
        const std::vector<double> terminals{1, 4, 7};
        double weight = 0;
        for (const auto& edge : run_for("steinerTree", graph_of(edges), "terminal", terminals)) weight += edge[2];
        double least = 1e9;  // of all sets of edges that join them
        for (unsigned set = 0; set < 1U << edges.size(); ++set) {
            std::vector<int> part{0, 1, 2, 3, 4, 5, 6, 7};
            double sum = 0;
            for (std::size_t e = 0; e < edges.size(); ++e) {
                if ((set >> e & 1) == 0) continue;
                sum += edges[e][2];
                const int from = part[static_cast<std::size_t>(edges[e][0])], to = part[static_cast<std::size_t>(edges[e][1])];
                std::replace(part.begin(), part.end(), from, to);
            }
            if (part[1] == part[4] && part[4] == part[7]) least = std::min(least, sum);
        }
        CAPTURE(round);
        CHECK(weight >= least);
        CHECK(weight <= 2 * least);
    }
}

TEST_CASE("algorithms: places that look like a pattern", "[graph]") {
    const auto found = [](const Rows& edges, const std::string& pattern) {
        const Projection graph = graph_of(edges);
        const Table table = find_algorithm("subgraphs").run(graph, {{"pattern", {0, {}, {}, pattern}}, {"most", {100, {}}}}, {CancelToken(), unlimited});
        std::vector<std::uint64_t> nodes;
        for (std::size_t r = 0; r < table.rows(); ++r) nodes.push_back(graph.term(std::get<Vertex>(table.at(r, 2)).number).rank());
        return nodes;
    };
    using Nodes = std::vector<std::uint64_t>;
    CHECK(found(kLasso, "a b, b c, c a") == Nodes{1, 2, 3, 2, 3, 1, 3, 1, 2});
    CHECK(found(kLasso, "a b, b c, b d") == Nodes{2, 3, 1, 4, 2, 3, 4, 1});
    CHECK(found({{1, 2}, {1, 2}, {2, 2}}, "a b") == Nodes{1, 2});
    CHECK(found({{1, 2}, {2, 2}}, "x x") == Nodes{2});
    CHECK_THROWS_AS(found(kLasso, "a b c"), Error);
    CHECK_THROWS_AS(found(kLasso, "a b, c d"), Error);
    CHECK_THROWS_AS(found(kLasso, ""), Error);
}

TEST_CASE("algorithms: places on a sheet", "[graph]") {
    const Projection graph = graph_of(kLasso);
    const Table table = find_algorithm("layout").run(graph, {{"distance", {50, {}}}, {"aspect", {1, {}}}, {"most", {10, {}}}}, {CancelToken(), unlimited});
    REQUIRE(table.rows() == 5);
    for (std::size_t a = 0; a < 5; ++a) {
        for (std::size_t b = a + 1; b < 5; ++b) {
            const auto apart = [&](std::size_t c) { return std::get<double>(table.at(a, c)) - std::get<double>(table.at(b, c)); };
            CHECK(std::hypot(apart(1), apart(2)) > 10);
        }
    }
    CHECK_THROWS_AS(run("layout", graph, {{"most", 2}}), Error);
}

TEST_CASE("algorithms: betweenness from some pivots", "[graph]") {
    const Rows path{{1, 2}, {2, 3}, {3, 4}};
    CHECK(run("betweenness", graph_of(path)) == Rows{{1, 0}, {2, 2}, {3, 2}, {4, 0}});
    CHECK(run("betweenness", graph_of(path), {{"pivots", 4}}) == Rows{{1, 0}, {2, 2}, {3, 2}, {4, 0}});
    // The mean of the estimates over all samples of one pivot is the truth; so each is one of four.
    for (double seed = 0; seed < 8; ++seed) {
        const Rows estimate = run("betweenness", graph_of(path), {{"pivots", 1}, {"seed", seed}});
        CHECK(std::set<Rows>{{{1, 0}, {2, 8}, {3, 4}, {4, 0}}, {{1, 0}, {2, 0}, {3, 4}, {4, 0}}, {{1, 0}, {2, 0}, {3, 0}, {4, 0}}}.contains(estimate));
    }
    // Equal ways share: 1 to 4 over 2 and over 3.
    CHECK(run("betweenness", graph_of({{1, 2}, {1, 3}, {2, 4}, {3, 4}})) == Rows{{1, 0}, {2, 0.5}, {3, 0.5}, {4, 0}});
}

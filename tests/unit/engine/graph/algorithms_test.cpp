#include "engine/graph/algorithms.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::graph;

namespace {

MemoryBudget unlimited;

TermId id(std::uint64_t n) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, n); }

struct Edge {
    std::uint64_t from, to;
    double weight = 1;
};
Projection project(const std::vector<Edge>& edges) {
    std::vector<Projection::Row> rows;
    for (const Edge& edge : edges) rows.push_back({id(edge.from), id(edge.to), edge.weight});
    return Projection(std::move(rows));
}

Table run(std::string_view name, const Projection& projection, ParameterValues given = {}) {
    const AlgorithmRow& row = find_algorithm(name);
    for (const auto& parameter : row.parameters)
        given.try_emplace(std::string(parameter.name), ParameterValue{parameter.default_number, {}});
    return row.run(projection, given, {CancelToken(), unlimited});
}

/// One column by the numbers of the nodes in the first; only numbers.
std::map<std::uint32_t, double> column(const Table& table, std::size_t which) {
    std::map<std::uint32_t, double> found;
    for (std::size_t r = 0; r < table.rows(); ++r) {
        const Cell& cell = table.at(r, which);
        found[std::get<Vertex>(table.at(r, 0)).number] = std::holds_alternative<double>(cell)
                                                             ? std::get<double>(cell)
                                                             : static_cast<double>(std::get<std::int64_t>(cell));
    }
    return found;
}
using Column = std::map<std::uint32_t, double>;

}  // namespace

TEST_CASE("algorithms: every row says what it is, and names are told when one is wrong", "[graph]") {
    for (const AlgorithmRow& row : algorithms()) {
        CAPTURE(std::string(row.name));
        CHECK(&find_algorithm(row.name) == &row);
        CHECK_FALSE(row.meaning.empty());
        CHECK_FALSE(row.complexity.empty());
        CHECK_FALSE(row.outputs.empty());
        for (const auto& parameter : row.parameters) {
            CHECK_FALSE(parameter.meaning.empty());
            if (parameter.kind == ParameterRow::Kind::Number)
                CHECK((parameter.least <= parameter.default_number && parameter.default_number <= parameter.most));
        }
    }
    CHECK_THROWS_WITH(static_cast<void>(find_algorithm("pagerank")),
                      Catch::Contains("algo:pageRank") && Catch::Contains("algo:dijkstra"));
}

TEST_CASE("algorithms: page rank of a chain with a dangling end sums to one", "[graph]") {
    const Column score = column(run("pageRank", project({{0, 1}, {1, 2}})), 1);
    CHECK(score.at(0) + score.at(1) + score.at(2) == Approx(1));
    CHECK(score.at(0) < score.at(1));
    CHECK(score.at(1) < score.at(2));
    // x = 0.05 + 0.85 z / 3, y = x + 0.85 x, z = x + 0.85 y solved by hand.
    CHECK(score.at(1) / score.at(0) == Approx(1.85));
}

TEST_CASE("algorithms: damping of nought makes all alike, and rounds can be few", "[graph]") {
    const auto projection = project({{0, 1}, {1, 2}, {0, 2}});
    const Column alike = column(run("pageRank", projection, {{"damping", {0, {}}}}), 1);
    CHECK(alike.at(0) == Approx(1.0 / 3));
    const Column once = column(run("pageRank", projection, {{"iterations", {1, {}}}}), 1);
    CHECK(once.at(0) == Approx(0.05 + 0.85 / 9));
}

TEST_CASE("algorithms: components go by their first node", "[graph]") {
    const auto projection = project({{4, 2}, {1, 3}, {3, 1}, {5, 5}});  // vertices: 1 2 3 4 5 -> 0..4
    CHECK(column(run("components", projection), 1) == Column{{0, 0}, {1, 1}, {2, 0}, {3, 1}, {4, 4}});
    CHECK(column(run("strongComponents", projection), 1) == Column{{0, 0}, {1, 1}, {2, 0}, {3, 3}, {4, 4}});
}

TEST_CASE("algorithms: least distance, predecessors, and the way to a target", "[graph]") {
    const auto projection = project({{0, 1, 4}, {0, 2, 1}, {2, 1, 2}, {1, 3, 5}, {4, 0, 1}});
    const Table all = run("dijkstra", projection, {{"source", {0, id(0)}}});
    CHECK(column(all, 1) == Column{{0, 0}, {1, 3}, {2, 1}, {3, 8}});
    CHECK(std::holds_alternative<std::monostate>(all.at(0, 2)));
    CHECK(std::get<Vertex>(all.at(1, 2)) == Vertex{2});

    const Table way = run("dijkstra", projection, {{"source", {0, id(0)}}, {"target", {0, id(3)}}});
    REQUIRE(way.rows() == 4);
    CHECK(std::get<Vertex>(way.at(1, 0)) == Vertex{2});
    CHECK(std::get<Vertex>(way.at(3, 0)) == Vertex{3});
    CHECK(run("dijkstra", projection, {{"source", {0, id(0)}}, {"target", {0, id(4)}}}).rows() == 0);
    CHECK(run("dijkstra", projection, {{"source", {0, id(0)}}, {"target", {0, id(0)}}}).rows() == 1);
    CHECK_THROWS_WITH(run("dijkstra", projection, {{"source", {0, id(99)}}}), Catch::Contains("source"));
    CHECK_THROWS_WITH(run("dijkstra", project({{0, 1, -1}}), {{"source", {0, id(0)}}}), Catch::Contains("negative"));
}

TEST_CASE("algorithms: levels, degrees, betweenness", "[graph]") {
    const auto projection = project({{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 3}});
    CHECK(column(run("bfs", projection, {{"source", {0, id(0)}}}), 1) == Column{{0, 0}, {1, 1}, {2, 1}, {3, 2}});
    CHECK(column(run("degree", projection), 1) == Column{{0, 0}, {1, 1}, {2, 1}, {3, 3}});
    CHECK(column(run("degree", projection), 2) == Column{{0, 2}, {1, 1}, {2, 1}, {3, 1}});
    CHECK(column(run("betweenness", projection), 1) == Column{{0, 0}, {1, 0.5}, {2, 0.5}, {3, 0}});
}

TEST_CASE("algorithms: cores and triangles do not mind direction, loops and parallel edges", "[graph]") {
    const auto projection = project({{0, 1}, {1, 0}, {1, 2}, {2, 0}, {2, 2}, {2, 3}, {2, 3}});
    CHECK(column(run("coreNumbers", projection), 1) == Column{{0, 2}, {1, 2}, {2, 2}, {3, 1}});
    CHECK(column(run("triangles", projection), 1) == Column{{0, 1}, {1, 1}, {2, 1}, {3, 0}});
    const Column clustering = column(run("triangles", projection), 2);
    CHECK(clustering.at(0) == Approx(1));
    CHECK(clustering.at(2) == Approx(1.0 / 3));
    CHECK(clustering.at(3) == 0);
}

TEST_CASE("algorithms: each can be stopped", "[graph]") {
    std::vector<Edge> edges;
    for (std::uint64_t i = 0; i < 20'000; ++i) edges.push_back({i, (i * 7919) % 20'011});
    const auto projection = project(edges);
    CancelToken cancelled;
    cancelled.cancel();
    for (const AlgorithmRow& row : algorithms()) {
        CAPTURE(std::string(row.name));
        ParameterValues values;
        for (const auto& parameter : row.parameters) {
            values[std::string(parameter.name)] = {parameter.default_number,
                                                   parameter.kind == ParameterRow::Kind::Node ? id(1) : TermId{}, {id(1), id(2)}, "a b"};
        }
        // What they reach here is too little to ask.
        if (row.name == "bfs" || row.name == "dijkstra" || row.name == "aStar") continue;
        CHECK_THROWS_AS(row.run(projection, values, {cancelled, unlimited}), Error);
    }
}

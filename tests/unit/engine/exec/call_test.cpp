#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

namespace {

struct Call {
    std::string name;
    std::vector<algebra::CallProcedure::Argument> arguments;
    std::vector<algebra::CallProcedure::Yield> yields{{"node", 8}, {"score", 9}};
};

/// CALL over ?0 -> ?1 with weight ?2.
plan::NodePtr call_over(plan::NodePtr pattern, Call call, std::vector<VariableId> projection = {0, 1}) {
    plan::CallProcedure made{std::move(pattern),        std::move(projection), "urn:tercet:algorithm:" + call.name,
                             std::move(call.arguments), call.yields,           {3, 7}};
    std::vector<VariableId> out;
    for (const auto& yield : call.yields) out.push_back(yield.variable);
    return node(std::move(made), std::move(out));
}

void fails(Run& run, const plan::NodePtr& node, const std::string& first, const std::string& second) {
    try {
        static_cast<void>(run.rows(*node));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Query);
        CHECK(error.position().line == 3);
        CHECK_THAT(error.message(), Catch::Contains(first) && Catch::Contains(second));
    }
}

struct Roads {
    World world;
    Run run;
    Roads() : run(made()) {}
    World& made() {
        world.add({{"a", "to", "b", ""},
                   {"b", "to", "c", ""},
                   {"a", "to", "c", ""},
                   {"d", "to", "e", ""},
                   {"a", "to", "7", ""}});
        return world;
    }
    plan::NodePtr roads() { return scan(run.id("to"), 0, 1); }
};

}  // namespace

TEST_CASE("call: rows of nodes and numbers; literals are no nodes", "[exec][call]") {
    Roads g;
    const auto degrees = call_over(g.roads(), {"degree", {}, {{"node", 8}, {"in", 9}, {"out", 10}}});
    CHECK(sorted(g.run.rows(*degrees)) ==
          Rows{{"a", "0", "2"}, {"b", "1", "1"}, {"c", "2", "0"}, {"d", "0", "1"}, {"e", "1", "0"}});
    const auto components = call_over(g.roads(), {"components", {}, {{"component", 9}}});
    CHECK(sorted(g.run.rows(*components)) == Rows{{"0"}, {"0"}, {"0"}, {"3"}, {"3"}});
}

TEST_CASE("call: weights, parameters that name nodes, cells without a value", "[exec][call]") {
    Roads g;
    std::vector<std::vector<TermId>> rows{{g.run.id("a"), g.run.id("b"), g.run.id(2)},
                                          {g.run.id("b"), g.run.id("c"), g.run.id(3)},
                                          {g.run.id("a"), g.run.id("c"), g.run.id(9)}};
    const auto dijkstra = [&](std::vector<algebra::CallProcedure::Argument> arguments) {
        return call_over(values({0, 1, 2}, rows),
                         {"dijkstra", std::move(arguments), {{"node", 8}, {"distance", 9}, {"predecessor", 10}}},
                         {0, 1, 2});
    };
    CHECK(g.run.rows(*dijkstra({{"source", iri("a")}})) ==
          Rows{{"a", "0.0E0", "-"}, {"b", "2.0E0", "a"}, {"c", "5.0E0", "b"}});
    CHECK(g.run.rows(*dijkstra({{"source", iri("b")}, {"target", iri("c")}})).size() == 2);
    fails(g.run, dijkstra({}), "source", "needs");
    rows[0][2] = g.run.id("a");
    fails(g.run, dijkstra({{"source", iri("a")}}), "weight", "not a number");
}

TEST_CASE("call: names that are wrong are answered by those that are right", "[exec][call]") {
    Roads g;
    fails(g.run, call_over(g.roads(), {"pagerank", {}}), "algo:pagerank", "algo:pageRank");
    fails(g.run, call_over(g.roads(), {"pageRank", {{"dumping", Term::decimal("0.5")}}}), "dumping",
          "damping, tolerance, iterations");
    fails(g.run, call_over(g.roads(), {"pageRank", {{"damping", Term::integer(2)}}}), "damping", "from 0");
    fails(g.run, call_over(g.roads(), {"pageRank", {{"iterations", iri("a")}}}), "iterations", "number");
    fails(g.run, call_over(g.roads(), {"pageRank", {}, {{"rank", 9}}}), "?rank", "?node, ?score");
    fails(g.run, call_over(g.roads(), {"pageRank", {}}, {0}), "projection", "source");
    plan::CallProcedure other{g.roads(), {0, 1}, "http://example.org/f", {}, {{"node", 8}}, {3, 7}};
    fails(g.run, node(std::move(other), {8}), "example.org/f", "algo:");
}

TEST_CASE("call: an empty projection gives no rows, and rewinding gives the rows again", "[exec][call]") {
    Roads g;
    CHECK(g.run.rows(*call_over(values({0, 1}, {}), {"pageRank", {}})).empty());
    const auto node = call_over(g.roads(), {"pageRank", {}});
    const OperatorPtr tree = build(*node, g.run.context);
    const Rows first = g.run.rows(*tree);
    CHECK(first.size() == 5);
    tree->rewind();
    CHECK(g.run.rows(*tree) == first);
}

TEST_CASE("call: a large projection is accounted for", "[exec][call]") {
    World world;
    std::vector<std::array<std::string, 4>> quads;
    for (int i = 0; i < 5000; ++i) quads.push_back({"n" + std::to_string(i), "to", "n" + std::to_string(i / 2), ""});
    world.add(quads);
    Run small(world, 50'000);
    CHECK_THROWS_AS(small.count(*call_over(scan(small.id("to"), 0, 1), {"pageRank", {}})), Error);
    Run large(world);
    CHECK(large.count(*call_over(scan(large.id("to"), 0, 1), {"pageRank", {}})) == 5000);
}

TEST_CASE("call: projection, arrays and answer count for the memory of the query", "[exec][call]") {
    const World world;
    const auto [name, most, owner] = GENERATE(table<std::string, std::size_t, std::string>(
        {{"degree", 1, "a projection"}, {"louvain", 5, "the arrays"}, {"randomWalks", 12, "the answer"}}));
    Run run(world, most << 20U);
    std::vector<std::vector<TermId>> edges;
    for (int i = 0; i < 30'000; ++i) edges.push_back({run.id("node" + std::to_string(i % 10'000)), run.id("node" + std::to_string(i * 7 % 9'999))});
    std::vector<algebra::CallProcedure::Yield> yields{{"node", 8}};
    CAPTURE(name);

    const auto plan = call_over(values({0, 1}, edges), {name, {}, yields});

    try {
        static_cast<void>(run.count(*plan));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Memory);
        CHECK_THAT(error.message(), Catch::Contains(owner));
    }
}

#include "engine/exec/path_operators.hpp"
#include "engine/model/vocabulary.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"
#include "unit/engine/exec/path_plans.hpp"

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

namespace {

using Kind = plan::GraphScope::Kind;

/// a -> b -> c -> a, and d by itself; a triple of another predicate, and a graph of its own.
struct Cycle {
    World world;
    Run run;

    Cycle() : run(made()) {}

    Rows rows(const plan::NodePtr& node) { return sorted(run.rows(*node)); }
    Rows pairs(const PathPtr& path) { return rows(path_scan(path, variable(0), variable(1), {0, 1})); }
    Rows from(const std::string& start, const PathPtr& path) {
        return rows(path_scan(path, constant(run.id(start)), variable(1), {1}));
    }
    Rows to(const std::string& end, const PathPtr& path) {
        return rows(path_scan(path, variable(0), constant(run.id(end)), {0}));
    }
    bool ask(const std::string& start, const PathPtr& path, const std::string& end) {
        return rows(path_scan(path, constant(run.id(start)), constant(run.id(end)), {})).size() == 1;
    }

private:
    World& made() {
        world.add({{"a", "p", "b", ""},
                   {"b", "p", "c", ""},
                   {"c", "p", "a", ""},
                   {"a", "q", "d", ""},
                   {"d", "r", "7", ""},
                   {"x", "p", "y", "g"},
                   {"y", "p", "z", "g"},
                   {"x", "p", "w", "h"}});
        return world;
    }
};

}  // namespace

// --- property paths: SPARQL 1.2, section 18.5 ---------------------------------------------------------------------

TEST_CASE("path: one or more steps from a node, to a node, between two", "[exec][path]") {
    Cycle g;
    const auto plus = repeat(step("p"), 1);
    CHECK(g.from("a", plus) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.to("a", plus) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.ask("a", plus, "a"));
    CHECK(g.ask("b", plus, "a"));
    CHECK_FALSE(g.ask("a", plus, "d"));
    CHECK(g.from("d", plus).empty());
    CHECK(g.pairs(plus).size() == 9);
}

TEST_CASE("path: none or more steps include the start, even one that the graph does not hold", "[exec][path]") {
    Cycle g;
    const auto star = repeat(step("p"), 0);
    CHECK(g.from("a", star) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.from("d", star) == Rows{{"d"}});
    CHECK(g.from("nowhere", star) == Rows{{"nowhere"}});
    CHECK(g.to("nowhere", star) == Rows{{"nowhere"}});
    CHECK(g.ask("nowhere", star, "nowhere"));
    CHECK_FALSE(g.ask("nowhere", star, "a"));
}

TEST_CASE("path: with both ends open, no step connects every node of the graph with itself", "[exec][path]") {
    Cycle g;
    // Nodes are a b c d and the literal 7; nine pairs lie on the cycle.
    CHECK(g.pairs(repeat(step("p"), 0)).size() == 11);
    CHECK(g.pairs(repeat(step("nothing"), 0)) == Rows{{"7", "7"}, {"a", "a"}, {"b", "b"}, {"c", "c"}, {"d", "d"}});
    CHECK(g.pairs(repeat(step("nothing"), 1)).empty());
}

TEST_CASE("path: at most one step; a pair that is there both ways comes once", "[exec][path]") {
    Cycle g;
    CHECK(g.from("a", repeat(step("p"), 0, 1)) == Rows{{"a"}, {"b"}});
    CHECK(g.from("nowhere", repeat(step("p"), 0, 1)) == Rows{{"nowhere"}});
    g.world.add({{"e", "p", "e", ""}});
    Run run(g.world);
    CHECK(run.rows(*path_scan(repeat(step("p"), 0, 1), constant(run.id("e")), variable(0), {0})) == Rows{{"e"}});
}

TEST_CASE("path: bounds", "[exec][path]") {
    Cycle g;
    CHECK(g.from("a", repeat(step("p"), 2, 2)) == Rows{{"c"}});
    CHECK(g.from("a", repeat(step("p"), 1, 2)) == Rows{{"b"}, {"c"}});
    CHECK(g.from("a", repeat(step("p"), 5)) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.from("a", repeat(step("p"), 0, 0)) == Rows{{"a"}});
    CHECK(g.to("a", repeat(step("p"), 2, 2)) == Rows{{"b"}});
}

TEST_CASE("path: inverse, alternative and sequence inside a repetition", "[exec][path]") {
    Cycle g;
    CHECK(g.from("d", repeat(alternative({step("p"), inverse(step("q"))}), 1)) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.from("a", repeat(sequence({step("p"), step("p")}), 1)) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.from("a", repeat(alternative({step("p"), step("q"), step("r")}), 1)) ==
          Rows{{"7"}, {"a"}, {"b"}, {"c"}, {"d"}});
    CHECK(g.to("d", repeat(inverse(sequence({step("p"), step("p")})), 1)).empty());
    CHECK(g.from("a", repeat(repeat(step("p"), 0), 1)) == Rows{{"a"}, {"b"}, {"c"}});
}

TEST_CASE("path: a literal is an end like any other", "[exec][path]") {
    Cycle g;
    const plan::Slot seven = constant(g.run.id(7));
    CHECK(g.rows(path_scan(repeat(step("r"), 1), variable(0), seven, {0})) == Rows{{"d"}});
    CHECK(g.rows(path_scan(repeat(step("r"), 0), seven, variable(0), {0})) == Rows{{"7"}});
}

TEST_CASE("path: negated sets give a solution for each triple", "[exec][path]") {
    World world;
    world.add({{"a", "p", "b", ""}, {"a", "q", "b", ""}, {"a", "r", "c", ""}, {"b", "q", "a", ""}});
    Run run(world);
    const auto rows = [&](const PathPtr& path, plan::Slot subject, plan::Slot object, std::vector<VariableId> out) {
        return sorted(run.rows(*path_scan(path, subject, object, std::move(out))));
    };
    const plan::Slot a = constant(run.id("a")), b = constant(run.id("b"));
    CHECK(rows(none_of({}), a, variable(1), {1}) == Rows{{"b"}, {"b"}, {"c"}});
    CHECK(rows(none_of({"p"}), a, variable(1), {1}) == Rows{{"b"}, {"c"}});
    CHECK(rows(none_of({"p", "r"}, {"p"}, true), a, variable(1), {1}) == Rows{{"b"}, {"b"}});
    CHECK(rows(none_of({"p"}), variable(0), b, {0}) == Rows{{"a"}});
    CHECK(rows(none_of({}), a, b, {}).size() == 2);
    CHECK(rows(none_of({"unknown"}), variable(0), variable(1), {0, 1}).size() == 4);
    CHECK(rows(none_of({"p"}), variable(0), variable(0), {0}).empty());
}

TEST_CASE("path: one variable at both ends asks for cycles", "[exec][path]") {
    Cycle g;
    CHECK(g.rows(path_scan(repeat(step("p"), 1), variable(0), variable(0), {0})) == Rows{{"a"}, {"b"}, {"c"}});
    CHECK(g.rows(path_scan(repeat(step("p"), 2, 2), variable(0), variable(0), {0})).empty());
    CHECK(g.rows(path_scan(repeat(step("q"), 0), variable(0), variable(0), {0})).size() == 5);
}

TEST_CASE("path: stays within its graph", "[exec][path]") {
    Cycle g;
    const auto in = [&](const PathPtr& path, plan::Slot subject, plan::Slot graph, plan::GraphScope scope,
                        std::vector<VariableId> out) {
        return g.rows(path_scan(path, subject, variable(1), std::move(out), nullptr, graph, std::move(scope)));
    };
    const plan::Slot x = constant(g.run.id("x"));
    const TermId graph_g = g.run.id("g"), graph_h = g.run.id("h");
    const auto plus = repeat(step("p"), 1), star = repeat(step("p"), 0);
    CHECK(in(plus, x, constant(graph_g), {Kind::One, {}}, {1}) == Rows{{"y"}, {"z"}});
    CHECK(in(plus, x, constant({}), {Kind::One, {}}, {1}).empty());
    CHECK(in(plus, x, variable(2), {Kind::NamedAll, {}}, {1, 2}) == Rows{{"w", "h"}, {"y", "g"}, {"z", "g"}});
    CHECK(in(plus, x, variable(2), {Kind::Among, {graph_h}}, {1, 2}) == Rows{{"w", "h"}});
    CHECK(in(plus, x, constant(graph_g), {Kind::Among, {graph_h}}, {1}).empty());
    CHECK(in(plus, x, {}, {Kind::Merge, {graph_g, graph_h}}, {1}) == Rows{{"w"}, {"y"}, {"z"}});
    CHECK(in(star, constant(g.run.id("a")), variable(2), {Kind::NamedAll, {}}, {1, 2}) == Rows{{"a", "g"}, {"a", "h"}});
    const TermId absent = g.run.id("no such graph");
    CHECK(in(star, x, constant(absent), {Kind::Among, {absent}}, {1}).empty());
    CHECK(in(star, x, constant(absent), {Kind::One, {}}, {1}) == Rows{{"x"}});
    CHECK(in(star, variable(0), constant(graph_h), {Kind::One, {}}, {0, 1}).size() == 3);
    CHECK(in(star, variable(2), variable(2), {Kind::NamedAll, {}}, {1, 2}).empty());
}

TEST_CASE("path: ends that the input binds", "[exec][path]") {
    Cycle g;
    Run& run = g.run;
    const auto with = [&](std::vector<VariableId> variables, std::vector<std::vector<TermId>> rows,
                          const PathPtr& path) {
        return g.rows(
            path_scan(path, variable(0), variable(1), {0, 1, 5}, values(std::move(variables), std::move(rows))));
    };
    const TermId a = run.id("a"), b = run.id("b"), d = run.id("d"), one = run.id(1), two = run.id(2);
    const auto twice = repeat(step("p"), 2, 2);
    CHECK(with({0, 5}, {{a, one}, {b, one}, {a, two}, {d, two}}, twice) ==
          Rows{{"a", "c", "1"}, {"a", "c", "2"}, {"b", "a", "1"}});
    CHECK(with({1, 5}, {{a, one}}, twice) == Rows{{"b", "a", "1"}});
    CHECK(with({0, 1, 5}, {{b, a, one}, {a, a, two}}, twice) == Rows{{"b", "a", "1"}});
    CHECK(with({0, 5}, {{TermId{}, one}}, twice).size() == 3);
    CHECK(with({0, 5}, {}, twice).empty());
    // Between variables the path of no step connects nodes of the graph only; a constant may be anything.
    const auto star = repeat(step("p"), 0);
    CHECK(with({0, 5}, {{run.id("nowhere"), one}}, star).empty());
    CHECK(with({0, 1, 5}, {{run.id("nowhere"), run.id("nowhere"), one}, {d, d, one}}, star) == Rows{{"d", "d", "1"}});
    CHECK(g.rows(path_scan(star, variable(0), constant(run.id("nowhere")), {0, 5},
                           values({0, 5}, {{run.id("nowhere"), one}}))) == Rows{{"nowhere", "1"}});
}

TEST_CASE("path: more rows than a batch holds, in and out", "[exec][path]") {
    World world;
    std::vector<std::array<std::string, 4>> quads;
    for (int i = 0; i < 5000; ++i) quads.push_back({"hub", "p", "n" + std::to_string(i), ""});
    for (int i = 0; i < 40; ++i) quads.push_back({"n" + std::to_string(i), "p", "hub", ""});
    world.add(quads);
    Run run(world);
    const auto plus = repeat(step("p"), 1);
    CHECK(run.count(*path_scan(plus, constant(run.id("hub")), variable(1), {1})) == 5001);
    CHECK(run.count(*path_scan(plus, variable(0), variable(1), {0, 1})) == 41 * 5001);
    std::vector<std::vector<TermId>> rows;
    for (int i = 0; i < 5000; ++i) rows.push_back({run.id("n" + std::to_string(i))});
    CHECK(run.count(*path_scan(repeat(step("p"), 0, 1), variable(0), variable(1), {0, 1}, values({0}, rows))) == 5040);
    CHECK(run.count(*path_scan(none_of({}), variable(0), variable(1), {0, 1})) == 5040);
}

TEST_CASE("path: begins again after rewind", "[exec][path]") {
    Cycle g;
    const auto node = path_scan(repeat(step("p"), 1), variable(0), variable(1), {0, 1});
    const OperatorPtr tree = build(*node, g.run.context);
    const Rows first = g.run.rows(*tree);
    tree->rewind();
    CHECK(g.run.rows(*tree) == first);
}

TEST_CASE("path: keeps to its memory and stops when asked", "[exec][path]") {
    World world;
    std::vector<std::array<std::string, 4>> quads;
    for (int i = 0; i < 3000; ++i) quads.push_back({"n" + std::to_string(i), "p", "n" + std::to_string(i + 1), ""});
    world.add(quads);
    Run small(world, 20'000);
    CHECK_THROWS_AS(small.count(*path_scan(repeat(step("p"), 1), constant(small.id("n0")), variable(1), {1})), Error);
    Run late(world);
    late.context.cancel.set_deadline(CancelToken::Clock::now() + std::chrono::milliseconds(30));
    CHECK_THROWS_AS(late.count(*path_scan(repeat(step("p"), 1), variable(0), variable(1), {0, 1})), Error);
}

// --- paths as values ------------------------------------------------------------------------------------------------

TEST_CASE("path search: walks as values, and what functions say of them", "[exec][path]") {
    Cycle g;
    const auto node =
        path_search({Selector::AnyShortest}, repeat(step("p"), 1), constant(g.run.id("a")), variable(1), {1, 2});
    const auto extended = [&](const std::string& function) {
        auto search =
            path_search({Selector::AnyShortest}, repeat(step("p"), 1), constant(g.run.id("a")), variable(1), {1, 2});
        plan::Extend extend{std::move(search), 3, call("urn:tercet:path:" + function, {var(2)}, true)};
        return g.rows(test::node(std::move(extend), {1, 3}));
    };
    CHECK(extended("length") == Rows{{"a", "3"}, {"b", "1"}, {"c", "2"}});
    CHECK(extended("nodes")[1][1] == "[<http://example.org/a>, <http://example.org/b>]");
    CHECK(extended("edges")[1][1] == "[<<( <http://example.org/a> <http://example.org/p> <http://example.org/b> )>>]");
    const Rows rows = g.rows(node);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1][1] == "[ <<( <http://example.org/a> <http://example.org/p> <http://example.org/b> )>> ]");
}

TEST_CASE("path search: selectors and modes", "[exec][path]") {
    World world;
    world.add(
        {{"a", "p", "b", ""}, {"a", "q", "b", ""}, {"b", "p", "c", ""}, {"a", "p", "c", ""}, {"c", "p", "a", ""}});
    Run run(world);
    const auto count = [&](SearchWords words) {
        return run.count(
            *path_search(words, repeat(none_of({}), 1), constant(run.id("a")), constant(run.id("c")), {2}));
    };
    CHECK(count({Selector::Any}) == 1);
    CHECK(count({Selector::AnyShortest}) == 1);
    CHECK(count({Selector::AllShortest}) == 1);
    CHECK(count({Selector::ShortestK, 2}) == 2);
    CHECK(count({Selector::ShortestKGroups, 2}) == 3);
    CHECK(count({Selector::ShortestK, 7}) == 7);
    CHECK(count({Selector::AnyCheapest}) == 1);
    CHECK(count({Selector::All, 1, sparql::PathMode::Acyclic}) == 3);
    CHECK(count({Selector::All, 1, sparql::PathMode::Simple}) == 3);
    CHECK(count({Selector::ShortestK, 0}) == 0);
}

TEST_CASE("path search: all trails between two nodes are those that repeat no triple", "[exec][path]") {
    World world;
    world.add({{"a", "p", "b", ""}, {"b", "p", "a", ""}, {"a", "p", "c", ""}});
    Run run(world);
    const auto node = path_search({Selector::All, 1, sparql::PathMode::Trail}, repeat(step("p"), 1),
                                  constant(run.id("a")), constant(run.id("c")), {2});
    CHECK(run.count(*node) == 2);
}

TEST_CASE("path search: infinitely many paths and negative costs are refused in words", "[exec][path]") {
    Cycle g;
    const auto fails = [&](const plan::NodePtr& node, ErrorCode code, const std::string& word) {
        try {
            static_cast<void>(g.run.rows(*node));
            FAIL("no error");
        } catch (const Error& error) {
            CHECK(error.code() == code);
            CHECK_THAT(error.message(), Catch::Contains(word));
        }
    };
    fails(path_search({Selector::All}, repeat(step("p"), 1), constant(g.run.id("a")), variable(1), {1, 2}),
          ErrorCode::Query, "infinitely");
    auto cheapest =
        path_search({Selector::AnyCheapest}, repeat(step("p"), 1), constant(g.run.id("a")), variable(1), {1, 2});
    std::get<plan::PathSearch>(cheapest->operation).cost = term(Term::integer(-2));
    fails(cheapest, ErrorCode::Query, "COST");
}

TEST_CASE("path search: !() is every relation between things, in property paths every predicate", "[exec][path]") {
    World world;
    world.add({{"a", "knows", "b", ""}, {"a", "age", "7", ""}, {"b", "knows", "c", ""}});
    auto transaction = world.store.begin();
    const auto add = [&](const Term& s, std::string_view p, const Term& o) {
        const Term predicate = Term::iri(std::string(p));
        const TermViewHolder subject(s), verb(predicate), object(o), graph(Term{});
        transaction->add(QuadView{subject.view(), verb.view(), object.view(), graph.view()});
    };
    add(iri("a"), vocabulary::rdf::kType, iri("Person"));
    add(iri("said"), vocabulary::rdf::kReifies, Term::triple_term({iri("a"), iri("knows"), iri("b")}));
    add(iri("said"), iri("by").value, iri("d"));
    transaction->commit();
    Run run(world);
    const auto from = [&](const std::string& start, PathPtr path) {
        return sorted(run.rows(
            *path_search({Selector::AnyShortest}, std::move(path), constant(run.id(start)), variable(1), {1})));
    };
    CHECK(from("a", repeat(none_of({}), 1)) == Rows{{"b"}, {"c"}});
    CHECK(from("a", repeat(alternative({none_of({}), step("age")}), 1)) == Rows{{"7"}, {"b"}, {"c"}});
    CHECK(from("d", repeat(inverse(none_of({})), 1)).empty());
    CHECK(from("d", repeat(inverse(none_of({"other"})), 1)) == Rows{{"said"}});
    CHECK(run.rows(*path_scan(repeat(none_of({}), 1), constant(run.id("a")), variable(1), {1})).size() == 4);
}

TEST_CASE("path search: open ends, bound ends, and a path that is joined", "[exec][path]") {
    Cycle g;
    const auto plus = repeat(step("p"), 1);
    CHECK(g.rows(path_search({Selector::AnyShortest}, plus, variable(0), variable(1), {0, 1, 2})).size() == 9);
    CHECK(g.rows(path_search({Selector::AnyShortest}, plus, variable(0), constant(g.run.id("a")), {0, 2})).size() == 3);
    CHECK(g.rows(path_search({Selector::AnyShortest}, plus, variable(0), variable(0), {0, 2})).size() == 3);

    auto input = path_search({Selector::AnyShortest}, plus, constant(g.run.id("a")), variable(1), {1, 2});
    auto again =
        path_search({Selector::AnyShortest}, plus, constant(g.run.id("a")), variable(3), {1, 2, 3}, std::move(input));
    CHECK(g.rows(again).size() == 3);
}

TEST_CASE("path search: equal paths are one value", "[exec][path]") {
    Cycle g;
    std::vector<plan::NodePtr> inputs;
    for (int i = 0; i < 2; ++i) {
        inputs.push_back(
            path_search({Selector::AllShortest}, repeat(step("p"), 1), constant(g.run.id("a")), variable(1), {1, 2}));
    }
    plan::Distinct distinct{node(plan::Union{std::move(inputs)}, {1, 2})};
    CHECK(g.run.count(*node(std::move(distinct), {1, 2})) == 3);
}

TEST_CASE("unfold: a row for each edge, counted from one; nothing else unfolds", "[exec][path]") {
    Cycle g;
    const auto unfold = [&](plan::NodePtr input) {
        return g.run.rows(*node(plan::Unfold{std::move(input), var(2), 3, 4}, {3, 4}));
    };
    const Rows rows = unfold(path_search({Selector::AnyShortest}, repeat(step("p"), 1), constant(g.run.id("a")),
                                         constant(g.run.id("c")), {2}));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0] == std::vector<std::string>{
                         "<<( <http://example.org/a> <http://example.org/p> <http://example.org/b> )>>", "1"});
    CHECK(rows[1][1] == "2");
    CHECK(unfold(values({2}, {{g.run.id("a")}, {TermId{}}})).empty());
    CHECK(unfold(path_search({Selector::AnyShortest}, repeat(step("p"), 0), constant(g.run.id("a")),
                             constant(g.run.id("a")), {2}))
              .empty());
}

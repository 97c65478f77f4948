#include <map>
#include <random>
#include <set>

#include "engine/exec/compatible_rows.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"

namespace {

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

using Table = std::vector<std::vector<int>>;  ///< 0: unbound

plan::NodePtr table(Run& run, std::vector<VariableId> variables, const Table& rows) {
    std::vector<std::vector<TermId>> ids;
    for (const auto& row : rows) {
        auto& out = ids.emplace_back();
        for (const int value : row) out.push_back(value == 0 ? TermId{} : run.id(value));
    }
    return values(std::move(variables), std::move(ids));
}

Rows hash_join(const Table& left, const Table& right) {
    const World world;
    Run run(world);
    auto join = plan::HashJoin{table(run, {0, 1}, left), table(run, {1, 2}, right), {1}};
    return sorted(run.rows(*node(std::move(join), {0, 1, 2})));
}

}  // namespace

TEST_CASE("hash join: pairs that agree; unbound agrees with everything", "[exec]") {
    CHECK(hash_join({}, {}).empty());
    CHECK(hash_join({{1, 5}}, {}).empty());
    CHECK(hash_join({}, {{5, 2}}).empty());
    CHECK(hash_join({{1, 5}, {2, 6}}, {{5, 7}, {5, 8}, {9, 9}}) == Rows{{"1", "5", "7"}, {"1", "5", "8"}});
    CHECK(hash_join({{1, 0}}, {{5, 7}, {0, 8}}) == Rows{{"1", "-", "8"}, {"1", "5", "7"}});
    CHECK(hash_join({{1, 5}, {2, 6}}, {{0, 7}, {6, 8}}) == Rows{{"1", "5", "7"}, {"2", "6", "7"}, {"2", "6", "8"}});
    CHECK(hash_join({{1, 5}, {1, 5}}, {{5, 7}, {5, 7}}).size() == 4);
}

TEST_CASE("hash join: without shared variables it is the product, across batches", "[exec]") {
    const World world;
    Run run(world);
    Table left, right;
    for (int i = 1; i <= 100; ++i) left.push_back({i});
    for (int i = 1; i <= 60; ++i) right.push_back({i});
    auto join = node(plan::HashJoin{table(run, {0}, left), table(run, {1}, right), {}}, {0, 1});

    CHECK(run.count(*join) == 6000);
}

TEST_CASE("optional lookup: rows without a match stay, and what is unbound matches everything", "[exec]") {
    World world;
    world.add({{"a", "p", "1", ""}, {"a", "p", "2", ""}, {"b", "p", "3", ""}});
    Run run(world);
    const auto rows = [&](bool optional) {
        plan::LookupJoin join{values({0}, {{run.id("a")}, {run.id("c")}, {TermId{}}}),
                              {variable(0), constant(run.id("p")), variable(1), constant({})}, {}, optional};
        return sorted(run.rows(*node(std::move(join), {0, 1})));
    };
    const Rows matches{{"a", "1"}, {"a", "1"}, {"a", "2"}, {"a", "2"}, {"b", "3"}};
    Rows with_rest = matches;
    with_rest.push_back({"c", "-"});

    CHECK(rows(false) == matches);
    CHECK(rows(true) == with_rest);
}

TEST_CASE("joins: random tables with unbound parts, against nested loops", "[exec]") {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> value(0, 3), size(0, 12);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        Table left(static_cast<std::size_t>(size(random)), std::vector<int>(3));
        Table right(static_cast<std::size_t>(size(random)), std::vector<int>(3));
        for (Table* t : {&left, &right}) {
            for (auto& row : *t) {
                for (int& v : row) v = value(random);
            }
        }
        // Left has ?0 ?1 ?2, right has ?1 ?2 ?3.
        const auto text = [](int v) { return v == 0 ? std::string("-") : std::to_string(v); };
        const auto merged = [&](const std::vector<int>& l, const std::vector<int>& r) {
            return std::vector<std::string>{text(l[0]), text(l[1] != 0 ? l[1] : r[0]), text(l[2] != 0 ? l[2] : r[1]), text(r[2])};
        };
        Rows joined, left_joined, conditioned, minus;
        for (const auto& l : left) {
            bool any = false, any_conditioned = false, removed = false;
            for (const auto& r : right) {
                const bool compatible = (l[1] == 0 || r[0] == 0 || l[1] == r[0]) && (l[2] == 0 || r[1] == 0 || l[2] == r[1]);
                if (!compatible) continue;
                joined.push_back(merged(l, r));
                left_joined.push_back(merged(l, r));
                any = true;
                if (l[0] != 0 && r[2] != 0 && l[0] < r[2]) {
                    conditioned.push_back(merged(l, r));
                    any_conditioned = true;
                }
                removed = removed || (l[1] != 0 && r[0] != 0) || (l[2] != 0 && r[1] != 0);
            }
            const std::vector<std::string> alone{text(l[0]), text(l[1]), text(l[2]), "-"};
            if (!any) left_joined.push_back(alone);
            if (!any_conditioned) conditioned.push_back(alone);
            if (!removed) minus.push_back(alone);
        }
        const World world;
        Run run(world);
        const std::vector<VariableId> shared{1, 2}, out{0, 1, 2, 3};
        const auto l = [&] { return table(run, {0, 1, 2}, left); };
        const auto r = [&] { return table(run, {1, 2, 3}, right); };
        CHECK(sorted(run.rows(*node(plan::HashJoin{l(), r(), shared}, out))) == sorted(joined));
        CHECK(sorted(run.rows(*node(plan::LeftJoin{l(), r(), shared, nullptr}, out))) == sorted(left_joined));
        CHECK(sorted(run.rows(*node(plan::LeftJoin{l(), r(), shared, call("<", {var(0), var(3)})}, out))) == sorted(conditioned));
        CHECK(sorted(run.rows(*node(plan::Minus{l(), r(), shared}, out))) == sorted(minus));
    }
}

TEST_CASE("left join: the condition may look at columns that are not wanted", "[exec]") {
    const World world;
    Run run(world);
    auto join = plan::LeftJoin{table(run, {0, 1}, {{1, 5}, {2, 9}}), table(run, {1, 2}, {{5, 7}, {9, 1}}), {1}, call("<", {var(0), var(2)})};

    CHECK(run.rows(*node(std::move(join), {0})) == Rows{{"1"}, {"2"}});
}

TEST_CASE("minus: no variable in common removes nothing", "[exec]") {
    const World world;
    Run run(world);
    auto minus = node(plan::Minus{table(run, {0}, {{1}, {2}}), table(run, {1}, {{1}}), {}}, {0});

    CHECK(run.rows(*minus) == Rows{{"1"}, {"2"}});
}

TEST_CASE("merge join: groups across batches, gaps sought over, others compared", "[exec]") {
    World world;
    std::vector<std::array<std::string, 4>> quads;
    std::mt19937 random(3);
    std::uniform_int_distribution<int> node_number(0, 6000);
    std::map<std::string, std::vector<std::string>> p, q;
    std::set<std::pair<std::string, std::string>> seen;
    const auto add = [&](auto& side, const char* predicate, const std::string& s, const std::string& o) {
        if (!seen.insert({predicate + s, o}).second) return;
        quads.push_back({s, predicate, o, ""});
        side[s].push_back(o);
    };
    for (int i = 0; i < 9000; ++i) add(p, "p", "n" + std::to_string(node_number(random)), std::to_string(i % 7));
    for (int i = 0; i < 300; ++i) add(q, "q", "n" + std::to_string(node_number(random)), std::to_string(i));
    for (int i = 0; i < 3000; ++i) add(q, "q", "n77", std::to_string(i));
    add(p, "p", "n77", "1");
    world.add(quads);
    std::size_t expected = 0, same_object = 0;
    for (const auto& [s, objects] : p) {
        if (!q.contains(s)) continue;
        expected += objects.size() * q[s].size();
        for (const auto& o : objects) same_object += static_cast<std::size_t>(std::count(q[s].begin(), q[s].end(), o));
    }
    Run run(world);
    const auto left = [&] { return scan(run.id("p"), 0, 1); };

    CHECK(run.count(*node(plan::MergeJoin{left(), scan(run.id("q"), 0, 2), 0, {}}, {0, 1, 2})) == expected);
    CHECK(run.count(*node(plan::MergeJoin{scan(run.id("q"), 0, 2), left(), 0, {}}, {0, 1, 2})) == expected);
    CHECK(run.count(*node(plan::MergeJoin{left(), scan(run.id("q"), 0, 1), 0, {1}}, {0, 1})) == same_object);
    CHECK(run.count(*node(plan::HashJoin{left(), scan(run.id("q"), 0, 2), {0}}, {0, 1, 2})) == expected);
    CHECK(run.count(*node(plan::MergeJoin{left(), scan(run.id("none"), 0, 2), 0, {}}, {0, 1, 2})) == 0);
}

TEST_CASE("joins: memory is accounted and given back", "[exec]") {
    const World world;
    Table rows;
    for (int i = 1; i <= 20000; ++i) rows.push_back({i, i});
    Run run(world, std::size_t{1} << 18U);
    CHECK(run.count(*node(plan::HashJoin{table(run, {0, 1}, rows), table(run, {1, 2}, rows), {1}}, {0, 1, 2})) == rows.size());
    CHECK(run.memory.peak() > std::size_t{1} << 17U);
    CHECK(run.memory.used() == 0);
}

TEST_CASE("joins: a long product can be cancelled", "[exec]") {
    const World world;
    Run run(world);
    Table rows(5000, std::vector<int>{1});
    auto join = node(plan::HashJoin{table(run, {0}, rows), table(run, {1}, rows), {}}, {0, 1});
    const OperatorPtr tree = build(*join, run.context);
    Batch batch(2);
    REQUIRE(tree->next(batch));
    run.context.cancel.cancel();
    CHECK_THROWS_AS(static_cast<void>(tree->next(batch)), Error);
}

TEST_CASE("operators: rewind starts again", "[exec]") {
    const World world;
    Run run(world);
    auto join = node(plan::LeftJoin{table(run, {0, 1}, {{1, 5}, {2, 6}}), table(run, {1, 2}, {{5, 7}}), {1}, nullptr}, {0, 1, 2});
    const OperatorPtr tree = build(*join, run.context);
    const Rows first = run.rows(*tree);
    tree->rewind();
    CHECK(run.rows(*tree) == first);
    CHECK(first == Rows{{"1", "5", "7"}, {"2", "6", "-"}});
}

#include <numeric>

#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"

namespace {

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

using Kind = plan::GraphScope::Kind;

/// The same few triples in the default graph and two named ones.
void add_graphs(World& world) {
    world.add({{"a", "p", "b", ""}, {"a", "p", "b", "g"}, {"a", "p", "b", "h"}, {"c", "p", "c", "g"}, {"d", "q", "e", "h"}});
}

plan::NodePtr scan_in(const plan::GraphScope& scope, plan::Slot graph, std::vector<VariableId> out, plan::Slot object = variable(1)) {
    plan::Scan scan;
    scan.slots = {variable(0), plan::Slot{}, object, graph};
    scan.graphs = scope;
    return node(std::move(scan), std::move(out));
}

plan::NodePtr numbers(Run& run, int from, int to) {
    std::vector<std::vector<TermId>> rows;
    for (int i = from; i <= to; ++i) rows.push_back({run.id(i)});
    return values({0}, std::move(rows));
}

}  // namespace

TEST_CASE("scan: one graph, named graphs, several read as one, one of several", "[exec]") {
    World world;
    add_graphs(world);
    Run run(world);
    const TermId g = run.id("g"), h = run.id("h");

    CHECK(run.rows(*scan_in({Kind::One, {}}, constant({}), {0, 1})) == Rows{{"a", "b"}});
    CHECK(sorted(run.rows(*scan_in({Kind::One, {}}, constant(g), {0, 1}))) == Rows{{"a", "b"}, {"c", "c"}});
    CHECK(sorted(run.rows(*scan_in({Kind::NamedAll, {}}, variable(2), {0, 1, 2}))) ==
          Rows{{"a", "b", "g"}, {"a", "b", "h"}, {"c", "c", "g"}, {"d", "e", "h"}});
    CHECK(sorted(run.rows(*scan_in({Kind::Merge, {g, h}}, {}, {0, 1}))) == Rows{{"a", "b"}, {"c", "c"}, {"d", "e"}});
    CHECK(sorted(run.rows(*scan_in({Kind::Merge, {TermId{}, h}}, {}, {0, 1}))) == Rows{{"a", "b"}, {"d", "e"}});
    CHECK(run.rows(*scan_in({Kind::Merge, {}}, {}, {0, 1})).empty());
    CHECK(sorted(run.rows(*scan_in({Kind::Among, {h}}, variable(2), {0, 2}))) == Rows{{"a", "h"}, {"d", "h"}});
}

TEST_CASE("scan: a variable twice means equality; no columns still counts rows", "[exec]") {
    World world;
    add_graphs(world);
    Run run(world);

    CHECK(run.rows(*scan_in({Kind::One, {}}, constant(run.id("g")), {0}, variable(0))) == Rows{{"c"}});
    CHECK(run.rows(*scan_in({Kind::One, {}}, constant(run.id("g")), {})).size() == 2);
}

TEST_CASE("scan: every row once at batch boundaries", "[exec]") {
    const int count = GENERATE(0, 1, 31, 32, 33, 2047, 2048, 2049, 5000);
    CAPTURE(count);
    World world;
    std::vector<std::array<std::string, 4>> quads;
    for (int i = 0; i < count; ++i) quads.push_back({"s", "p", std::to_string(i), ""});
    world.add(quads);
    Run run(world);

    CHECK(run.count(*scan(run.id("p"), 0, 1)) == static_cast<std::size_t>(count));
}

TEST_CASE("graph names: all, some, one", "[exec]") {
    World world;
    add_graphs(world);
    Run run(world);
    const auto names = [&](plan::GraphScope scope, plan::Slot slot, std::vector<VariableId> out) {
        return sorted(run.rows(*node(plan::GraphNames{slot, std::move(scope)}, std::move(out))));
    };
    CHECK(names({Kind::NamedAll, {}}, variable(0), {0}) == Rows{{"g"}, {"h"}});
    CHECK(names({Kind::Among, {run.id("h")}}, variable(0), {0}) == Rows{{"h"}});
    CHECK(names({Kind::NamedAll, {}}, constant(run.id("g")), {}).size() == 1);
    CHECK(names({Kind::NamedAll, {}}, constant(run.id("nowhere")), {}).empty());
}

TEST_CASE("lookup join: for every row, also where the looked-up part is unbound", "[exec]") {
    World world;
    world.add({{"a", "p", "b", ""}, {"a", "p", "c", ""}, {"d", "p", "e", ""}, {"b", "q", "x", ""}});
    Run run(world);
    plan::LookupJoin join;
    join.input = values({0, 2}, {{run.id("a"), run.id(1)}, {run.id("nobody"), run.id(2)}, {TermId{}, run.id(3)}});
    join.slots = {variable(0), constant(run.id("p")), variable(1), constant({})};

    CHECK(sorted(run.rows(*node(std::move(join), {0, 1, 2}))) ==
          Rows{{"a", "b", "1"}, {"a", "b", "3"}, {"a", "c", "1"}, {"a", "c", "3"}, {"d", "e", "3"}});
}

TEST_CASE("destructure: keeps triple terms that fit", "[exec]") {
    const World world;
    Run run(world);
    const TermId one = run.id(Term::triple_term({iri("s"), iri("p"), iri("o")}));
    const TermId two = run.id(Term::triple_term({iri("s"), iri("q"), iri("s")}));
    const auto taken = [&](std::array<plan::Slot, 3> slots, std::vector<VariableId> out) {
        return run.rows(*node(plan::Destructure{values({0}, {{one}, {two}, {run.id(1)}, {TermId{}}}), 0, slots}, std::move(out)));
    };
    CHECK(taken({variable(1), variable(2), variable(3)}, {1, 2, 3}) == Rows{{"s", "p", "o"}, {"s", "q", "s"}});
    CHECK(taken({variable(1), constant(run.id("p")), variable(2)}, {1, 2}) == Rows{{"s", "o"}});
    CHECK(taken({variable(1), variable(2), variable(1)}, {1, 2}) == Rows{{"s", "q"}});
}

TEST_CASE("filter, extend, project, union, slice", "[exec]") {
    const World world;
    Run run(world);
    const auto filtered = [&] { return node(plan::Filter{numbers(run, 1, 9), call(">", {var(0), term(Term::integer(6))})}, {0}); };

    CHECK(run.rows(*filtered()) == Rows{{"7"}, {"8"}, {"9"}});
    CHECK(run.rows(*node(plan::Extend{filtered(), 1, call("*", {var(0), var(0)})}, {0, 1})) == Rows{{"7", "49"}, {"8", "64"}, {"9", "81"}});
    CHECK(run.rows(*node(plan::Extend{numbers(run, 1, 1), 1, call("/", {var(0), term(Term::integer(0))})}, {0, 1})) == Rows{{"1", "-"}});
    CHECK(run.rows(*node(plan::Project{filtered(), {5, 0}}, {5, 0})) == Rows{{"-", "7"}, {"-", "8"}, {"-", "9"}});

    plan::Union both;
    both.inputs.push_back(values({0}, {{run.id(1)}}));
    both.inputs.push_back(values({1}, {}));
    both.inputs.push_back(values({1}, {{run.id(2)}}));
    CHECK(run.rows(*node(std::move(both), {0, 1})) == Rows{{"1", "-"}, {"-", "2"}});
}

TEST_CASE("slice: offset and limit across batches", "[exec]") {
    const World world;
    Run run(world);
    const auto [offset, limit, expected] = GENERATE(table<std::uint64_t, std::optional<std::uint64_t>, std::size_t>({
        {0, 0, 0}, {0, 1, 1}, {0, std::nullopt, 5000}, {4999, std::nullopt, 1}, {5000, 10, 0}, {2040, 20, 20}, {0, 2048, 2048}, {100, 9999, 4900}}));
    CAPTURE(offset);

    CHECK(run.count(*node(plan::Slice{numbers(run, 1, 5000), offset, limit}, {0})) == expected);
}

TEST_CASE("distinct: unbound counts as a value", "[exec]") {
    const World world;
    Run run(world);
    const TermId one = run.id(1), none;
    auto distinct = node(plan::Distinct{values({0, 1}, {{one, none}, {none, one}, {one, none}, {none, none}, {none, none}, {one, one}})}, {0, 1});

    CHECK(run.rows(*distinct) == Rows{{"1", "-"}, {"-", "1"}, {"-", "-"}, {"1", "1"}});
}

TEST_CASE("distinct: many rows", "[exec]") {
    const World world;
    Run run(world);
    std::vector<std::vector<TermId>> rows;
    for (int i = 0; i < 30000; ++i) rows.push_back({run.id(i % 9973)});

    CHECK(run.count(*node(plan::Distinct{values({0}, std::move(rows))}, {0})) == 9973);
}

TEST_CASE("exists: compatible solutions of the pattern, found without running it again", "[exec]") {
    const World world;
    Run run(world);
    const auto pattern = std::make_shared<const algebra::Node>();
    run.plan.exists[pattern.get()] = values({0, 7}, {{run.id(2), run.id(1)}, {run.id(4), run.id(1)}});
    const auto kept = [&](bool negated) {
        return run.rows(*node(plan::Filter{numbers(run, 1, 4), expression(algebra::Exists{pattern, negated})}, {0}));
    };
    CHECK(kept(false) == Rows{{"2"}, {"4"}});
    CHECK(kept(true) == Rows{{"1"}, {"3"}});
}

TEST_CASE("exists: a pattern that looks at the row runs for each", "[exec]") {
    const World world;
    Run run(world);
    const auto pattern = std::make_shared<const algebra::Node>();
    auto outer = node(plan::OuterRow{}, {0});
    auto joined = node(plan::HashJoin{std::move(outer), values({1}, {{run.id(2)}, {run.id(3)}}), {}}, {0, 1});
    run.plan.exists[pattern.get()] = node(plan::Filter{std::move(joined), call(">", {var(0), var(1)})}, {0, 1});
    run.plan.correlated[pattern.get()] = {0};

    CHECK(run.rows(*node(plan::Filter{numbers(run, 1, 4), expression(algebra::Exists{pattern, false})}, {0})) == Rows{{"3"}, {"4"}});
}

TEST_CASE("operators: statistics of EXPLAIN ANALYZE", "[exec]") {
    const World world;
    Run run(world);
    auto tree = node(plan::Filter{numbers(run, 1, 9), call(">", {var(0), term(Term::integer(6))})}, {0});
    tree->id = 1;
    std::get<plan::Filter>(tree->operation).input->id = 0;
    Profiles profiles;
    const OperatorPtr built = build(*tree, run.context, &profiles);
    static_cast<void>(run.rows(*built));

    REQUIRE(profiles.size() == 2);
    CHECK(profiles[0].measured->statistics().rows == 9);
    CHECK(profiles[1].measured->statistics().rows == 3);
    CHECK(profiles[1].measured->statistics().nanoseconds >= profiles[0].measured->statistics().nanoseconds);
}

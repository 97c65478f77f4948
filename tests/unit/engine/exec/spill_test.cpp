#include <random>

#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"

namespace {

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

constexpr std::size_t kLittle = std::size_t{1} << 20U;
constexpr int kRows = 150'000;

/// Numbers, and texts that are longer than what an id has room for.
std::vector<std::vector<TermId>> random_rows(Run& run, int different) {
    std::mt19937 random(5);
    std::vector<TermId> texts;
    for (int i = 0; i < 100; ++i) texts.push_back(run.id("a longer name " + std::to_string(i)));
    std::vector<std::vector<TermId>> rows;
    for (int i = 0; i < kRows; ++i) rows.push_back({run.id(static_cast<int>(random() % static_cast<unsigned>(different))), texts[random() % texts.size()]});
    return rows;
}

/// The rows of a plan over random rows, in so much memory.
template <typename MakePlan>
Rows rows_within(std::size_t memory, int different, MakePlan make_plan) {
    const World world;
    Run run(world, memory);
    return run.rows(*make_plan(values({0, 1}, random_rows(run, different))));
}

}  // namespace

TEST_CASE("spill: sorted files are merged to the same order, also when there are many", "[exec]") {
    const auto plan = [](plan::NodePtr input) {
        return node(plan::OrderBy{std::move(input), {{var(1), true}, {var(0), false}}, {}}, {0, 1});
    };
    CHECK((rows_within(kLittle, 1000, plan) == rows_within(MemoryBudget::kUnlimited, 1000, plan)));
}

TEST_CASE("spill: a sort stays stable", "[exec]") {
    const auto plan = [](plan::NodePtr input) { return node(plan::OrderBy{std::move(input), {{var(1), false}}, {}}, {0, 1}); };
    CHECK((rows_within(kLittle, kRows, plan) == rows_within(MemoryBudget::kUnlimited, kRows, plan)));
}

TEST_CASE("spill: groups are made piece by piece, with their rows in the old order", "[exec]") {
    const auto plan = [](plan::NodePtr input) {
        return node(plan::Group{std::move(input), {0}, {{"COUNT", false, nullptr, " ", 2}, {"GROUP_CONCAT", false, call("STR", {var(1)}), " ", 3}, {"MAX", false, var(1), " ", 4}}, false}, {0, 2, 3, 4});
    };
    const Rows expected = sorted(rows_within(MemoryBudget::kUnlimited, 30'000, plan));
    CHECK(expected.size() > 29'000);
    CHECK((sorted(rows_within(kLittle, 30'000, plan)) == expected));
}

TEST_CASE("spill: different rows come in the order in which they came first", "[exec]") {
    const auto plan = [](plan::NodePtr input) { return node(plan::Distinct{std::move(input)}, {0, 1}); };
    const Rows expected = rows_within(MemoryBudget::kUnlimited, 1000, plan);
    CHECK(expected.size() > 50'000);
    CHECK((rows_within(kLittle, 1000, plan) == expected));
}

TEST_CASE("spill: joins look up one piece of the right side after the other, in the order of the left", "[exec]") {
    constexpr int kLeft = 3'000, kRight = 60'000;
    const int kind = GENERATE(0, 1, 2, 3);
    CAPTURE(kind);
    const auto rows_within = [&](std::size_t memory) {
        const World world;
        Run run(world, memory);
        std::mt19937 random(9);
        std::vector<std::vector<TermId>> left, right;
        const auto key = [&] { return random() % 500 == 0 ? TermId{} : run.id(static_cast<int>(random() % 40'000)); };
        for (int i = 0; i < kLeft; ++i) left.push_back({run.id(i), key()});
        for (int i = 0; i < kRight; ++i) right.push_back({key(), run.id(i % 10)});
        plan::NodePtr l = values({0, 1}, std::move(left)), r = values({1, 2}, std::move(right));
        const auto condition = kind == 2 ? call("<", {var(2), term(Term::integer(5))}) : nullptr;
        if (kind == 0) return run.rows(*node(plan::HashJoin{std::move(l), std::move(r), {1}}, {0, 1, 2}));
        if (kind == 3) return run.rows(*node(plan::Minus{std::move(l), std::move(r), {1}}, {0, 1}));
        return run.rows(*node(plan::LeftJoin{std::move(l), std::move(r), {1}, condition}, {0, 1, 2}));
    };
    const Rows in_memory = rows_within(MemoryBudget::kUnlimited), in_pieces = rows_within(kLittle);

    CHECK(in_memory.size() > 500);
    CHECK((sorted(in_pieces) == sorted(in_memory)));
    CHECK(std::is_sorted(in_pieces.begin(), in_pieces.end(), [](const auto& a, const auto& b) { return std::stoi(a[0]) < std::stoi(b[0]); }));
}

TEST_CASE("spill: an operator may run again", "[exec]") {
    const World world;
    Run run(world, kLittle);
    plan::NodePtr plans[] = {
        node(plan::OrderBy{values({0, 1}, random_rows(run, 1000)), {{var(0), false}}, {}}, {0, 1}),
        node(plan::Group{values({0, 1}, random_rows(run, 30'000)), {0}, {{"COUNT", false, nullptr, " ", 2}}, false}, {0, 2}),
        node(plan::Distinct{values({0, 1}, random_rows(run, 1000))}, {0, 1}),
        node(plan::HashJoin{values({0}, {{run.id(1)}, {run.id(2)}}), values({0, 1}, random_rows(run, 1000)), {0}}, {0, 1}),
    };
    for (const auto& plan : plans) {
        const OperatorPtr tree = build(*plan, run.context);
        const Rows once = run.rows(*tree);
        tree->rewind();
        CHECK((run.rows(*tree) == once));
    }
}

TEST_CASE("spill: without memory for the least it ends with a message", "[exec]") {
    const World world;
    Run run(world, 40'000);
    const auto plan = node(plan::OrderBy{values({0, 1}, random_rows(run, 1000)), {{var(0), false}}, {}}, {0, 1});
    CHECK_THROWS_WITH(run.rows(*plan), Catch::Contains("ORDER BY needs more than the query's memory limit"));
}

TEST_CASE("spill: what an operator holds is counted for it alone", "[exec]") {
    const World world;
    Run run(world);
    const auto plan = node(plan::Distinct{node(plan::OrderBy{values({0, 1}, random_rows(run, 1000)), {{var(0), false}}, {}}, {0, 1})}, {0, 1});
    plan->id = 1;
    std::get<plan::Distinct>(plan->operation).input->id = 0;
    std::get<plan::OrderBy>(std::get<plan::Distinct>(plan->operation).input->operation).input->id = 2;
    Profiles profiles;
    {
        const OperatorPtr tree = build(*plan, run.context, &profiles);
        CHECK(run.rows(*tree).size() > 50'000);
    }
    const std::size_t sort = profiles[0].memory->peak(), distinct = profiles[1].memory->peak();
    CHECK(sort >= kRows * 3 * sizeof(TermId));
    CHECK(distinct >= 50'000 * 2 * sizeof(TermId));
    CHECK(run.memory.peak() >= std::max(sort, distinct));
    CHECK(run.memory.peak() <= sort + distinct + profiles[2].memory->peak());
    CHECK(run.memory.used() == 0);
}

TEST_CASE("spill: what aggregates collect counts for the memory", "[exec]") {
    const auto [aggregate, distinct, owner] = GENERATE(table<std::string, bool, std::string>({{"GROUP_CONCAT", false, "an aggregate"}, {"COUNT", true, "DISTINCT"}}));
    CAPTURE(aggregate);
    const auto plan = [&](plan::NodePtr input) {
        return node(plan::Group{std::move(input), {}, {{aggregate, distinct, call("STR", {var(0)}), " and then ", 3}}, false}, {3});
    };
    CHECK(rows_within(MemoryBudget::kUnlimited, kRows, plan).size() == 1);
    try {
        static_cast<void>(rows_within(kLittle, kRows, plan));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Memory);
        CHECK_THAT(error.message(), Catch::Contains(owner));
    }
}

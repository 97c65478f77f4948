#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/graph/path_world.hpp"

using namespace tercet;
using namespace tercet::graph;
using namespace tercet::graph::test;

TEST_CASE("path automaton: which paths match without a step", "[graph]") {
    CHECK_FALSE(automaton(step("p")).accepts_nothing());
    CHECK(automaton(repeat(step("p"), 0)).accepts_nothing());
    CHECK(automaton(repeat(step("p"), 0, 1)).accepts_nothing());
    CHECK_FALSE(automaton(repeat(step("p"), 1)).accepts_nothing());
    CHECK(automaton(sequence({repeat(step("p"), 0), repeat(step("q"), 0, 1)})).accepts_nothing());
    CHECK(automaton(repeat(repeat(step("p"), 0, 1), 3, 3)).accepts_nothing());
}

TEST_CASE("path automaton: which paths are without bounds", "[graph]") {
    CHECK_FALSE(automaton(step("p")).is_unbounded());
    CHECK_FALSE(automaton(repeat(step("p"), 0, 9)).is_unbounded());
    CHECK(automaton(repeat(step("p"), 1)).is_unbounded());
    CHECK(automaton(sequence({step("q"), repeat(step("p"), 0), step("q")})).is_unbounded());
    CHECK(determinize(automaton(alternative({step("q"), repeat(step("p"), 0)}))).is_unbounded());
}

TEST_CASE("path automaton: a step is stored once, and states stay few", "[graph]") {
    const PathAutomaton made = automaton(repeat(alternative({step("p"), step("p"), inverse(inverse(step("p")))}), 1));
    CHECK(made.steps.size() == 1);
    CHECK(determinize(made).size() == 2);
    CHECK(determinize(automaton(repeat(step("p"), 2, 100))).size() == 101);
}

TEST_CASE("path automaton: steps of a state do not overlap once there is one run per walk", "[graph]") {
    const PathAutomaton made =
        determinize(automaton(repeat(alternative({none_of({"p"}), none_of({"q"}), step("p"), step("r")}), 1)));
    for (const auto& edges : made.edges) {
        for (const std::string name : {"p", "q", "r", "s"}) {
            CHECK(std::count_if(edges.begin(), edges.end(),
                                [&](const auto& e) { return made.steps[e.step].takes(predicate(name)); }) == 1);
        }
    }
}

TEST_CASE("path automaton: bounds that are too large are refused, not tried", "[graph]") {
    const auto path = GENERATE(repeat(step("p"), 0, 1'000'000'000), repeat(repeat(step("p"), 0, 1), 0, 90'000),
                               repeat(repeat(repeat(step("p"), 1'000, 1'000), 1'000, 1'000), 1'000, 1'000));
    try {
        static_cast<void>(automaton(path));
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Query);
        CHECK_THAT(error.message(), Catch::Contains("too large"));
    }
}

#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/graph/path_world.hpp"

using namespace tercet;
using namespace tercet::graph;
using namespace tercet::graph::test;

namespace {

/// The pairs that a path connects, by relational algebra.
using Relation = std::set<std::pair<TermId, TermId>>;

Relation compose(const Relation& a, const Relation& b) {
    Relation made;
    for (const auto& [x, y] : a) {
        for (const auto& [v, z] : b) {
            if (y == v) made.insert({x, z});
        }
    }
    return made;
}

struct Evaluator {
    const VectorEdges& graph;
    const std::vector<TermId>& nodes;

    Relation operator()(const PathPtr& path) const {
        return std::visit([&](const auto& node) { return of(node); }, path->node);
    }
    Relation of(const sparql::PathIri& iri) const {
        Relation made;
        for (const auto& [s, p, o] : graph.edges()) {
            if (p == predicate(iri.iri)) made.insert({s, o});
        }
        return made;
    }
    Relation of(const sparql::PathInverse& inverse) const {
        Relation made;
        for (const auto& [x, y] : (*this)(inverse.path)) made.insert({y, x});
        return made;
    }
    Relation of(const sparql::PathSequence& sequence) const {
        Relation made = (*this)(sequence.parts.front());
        for (std::size_t i = 1; i < sequence.parts.size(); ++i) made = compose(made, (*this)(sequence.parts[i]));
        return made;
    }
    Relation of(const sparql::PathAlternative& alternative) const {
        Relation made;
        for (const auto& part : alternative.parts) made.merge((*this)(part));
        return made;
    }
    Relation of(const sparql::PathRepeat& repeat) const {
        const Relation once = (*this)(repeat.path);
        Relation power, made;
        for (const TermId node : nodes) power.insert({node, node});
        for (std::uint64_t i = 0; i <= repeat.max.value_or(repeat.min + 2 * nodes.size()); ++i) {
            if (i >= repeat.min) made.insert(power.begin(), power.end());
            power = compose(power, once);
        }
        return made;
    }
    Relation of(const sparql::PathNegatedSet& set) const {
        const auto lacks = [](const std::vector<std::string>& names, TermId p) {
            return std::none_of(names.begin(), names.end(), [&](const auto& name) { return predicate(name) == p; });
        };
        Relation made;
        for (const auto& [s, p, o] : graph.edges()) {
            if (set.has_forward && lacks(set.forward, p)) made.insert({s, o});
            if (set.has_backward && lacks(set.backward, p)) made.insert({o, s});
        }
        return made;
    }
};

}  // namespace

TEST_CASE("path reach: cycles, loops and parallel edges end", "[graph]") {
    const auto p = predicate("p"), q = predicate("q");
    VectorEdges graph({{node(0), p, node(1)},
                       {node(1), p, node(2)},
                       {node(2), p, node(0)},
                       {node(1), p, node(1)},
                       {node(0), q, node(1)}});
    Surroundings around;
    const auto ends = [&](const PathPtr& path, std::uint64_t start) {
        auto found = ends_of_walks(automaton(path), node(start), around.context(graph));
        std::sort(found.begin(), found.end());
        return found;
    };
    CHECK(ends(repeat(step("p"), 1), 0) == std::vector{node(0), node(1), node(2)});
    CHECK(ends(repeat(step("q"), 1), 0) == std::vector{node(1)});
    CHECK(ends(repeat(step("q"), 0), 2) == std::vector{node(2)});
    CHECK(ends(repeat(step("q"), 0), 77) == std::vector{node(77)});
    CHECK(ends(repeat(step("q"), 1), 77).empty());
}

TEST_CASE("path reach: agrees with relational algebra on random graphs and paths", "[graph]") {
    Surroundings around;
    for (unsigned seed = 0; seed < 300; ++seed) {
        CAPTURE(seed);
        std::mt19937 random(seed);
        VectorEdges graph = random_graph(random, 2 + random() % 6, 1 + random() % 12);
        const PathPtr path = random_path(random, 3);
        const auto nodes = graph.nodes();
        const Relation expected = Evaluator{graph, nodes}(path);
        const PathAutomaton forwards = automaton(path), backwards = reversed(forwards);
        Relation ahead, back, connected;
        for (const TermId x : nodes) {
            for (const TermId y : ends_of_walks(forwards, x, around.context(graph)))
                REQUIRE(ahead.insert({x, y}).second);
            for (const TermId y : ends_of_walks(backwards, x, around.context(graph)))
                REQUIRE(back.insert({y, x}).second);
            for (const TermId y : nodes) {
                if (are_connected(forwards, backwards, x, y, around.context(graph))) connected.insert({x, y});
            }
        }
        REQUIRE(ahead == expected);
        REQUIRE(back == expected);
        REQUIRE(connected == expected);
    }
}

TEST_CASE("path reach: stops when cancelled and keeps to its memory", "[graph]") {
    std::vector<Edge> chain;
    for (std::uint64_t i = 0; i < 300; ++i) chain.push_back({node(i), predicate("p"), node(i + 1)});
    VectorEdges graph(std::move(chain));
    const PathAutomaton path = automaton(repeat(step("p"), 1));
    Surroundings around;

    MemoryBudget small(2'000);
    CHECK_THROWS_AS(ends_of_walks(path, node(0), {graph, around.cancel, small}), Error);
    CHECK(small.used() == 0);

    around.cancel.cancel();
    CHECK_THROWS_AS(ends_of_walks(path, node(0), around.context(graph)), Error);
}

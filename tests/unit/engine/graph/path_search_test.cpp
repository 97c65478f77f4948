#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/graph/path_world.hpp"

using namespace tercet;
using namespace tercet::graph;
using namespace tercet::graph::test;

namespace {

/// What the walks between one pair of ends look like: how many of each length.
using Lengths = std::map<std::size_t, std::size_t>;
using Summary = std::map<std::pair<TermId, TermId>, Lengths>;

constexpr WalkSelection kSelections[] = {
    {1, kAllWalks}, {kAllWalks, 1}, {2, kAllWalks}, {3, kAllWalks}, {kAllWalks, 2}, {kAllWalks, kAllWalks},
};
constexpr PathMode kModes[] = {PathMode::Walk, PathMode::Trail, PathMode::Simple, PathMode::Acyclic};

std::string key_of(const Walk& walk) {
    std::string key = std::to_string(walk.start.bits());
    for (std::size_t i = 0; i < walk.edges.size(); ++i) {
        for (const TermId part : walk.edges[i]) key += ' ' + std::to_string(part.bits());
        key += walk.forward[i] ? '>' : '<';
    }
    return key;
}

/// Each walk is well-formed, matches, keeps to the mode and comes once.
Summary checked(const std::vector<Walk>& walks, const Path& path, PathMode mode, std::size_t longest, AnyStep any) {
    Summary summary;
    std::set<std::string> keys;
    for (const Walk& walk : walks) {
        TermId at = walk.start;
        for (std::size_t i = 0; i < walk.edges.size(); ++i) {
            REQUIRE(walk.edges[i][walk.forward[i] ? 0 : 2] == at);
            at = walk.edges[i][walk.forward[i] ? 2 : 0];
        }
        REQUIRE(walk.cost == static_cast<double>(walk.edges.size()));
        REQUIRE(matches(path, walk, any));
        REQUIRE(keeps_to(mode, walk));
        REQUIRE(keys.insert(key_of(walk)).second);
        if (walk.edges.size() <= longest) ++summary[{walk.start, at}][walk.edges.size()];
    }
    return summary;
}

/// The same of all walks there are, by ascending length, after the selection.
Summary selected(const std::vector<Walk>& walks, const WalkSelection& selection) {
    Summary all, kept;
    for (const Walk& walk : walks) ++all[{walk.start, end_of(walk)}][walk.edges.size()];
    for (const auto& [ends, lengths] : all) {
        std::uint64_t given = 0, kinds = 0;
        for (const auto& [length, count] : lengths) {
            if (given == selection.walks || kinds++ == selection.lengths) break;
            const auto taken = std::min<std::uint64_t>(count, selection.walks - given);
            kept[ends][length] = taken;
            given += taken;
        }
    }
    return kept;
}

Summary only_to(const Summary& summary, TermId end) {
    Summary kept;
    for (const auto& [ends, lengths] : summary) {
        if (ends.second == end) kept[ends] = lengths;
    }
    return kept;
}

}  // namespace

TEST_CASE("path search: agrees with trying all walks, for every selection and mode", "[graph]") {
    Surroundings around;
    constexpr std::size_t kLongest = 6;
    for (unsigned seed = 0; seed < 250; ++seed) {
        std::mt19937 random(seed);
        VectorEdges graph = random_graph(random, 2 + random() % 4, 1 + random() % 6);
        const PathPtr path = random_path(random, 2 + static_cast<int>(random() % 2));
        const PathMode mode = kModes[seed % 4];
        const AnyStep any = seed % 3 == 0 ? AnyStep::AnyRelation : AnyStep::AnyPredicate;
        const SearchPath search(automaton(path, any));
        const auto nodes = graph.nodes();
        for (const WalkSelection& base : kSelections) {
            WalkSelection selection = base;
            selection.mode = mode;
            if (!is_finite(search, selection)) continue;
            CAPTURE(seed, selection.walks, selection.lengths, static_cast<int>(mode));
            Summary backwards_expected;
            for (const TermId start : nodes) {
                const auto walks = all_walks(graph, *path, start, kLongest, mode, any);
                const Summary expected = selected(walks, selection);
                backwards_expected.insert(expected.begin(), expected.end());
                const auto found = drain(*search_walks(search, start, TermId::any(), selection, around.context(graph)));
                REQUIRE(checked(found, *path, mode, kLongest, any) == expected);
                for (const TermId end : nodes) {
                    const auto between = drain(*search_walks(search, start, end, selection, around.context(graph)));
                    REQUIRE(checked(between, *path, mode, kLongest, any) == only_to(expected, end));
                }
            }
            for (const TermId end : nodes) {
                const auto found = drain(*search_walks(search, TermId::any(), end, selection, around.context(graph)));
                REQUIRE(checked(found, *path, mode, kLongest, any) == only_to(backwards_expected, end));
            }
        }
    }
}

TEST_CASE("path search: walks come by ascending length", "[graph]") {
    std::mt19937 random(5);
    VectorEdges graph = random_graph(random, 6, 20);
    const SearchPath search(automaton(repeat(none_of({}), 1)));
    Surroundings around;
    const PathMode mode = GENERATE(PathMode::Walk, PathMode::Trail, PathMode::Simple, PathMode::Acyclic);
    const auto walks = drain(*search_walks(search, node(0), node(3), {20, kAllWalks, mode}, around.context(graph)));
    REQUIRE(walks.size() > 3);
    CHECK(std::is_sorted(walks.begin(), walks.end(),
                         [](const Walk& a, const Walk& b) { return a.edges.size() < b.edges.size(); }));
}

TEST_CASE("path search: a million shortest walks are not made before they are asked for", "[graph]") {
    std::vector<Edge> diamonds;
    for (std::uint64_t i = 0; i < 40; ++i) {
        for (const std::uint64_t middle : {1, 2}) {
            diamonds.push_back({node(3 * i), predicate("p"), node(3 * i + middle)});
            diamonds.push_back({node(3 * i + middle), predicate("p"), node(3 * i + 3)});
        }
    }
    VectorEdges graph(std::move(diamonds));
    const SearchPath search(automaton(repeat(step("p"), 1)));
    Surroundings around;
    const PathMode mode = GENERATE(PathMode::Walk, PathMode::Trail, PathMode::Acyclic);
    const auto stream = search_walks(search, node(0), node(120), {kAllWalks, 1, mode}, around.context(graph));
    Walk walk;
    for (int i = 0; i < 1'000; ++i) {
        REQUIRE(stream->next(walk));
        REQUIRE(walk.edges.size() == 80);
    }
}

TEST_CASE("path search: the shortest walk may not keep to the mode, then a longer one does", "[graph]") {
    // The walk a-b-a-b-c is the only one of length four; a trail of length four goes round by d and e.
    const auto p = predicate("p");
    VectorEdges graph({{node(0), p, node(1)},
                       {node(1), p, node(0)},
                       {node(1), p, node(2)},
                       {node(0), p, node(3)},
                       {node(3), p, node(4)},
                       {node(4), p, node(5)},
                       {node(5), p, node(6)},
                       {node(6), p, node(2)}});
    const SearchPath search(automaton(repeat(step("p"), 4)));
    Surroundings around;
    const auto length = [&](PathMode mode) {
        const auto walks = drain(*search_walks(search, node(0), node(2), {1, kAllWalks, mode}, around.context(graph)));
        return walks.size() == 1 ? walks.front().edges.size() : 0;
    };
    CHECK(length(PathMode::Walk) == 4);
    CHECK(length(PathMode::Trail) == 5);
    CHECK(length(PathMode::Acyclic) == 5);
}

TEST_CASE("path search: all walks of a path without bounds may be infinitely many", "[graph]") {
    const SearchPath plus(automaton(repeat(step("p"), 1))), few(automaton(repeat(step("p"), 1, 3)));
    CHECK_FALSE(is_finite(plus, {kAllWalks, kAllWalks}));
    CHECK(is_finite(few, {kAllWalks, kAllWalks}));
    CHECK(is_finite(plus, {kAllWalks, 1}));
    CHECK(is_finite(plus, {3, kAllWalks}));
    CHECK(is_finite(plus, {kAllWalks, kAllWalks, PathMode::Trail}));
}

TEST_CASE("path search: an unreachable end, an empty path, a loop", "[graph]") {
    VectorEdges graph({{node(0), predicate("p"), node(0)}, {node(1), predicate("p"), node(0)}});
    Surroundings around;
    const auto found = [&](const PathPtr& path, std::uint64_t start, std::uint64_t end, WalkSelection selection) {
        const SearchPath search(automaton(path));
        return drain(*search_walks(search, node(start), node(end), selection, around.context(graph)));
    };
    const PathPtr star = repeat(step("p"), 0), plus = repeat(step("p"), 1);
    CHECK(found(star, 0, 1, {3}).empty());
    CHECK(found(star, 5, 5, {3}).size() == 1);
    CHECK(found(star, 0, 0, {3}).size() == 3);
    CHECK(found(star, 0, 0, {3, kAllWalks, PathMode::Trail}).size() == 2);
    CHECK(found(plus, 0, 0, {1, kAllWalks, PathMode::Simple}).size() == 1);
    CHECK(found(plus, 0, 0, {1, kAllWalks, PathMode::Acyclic}).empty());
    CHECK(found(alternative({step("p"), inverse(step("p"))}), 0, 0, {kAllWalks, kAllWalks}).size() == 1);
}

TEST_CASE("path search: stops when cancelled and keeps to its memory", "[graph]") {
    std::vector<Edge> complete;
    for (std::uint64_t i = 0; i < 30; ++i) {
        for (std::uint64_t k = 0; k < 30; ++k) complete.push_back({node(i), predicate("p"), node(k)});
    }
    VectorEdges graph(std::move(complete));
    const SearchPath search(automaton(repeat(step("p"), 1)));
    Surroundings around;
    CancelToken soon;
    soon.set_deadline(CancelToken::Clock::now() + std::chrono::milliseconds(50));
    const auto trails =
        search_walks(search, node(0), node(99), {kAllWalks, kAllWalks, PathMode::Trail}, {graph, soon, around.memory});
    Walk walk;
    CHECK_FALSE(trails->next(walk));  // nothing leads there, which is known before any trail is tried

    const auto longer = search_walks(search, node(0), TermId::any(), {kAllWalks, kAllWalks, PathMode::Trail},
                                     {graph, soon, around.memory});
    CHECK_THROWS_AS(drain(*longer), Error);

    MemoryBudget small(1'000);
    const auto large = search_walks(search, node(0), TermId::any(), {kAllWalks, 1}, {graph, around.cancel, small});
    CHECK_THROWS_AS(drain(*large), Error);
}

#include "support/catch.hpp"
#include "unit/engine/graph/path_world.hpp"

using namespace tercet;
using namespace tercet::graph;
using namespace tercet::graph::test;

namespace {

/// The same edges, with a cost of one to three for each.
class CostlyEdges final : public EdgeSource {
public:
    explicit CostlyEdges(VectorEdges& edges) : edges_(edges) {}
    static double cost(const Edge& edge) { return 1 + static_cast<double>(mix(edge[0].bits() + 3 * edge[1].bits() + 7 * edge[2].bits()) % 3); }
    void expand(std::span<const TermId> nodes, const PathStep& step, const HopSink& sink) override {
        edges_.expand(nodes, step, [&](std::span<const Hop> hops) {
            for (Hop hop : hops) {
                const TermId near = nodes[hop.from];
                hop.cost = step.forward ? cost({near, hop.predicate, hop.node}) : cost({hop.node, hop.predicate, near});
                sink({&hop, 1});
            }
        });
    }
    std::vector<TermId> nodes() override { return edges_.nodes(); }

private:
    VectorEdges& edges_;
};

using Costs = std::map<std::pair<TermId, TermId>, std::vector<double>>;

double cost_of(const Walk& walk) {
    double cost = 0;
    for (const Edge& edge : walk.edges) cost += CostlyEdges::cost(edge);
    return cost;
}

/// The k least costs for each pair of ends, as far as walks of so many steps tell.
Costs least(const std::vector<Walk>& walks, std::uint64_t k, double known) {
    Costs costs;
    for (const Walk& walk : walks) {
        if (cost_of(walk) <= known) costs[{walk.start, end_of(walk)}].push_back(cost_of(walk));
    }
    for (auto& [ends, list] : costs) {
        std::sort(list.begin(), list.end());
        if (list.size() > k) list.resize(k);
    }
    return costs;
}

Costs only(const Costs& costs, TermId start, TermId end) {
    Costs kept;
    for (const auto& [ends, list] : costs) {
        if ((start.is_any() || ends.first == start) && (end.is_any() || ends.second == end)) kept[ends] = list;
    }
    return kept;
}

}  // namespace

TEST_CASE("cheapest walks: agree with trying all walks on random graphs", "[graph]") {
    Surroundings around;
    constexpr std::size_t kLongest = 6;
    for (unsigned seed = 0; seed < 2'000; ++seed) {
        std::mt19937 random(seed);
        VectorEdges graph = random_graph(random, 2 + random() % 4, 1 + random() % 6);
        CostlyEdges costly(graph);
        const PathPtr path = random_path(random, 2);
        const PathMode mode = std::array{PathMode::Walk, PathMode::Trail, PathMode::Simple, PathMode::Acyclic}[seed % 4];
        const SearchPath search(automaton(path));
        const WalkSelection selection{1 + random() % 3, kAllWalks, mode, true};
        CAPTURE(seed, selection.walks, static_cast<int>(mode));
        const auto nodes = graph.nodes();
        Costs expected;
        for (const TermId start : nodes)
            expected.merge(least(all_walks(graph, *path, start, kLongest, mode, AnyStep::AnyPredicate), selection.walks, kLongest));
        const auto check = [&](TermId start, TermId end) {
            std::set<std::vector<TermId>> distinct;
            const auto found = drain(*search_walks(search, start, end, selection, around.context(costly)));
            for (const Walk& walk : found) {
                REQUIRE(walk.cost == cost_of(walk));
                REQUIRE(keeps_to(mode, walk));
                REQUIRE(matches(*path, walk, AnyStep::AnyPredicate));
                std::vector<TermId> key{walk.start};
                for (std::size_t i = 0; i < walk.edges.size(); ++i) {
                    key.insert(key.end(), walk.edges[i].begin(), walk.edges[i].end());
                    key.push_back(walk.forward[i] ? walk.edges[i][2] : walk.edges[i][0]);
                }
                REQUIRE(distinct.insert(key).second);
            }
            REQUIRE(least(found, selection.walks, kLongest) == only(expected, start, end));
        };
        const TermId one = nodes[random() % nodes.size()], other = nodes[random() % nodes.size()];
        check(one, TermId::any());
        check(TermId::any(), one);
        check(one, other);
    }
}

TEST_CASE("cheapest walks: come by ascending cost, of equal cost the shorter first", "[graph]") {
    std::mt19937 random(3);
    VectorEdges graph = random_graph(random, 6, 20);
    CostlyEdges costly(graph);
    const SearchPath search(automaton(repeat(none_of({}), 1)));
    Surroundings around;
    const PathMode mode = GENERATE(PathMode::Walk, PathMode::Trail, PathMode::Simple, PathMode::Acyclic);
    const auto walks = drain(*search_walks(search, node(0), node(3), {20, kAllWalks, mode, true}, around.context(costly)));
    REQUIRE(walks.size() > 3);
    CHECK(std::is_sorted(walks.begin(), walks.end(), [](const Walk& a, const Walk& b) {
        return std::pair(a.cost, a.edges.size()) < std::pair(b.cost, b.edges.size());
    }));
}

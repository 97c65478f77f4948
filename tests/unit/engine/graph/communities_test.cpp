#include "engine/graph/communities.hpp"

#include <map>
#include <random>
#include <set>

#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::graph;

namespace {

TermId id(std::uint64_t n) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, n); }

/// Groups of ten that are linked more among themselves than with others, with weights, loops and parallel edges.
Projection grouped_graph(std::mt19937& random) {
    std::vector<Projection::Row> rows;
    const unsigned nodes = 20 + random() % 60;
    for (unsigned i = 0; i < 4 * nodes; ++i) {
        const unsigned a = random() % nodes, group = a / 10;
        const unsigned b = random() % 4 == 0 ? random() % nodes
                                             : std::min(nodes - 1, 10 * group + static_cast<unsigned>(random() % 10));
        rows.push_back({id(a), id(b), 0.5 * static_cast<double>(1 + random() % 4)});
    }
    return Projection(std::move(rows));
}

/// Modularity by its definition, over all pairs of vertices.
double modularity_by_pairs(const Projection& projection, const Parts& part) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> between;
    std::vector<double> degree(projection.size(), 0);
    double total = 0;
    for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double weight) {
        between[{v, w}] += weight;
        between[{w, v}] += weight;
        degree[v] += weight;
        degree[w] += weight;
        total += 2 * weight;
    });
    double found = 0;
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        for (std::uint32_t w = 0; w < projection.size(); ++w) {
            if (part[v] == part[w]) found += (between[{v, w}] - degree[v] * degree[w] / total) / total;
        }
    }
    return found;
}

std::size_t reached_within(const WeightedGraph& graph, const Parts& part, std::uint32_t start) {
    std::set<std::uint32_t> seen{start};
    std::vector<std::uint32_t> reached{start};
    while (!reached.empty()) {
        const std::uint32_t at = reached.back();
        reached.pop_back();
        for (const auto& neighbour : graph.neighbours(at)) {
            if (part[neighbour.vertex] == part[start] && seen.insert(neighbour.vertex).second)
                reached.push_back(neighbour.vertex);
        }
    }
    return seen.size();
}

/// Whether moving one vertex to any other part would bring more.
bool can_be_bettered(const WeightedGraph& graph, const Parts& part) {
    const double now = modularity(graph, part, 1);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
        for (const auto& neighbour : graph.neighbours(v)) {
            Parts other = part;
            other[v] = part[neighbour.vertex];
            if (modularity(graph, other, 1) > now + 1e-3) return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("communities: modularity is what its definition says, and no single move betters the parts found",
          "[graph]") {
    for (unsigned seed = 0; seed < 60; ++seed) {
        std::mt19937 random(seed);
        const Projection projection = grouped_graph(random);
        const WeightedGraph graph(projection);
        for (const CommunityMethod method : {CommunityMethod::Louvain, CommunityMethod::Leiden}) {
            CAPTURE(seed, static_cast<int>(method));
            const Parts parts = find_communities(graph, {method, 1, 2}, CancelToken());
            CHECK(modularity(graph, parts, 1) == Approx(modularity_by_pairs(projection, parts)).margin(1e-9));
            CHECK_FALSE(can_be_bettered(graph, parts));
            CHECK(parts == find_communities(graph, {method, 1, 2}, CancelToken()));
            CHECK(modularity(graph, find_communities(graph, {method, 1, 6}, CancelToken()), 1) >=
                  modularity(graph, parts, 1));
        }
    }
}

TEST_CASE("communities: a part of leiden hangs together", "[graph]") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        const WeightedGraph graph(grouped_graph(random));
        const Parts parts = find_communities(
            graph, {CommunityMethod::Leiden, 1 + 0.1 * static_cast<double>(seed % 9), 1}, CancelToken());
        std::map<std::uint32_t, std::size_t> sizes;
        for (const std::uint32_t part : parts) ++sizes[part];
        CAPTURE(seed);
        for (std::uint32_t v = 0; v < graph.size(); ++v) CHECK(reached_within(graph, parts, v) == sizes[parts[v]]);
    }
}

TEST_CASE("communities: contracting keeps weights and modularity", "[graph]") {
    std::mt19937 random(3);
    const WeightedGraph graph(grouped_graph(random));
    Parts parts = find_communities(graph, {}, CancelToken());
    const std::uint32_t count = renumber(parts);
    const WeightedGraph small(graph, parts, count);
    REQUIRE(small.size() == count);
    CHECK(small.total() == Approx(graph.total()));
    Parts each(count);
    for (std::uint32_t p = 0; p < count; ++p) each[p] = p;
    CHECK(modularity(small, each, 1) == Approx(modularity(graph, parts, 1)));
}

TEST_CASE("communities: no edges, no weight, weight below nothing", "[graph]") {
    CHECK(find_communities(WeightedGraph(Projection()), {}, CancelToken()).empty());
    const WeightedGraph weightless(Projection(std::vector<Projection::Row>{{id(1), id(2), 0}}));
    CHECK(find_communities(weightless, {}, CancelToken()) == Parts{0, 1});
    CHECK_THROWS_AS(WeightedGraph(Projection(std::vector<Projection::Row>{{id(1), id(2), -1}})), Error);
}

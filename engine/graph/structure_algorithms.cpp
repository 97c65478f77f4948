#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <numeric>
#include <utility>

#include "engine/graph/parameters.hpp"
#include "engine/graph/watched_map.hpp"

/// What hangs together.
namespace tercet::graph {
namespace {

constexpr std::uint32_t kVerticesPerCheck = 4096;

/// Rows of (vertex, part), where a part goes by the number of its first vertex.
template <typename PartOf>
Table parts(std::size_t vertices, PartOf part_of, MemoryBudget& memory) {
    std::vector<std::int64_t> first(vertices, -1);
    Table table(memory);
    table.reserve(vertices, 2);
    for (std::uint32_t v = 0; v < vertices; ++v) {
        std::int64_t& name = first[part_of(v)];
        if (name < 0) name = v;
        table.add({Vertex{v}, name});
    }
    return table;
}

/// Sets of vertices that grow together. A set goes by its least member.
class VertexSets {
public:
    explicit VertexSets(std::size_t vertices) : parent_(vertices) { std::iota(parent_.begin(), parent_.end(), 0U); }
    [[nodiscard]] std::uint32_t find(std::uint32_t v) {
        while (parent_[v] != v) v = parent_[v] = parent_[parent_[v]];
        return v;
    }
    void join(std::uint32_t v, std::uint32_t w) {
        v = find(v), w = find(w);
        if (v < w) parent_[w] = v;
        else parent_[v] = w;
    }

private:
    std::vector<std::uint32_t> parent_;
};

Table components(const Projection& projection, const ParameterValues&, const Run& run) {
    VertexSets sets(projection.size());
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        if (v % kVerticesPerCheck == 0) run.cancel.check();
        for (const std::uint32_t w : targets_of(v, projection.graph())) sets.join(v, w);
    }
    return parts(projection.size(), [&](std::uint32_t v) { return sets.find(v); }, run.memory);
}

Table strong_components(const Projection& projection, const ParameterValues&, const Run& run) {
    WatchedVector<std::uint32_t> component(projection.size(), 0, run.cancel);
    boost::strong_components(projection.graph(), component.map());
    return parts(projection.size(), [&](std::uint32_t v) { return component[v]; }, run.memory);
}

/// The vertex of least degree among those that are left is taken away again and again; they stand in order of their degrees, in
/// which one that loses a neighbour changes places with the first of its degree.
std::vector<std::uint32_t> cores_of(const CsrGraph& graph, const CancelToken& cancel) {
    const auto vertices = static_cast<std::uint32_t>(boost::num_vertices(graph));
    std::vector<std::uint32_t> degree(vertices), order(vertices), place(vertices);
    std::uint32_t most = 0;
    for (std::uint32_t v = 0; v < vertices; ++v) most = std::max(most, degree[v] = static_cast<std::uint32_t>(targets_of(v, graph).size()));
    std::vector<std::uint32_t> first(most + 2, 0);  // where the vertices of a degree begin
    for (const std::uint32_t d : degree) ++first[d + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    std::vector<std::uint32_t> next(first);
    for (std::uint32_t v = 0; v < vertices; ++v) order[place[v] = next[degree[v]]++] = v;
    for (std::uint32_t i = 0; i < vertices; ++i) {
        if (i % kVerticesPerCheck == 0) cancel.check();
        const std::uint32_t v = order[i];
        for (const std::uint32_t w : targets_of(v, graph)) {
            if (degree[w] <= degree[v]) continue;
            const std::uint32_t ahead = first[degree[w]], other = order[ahead];
            std::swap(order[place[w]], order[ahead]);
            place[other] = std::exchange(place[w], ahead);
            first[degree[w]--] = ahead + 1;
        }
    }
    return degree;
}

Table core_numbers(const Projection& projection, const ParameterValues&, const Run& run) {
    const std::vector<std::uint32_t> cores = cores_of(projection.undirected(), run.cancel);
    return table_of(std::vector<std::int64_t>(cores.begin(), cores.end()), run.memory);
}

/// Every triangle is found once, from its corner of least degree: that bounds the work by edges^1.5.
Table triangles(const Projection& projection, const ParameterValues&, const Run& run) {
    const CsrGraph graph = projection.undirected();
    const auto before = [&](std::uint32_t a, std::uint32_t b) {
        return std::pair(targets_of(a, graph).size(), a) < std::pair(targets_of(b, graph).size(), b);
    };
    std::vector<std::int64_t> count(projection.size(), 0);
    std::vector<std::vector<std::uint32_t>> later(projection.size());
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        for (const std::uint32_t w : targets_of(v, graph)) {
            if (before(v, w)) later[v].push_back(w);
        }
    }
    std::vector<std::uint32_t> shared;
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        if (v % kVerticesPerCheck == 0) run.cancel.check();
        for (const std::uint32_t w : later[v]) {
            shared.clear();
            std::set_intersection(later[v].begin(), later[v].end(), later[w].begin(), later[w].end(),
                                  std::back_inserter(shared));
            for (const std::uint32_t corner : {v, w}) count[corner] += static_cast<std::int64_t>(shared.size());
            for (const std::uint32_t corner : shared) ++count[corner];
        }
    }
    Table table(run.memory);
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        const auto degree = static_cast<double>(targets_of(v, graph).size());
        const double pairs = degree * (degree - 1) / 2;
        table.add({Vertex{v}, count[v], pairs == 0 ? 0.0 : static_cast<double>(count[v]) / pairs});
    }
    return table;
}

}  // namespace

std::vector<AlgorithmRow> structure_algorithms() {
    return {
        {"components",
         {},
         {"node", "component"},
         "edges", {16, 0},
         "what hangs together, whatever the direction of edges",
         "Tarjan 1975",
         components},
        {"strongComponents",
         {},
         {"node", "component"},
         "edges", {56, 0},
         "what can reach each other",
         "Tarjan 1972",
         strong_components},
        {"coreNumbers",
         {},
         {"node", "core"},
         "edges", {44, 36},
         "the largest k such that it lies in a part where all have k neighbours",
         "Batagelj and Zaversnik 2003",
         core_numbers},
        {"triangles",
         {},
         {"node", "triangles", "clustering"},
         "edges ^ 1.5", {56, 48},
         "pairs of neighbours that are neighbours, and their share of all pairs",
         "Latapy 2008",
         triangles},
    };
}

}  // namespace tercet::graph

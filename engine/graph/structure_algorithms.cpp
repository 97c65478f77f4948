#include <algorithm>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/pending/disjoint_sets.hpp>

#include "engine/graph/algorithms.hpp"
#include "engine/graph/watched_map.hpp"

/// What hangs together.
namespace tercet::graph {
namespace {

constexpr std::uint32_t kVerticesPerCheck = 4096;

/// Rows of (vertex, part), where a part goes by the number of its first vertex.
template <typename PartOf>
Table parts(std::size_t vertices, PartOf part_of) {
    std::vector<std::int64_t> first(vertices, -1);
    Table table;
    for (std::uint32_t v = 0; v < vertices; ++v) {
        std::int64_t& name = first[part_of(v)];
        if (name < 0) name = v;
        table.add({Vertex{v}, name});
    }
    return table;
}

Table components(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
    std::vector<std::uint32_t> rank(projection.size()), parent(projection.size());
    const auto index = boost::get(boost::vertex_index, projection.graph());
    boost::disjoint_sets sets(boost::make_iterator_property_map(rank.begin(), index),
                              boost::make_iterator_property_map(parent.begin(), index));
    for (std::uint32_t v = 0; v < projection.size(); ++v) sets.make_set(v);
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        if (v % kVerticesPerCheck == 0) cancel.check();
        for (const std::uint32_t w : targets_of(v, projection.graph())) sets.union_set(v, w);
    }
    return parts(projection.size(), [&](std::uint32_t v) { return sets.find_set(v); });
}

Table strong_components(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
    WatchedVector<std::uint32_t> component(projection.size(), 0, cancel);
    boost::strong_components(projection.graph(), component.map());
    return parts(projection.size(), [&](std::uint32_t v) { return component[v]; });
}

Table core_numbers(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
    const CsrGraph graph = projection.undirected();
    WatchedVector<std::int64_t> core(projection.size(), 0, cancel);
    boost::core_numbers(graph, core.map());
    Table table;
    for (std::uint32_t v = 0; v < projection.size(); ++v) table.add({Vertex{v}, core[v]});
    return table;
}

/// Every triangle is found once, from its corner of least degree: that bounds the work by edges^1.5.
Table triangles(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
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
        if (v % kVerticesPerCheck == 0) cancel.check();
        for (const std::uint32_t w : later[v]) {
            shared.clear();
            std::set_intersection(later[v].begin(), later[v].end(), later[w].begin(), later[w].end(),
                                  std::back_inserter(shared));
            for (const std::uint32_t corner : {v, w}) count[corner] += static_cast<std::int64_t>(shared.size());
            for (const std::uint32_t corner : shared) ++count[corner];
        }
    }
    Table table;
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
         "edges",
         "what hangs together, whatever the direction of edges",
         "Tarjan 1975",
         components},
        {"strongComponents",
         {},
         {"node", "component"},
         "edges",
         "what can reach each other",
         "Tarjan 1972",
         strong_components},
        {"coreNumbers",
         {},
         {"node", "core"},
         "edges",
         "the largest k such that it lies in a part where all have k neighbours",
         "Batagelj and Zaversnik 2003",
         core_numbers},
        {"triangles",
         {},
         {"node", "triangles", "clustering"},
         "edges ^ 1.5",
         "pairs of neighbours that are neighbours, and their share of all pairs",
         "Latapy 2008",
         triangles},
    };
}

}  // namespace tercet::graph

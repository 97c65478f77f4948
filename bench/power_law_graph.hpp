#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <utility>
#include <vector>

#include "bench/zipf.hpp"

/// A graph whose degrees follow a power law; all edges differ, none is a loop, and there are about an eighth as many nodes as edges.
namespace tercet::bench {

inline constexpr double kExponent = 0.75;  ///< of Zipf's law: the degrees' own exponent is 1 + 1 / 0.75

using Ends = std::pair<std::uint32_t, std::uint32_t>;

struct Edges {
    std::uint32_t nodes = 0;
    std::vector<Ends> ends;  ///< ascending
    std::vector<double> weights;
};

/// Nodes are numbered anew so that every one has an edge.
inline void close_gaps(Edges& edges, std::uint64_t most) {
    std::vector<std::uint32_t> number(most, 0);
    for (const auto& [from, to] : edges.ends) number[from] = number[to] = 1;
    for (std::uint32_t& each : number) each = each == 0 ? 0 : edges.nodes++;
    for (auto& [from, to] : edges.ends) from = number[from], to = number[to];
}

inline Edges generate(std::uint64_t count, std::uint64_t seed) {
    Random random(seed);
    const std::uint64_t most = std::max<std::uint64_t>(count / 8, 2);
    std::vector<std::uint32_t> label(most);
    std::iota(label.begin(), label.end(), 0U);
    std::shuffle(label.begin(), label.end(), random);
    const Zipf end(most, kExponent);
    Edges edges;
    while (edges.ends.size() < count) {
        for (std::uint64_t missing = count - edges.ends.size(); missing != 0;) {
            const Ends ends{label[end(random) - 1], label[end(random) - 1]};
            if (ends.first == ends.second) continue;
            edges.ends.push_back(ends);
            --missing;
        }
        std::sort(edges.ends.begin(), edges.ends.end());
        edges.ends.erase(std::unique(edges.ends.begin(), edges.ends.end()), edges.ends.end());
    }
    close_gaps(edges, most);
    for (std::size_t i = 0; i < edges.ends.size(); ++i) edges.weights.push_back(static_cast<double>(1 + random() % 100));
    return edges;
}

/// One with many edges, so that searches see most of the graph.
inline std::uint32_t hub_of(const Edges& edges) {
    std::vector<std::uint32_t> degree(edges.nodes, 0);
    for (const auto& [from, to] : edges.ends) ++degree[from];
    return static_cast<std::uint32_t>(std::max_element(degree.begin(), degree.end()) - degree.begin());
}

}  // namespace tercet::bench

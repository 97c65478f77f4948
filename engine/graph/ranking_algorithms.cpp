#include <boost/graph/betweenness_centrality.hpp>
#include <cmath>

#include "engine/graph/parameters.hpp"
#include "engine/graph/watched_map.hpp"

/// How much each node matters.
namespace tercet::graph {
namespace {

/// The surfer jumps with probability 1 - damping, and from a vertex without a way out anywhere; scores sum to one.
Table page_rank(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const CsrGraph& graph = projection.graph();
    const auto vertices = static_cast<std::uint32_t>(projection.size());
    const double damping = number(parameters, "damping"), tolerance = number(parameters, "tolerance");
    std::vector<double> score(vertices, 1.0 / vertices), next(vertices);
    double change = tolerance + 1;
    for (auto round = static_cast<std::int64_t>(number(parameters, "iterations")); round > 0 && change > tolerance;
         --round) {
        cancel.check();
        double dangling = 0;
        for (std::uint32_t v = 0; v < vertices; ++v) {
            if (targets_of(v, graph).empty()) dangling += score[v];
        }
        std::fill(next.begin(), next.end(), (1 - damping + damping * dangling) / vertices);
        for (std::uint32_t v = 0; v < vertices; ++v) {
            const auto targets = targets_of(v, graph);
            const double share = damping * score[v] / static_cast<double>(targets.size());
            for (const std::uint32_t w : targets) next[w] += share;
        }
        change = 0;
        for (std::uint32_t v = 0; v < vertices; ++v) change += std::fabs(next[v] - score[v]);
        score.swap(next);
    }
    Table table;
    for (std::uint32_t v = 0; v < vertices; ++v) table.add({Vertex{v}, score[v]});
    return table;
}

/// How many shortest walks of others pass a vertex: every edge counts one, and nothing is normalised.
Table betweenness(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
    WatchedVector<double> score(projection.size(), 0, cancel);
    boost::brandes_betweenness_centrality(projection.graph(), score.map());
    Table table;
    for (std::uint32_t v = 0; v < projection.size(); ++v) table.add({Vertex{v}, score[v]});
    return table;
}

Table degrees(const Projection& projection, const ParameterValues&, const CancelToken& cancel) {
    const CsrGraph& graph = projection.graph();
    std::vector<std::int64_t> in(projection.size(), 0);
    cancel.check();
    for (const std::uint32_t target : graph.m_forward.m_column) ++in[target];
    Table table;
    for (std::uint32_t v = 0; v < in.size(); ++v) {
        table.add({Vertex{v}, in[v], static_cast<std::int64_t>(targets_of(v, graph).size())});
    }
    return table;
}

}  // namespace

std::vector<AlgorithmRow> ranking_algorithms() {
    return {
        {"pageRank",
         {{"damping", "probability of going on along an edge", ParameterRow::Kind::Number, 0.85, 0, 1},
          {"tolerance", "stop when the scores together change less", ParameterRow::Kind::Number, 1e-10, 0, 1},
          {"iterations", "stop after so many rounds", ParameterRow::Kind::Number, 200, 1, 1e6}},
         {"node", "score"},
         "iterations * edges",
         "importance by the importance of those who point here; sums to 1",
         "Page, Brin, Motwani and Winograd 1999",
         page_rank},
        {"betweenness",
         {},
         {"node", "score"},
         "nodes * edges",
         "how many shortest walks pass here",
         "Brandes 2001",
         betweenness},
        {"degree", {}, {"node", "in", "out"}, "edges", "edges that lead here and away", "", degrees},
    };
}

}  // namespace tercet::graph

#include <cmath>
#include <numeric>
#include <random>

#include "engine/graph/parameters.hpp"

/// How much each node matters.
namespace tercet::graph {
namespace {

/// The surfer jumps with probability 1 - damping, and from a vertex without a way out anywhere; scores sum to one.
Table page_rank(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const CsrGraph& graph = projection.graph();
    const auto vertices = static_cast<std::uint32_t>(projection.size());
    const double damping = number(parameters, "damping"), tolerance = number(parameters, "tolerance");
    std::vector<double> score(vertices, 1.0 / vertices), next(vertices);
    double change = tolerance + 1;
    for (auto round = static_cast<std::int64_t>(number(parameters, "iterations")); round > 0 && change > tolerance;
         --round) {
        run.cancel.check();
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
    Table table(run.memory);
    for (std::uint32_t v = 0; v < vertices; ++v) table.add({Vertex{v}, score[v]});
    return table;
}

/// The first `count` of all vertices in an order that hangs on the seed alone.
std::vector<std::uint32_t> sampled(std::size_t vertices, std::size_t count, std::uint64_t seed) {
    std::vector<std::uint32_t> all(vertices);
    std::iota(all.begin(), all.end(), 0U);
    std::mt19937_64 random(seed);
    for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[i + random() % (vertices - i)]);
    all.resize(count);
    return all;
}

/// Brandes's sums from one source after another. What the second half of a search needs of a vertex lies together.
class Dependencies {
public:
    explicit Dependencies(const CsrGraph& graph) : graph_(graph), vertices_(boost::num_vertices(graph)) {}

    void add_from(std::uint32_t source, std::vector<double>& score) {
        search(source);
        for (std::size_t i = order_.size(); i-- > 1;) {
            const std::uint32_t v = order_[i];
            Visit& visit = vertices_[v];
            const double dependency = visit.walks * sum_beyond(v, visit.level + 1);
            score[v] += dependency;
            visit.share = (1 + dependency) / visit.walks;
        }
        for (const std::uint32_t v : order_) vertices_[v] = {};
    }

private:
    struct Visit {
        double walks = 0;  ///< shortest ones from the source
        double share = 0;  ///< (1 + dependency) / walks
        std::int64_t level = -1;
    };

    void search(std::uint32_t source) {
        order_.assign(1, source);
        vertices_[source] = {1, 0, 0};
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const Visit from = vertices_[order_[i]];
            for (const std::uint32_t w : targets_of(order_[i], graph_)) {
                Visit& to = vertices_[w];
                if (to.level < 0) {
                    to.level = from.level + 1;
                    order_.push_back(w);
                }
                if (to.level == from.level + 1) to.walks += from.walks;
            }
        }
    }
    [[nodiscard]] double sum_beyond(std::uint32_t v, std::int64_t level) const {
        double sum = 0;
        for (const std::uint32_t w : targets_of(v, graph_)) {
            if (vertices_[w].level == level) sum += vertices_[w].share;
        }
        return sum;
    }

    const CsrGraph& graph_;
    std::vector<Visit> vertices_;
    std::vector<std::uint32_t> order_;
};

/// How many shortest walks of others pass a vertex: every edge counts one, and nothing is normalised. From some pivots
/// only, it is an estimate.
Table betweenness(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const std::size_t all = projection.size();
    const auto asked = static_cast<std::size_t>(number(parameters, "pivots"));
    const std::size_t pivots = asked == 0 ? all : std::min(asked, all);
    std::vector<double> score(all, 0);
    Dependencies dependencies(projection.graph());
    for (const std::uint32_t source : sampled(all, pivots, static_cast<std::uint64_t>(number(parameters, "seed")))) {
        run.cancel.check();
        dependencies.add_from(source, score);
    }
    for (double& value : score) value *= static_cast<double>(all) / static_cast<double>(pivots);
    return table_of(score, run.memory);
}

Table degrees(const Projection& projection, const ParameterValues&, const Run& run) {
    const CsrGraph& graph = projection.graph();
    std::vector<std::int64_t> in(projection.size(), 0);
    run.cancel.check();
    for (const std::uint32_t target : graph.m_forward.m_column) ++in[target];
    Table table(run.memory);
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
         "iterations * edges", {16, 0},
         "importance by the importance of those who point here; sums to 1",
         "Page, Brin, Motwani and Winograd 1999",
         page_rank},
        {"betweenness",
         {{"pivots", "an estimate by walks from so many nodes; 0 for all", ParameterRow::Kind::Number, 0, 0, 4e9},
          {"seed", "other pivots for another seed", ParameterRow::Kind::Number, 1, 0, 9e15}},
         {"node", "score"},
         "pivots * edges", {56, 0},
         "how many shortest walks pass here",
         "Brandes 2001; Brandes and Pich 2007",
         betweenness},
        {"degree", {}, {"node", "in", "out"}, "edges", {8, 0}, "edges that lead here and away", "", degrees},
    };
}

}  // namespace tercet::graph

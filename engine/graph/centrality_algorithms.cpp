#include <cmath>
#include <queue>

#include "engine/graph/parameters.hpp"

/// How much each node matters: by distances, and by what its neighbours are worth.
namespace tercet::graph {
namespace {

using Kind = ParameterRow::Kind;

/// Calls `each(source, levels reached as (count, sum, sum of inverses))` for a search from every vertex.
template <typename Each>
void from_everywhere(const CsrGraph& graph, std::size_t vertices, const CancelToken& cancel, Each each) {
    std::vector<std::uint32_t> seen_for(vertices, 0), level(vertices, 0), queue;
    for (std::uint32_t source = 0; source < vertices; ++source) {
        cancel.check();
        queue.assign(1, source);
        seen_for[source] = source + 1;
        level[source] = 0;
        double sum = 0, inverse = 0;
        for (std::size_t i = 0; i < queue.size(); ++i) {
            const std::uint32_t v = queue[i];
            if (i > 0) {
                sum += level[v];
                inverse += 1.0 / level[v];
            }
            for (const std::uint32_t w : targets_of(v, graph)) {
                if (seen_for[w] == source + 1) continue;
                seen_for[w] = source + 1;
                level[w] = level[v] + 1;
                queue.push_back(w);
            }
        }
        each(source, static_cast<double>(queue.size() - 1), sum, inverse);
    }
}

Table closeness(const Projection& projection, const ParameterValues&, const Run& run) {
    std::vector<double> score(projection.size());
    from_everywhere(projection.graph(), projection.size(), run.cancel,
                    [&](std::uint32_t v, double reached, double sum, double) { score[v] = sum == 0 ? 0.0 : reached / sum; });
    return table_of(score, run.memory);
}

Table harmonic(const Projection& projection, const ParameterValues&, const Run& run) {
    std::vector<double> score(projection.size());
    from_everywhere(projection.graph(), projection.size(), run.cancel,
                    [&](std::uint32_t v, double, double, double inverse) { score[v] = inverse; });
    return table_of(score, run.memory);
}

double length_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value * value;
    return std::sqrt(sum);
}

void scale(std::vector<double>& values, double factor) {
    for (double& value : values) value *= factor;
}

/// next[w] = sum of the weights of edges v -> w times score[v].
void push_along(const CsrGraph& graph, const std::vector<double>& score, std::vector<double>& next) {
    for_each_edge(graph, [&](std::uint32_t v, std::uint32_t w, double weight) { next[w] += score[v] * weight; });
}

/// next[v] = sum of the weights of edges v -> w times score[w].
void pull_back(const CsrGraph& graph, const std::vector<double>& score, std::vector<double>& next) {
    for_each_edge(graph, [&](std::uint32_t v, std::uint32_t w, double weight) { next[v] += score[w] * weight; });
}

double change_of(const std::vector<double>& a, const std::vector<double>& b) {
    double change = 0;
    for (std::size_t i = 0; i < a.size(); ++i) change += std::fabs(a[i] - b[i]);
    return change;
}

/// Power iteration on A + I, which has the same vectors and does not swing where the graph is bipartite.
Table eigenvector(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    std::vector<double> score(projection.size(), 1 / std::sqrt(static_cast<double>(projection.size()))), next;
    for (auto round = static_cast<int>(number(parameters, "iterations")); round > 0; --round) {
        run.cancel.check();
        next = score;
        push_along(projection.graph(), score, next);
        scale(next, 1 / length_of(next));
        const double change = change_of(score, next);
        score.swap(next);
        if (change < number(parameters, "tolerance")) break;
    }
    return table_of(score, run.memory);
}

Table katz(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const double alpha = number(parameters, "alpha"), beta = number(parameters, "beta");
    std::vector<double> score(projection.size(), beta), next;
    double change = INFINITY;
    for (auto round = static_cast<int>(number(parameters, "iterations")); round > 0 && change > number(parameters, "tolerance"); --round) {
        run.cancel.check();
        next.assign(score.size(), 0);
        push_along(projection.graph(), score, next);
        for (double& value : next) value = alpha * value + beta;
        change = change_of(score, next);
        score.swap(next);
        if (!std::isfinite(change)) break;
    }
    if (!(change <= number(parameters, "tolerance"))) {
        throw Error(ErrorCode::Query, "algo:katz does not settle with alpha " + Term::floating(alpha).value +
                                          "; alpha must be below one over the largest eigenvalue: try a tenth of it");
    }
    return table_of(score, run.memory);
}

Table hits(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    std::vector<double> hub(projection.size(), 1), authority(projection.size(), 1), before;
    for (auto round = static_cast<int>(number(parameters, "iterations")); round > 0; --round) {
        run.cancel.check();
        before = authority;
        authority.assign(projection.size(), 0);
        push_along(projection.graph(), hub, authority);
        scale(authority, 1 / length_of(authority));
        hub.assign(projection.size(), 0);
        pull_back(projection.graph(), authority, hub);
        scale(hub, 1 / length_of(hub));
        if (change_of(before, authority) < number(parameters, "tolerance")) break;
    }
    Table table(run.memory);
    for (std::uint32_t v = 0; v < projection.size(); ++v) table.add({Vertex{v}, hub[v], authority[v]});
    return table;
}

/// As PageRank, but jumps lead to the source, and so do vertices without a way out.
Table personal_page_rank(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const std::uint32_t source = *named_vertex(projection, parameters, "source");
    const double damping = number(parameters, "damping");
    std::vector<double> score(projection.size(), 0), next;
    score[source] = 1;
    for (auto round = static_cast<int>(number(parameters, "iterations")); round > 0; --round) {
        run.cancel.check();
        next.assign(score.size(), 0);
        double kept = 0;
        for (std::uint32_t v = 0; v < score.size(); ++v) {
            const auto targets = targets_of(v, projection.graph());
            for (const std::uint32_t w : targets) next[w] += damping * score[v] / static_cast<double>(targets.size());
            if (!targets.empty()) kept += damping * score[v];
        }
        next[source] += 1 - kept;
        const double change = change_of(score, next);
        score.swap(next);
        if (change < number(parameters, "tolerance")) break;
    }
    return table_of(score, run.memory);
}

}  // namespace

std::vector<AlgorithmRow> centrality_algorithms() {
    const ParameterRow tolerance{"tolerance", "stop when the scores together change less", Kind::Number, 1e-10, 0, 1};
    const ParameterRow iterations{"iterations", "stop after so many rounds", Kind::Number, 1000, 1, 1e6};
    return {
        {"closeness", {}, {"node", "score"}, "nodes * edges", {24, 0}, "nodes that can be reached from here, by the sum of their distances",
         "Bavelas 1950", closeness},
        {"harmonic", {}, {"node", "score"}, "nodes * edges", {24, 0}, "sum of one over the distance to every other node", "Marchiori and Latora 2000", harmonic},
        {"eigenvector", {tolerance, iterations}, {"node", "score"}, "iterations * edges", {16, 0},
         "importance by the importance of those who point here, weights counted; of length 1", "Bonacich 1972", eigenvector},
        {"katz",
         {{"alpha", "what a step further counts less", Kind::Number, 0.1, 0, 1},
          {"beta", "what a node counts by itself", Kind::Number, 1, 0, 1e9}, tolerance, iterations},
         {"node", "score"}, "iterations * edges", {16, 0}, "walks of every length that lead here, long ones counting less", "Katz 1953", katz},
        {"hits", {tolerance, iterations}, {"node", "hub", "authority"}, "iterations * edges", {24, 0},
         "hubs point to authorities; both of length 1", "Kleinberg 1999", hits},
        {"personalPageRank",
         {{"source", "where the surfer begins again", Kind::Node},
          {"damping", "probability of going on along an edge", Kind::Number, 0.85, 0, 1}, tolerance, iterations},
         {"node", "score"}, "iterations * edges", {24, 0}, "importance seen from one node; sums to 1", "Page, Brin, Motwani and Winograd 1999", personal_page_rank},
    };
}

}  // namespace tercet::graph

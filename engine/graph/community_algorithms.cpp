#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "engine/graph/parameters.hpp"

/// Who belongs together, and who is like whom. All without the direction of edges.
namespace tercet::graph {
namespace {

using Kind = ParameterRow::Kind;

/// Neighbours with the sums of the weights between, ascending; a loop once, with twice its weight.
using Weighted = std::vector<std::vector<std::pair<std::uint32_t, double>>>;

Weighted weighted_neighbours(const Projection& projection) {
    const CsrGraph& graph = projection.graph();
    Weighted found(projection.size());
    std::size_t edge = 0;
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        for (const std::uint32_t w : targets_of(v, graph)) {
            const double weight = weight_of(edge++, graph);
            if (weight < 0) throw Error(ErrorCode::Query, "communities need weights that are not negative");
            found[v].emplace_back(w, weight);
            found[w].emplace_back(v, weight);
        }
    }
    for (auto& list : found) {
        std::sort(list.begin(), list.end());
        std::size_t kept = 0;
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (kept > 0 && list[kept - 1].first == list[i].first) list[kept - 1].second += list[i].second;
            else list[kept++] = list[i];
        }
        list.resize(kept);
    }
    return found;
}

using Parts = std::vector<std::uint32_t>;

/// Numbers the parts by the first of their members; returns how many there are.
std::uint32_t renumber(Parts& parts) {
    std::unordered_map<std::uint32_t, std::uint32_t> number;
    for (std::uint32_t& part : parts) part = number.try_emplace(part, static_cast<std::uint32_t>(number.size())).first->second;
    return static_cast<std::uint32_t>(number.size());
}

/// Moves vertices to the neighbouring part that gains most modularity until none gains; true if any moved.
bool move_vertices(const Weighted& graph, double total, double resolution, Parts& part, const CancelToken& cancel) {
    const std::size_t n = graph.size();
    std::vector<double> degree(n, 0), sum(n, 0), to_part(n, 0);
    for (std::size_t v = 0; v < n; ++v) {
        for (const auto& [w, weight] : graph[v]) degree[v] += weight;
        sum[part[v]] += degree[v];
    }
    bool any = false, moved = true;
    std::vector<std::uint32_t> near;
    for (int round = 0; moved && round < 100; ++round) {
        moved = false;
        cancel.check();
        for (std::uint32_t v = 0; v < n; ++v) {
            near.assign(1, part[v]);
            for (const auto& [w, weight] : graph[v]) {
                if (w == v) continue;
                if (to_part[part[w]] == 0 && part[w] != part[v]) near.push_back(part[w]);
                to_part[part[w]] += weight;
            }
            sum[part[v]] -= degree[v];
            const auto gain = [&](std::uint32_t p) { return to_part[p] - resolution * sum[p] * degree[v] / total; };
            std::uint32_t best = part[v];
            for (const std::uint32_t p : near) {
                if (gain(p) > gain(best) + 1e-12) best = p;
            }
            for (const std::uint32_t p : near) to_part[p] = 0;
            moved = moved || best != part[v];
            part[v] = best;
            sum[best] += degree[v];
        }
        any = any || moved;
    }
    return any;
}

Weighted contracted(const Weighted& graph, const Parts& part, std::uint32_t parts) {
    std::vector<std::map<std::uint32_t, double>> sums(parts);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
        for (const auto& [w, weight] : graph[v]) sums[part[v]][part[w]] += weight;
    }
    Weighted made(parts);
    for (std::uint32_t p = 0; p < parts; ++p) made[p].assign(sums[p].begin(), sums[p].end());
    return made;
}

double total_weight(const Weighted& graph) {
    double total = 0;
    for (const auto& list : graph) {
        for (const auto& [w, weight] : list) total += weight;
    }
    return total;
}

Parts louvain_parts(const Projection& projection, double resolution, const CancelToken& cancel) {
    Weighted graph = weighted_neighbours(projection);
    const double total = total_weight(graph);
    Parts whole(projection.size());
    for (std::uint32_t v = 0; v < whole.size(); ++v) whole[v] = v;
    while (total > 0) {
        Parts part(graph.size());
        for (std::uint32_t v = 0; v < part.size(); ++v) part[v] = v;
        if (!move_vertices(graph, total, resolution, part, cancel)) break;
        const std::uint32_t parts = renumber(part);
        for (std::uint32_t& p : whole) p = part[p];
        graph = contracted(graph, part, parts);
    }
    // Once more on the vertices themselves: a part may have grown past some of its members.
    if (total > 0) move_vertices(weighted_neighbours(projection), total, resolution, whole, cancel);
    renumber(whole);
    return whole;
}

double modularity_of(const Weighted& graph, const Parts& part, double resolution) {
    const double total = total_weight(graph);
    std::vector<double> inside(graph.size(), 0), sum(graph.size(), 0);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
        for (const auto& [w, weight] : graph[v]) {
            sum[part[v]] += weight;
            if (part[v] == part[w]) inside[part[v]] += weight;
        }
    }
    double modularity = 0;
    for (std::size_t p = 0; p < sum.size() && total > 0; ++p)
        modularity += inside[p] / total - resolution * (sum[p] / total) * (sum[p] / total);
    return modularity;
}

Table louvain(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const Parts parts = louvain_parts(projection, number(parameters, "resolution"), cancel);
    Table table;
    for (std::uint32_t v = 0; v < parts.size(); ++v) table.add({Vertex{v}, std::int64_t{parts[v]}});
    return table;
}

Table community_summary(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const double resolution = number(parameters, "resolution");
    const Parts parts = louvain_parts(projection, resolution, cancel);
    const Weighted graph = weighted_neighbours(projection);
    const double modularity = modularity_of(graph, parts, resolution);
    struct Summary {
        std::int64_t size = 0;
        double inside = 0, outside = 0, best = -1;
        std::uint32_t centre = 0;
    };
    std::map<std::uint32_t, Summary> summaries;
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
        Summary& summary = summaries[parts[v]];
        ++summary.size;
        double within = 0;
        for (const auto& [w, weight] : graph[v]) (parts[w] == parts[v] ? within : summary.outside) += weight;
        summary.inside += within / 2;
        if (within > summary.best) {
            summary.best = within;
            summary.centre = v;
        }
    }
    Table table;
    for (const auto& [part, s] : summaries)
        table.add({std::int64_t{part}, s.size, Vertex{s.centre}, s.inside, s.outside, modularity});
    return table;
}

/// As LDBC Graphalytics defines it: all at once, of equally frequent labels the smallest, an edge there and one back
/// count twice.
Table label_propagation(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const Weighted graph = weighted_neighbours(projection);
    Parts label(graph.size()), next;
    for (std::uint32_t v = 0; v < label.size(); ++v) label[v] = v;
    std::map<std::uint32_t, double> votes;
    for (auto round = static_cast<int>(number(parameters, "iterations")); round > 0 && next != label; --round) {
        cancel.check();
        if (!next.empty()) label.swap(next);
        next = label;
        for (std::uint32_t v = 0; v < graph.size(); ++v) {
            votes.clear();
            for (const auto& [w, weight] : graph[v]) votes[label[w]] += weight;
            const auto best = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
            if (best != votes.end()) next[v] = best->first;
        }
    }
    label.swap(next);
    renumber(label);
    Table table;
    for (std::uint32_t v = 0; v < label.size(); ++v) table.add({Vertex{v}, std::int64_t{label[v]}});
    return table;
}

struct Likeness {
    std::uint32_t other;
    std::int64_t shared;
    double jaccard, cosine, adamic_adar;
};

/// Those that share a neighbour with `v`, ascending.
std::vector<Likeness> alike(const CsrGraph& graph, std::uint32_t v) {
    std::map<std::uint32_t, std::pair<std::int64_t, double>> shared;
    for (const std::uint32_t between : targets_of(v, graph)) {
        const auto around = targets_of(between, graph);
        const double worth = around.size() > 1 ? 1 / std::log(static_cast<double>(around.size())) : 0;
        for (const std::uint32_t other : around) {
            if (other == v) continue;
            ++shared[other].first;
            shared[other].second += worth;
        }
    }
    std::vector<Likeness> found;
    const auto mine = static_cast<double>(targets_of(v, graph).size());
    for (const auto& [other, sums] : shared) {
        const auto theirs = static_cast<double>(targets_of(other, graph).size()), both = static_cast<double>(sums.first);
        found.push_back({other, sums.first, both / (mine + theirs - both), both / std::sqrt(mine * theirs), sums.second});
    }
    return found;
}

Table similarity(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const CsrGraph graph = projection.undirected();
    const auto source = named_vertex(projection, parameters, "source");
    Table table;
    for (std::uint32_t v = source.value_or(0); v < (source ? *source + 1 : projection.size()); ++v) {
        cancel.check();
        for (const Likeness& l : alike(graph, v)) {
            if ((source || l.other > v) && l.jaccard >= number(parameters, "least"))
                table.add({Vertex{v}, Vertex{l.other}, l.shared, l.jaccard, l.cosine, l.adamic_adar});
        }
    }
    return table;
}

Table nearest(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel) {
    const CsrGraph graph = projection.undirected();
    Table table;
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        cancel.check();
        auto found = alike(graph, v);
        std::stable_sort(found.begin(), found.end(), [](const Likeness& a, const Likeness& b) { return a.jaccard > b.jaccard; });
        found.resize(std::min(found.size(), static_cast<std::size_t>(number(parameters, "k"))));
        for (std::size_t i = 0; i < found.size(); ++i)
            table.add({Vertex{v}, Vertex{found[i].other}, static_cast<std::int64_t>(i + 1), found[i].jaccard});
    }
    return table;
}

}  // namespace

std::vector<AlgorithmRow> community_algorithms() {
    const ParameterRow resolution{"resolution", "larger: more and smaller communities", Kind::Number, 1, 0, 1e6};
    return {
        {"louvain", {resolution}, {"node", "community"}, "edges * levels", "parts with more edges inside than chance would give",
         "Blondel, Guillaume, Lambiotte and Lefebvre 2008", louvain},
        {"communitySummary", {resolution}, {"community", "size", "centre", "inside", "outside", "modularity"}, "edges * levels",
         "the communities of louvain: members, the best connected of them, weight of edges within and to others", "", community_summary},
        {"labelPropagation", {{"iterations", "stop after so many rounds", Kind::Number, 10, 1, 1e6}}, {"node", "community"},
         "iterations * edges", "everyone takes the label that most neighbours have", "Raghavan, Albert and Kumara 2007", label_propagation},
        {"similarity",
         {{"source", "only those like this node", Kind::OptionalNode}, {"least", "Jaccard similarity at least", Kind::Number, 0, 0, 1}},
         {"node", "other", "shared", "jaccard", "cosine", "adamicAdar"}, "sum of squared degrees",
         "how many neighbours two nodes share", "Jaccard 1901; Adamic and Adar 2003", similarity},
        {"nearest", {{"k", "how many for each node", Kind::Number, 10, 1, 1e6}}, {"node", "other", "rank", "jaccard"},
         "sum of squared degrees", "the k nodes most alike by Jaccard similarity of neighbours", "", nearest},
    };
}

}  // namespace tercet::graph

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/graph/communities.hpp"
#include "engine/graph/parameters.hpp"

/// Who belongs together, and who is like whom. All without the direction of edges.
namespace tercet::graph {
namespace {

using Kind = ParameterRow::Kind;

CommunitySettings settings_of(CommunityMethod method, const ParameterValues& parameters) {
    return {method, number(parameters, "resolution"), static_cast<std::uint64_t>(number(parameters, "tries"))};
}

Table table_of_parts(const Parts& parts, MemoryBudget& memory) {
    Table table(memory);
    for (std::uint32_t v = 0; v < parts.size(); ++v) table.add({Vertex{v}, std::int64_t{parts[v]}});
    return table;
}

template <CommunityMethod method>
Table communities(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    return table_of_parts(find_communities(WeightedGraph(projection), settings_of(method, parameters), run.cancel), run.memory);
}

Table community_summary(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const CommunitySettings settings = settings_of(CommunityMethod::Leiden, parameters);
    const WeightedGraph graph(projection);
    const Parts parts = find_communities(graph, settings, run.cancel);
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
        for (const auto& [w, weight] : graph.neighbours(v)) (parts[w] == parts[v] ? within : summary.outside) += weight;
        summary.inside += within / 2;
        if (within > summary.best) {
            summary.best = within;
            summary.centre = v;
        }
    }
    const double whole = modularity(graph, parts, settings.resolution);
    Table table(run.memory);
    for (const auto& [part, s] : summaries)
        table.add({std::int64_t{part}, s.size, Vertex{s.centre}, s.inside, s.outside, whole});
    return table;
}

/// As LDBC Graphalytics defines it: all at once, of equally frequent labels the smallest, an edge there and one back
/// count twice.
Table label_propagation(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const WeightedGraph graph(projection);
    Parts label(graph.size()), next;
    for (std::uint32_t v = 0; v < label.size(); ++v) label[v] = v;
    std::map<std::uint32_t, double> votes;
    for (auto round = static_cast<int>(number(parameters, "iterations")); round > 0 && next != label; --round) {
        run.cancel.check();
        if (!next.empty()) label.swap(next);
        next = label;
        for (std::uint32_t v = 0; v < graph.size(); ++v) {
            votes.clear();
            for (const auto& [w, weight] : graph.neighbours(v)) votes[label[w]] += weight;
            const auto best = std::max_element(votes.begin(), votes.end(),
                                               [](const auto& a, const auto& b) { return a.second < b.second; });
            if (best != votes.end()) next[v] = best->first;
        }
    }
    label.swap(next);
    renumber(label);
    return table_of_parts(label, run.memory);
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
        const auto theirs = static_cast<double>(targets_of(other, graph).size()),
                   both = static_cast<double>(sums.first);
        found.push_back(
            {other, sums.first, both / (mine + theirs - both), both / std::sqrt(mine * theirs), sums.second});
    }
    return found;
}

Table similarity(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const CsrGraph graph = projection.undirected();
    const auto source = named_vertex(projection, parameters, "source");
    Table table(run.memory);
    for (const std::uint32_t v : chosen_vertices(projection, source)) {
        run.cancel.check();
        for (const Likeness& l : alike(graph, v)) {
            if ((source || l.other > v) && l.jaccard >= number(parameters, "least"))
                table.add({Vertex{v}, Vertex{l.other}, l.shared, l.jaccard, l.cosine, l.adamic_adar});
        }
    }
    return table;
}

Table nearest(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const CsrGraph graph = projection.undirected();
    Table table(run.memory);
    for (std::uint32_t v = 0; v < projection.size(); ++v) {
        run.cancel.check();
        auto found = alike(graph, v);
        std::stable_sort(found.begin(), found.end(),
                         [](const Likeness& a, const Likeness& b) { return a.jaccard > b.jaccard; });
        found.resize(std::min(found.size(), static_cast<std::size_t>(number(parameters, "k"))));
        for (std::size_t i = 0; i < found.size(); ++i)
            table.add({Vertex{v}, Vertex{found[i].other}, static_cast<std::int64_t>(i + 1), found[i].jaccard});
    }
    return table;
}

}  // namespace

std::vector<AlgorithmRow> community_algorithms() {
    const ParameterRow resolution{"resolution", "larger: more and smaller communities", Kind::Number, 1, 0, 1e6};
    const ParameterRow tries{"tries", "with the nodes in another order each; the best is kept", Kind::Number, 4, 1,
                             1e6};
    return {
        {"louvain",
         {resolution, tries},
         {"node", "community"},
         "tries * edges * levels", {100, 128},
         "parts with more edges inside than chance would give",
         "Blondel, Guillaume, Lambiotte and Lefebvre 2008",
         communities<CommunityMethod::Louvain>},
        {"leiden",
         {resolution, tries},
         {"node", "community"},
         "tries * edges * levels", {120, 128},
         "as louvain, but each part hangs together",
         "Traag, Waltman and van Eck 2019",
         communities<CommunityMethod::Leiden>},
        {"communitySummary",
         {resolution, tries},
         {"community", "size", "centre", "inside", "outside", "modularity"},
         "tries * edges * levels", {160, 128},
         "the communities of leiden: members, the best connected of them, weight of edges within and to others",
         "",
         community_summary},
        {"labelPropagation",
         {{"iterations", "stop after so many rounds", Kind::Number, 10, 1, 1e6}},
         {"node", "community"},
         "iterations * edges", {40, 112},
         "everyone takes the label that most neighbours have",
         "Raghavan, Albert and Kumara 2007",
         label_propagation},
        {"similarity",
         {{"source", "only those like this node", Kind::OptionalNode},
          {"least", "Jaccard similarity at least", Kind::Number, 0, 0, 1}},
         {"node", "other", "shared", "jaccard", "cosine", "adamicAdar"},
         "sum of squared degrees", {140, 36},
         "how many neighbours two nodes share",
         "Jaccard 1901; Adamic and Adar 2003",
         similarity},
        {"nearest",
         {{"k", "how many for each node", Kind::Number, 10, 1, 1e6}},
         {"node", "other", "rank", "jaccard"},
         "sum of squared degrees", {140, 36},
         "the k nodes most alike by Jaccard similarity of neighbours",
         "",
         nearest},
    };
}

}  // namespace tercet::graph

// The graph algorithms beside igraph's, on one generated graph, in one run.
//
//     tercet_graph_bench [EDGES] [SEED]
//
// 2 M edges unless said otherwise (power_law_graph.hpp). Both sides run one after the other, several times; what is told is the median of
// the processor time, all threads together, and the ratio, ours by theirs. Where an answer is exact, it is compared, too.
#include <igraph.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "bench/power_law_graph.hpp"
#include "bench/stopwatch.hpp"
#include "engine/graph/algorithms.hpp"

namespace {

using namespace tercet;
using namespace tercet::bench;

constexpr int kRuns = 5;
constexpr std::size_t kPivots = 64;

TermId id_of(std::uint32_t node) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, node); }

graph::Projection projection_of(const Edges& edges) {
    std::vector<graph::Projection::Row> rows;
    for (std::size_t i = 0; i < edges.ends.size(); ++i) rows.push_back({id_of(edges.ends[i].first), id_of(edges.ends[i].second), edges.weights[i]});
    return graph::Projection(std::move(rows));
}

// --- igraph's vectors, with an end --------------------------------------------------------------------------------

template <typename Vector, auto kInit, auto kDestroy>
struct Owned {
    Owned() { kInit(&vector, 0); }
    ~Owned() { kDestroy(&vector); }
    Owned(const Owned&) = delete;
    Owned& operator=(const Owned&) = delete;
    Vector vector;
};
using Numbers = Owned<igraph_vector_t, igraph_vector_init, igraph_vector_destroy>;
using Integers = Owned<igraph_vector_int_t, igraph_vector_int_init, igraph_vector_int_destroy>;

struct TheirGraph {
    explicit TheirGraph(const Edges& edges) {
        Integers flat;
        for (const auto& [from, to] : edges.ends) {
            igraph_vector_int_push_back(&flat.vector, from);
            igraph_vector_int_push_back(&flat.vector, to);
        }
        igraph_create(&directed, &flat.vector, edges.nodes, IGRAPH_DIRECTED);
        igraph_copy(&undirected, &directed);
        igraph_to_undirected(&undirected, IGRAPH_TO_UNDIRECTED_COLLAPSE, nullptr);
        for (const double weight : edges.weights) igraph_vector_push_back(&weights.vector, weight);
    }
    ~TheirGraph() {
        igraph_destroy(&directed);
        igraph_destroy(&undirected);
    }
    TheirGraph(const TheirGraph&) = delete;
    TheirGraph& operator=(const TheirGraph&) = delete;
    igraph_t directed, undirected;
    Numbers weights;
};

void compare(const char* name, double bar, const std::function<void()>& ours, const std::function<void()>& theirs, const char* agreement) {
    std::vector<double> our_times, their_times;
    for (int run = 0; run < kRuns; ++run) {
        our_times.push_back(seconds_of(ours));
        their_times.push_back(seconds_of(theirs));
    }
    const double a = median(our_times), b = median(their_times);
    std::printf("%-24s %9.1f ms  igraph %9.1f ms  ratio %5.2f  bar %.1f  %s  %s\n", name, 1e3 * a, 1e3 * b, a / b, bar, a <= bar * b ? "ok  " : "MISS", agreement);
    std::fflush(stdout);
}

// --- algorithms ---------------------------------------------------------------------------------------------------

graph::ParameterValues parameters_of(const graph::AlgorithmRow& row, const std::vector<std::pair<std::string, graph::ParameterValue>>& given) {
    graph::ParameterValues values;
    for (const auto& parameter : row.parameters) values[std::string(parameter.name)].number = parameter.default_number;
    for (const auto& [name, value] : given) values[name] = value;
    return values;
}

graph::Table run(const graph::Projection& projection, const char* name, const std::vector<std::pair<std::string, graph::ParameterValue>>& given = {}) {
    const graph::AlgorithmRow& row = graph::find_algorithm(name);
    static MemoryBudget unlimited;
    return row.run(projection, parameters_of(row, given), {CancelToken(), unlimited});
}

std::int64_t whole(const graph::Table& table, std::size_t row, std::size_t column) { return std::get<std::int64_t>(table.at(row, column)); }
double real(const graph::Table& table, std::size_t row, std::size_t column) { return std::get<double>(table.at(row, column)); }
std::uint32_t vertex(const graph::Table& table, std::size_t row) { return std::get<graph::Vertex>(table.at(row, 0)).number; }
const char* agreed(bool same) { return same ? "same answer" : "OTHER ANSWER"; }

class Comparison {
public:
    Comparison(const graph::Projection& projection, const TheirGraph& theirs, std::uint32_t source)
        : projection_(projection), theirs_(theirs), source_(source) {}

    void breadth_first() {
        graph::Table table;
        Integers order, layers;
        const auto ours = [&] { table = run(projection_, "bfs", {{"source", {0, id_of(source_)}}}); };
        const auto other = [&] { igraph_bfs_simple(&theirs_.directed, source_, IGRAPH_OUT, &order.vector, &layers.vector, nullptr); };
        ours(), other();
        compare("bfs", 1, ours, other, agreed(table.rows() == static_cast<std::size_t>(igraph_vector_int_size(&order.vector))));
    }
    void components() {
        graph::Table table;
        Integers membership;
        igraph_integer_t count = 0;
        const auto ours = [&] { table = run(projection_, "components"); };
        const auto other = [&] { igraph_connected_components(&theirs_.directed, &membership.vector, nullptr, &count, IGRAPH_WEAK); };
        ours(), other();
        std::unordered_set<std::int64_t> parts;
        for (std::size_t i = 0; i < table.rows(); ++i) parts.insert(whole(table, i, 1));
        compare("components", 1, ours, other, agreed(parts.size() == static_cast<std::size_t>(count)));
    }
    void page_rank() {
        graph::Table table;
        Numbers scores;
        const auto ours = [&] { table = run(projection_, "pageRank", {{"iterations", {20, {}}}, {"tolerance", {0, {}}}}); };
        const auto other = [&] {
            igraph_pagerank(&theirs_.directed, IGRAPH_PAGERANK_ALGO_PRPACK, &scores.vector, nullptr, igraph_vss_all(), true, 0.85, nullptr, nullptr);
        };
        ours(), other();
        double apart = 0;
        for (std::size_t i = 0; i < table.rows(); ++i) apart += std::fabs(real(table, i, 1) - VECTOR(scores.vector)[vertex(table, i)]);
        compare("pageRank, 20 iterations", 1, ours, other, agreed(apart < 0.01));  // they go on until it converges
    }
    void core_numbers() {
        graph::Table table;
        Integers cores;
        const auto ours = [&] { table = run(projection_, "coreNumbers"); };
        const auto other = [&] { igraph_coreness(&theirs_.undirected, &cores.vector, IGRAPH_ALL); };
        ours(), other();
        bool same = true;
        for (std::size_t i = 0; i < table.rows(); ++i) same = same && whole(table, i, 1) == VECTOR(cores.vector)[vertex(table, i)];
        compare("coreNumbers", 1, ours, other, agreed(same));
    }
    void dijkstra() {
        graph::Table table;
        igraph_matrix_t distances;
        igraph_matrix_init(&distances, 0, 0);
        const auto ours = [&] { table = run(projection_, "dijkstra", {{"source", {0, id_of(source_)}}}); };
        const auto other = [&] {
            igraph_distances_dijkstra(&theirs_.directed, &distances, igraph_vss_1(source_), igraph_vss_all(), &theirs_.weights.vector, IGRAPH_OUT);
        };
        ours(), other();
        bool same = true;
        for (std::size_t i = 0; i < table.rows(); ++i) same = same && real(table, i, 1) == MATRIX(distances, 0, vertex(table, i));
        compare("dijkstra", 1, ours, other, agreed(same));
        igraph_matrix_destroy(&distances);
    }
    void betweenness() {
        graph::Table table;
        Numbers scores;
        Integers pivots;
        Random random(7);
        for (std::size_t i = 0; i < kPivots; ++i) igraph_vector_int_push_back(&pivots.vector, static_cast<igraph_integer_t>(random() % projection_.size()));
        const auto ours = [&] { table = run(projection_, "betweenness", {{"pivots", {kPivots, {}}}}); };
        const auto other = [&] {
            igraph_betweenness_subset(&theirs_.directed, &scores.vector, igraph_vss_all(), true, igraph_vss_vector(&pivots.vector), igraph_vss_all(), nullptr);
        };
        compare("betweenness, 64 pivots", 1.5, ours, other, "pivots differ");
    }

private:
    const graph::Projection& projection_;
    const TheirGraph& theirs_;
    const std::uint32_t source_;
};

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t wanted = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 2'000'000;
    const Edges edges = generate(wanted, count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    std::vector<double> times;
    for (int run = 0; run < kRuns; ++run) times.push_back(seconds_of([&] { static_cast<void>(projection_of(edges)); }));
    const graph::Projection projection = projection_of(edges);
    const std::uint32_t hub = hub_of(edges);
    std::printf("%u nodes, %zu edges, %zu of them from one node\n", edges.nodes, edges.ends.size(), graph::targets_of(hub, projection.graph()).size());
    tell("projection of rows", 1e3 * median(times), "ms", 1000, median(times) <= 1);
    const TheirGraph theirs(edges);
    Comparison comparison(projection, theirs, hub);
    comparison.breadth_first();
    comparison.components();
    comparison.page_rank();
    comparison.core_numbers();
    comparison.dijkstra();
    comparison.betweenness();
}

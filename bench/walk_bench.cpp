// Walks straight from a store on disk, and the projection of all its edges, on the graph of tercet_graph_bench.
//
//     tercet_walk_bench [EDGES] [SEED]
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "bench/power_law_graph.hpp"
#include "bench/stopwatch.hpp"
#include "tercet/tercet.hpp"

namespace {

using namespace tercet;
using namespace tercet::bench;

constexpr int kRuns = 5, kPaths = 51;

std::string iri(std::uint32_t node) { return "<urn:n" + std::to_string(node) + '>'; }

/// A store on disk, without projections that are kept.
class Stored {
public:
    explicit Stored(const Edges& edges) : place_(std::filesystem::temp_directory_path() / ("tercet-graph-bench-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(place_);
        std::ofstream file(place_ / "edges.nt");
        for (const auto& [from, to] : edges.ends) file << iri(from) << " <urn:to> " << iri(to) << " .\n";
        file.close();
        OpenOptions options;
        options.projection_memory = 0;
        database_.emplace(Database::open((place_ / "store").string(), options));
        database_->load((place_ / "edges.nt").string());
    }
    ~Stored() {
        database_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(place_, ignored);
    }
    Stored(const Stored&) = delete;
    Stored& operator=(const Stored&) = delete;

    std::string first(const std::string& query) const {
        Result result = database_->query(query);
        const Row* row = result.next();
        return row == nullptr ? std::string() : row->at(0).value;
    }

private:
    std::filesystem::path place_;
    std::optional<Database> database_;
};

void project(const Stored& store) {
    std::vector<double> times, clock;
    for (int run = 0; run < kRuns; ++run) {
        times.push_back(seconds_of([&] { clock.push_back(clock_seconds_of([&] { store.first("CALL algo:project(?s ?o { ?s <urn:to> ?o } ; name \"all\") YIELD (?edges)"); })); }));
    }
    tell("projection, processor", 1e3 * median(times), "ms", 1000, median(times) <= 1);
    tell("projection, clock", 1e3 * median(clock), "ms", 1000, median(clock) <= 1);
}

void shortest_paths(const Stored& store, const Edges& edges) {
    Random random(3);
    std::vector<double> times;
    std::size_t found = 0;
    for (int i = 0; i < kPaths; ++i) {
        const std::string from = iri(static_cast<std::uint32_t>(random() % edges.nodes)), to = iri(static_cast<std::uint32_t>(random() % edges.nodes));
        times.push_back(seconds_of([&] { found += store.first("SELECT ?p { " + from + " ANY SHORTEST (<urn:to>+ AS ?p) " + to + " }").empty() ? 0 : 1; }));
    }
    std::printf("%zu of %d pairs are connected\n", found, kPaths);
    tell("shortest path, median", 1e3 * median(times), "ms", 50, median(times) <= 0.05);
}

/// Edges that leave what can be reached from a node.
std::size_t edges_beyond(const Edges& edges, std::uint32_t source) {
    std::vector<bool> seen(edges.nodes, false);
    std::vector<std::uint32_t> queue{source};
    seen[source] = true;
    std::size_t count = 0;
    for (std::size_t i = 0; i < queue.size(); ++i) {
        auto edge = std::lower_bound(edges.ends.begin(), edges.ends.end(), Ends{queue[i], 0});
        for (; edge != edges.ends.end() && edge->first == queue[i]; ++edge, ++count) {
            if (seen[edge->second]) continue;
            seen[edge->second] = true;
            queue.push_back(edge->second);
        }
    }
    return count;
}

void closure(const Stored& store, const Edges& edges, std::uint32_t source) {
    std::vector<double> times;
    for (int run = 0; run < kRuns; ++run) times.push_back(seconds_of([&] { store.first("SELECT (COUNT(*) AS ?n) { " + iri(source) + " <urn:to>+ ?x }"); }));
    const double rate = static_cast<double>(edges_beyond(edges, source)) / median(times) / 1e6;
    tell("closure by +", rate, "M edges/s", 5, rate >= 5);
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t wanted = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 2'000'000;
    const Edges edges = generate(wanted, count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    const Stored store(edges);
    std::printf("%u nodes, %zu edges\n", edges.nodes, edges.ends.size());
    project(store);
    shortest_paths(store, edges);
    closure(store, edges, hub_of(edges));
}

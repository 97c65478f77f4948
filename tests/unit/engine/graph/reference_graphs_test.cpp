#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "engine/graph/algorithms.hpp"
#include "engine/graph/communities.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

/// Three graphs of the SNAP collection with results that igraph and networkx agree on. Only where the development data
/// lies.
namespace {

tercet::MemoryBudget unlimited;

using namespace tercet;
using namespace tercet::graph;

TermId id(std::uint64_t n) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, n); }

std::vector<std::vector<std::string>> read_table(const std::filesystem::path& file) {
    std::vector<std::vector<std::string>> rows;
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
        std::istringstream cells(line);
        rows.emplace_back();
        for (std::string cell; std::getline(cells, cell, '\t');) rows.back().push_back(cell);
    }
    return rows;
}

struct Reference {
    std::filesystem::path folder;
    Projection projection;
    bool directed;

    explicit Reference(const std::filesystem::path& path) : folder(path) {
        std::ifstream meta(folder / "meta.json");
        const std::string text{std::istreambuf_iterator<char>(meta), {}};
        directed = text.find("\"directed\": true") != std::string::npos;
        std::vector<Projection::Row> rows;
        for (const auto& cells : read_table(folder / "edges.tsv")) {
            const std::uint64_t from = std::stoull(cells[0]), to = std::stoull(cells[1]);
            rows.push_back({id(from), id(to), std::stod(cells[2])});
            if (!directed) rows.push_back({id(to), id(from), std::stod(cells[2])});
        }
        projection = Projection(std::move(rows));
    }

    [[nodiscard]] Table run(std::string_view name, TermId source = {}) const {
        const AlgorithmRow& row = find_algorithm(name);
        ParameterValues values;
        for (const auto& parameter : row.parameters)
            values[std::string(parameter.name)] = {parameter.default_number, {}};
        if (source.is_defined()) values["source"].term = source;
        return row.run(projection, values, {CancelToken(), unlimited});
    }

    /// The same edges once, without direction, loops and weights.
    [[nodiscard]] Reference plain() const {
        Reference copy(*this);
        const CsrGraph graph = projection.undirected();
        std::vector<Projection::Row> rows;
        for (std::uint32_t v = 0; v < projection.size(); ++v) {
            for (const std::uint32_t w : targets_of(v, graph)) {
                if (v < w) rows.push_back({projection.term(v), projection.term(w)});
            }
        }
        copy.projection = Projection(std::move(rows));
        return copy;
    }

    /// A number of the list of results.
    [[nodiscard]] double listed(const std::string& name) const {
        std::ifstream meta(folder / "meta.json");
        const std::string text{std::istreambuf_iterator<char>(meta), {}};
        const std::size_t at = text.find('"' + name + "\":");
        REQUIRE(at != std::string::npos);
        return std::stod(text.substr(at + name.size() + 3));
    }

    /// A column of an answer by node; a component by the node it is named after.
    [[nodiscard]] std::map<std::uint64_t, double> column(const Table& table, std::size_t which,
                                                         bool names_node = false) const {
        std::map<std::uint64_t, double> found;
        for (std::size_t r = 0; r < table.rows(); ++r) {
            const Cell& cell = table.at(r, which);
            double value = std::holds_alternative<double>(cell) ? std::get<double>(cell)
                                                                : static_cast<double>(std::get<std::int64_t>(cell));
            if (names_node) value = static_cast<double>(projection.term(static_cast<std::uint32_t>(value)).rank());
            found[projection.term(std::get<Vertex>(table.at(r, 0)).number).rank()] = value;
        }
        return found;
    }

    /// The largest relative difference to a column of an expected table; what is not reached counts as -1 on both
    /// sides.
    [[nodiscard]] double difference(const std::string& file, std::size_t which,
                                    const std::map<std::uint64_t, double>& found) const {
        double worst = 0;
        const auto rows = read_table(folder / "expected" / file);
        REQUIRE(rows.size() == projection.size() + 1);
        for (std::size_t r = 1; r < rows.size(); ++r) {
            const std::string cell = rows[r].size() > which ? rows[r][which] : "";
            const double expected = cell.empty() || cell == "inf" ? -1 : std::stod(cell);
            const auto there = found.find(std::stoull(rows[r][0]));
            const double value = there == found.end() ? -1 : there->second;
            worst = std::max(worst, std::fabs(value - expected) / std::max(1e-12, std::fabs(expected)));
        }
        return worst;
    }
};

}  // namespace

TEST_CASE("algorithms: agree with igraph and networkx on known graphs", "[graph]") {
    const auto data = std::filesystem::path(support::shared_data()) / "graph";
    if (!std::filesystem::exists(data)) {
        std::cout << "skipped: no reference graphs in " << data << '\n';
        return;
    }
    for (const std::string name : {"email-eu-core", "ca-grqc", "p2p-gnutella04"}) {
        CAPTURE(name);
        const Reference graph(data / name);
        CHECK(graph.difference("wcc.tsv", 1, graph.column(graph.run("components"), 1, true)) == 0);
        CHECK(graph.difference("pagerank.tsv", 1, graph.column(graph.run("pageRank"), 1)) < 1e-6);
        CHECK(graph.difference("coreness.tsv", 1, graph.column(graph.run("coreNumbers"), 1)) == 0);
        CHECK(graph.difference("triangles.tsv", 1, graph.column(graph.run("triangles"), 1)) == 0);
        CHECK(graph.difference("lcc.tsv", 1, graph.column(graph.run("triangles"), 2)) < 1e-9);
        if (graph.directed)
            CHECK(graph.difference("scc.tsv", 1, graph.column(graph.run("strongComponents"), 1, true)) == 0);
        const auto header = read_table(graph.folder / "expected" / "bfs.tsv").front();
        for (std::size_t c = 1; c < header.size(); ++c) {
            const TermId source = id(std::stoull(header[c].substr(header[c].find('_') + 1)));
            CHECK(graph.difference("bfs.tsv", c, graph.column(graph.run("bfs", source), 1)) == 0);
            CHECK(graph.difference("sssp.tsv", c, graph.column(graph.run("dijkstra", source), 1)) == 0);
        }
        CHECK(static_cast<double>(graph.run("articulationPoints").rows()) ==
              graph.listed("articulation_points_undirected"));
        double weight = 0;
        const Table tree = graph.run("spanningTree");
        for (std::size_t r = 0; r < tree.rows(); ++r) weight += std::get<double>(tree.at(r, 2));
        CHECK(weight == graph.listed("min_spanning_forest_weight"));
        const Reference plain = graph.plain();
        for (const std::string method : {"louvain", "leiden"}) {
            const Table table = plain.run(method);
            Parts parts;
            for (std::size_t r = 0; r < table.rows(); ++r)
                parts.push_back(static_cast<std::uint32_t>(std::get<std::int64_t>(table.at(r, 1))));
            CAPTURE(method);
            CHECK(modularity(WeightedGraph(plain.projection), parts, 1) >=
                  0.97 * graph.listed("louvain_modularity_best_of_5"));
        }
        if (name == "email-eu-core") {  // the others take long without optimisation
            CHECK(graph.difference("betweenness.tsv", 1, graph.column(graph.run("betweenness"), 1)) < 1e-6);
        }
    }
}

TEST_CASE("algorithms: labels spread as LDBC Graphalytics defines it", "[graph]") {
    const auto data = std::filesystem::path(support::shared_data()) / "bench" / "graphalytics" / "example";
    if (!std::filesystem::exists(data)) {
        std::cout << "skipped: no Graphalytics example in " << data << '\n';
        return;
    }
    for (const std::string name : {"example-directed", "example-undirected"}) {
        CAPTURE(name);
        std::vector<Projection::Row> rows;
        std::ifstream edges(data / (name + ".e"));
        for (std::string line; std::getline(edges, line);) {
            std::istringstream cells(line);
            std::uint64_t from = 0, to = 0;
            cells >> from >> to;
            rows.push_back({id(from), id(to)});
        }
        const Projection graph(std::move(rows));
        const Table table = find_algorithm("labelPropagation").run(graph, {{"iterations", {2, {}}}}, {CancelToken(), unlimited});
        std::map<std::uint64_t, std::int64_t> found;
        for (std::size_t r = 0; r < table.rows(); ++r)
            found[graph.term(std::get<Vertex>(table.at(r, 0)).number).rank()] = std::get<std::int64_t>(table.at(r, 1));
        std::map<std::uint64_t, std::uint64_t> expected;
        std::ifstream labels(data / (name + "-CDLP"));
        for (std::uint64_t node = 0, label = 0; labels >> node >> label;) expected[node] = label;
        REQUIRE(!expected.empty());
        for (const auto& [a, label] : found) {
            for (const auto& [b, other] : found) CHECK((label == other) == (expected[a] == expected[b]));
        }
    }
}

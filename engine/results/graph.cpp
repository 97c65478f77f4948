#include "tercet/graph.hpp"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/model/numeric.hpp"
#include "tercet/error.hpp"

namespace tercet {

struct Graph::Implementation {
    std::vector<Term> terms;
    std::unordered_map<std::string, Vertex> vertices;  ///< by N-Triples text
    std::vector<std::size_t> rows{0};                  ///< where the edges of each vertex begin
    std::vector<Edge> edges;

    Vertex vertex(const Term& term) {
        const auto [found, is_new] = vertices.try_emplace(term.to_string(), static_cast<Vertex>(terms.size()));
        if (is_new) terms.push_back(term);
        return found->second;
    }

    /// Counting sort by source, which keeps the order of rows.
    void arrange(const std::vector<std::pair<Vertex, Edge>>& list) {
        rows.assign(terms.size() + 1, 0);
        for (const auto& [source, edge] : list) ++rows[source + 1];
        for (std::size_t i = 1; i < rows.size(); ++i) rows[i] += rows[i - 1];
        std::vector<std::size_t> next(rows.begin(), rows.end() - 1);
        edges.resize(list.size());
        for (const auto& [source, edge] : list) edges[next[source]++] = edge;
    }
};

namespace {

double weight_of(const Term& term) {
    const auto number = Numeric::parse(term.value, term.datatype);
    if (!number) throw Error(ErrorCode::Data, "the weight " + term.to_string() + " of an edge is not a number");
    return number->to_double();
}

}  // namespace

Graph::Graph(Result result) {
    const std::size_t columns = result.variables().size();
    if (result.kind() != ResultKind::Bindings || columns < 2 || columns > 3) {
        throw Error(ErrorCode::InvalidArgument,
                    "a graph is made from an answer with the columns source, target and maybe weight");
    }
    auto made = std::make_unique<Implementation>();
    std::vector<std::pair<Vertex, Edge>> list;
    while (const Row* row = result.next()) {
        if (!row->at(0).is_defined() || !row->at(1).is_defined()) continue;
        const Vertex source = made->vertex(row->at(0)), target = made->vertex(row->at(1));
        list.push_back({source, {target, columns == 3 ? weight_of(row->at(2)) : 1.0}});
    }
    made->arrange(list);
    implementation_ = std::move(made);
}

Graph::Graph(Graph&&) noexcept = default;
Graph& Graph::operator=(Graph&&) noexcept = default;
Graph::~Graph() = default;

std::size_t Graph::vertex_count() const noexcept { return implementation_->terms.size(); }
std::size_t Graph::edge_count() const noexcept { return implementation_->edges.size(); }
const Term& Graph::term(Vertex vertex) const { return implementation_->terms[vertex]; }

std::optional<Graph::Vertex> Graph::find(const Term& term) const {
    const auto found = implementation_->vertices.find(term.to_string());
    return found == implementation_->vertices.end() ? std::nullopt : std::optional(found->second);
}

std::span<const Graph::Edge> Graph::edges(Vertex vertex) const {
    const auto& rows = implementation_->rows;
    return {implementation_->edges.data() + rows[vertex], rows[vertex + 1] - rows[vertex]};
}

}  // namespace tercet

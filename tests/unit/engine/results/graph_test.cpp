#include "tercet/graph.hpp"

#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/strong_components.hpp>

#include "engine/results/result_source.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "tercet/graph_bgl.hpp"

using namespace tercet;

BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, Graph::Vertex, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, GraphEdge, boost::edge_weight_t>));

namespace {

Term iri(const std::string& name) { return Term::iri("http://example.org/" + name); }

class Rows final : public Result::Source {
public:
    Rows(std::vector<std::string> variables, std::vector<std::vector<Term>> rows)
        : variables_(std::move(variables)), rows_(std::move(rows)) {}
    ResultKind kind() const noexcept override { return ResultKind::Bindings; }
    const std::vector<std::string>& variables() const noexcept override { return variables_; }
    const std::vector<std::string>& notes() const noexcept override { return notes_; }
    bool boolean() const override { return false; }
    std::optional<Triple> next_triple() override { return std::nullopt; }
    bool next(std::vector<Term>& values) override {
        if (at_ == rows_.size()) return false;
        values = rows_[at_++];
        return true;
    }

private:
    std::vector<std::string> variables_, notes_;
    std::vector<std::vector<Term>> rows_;
    std::size_t at_ = 0;
};

Graph graph_of(std::vector<std::string> variables, std::vector<std::vector<Term>> rows) {
    return Graph(Result(std::make_unique<Rows>(std::move(variables), std::move(rows))));
}

}  // namespace

TEST_CASE("graph: made from the rows of an answer", "[results]") {
    const Graph graph =
        graph_of({"a", "b"}, {{iri("x"), iri("y")}, {iri("z"), iri("y")}, {iri("x"), iri("x")}, {iri("x"), Term{}}});
    CHECK(graph.vertex_count() == 3);
    CHECK(graph.edge_count() == 3);
    CHECK(graph.term(1) == iri("y"));
    CHECK(graph.find(iri("z")) == 2U);
    CHECK_FALSE(graph.find(iri("w")));
    REQUIRE(graph.edges(0).size() == 2);
    CHECK(graph.edges(0)[0].target == 1);
    CHECK(graph.edges(0)[1].target == 0);
    CHECK(graph.edges(1).empty());
    CHECK(graph_of({"a", "b"}, {}).vertex_count() == 0);
}

TEST_CASE("graph: algorithms of Boost.Graph run on it, with weights", "[results]") {
    const Graph graph = graph_of({"a", "b", "w"}, {{iri("x"), iri("y"), Term::integer(5)},
                                                   {iri("x"), iri("z"), Term::decimal("1.5")},
                                                   {iri("z"), iri("y"), Term::floating(2)},
                                                   {iri("y"), iri("x"), Term::integer(1)}});
    std::vector<double> distance(num_vertices(graph));
    boost::dijkstra_shortest_paths(graph, *graph.find(iri("x")), boost::distance_map(distance.data()));
    CHECK(distance[*graph.find(iri("y"))] == 3.5);
    std::vector<int> component(num_vertices(graph));
    CHECK(boost::strong_components(
              graph, boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, graph))) == 1);
}

TEST_CASE("graph: what is not a graph is refused", "[results]") {
    CHECK_THROWS_AS(graph_of({"a"}, {}), Error);
    CHECK_THROWS_AS(graph_of({"a", "b", "c", "d"}, {}), Error);
    CHECK_THROWS_WITH(graph_of({"a", "b", "w"}, {{iri("x"), iri("y"), iri("z")}}), Catch::Contains("not a number"));
}

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/reverse_graph.hpp>
#include <boost/range/iterator_range.hpp>

#include "engine/graph/projection.hpp"
#include "engine/graph/snapshot_graph.hpp"
#include "engine/storage/memory_store.hpp"
#include "support/catch.hpp"

using namespace tercet;
using namespace tercet::graph;

BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<SnapshotGraph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<SnapshotGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<SnapshotGraph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<SnapshotGraph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyMapConcept<SnapshotGraph::IndexMap, TermId>));

BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<CsrGraph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<CsrGraph>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<CsrGraph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<CsrGraph>));

namespace {

Term iri(const std::string& name) { return Term::iri("http://example.org/" + name); }

/// a -> b twice, b -> c, c -> c, a -> "text", and x -> y in the graph g.
struct World {
    storage::MemoryStore store;
    std::shared_ptr<const QuadSource> source;

    World() {
        const auto transaction = store.begin();
        const auto add = [&](const Term& s, const Term& p, const Term& o, const Term& g = {}) {
            const TermViewHolder a(s), b(p), c(o), d(g);
            transaction->add(QuadView{a.view(), b.view(), c.view(), d.view()});
        };
        add(iri("a"), iri("p"), iri("b"));
        add(iri("a"), iri("q"), iri("b"));
        add(iri("b"), iri("p"), iri("c"));
        add(iri("c"), iri("p"), iri("c"));
        add(iri("a"), iri("p"), Term::literal("some text"));
        add(iri("x"), iri("p"), iri("y"), iri("g"));
        transaction->commit();
        source = store.snapshot();
    }
    TermId id(const std::string& name) const {
        const Term term = iri(name);
        return *source->find(TermViewHolder(term).view());
    }
};

}  // namespace

TEST_CASE("snapshot graph: edges outward and inward, by predicate, in a named graph", "[graph]") {
    const World world;
    const SnapshotGraph graph(world.source);
    const TermId a = world.id("a"), b = world.id("b"), c = world.id("c");

    CHECK(out_degree(a, graph) == 2);
    CHECK(in_degree(b, graph) == 2);
    CHECK(in_degree(c, graph) == 2);
    CHECK(degree(c, graph) == 3);
    CHECK(num_vertices(graph) == 3);
    const auto [begin, end] = adjacent_vertices(b, graph);
    CHECK(std::vector<TermId>(begin, end) == std::vector{c});

    CHECK(out_degree(a, SnapshotGraph(world.source, {{world.id("q")}, std::nullopt, false})) == 1);
    CHECK(out_degree(a, SnapshotGraph(world.source, {{}, std::nullopt, true})) == 3);
    CHECK(num_vertices(SnapshotGraph(world.source, {{}, world.id("g"), false})) == 2);
    CHECK(num_vertices(SnapshotGraph(storage::MemoryStore().snapshot())) == 0);
}

TEST_CASE("snapshot graph: algorithms of Boost.Graph run on it", "[graph]") {
    const World world;
    const SnapshotGraph graph(world.source);
    std::vector<int> level(num_vertices(graph), -1);
    const auto levels = boost::make_iterator_property_map(level.begin(), get(boost::vertex_index, graph));
    put(levels, world.id("a"), 0);
    boost::breadth_first_search(
        graph, world.id("a"),
        boost::visitor(boost::make_bfs_visitor(boost::record_distances(levels, boost::on_tree_edge()))));
    CHECK(get(levels, world.id("c")) == 2);

    const auto turned = boost::make_reverse_graph(graph);
    CHECK(out_degree(world.id("b"), turned) == 2);
}

TEST_CASE("projection: vertices in the order of their ids, parallel edges and loops kept", "[graph]") {
    const auto id = [](std::uint64_t n) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, n); };
    const Projection projection({{id(9), id(2), 3}, {id(2), id(5), 1}, {id(9), id(2), 2}, {id(5), id(5), 7}});

    REQUIRE(projection.size() == 3);
    CHECK(projection.vertex(id(2)) == 0U);
    CHECK(projection.vertex(id(9)) == 2U);
    CHECK_FALSE(projection.vertex(id(3)));
    CHECK(projection.term(1) == id(5));
    CHECK_FALSE(projection.has_negative_weight());
    CHECK(targets_of(2, projection.graph()).size() == 2);

    const CsrGraph back = projection.reversed();
    CHECK(std::vector(targets_of(0, back).begin(), targets_of(0, back).end()) == std::vector<std::uint32_t>{2, 2});
    double sum = 0;
    for (const auto edge : boost::make_iterator_range(out_edges(boost::vertex(0, back), back)))
        sum += back[edge].weight;
    CHECK(sum == 5);

    const CsrGraph both = projection.undirected();
    CHECK(num_edges(both) == 4);
    CHECK(std::vector(targets_of(0, both).begin(), targets_of(0, both).end()) == std::vector<std::uint32_t>{1, 2});
}

#include "engine/graph/projection_cache.hpp"

#include "engine/graph/projection.hpp"
#include "support/catch.hpp"

using namespace tercet;
using namespace tercet::graph;

namespace {

TermId node(std::uint64_t number) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, number); }

/// A way along so many edges.
ProjectionCache::Kept way(std::uint64_t edges) {
    std::vector<Projection::Row> rows;
    for (std::uint64_t i = 0; i < edges; ++i) rows.push_back({node(i), node(i + 1)});
    return std::make_shared<const Projection>(std::move(rows));
}

std::vector<std::string> definitions(const ProjectionCache& cache) {
    std::vector<std::string> found;
    for (const auto& entry : cache.entries()) found.push_back(entry.key.definition);
    return found;
}

using Definitions = std::vector<std::string>;

}  // namespace

TEST_CASE("projection cache: what was kept is found again, and counted", "[graph][projection]") {
    ProjectionCache cache(1'000'000);
    CHECK(cache.find({"a", 1}) == nullptr);
    const auto kept = way(3);
    cache.keep({"a", 1}, "text", kept);
    CHECK(cache.find({"a", 1}) == kept);
    CHECK(cache.find({"b", 1}) == nullptr);
    CHECK(cache.find({"a", 1}) == kept);
    REQUIRE(cache.entries().size() == 1);
    const auto entry = cache.entries().front();
    CHECK(entry.text == "text");
    CHECK(entry.nodes == 4);
    CHECK(entry.edges == 3);
    CHECK(entry.uses == 2);
    CHECK(entry.bytes == kept->bytes());
    CHECK(cache.bytes() == kept->bytes());
}

TEST_CASE("projection cache: a newer snapshot ends what is older", "[graph][projection]") {
    ProjectionCache cache(1'000'000);
    cache.keep({"a", 1}, "", way(3));
    CHECK(cache.find({"a", 2}) == nullptr);
    CHECK(cache.entries().empty());
    cache.keep({"a", 2}, "", way(4));
    cache.keep({"a", 1}, "", way(3));  // a query on an old snapshot comes late
    CHECK(cache.find({"a", 1}) == nullptr);
    CHECK(cache.find({"a", 2})->size() == 5);
}

TEST_CASE("projection cache: what was used longest ago makes room", "[graph][projection]") {
    const std::size_t one = way(100)->bytes();
    ProjectionCache cache(2 * one);
    cache.keep({"a", 1}, "", way(100));
    cache.keep({"b", 1}, "", way(100));
    CHECK(cache.find({"a", 1}) != nullptr);
    cache.keep({"c", 1}, "", way(100));
    CHECK(definitions(cache) == Definitions{"c", "a"});
    CHECK(cache.bytes() == 2 * one);
    cache.keep({"large", 1}, "", way(500));
    CHECK(definitions(cache) == Definitions{"c", "a"});
}

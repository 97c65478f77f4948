#include "engine/graph/node_set.hpp"

#include <random>
#include <set>

#include "support/catch.hpp"

using namespace tercet;
using tercet::graph::NodeSet;

namespace {

TermId ranked(std::uint64_t rank, TermId::Segment segment = TermId::Segment::Base) {
    return TermId::ranked(TermTag::Iri, segment, rank);
}

}  // namespace

TEST_CASE("node set: an id is new once", "[graph]") {
    NodeSet set;
    CHECK_FALSE(set.contains(ranked(1)));
    CHECK(set.insert(ranked(1)));
    CHECK_FALSE(set.insert(ranked(1)));
    CHECK(set.contains(ranked(1)));
    CHECK_FALSE(set.contains(ranked(1, TermId::Segment::Tail)));
    CHECK(set.size() == 1);
}

TEST_CASE("node set: ranks close together take little room", "[graph]") {
    NodeSet set;
    for (std::uint64_t i = 0; i < 100'000; ++i) set.insert(ranked(i));

    CHECK(set.size() == 100'000);
    CHECK(set.bytes() < 800'000);
    for (std::uint64_t i = 0; i < 100'000; ++i) REQUIRE_FALSE(set.insert(ranked(i)));
}

TEST_CASE("node set: agrees with std::set on any mixture", "[graph]") {
    const unsigned spread = GENERATE(1'000U, 100'000U, 4'000'000'000U);
    CAPTURE(spread);
    std::mt19937_64 random(spread);
    NodeSet set;
    std::set<TermId> expected;
    for (int i = 0; i < 60'000; ++i) {
        const auto kind = random() % 4;
        const std::uint64_t number = random() % spread;
        const TermId id = kind == 0   ? TermId::inlined(TermTag::Integer, number)
                          : kind == 1 ? TermId::ranked(TermTag::BlankNode, TermId::Segment::Tail, number)
                                      : ranked(number, kind == 2 ? TermId::Segment::Base : TermId::Segment::Local);
        REQUIRE(set.insert(id) == expected.insert(id).second);
    }
    CHECK(set.size() == expected.size());
    for (const TermId id : expected) REQUIRE(set.contains(id));
    for (std::uint64_t i = 0; i < 1'000; ++i) REQUIRE(set.contains(ranked(i)) == expected.contains(ranked(i)));
}

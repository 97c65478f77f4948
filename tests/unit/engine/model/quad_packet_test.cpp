#include "engine/model/quad_packet.hpp"

#include <array>

#include "engine/model/inline_term.hpp"
#include "engine/model/term_codec.hpp"
#include "engine/model/vocabulary.hpp"
#include "support/catch.hpp"

namespace tercet {
namespace {

const TermView kAlice = TermView::iri("http://x/alice");
const TermView kKnows = TermView::iri("http://x/knows");
const TermView kLong = TermView::literal("longer than an id", vocabulary::xsd::kString);

}  // namespace

TEST_CASE("quad packet: each term is there once, small values in the id itself", "[model]") {
    PacketBuilder builder;
    builder.add({kAlice, kKnows, kLong, {}});
    builder.add({kAlice, kKnows, TermView::literal("42", vocabulary::xsd::kInteger), kAlice});
    builder.add({kKnows, kAlice, kLong, {}});
    CHECK(builder.size() == 3);

    const QuadPacket packet = builder.take();

    REQUIRE(packet.terms.size() == 3);
    CHECK(packet.bytes_of(packet.terms[0]) == "Ihttp://x/alice");
    CHECK(packet.bytes_of(packet.terms[2]) == "Slonger than an id");
    CHECK(packet.terms[1].hash == hash_term("Ihttp://x/knows"));
    CHECK(packet.quads[0].graph() == TermId{});
    CHECK(packet.quads[1].object() == inline_integer_id(42));
    CHECK(packet.quads[1].graph() == packet.quads[0].subject());
    CHECK(packet.quads[2].slot == std::array{packet.quads[0].predicate(), packet.quads[0].subject(), packet.quads[0].object(), TermId{}});
    CHECK(builder.size() == 0);
    CHECK(builder.take().terms.empty());
}

TEST_CASE("quad packet: the parts of a triple term come before it", "[model]") {
    const TripleView triple{kAlice, kKnows, kLong};
    TermView term;
    term.kind = TermKind::TripleTerm;
    term.triple = &triple;
    PacketBuilder builder;
    builder.add({kLong, kKnows, term, {}});
    builder.add({kAlice, kKnows, term, {}});

    const QuadPacket packet = builder.take();

    REQUIRE(packet.terms.size() == 4);
    const auto parts = decode_triple(packet.bytes_of(packet.terms[3]));
    CHECK(parts[0] == packet.quads[1].subject());
    CHECK(parts[2] == packet.quads[0].subject());
    CHECK(packet.quads[0].object() == packet.quads[1].object());
    CHECK(packet.quads[0].object().tag() == TermTag::TripleTerm);
}

TEST_CASE("quad packet: quads of the default graph go where they are told to", "[model]") {
    PacketBuilder builder(kAlice);
    builder.add({kAlice, kKnows, kLong, {}});
    builder.add({kAlice, kKnows, kLong, kKnows});

    const QuadPacket packet = builder.take();

    CHECK(packet.quads[0].graph() == packet.quads[0].subject());
    CHECK(packet.quads[1].graph() == packet.quads[0].predicate());
}

TEST_CASE("quad packet: many terms", "[model]") {
    PacketBuilder builder;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 10'000; ++i) {
            const std::string iri = "http://x/" + std::to_string(i);
            builder.add({TermView::iri(iri), kKnows, kLong, {}});
        }
    }
    const QuadPacket packet = builder.take();
    CHECK(packet.terms.size() == 10'002);
    CHECK(packet.quads[3].subject() == packet.quads[10'003].subject());
}

}  // namespace tercet

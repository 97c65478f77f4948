#include "engine/model/term_codec.hpp"

#include <map>

#include "engine/model/inline_term.hpp"
#include "support/catch.hpp"

using namespace tercet;

namespace {

std::string encode(const Term& term) {
    const TermViewHolder holder(term);
    std::string bytes;
    REQUIRE(encode_term(
        holder.view(), [](const TermView& part) { return inline_id(part); }, bytes));
    return bytes;
}

}  // namespace

TEST_CASE("term codec: terms come back, and different terms have different bytes", "[model]") {
    const std::vector<Term> terms{
        Term::iri("http://example.org/"),
        Term::iri(""),
        Term::blank_node("http://example.org/"),
        Term::literal("http://example.org/"),
        Term::literal(""),
        Term::literal(std::string("\0", 1)),
        Term::typed_literal("", "http://example.org/"),
        Term::typed_literal(std::string("a\0b", 3), "http://example.org/"),
        Term::typed_literal("b", "http://example.org/a"),
        Term::language_literal("b", "en"),
        Term::language_literal("b", "en-ltr"),
        Term::language_literal("b", "en", BaseDirection::LeftToRight),
        Term::language_literal("b", "en", BaseDirection::RightToLeft),
    };
    std::map<std::string, Term> by_bytes;
    for (const Term& term : terms) {
        CAPTURE(term);
        const std::string bytes = encode(term);
        CHECK(decode_term(bytes) == term);
        CHECK(by_bytes.emplace(bytes, term).second);
    }
}

TEST_CASE("term codec: a triple term is the ids of its parts", "[model]") {
    const Term triple = Term::triple_term({Term::integer(1), Term::integer(2), Term::literal("three")});
    const std::string bytes = encode(triple);
    CHECK(tag_of(bytes) == TermTag::TripleTerm);
    CHECK(inline_term(decode_triple(bytes)[2]) == Term::literal("three"));
    CHECK(encode_triple(decode_triple(bytes)) == bytes);
}

TEST_CASE("term codec: a triple term with an unknown part has no bytes", "[model]") {
    const Term triple = Term::triple_term({Term::iri("a"), Term::iri("b"), Term::integer(1)});
    const TermViewHolder holder(triple);
    std::string bytes;
    CHECK_FALSE(encode_term(
        holder.view(), [](const TermView& part) { return inline_id(part); }, bytes));
}

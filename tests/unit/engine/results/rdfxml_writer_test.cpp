#include <sstream>

#include "engine/results/rdf_writer.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

std::string written(const std::vector<Triple>& triples) {
    std::ostringstream out;
    const auto writer = make_rdf_writer(RdfFormat::RdfXml, out, {{"e", "http://e/"}});
    for (const Triple& triple : triples) {
        const TermViewHolder s(triple.subject), p(triple.predicate), o(triple.object);
        writer->add({s.view(), p.view(), o.view(), {}});
    }
    writer->finish();
    return out.str();
}

}  // namespace

TEST_CASE("rdf/xml: triples of one subject share an element", "[results]") {
    const Term a = Term::iri("http://e/a"), p = Term::iri("http://e/p"), q = Term::iri("http://f#q");
    const std::string text = written({{a, p, Term::literal("<&\n")}, {a, q, Term::language_literal("x", "ar", BaseDirection::RightToLeft)},
                                      {Term::blank_node("1"), p, Term::triple_term({a, p, Term::integer(3)})}});
    CHECK(text.find("<e:p>&lt;&amp;\n</e:p>") != std::string::npos);
    CHECK(text.find("<q xmlns=\"http://f#\" rdf:version=\"1.2\"") != std::string::npos);
    CHECK(text.find("<rdf:Description rdf:nodeID=\"b1\">") != std::string::npos);
    CHECK(text.find("rdf:parseType=\"Triple\"><rdf:Description rdf:about=\"http://e/a\"><e:p rdf:datatype=") != std::string::npos);
    CHECK(text.ends_with("</rdf:RDF>\n"));
}

TEST_CASE("rdf/xml: what XML cannot say is refused", "[results]") {
    const Term a = Term::iri("http://e/a");
    CHECK_THROWS_AS(written({{a, Term::iri("http://e/1"), a}}), Error);
    CHECK_THROWS_AS(written({{a, Term::iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#li"), a}}), Error);
    CHECK_THROWS_AS(written({{a, Term::iri("http://e/p"), Term::literal(std::string("\x01"))}}), Error);
}

}  // namespace tercet::results

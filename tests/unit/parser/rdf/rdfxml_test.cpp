#include <sstream>

#include "parser/rdf/reader.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

class Lines final : public QuadSink {
public:
    void add(const QuadView& quad) override {
        lines += to_term(quad.subject).to_string() + ' ' + to_term(quad.predicate).to_string() + ' ' + to_term(quad.object).to_string() + '\n';
    }
    std::string lines;
};

std::string read_text(const std::string& text) {
    std::istringstream in(text);
    Lines sink;
    ReadOptions options;
    options.base = "http://x/doc";
    read(in, Format::RdfXml, options, sink);
    return sink.lines;
}

std::string document(const std::string& body) {
    return "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>\n" + body + "\n</rdf:RDF>";
}

}  // namespace

TEST_CASE("rdf/xml: nodes, values and references become triples", "[rdf]") {
    CHECK(read_text(document("<e:C rdf:about='a' e:name='n' xml:lang='EN'><e:p>t</e:p><e:q rdf:resource='#b'/>"
                             "<e:r rdf:datatype='http://d'>1</e:r><e:s><e:D rdf:ID='c'/></e:s></e:C>")) ==
          "<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/C>\n"
          "<http://x/a> <http://e/name> \"n\"@en\n"
          "<http://x/a> <http://e/p> \"t\"@en\n"
          "<http://x/a> <http://e/q> <http://x/doc#b>\n"
          "<http://x/a> <http://e/r> \"1\"^^<http://d>\n"
          "<http://x/doc#c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/D>\n"
          "<http://x/a> <http://e/s> <http://x/doc#c>\n");
}

TEST_CASE("rdf/xml: entities of the document are replaced, and nothing outside is opened", "[rdf]") {
    const std::string node = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:e='http://e/'>"
                             "<e:C rdf:about='&x;a'><e:p>1 &y; &amp; 2</e:p></e:C></rdf:RDF>";
    CHECK(read_text("<!DOCTYPE r [<!ENTITY x 'http://e/'><!ENTITY y 'and'>]>" + node) ==
          "<http://e/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://e/C>\n"
          "<http://e/a> <http://e/p> \"1 and & 2\"\n");
    CHECK_THROWS_AS(read_text("<!DOCTYPE r [<!ENTITY x 'http://e/'><!ENTITY y SYSTEM '/etc/hostname'>]>" + node), Error);
}

TEST_CASE("rdf/xml: a mistake is told with its place", "[rdf]") {
    const auto [body, word] = GENERATE(table<std::string, std::string>({
        {"<e:C>text</e:C>", "text where elements"},
        {"<e:C rdf:about='a' rdf:nodeID='b'/>", "leave one of them out"},
        {"<e:C rdf:ID='a'/><e:C rdf:ID='a'/>", "twice"},
        {"<e:C rdf:ID='1a'/>", "rdf:ID"},
        {"<e:C rdf:aboutEach='a'/>", "no longer part"},
        {"<rdf:li/>", "rdf:li"},
        {"<e:C><rdf:Description/></e:C>", "rdf:Description"},
        {"<e:C><e:p>t<e:D/></e:p></e:C>", "one or the other"},
        {"<e:C><e:p><e:D/><e:D/></e:p></e:C>", "second node"},
        {"<e:C><e:p rdf:resource='a'><e:D/></e:p></e:C>", "attributes give its value"},
        {"<e:C rdf:about='a b'/>", "not an IRI"},
        {"<e:C xml:lang='1'/>", "language tag"},
        {"<e:C name='n'/>", "no namespace"},
        {"<f:C/>", "not well-formed"},
        {"<e:C>", "not well-formed"},
        {"<e:C rdf:version='1.2'><e:p rdf:parseType='Triple'><e:D e:q='r'/></e:p></e:C>", "exactly one triple"},
    }));
    CAPTURE(body);
    try {
        static_cast<void>(read_text(document(body)));
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Syntax);
        CHECK(error.message().find(word) != std::string::npos);
        CHECK(error.position().line >= 2);
        CHECK(error.position().column > 0);
    }
}

TEST_CASE("rdf/xml: the first bytes tell the encoding, also one that nobody reads", "[rdf]") {
    const std::string text = document("<e:C rdf:about='http://x/a'/>");
    std::string wide = "\xFF\xFE";
    for (const char c : text) wide += {c, '\0'};

    CHECK(read_text(wide) == read_text(text));
    CHECK(read_text("\xEF\xBB\xBF" + text) == read_text(text));
    CHECK_THROWS_AS(read_text(std::string("\0\0<\0\0\t\1", 7)), Error);
}

TEST_CASE("rdf/xml: what ends early, nests deeply or is no XML at all is an error", "[rdf]") {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<e:C><e:p>";
    for (const std::string& text : {std::string(), std::string("<"), std::string("no xml"), document(deep), std::string("<!DOCTYPE a [<!ENTITY b '&b;'>]><a>&b;</a>")}) {
        CHECK_THROWS_AS(read_text(text), Error);
    }
}

}  // namespace tercet::rdf

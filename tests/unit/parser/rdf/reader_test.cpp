#include "parser/rdf/reader.hpp"

#include <random>
#include <sstream>

#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

class Collector final : public QuadSink {
public:
    void add(const QuadView& quad) override {
        lines += to_term(quad.subject).to_string() + ' ' + to_term(quad.predicate).to_string() + ' ' + to_term(quad.object).to_string();
        if (quad.graph.kind != TermKind::Undefined) lines += ' ' + to_term(quad.graph).to_string();
        lines += '\n';
    }
    std::string lines;
};

std::string read_text(const std::string& text, Format format = Format::Turtle) {
    std::istringstream in(text);
    Collector sink;
    ReadOptions options;
    options.base = "http://x/";
    read(in, format, options, sink);
    return sink.lines;
}

}  // namespace

TEST_CASE("rdf: a statement that does not end is refused before it fills the memory", "[rdf]") {
    const std::string text = "<http://x/a> <http://x/p> \"" + std::string(5U << 20U, 'x') + "\" .\n";
    for (const Format format : {Format::NTriples, Format::NQuads, Format::Turtle, Format::TriG}) {
        std::istringstream in("<http://x/a> <http://x/p> 1 .\n\n" + text), short_in(text);
        if (format == Format::NTriples || format == Format::NQuads) in.str("\n\n" + text);
        Collector sink;
        ReadOptions options;
        CHECK(read(short_in, format, options, sink) == 1);
        options.longest_statement = std::size_t{1} << 20U;
        CHECK_THROWS_WITH(read(in, format, options, sink), Catch::Contains("a statement is longer than 1048576 bytes"));
    }
}

TEST_CASE("turtle: what is written short is spelt out", "[rdf]") {
    CHECK(read_text("@prefix : <http://x/> . :a a :C ; :p 1 , 2.5 , 1e0 , true , \"t\"@EN ; .") ==
          "<http://x/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x/C>\n"
          "<http://x/a> <http://x/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>\n"
          "<http://x/a> <http://x/p> \"2.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>\n"
          "<http://x/a> <http://x/p> \"1e0\"^^<http://www.w3.org/2001/XMLSchema#double>\n"
          "<http://x/a> <http://x/p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>\n"
          "<http://x/a> <http://x/p> \"t\"@en\n");
    CHECK(read_text("<a> <p> (<b>) .") ==
          "_:g..1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <http://x/b>\n"
          "_:g..1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>\n"
          "<http://x/a> <http://x/p> _:g..1\n");
}

TEST_CASE("turtle 1.2: annotations reify the triple they stand behind", "[rdf]") {
    CHECK(read_text("<a> <p> <b> ~ <r> {| <q> <c> |} .") ==
          "<http://x/a> <http://x/p> <http://x/b>\n"
          "<http://x/r> <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( <http://x/a> <http://x/p> <http://x/b> )>>\n"
          "<http://x/r> <http://x/q> <http://x/c>\n");
}

TEST_CASE("trig: a graph ends with its bracket", "[rdf]") {
    CHECK(read_text("<g> { <a> <p> <b> } <c> <p> <d> . GRAPH <h> { <e> <p> <f> . }", Format::TriG) ==
          "<http://x/a> <http://x/p> <http://x/b> <http://x/g>\n<http://x/c> <http://x/p> <http://x/d>\n"
          "<http://x/e> <http://x/p> <http://x/f> <http://x/h>\n");
}

TEST_CASE("rdf: a mistake is told with its place", "[rdf]") {
    struct Case {
        const char* text;
        Format format;
        std::size_t line, column;
        const char* word;
    };
    const auto c = GENERATE(values<Case>({
        {"<a> <p> <b> .\n<a> <p> .\n", Format::Turtle, 2, 9, "object"},
        {"<a> <p> <b>", Format::Turtle, 1, 12, "'.'"},
        {"<a> q:p <b> .", Format::Turtle, 1, 5, "q:"},
        {"<a> <p> \"\xC3\xA9\" <c> .", Format::Turtle, 1, 13, "'.'"},
        {"<http://x/a> <http://x/b> <c> .", Format::NTriples, 1, 27, "relative"},
        {"<http://x/a> <http://x/b> <http://x/c> . <http://x/d>", Format::NTriples, 1, 42, "end of the line"},
        {"{ <a> <p> <b> ", Format::TriG, 1, 15, "'.'"}}));
    CAPTURE(c.text);
    try {
        static_cast<void>(read_text(c.text, c.format));
        FAIL("accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Syntax);
        CHECK(error.position().line == c.line);
        CHECK(error.position().column == c.column);
        CHECK_THAT(error.message(), Catch::Contains(c.word));
    }
}

TEST_CASE("turtle: deep nesting is an error, not a crash", "[rdf]") {
    CHECK_THROWS_AS(read_text("<a> <p> " + std::string(100'000, '[')), Error);
    CHECK_THROWS_AS(read_text("<a> <p> " + std::string(100'000, '(')), Error);
}

TEST_CASE("rdf: random bytes are read or refused", "[rdf]") {
    std::mt19937 random(11);
    const std::string pieces[] = {"<a>", " ", "<<(", ")>>", "{|", "|}", "[", "]", "(", ")", "\"x\"", "@en", "^^", ".", ";", ",", "~", "a", "1.5", "_:b", "@prefix", ":", "\n", "\xFF", "{", "}"};
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (int n = 0; n < 12; ++n) text += pieces[random() % std::size(pieces)];
        const Format format = static_cast<Format>(random() % 4);
        try {
            static_cast<void>(read_text(text, format));
        } catch (const Error&) {
        }
    }
    SUCCEED();
}

}  // namespace tercet::rdf

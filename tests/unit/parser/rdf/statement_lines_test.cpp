#include "parser/rdf/statement_lines.hpp"

#include <algorithm>
#include <random>
#include <sstream>

#include "parser/rdf/statement_scanner.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

/// What a text comes to: its quads, and the error that ends it.
struct Reading final : QuadSink {
    void add(const QuadView& quad) override {
        for (const TermView* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) {
            text += to_term(*term).to_string() + " [" + std::string(term->datatype) + "] ";
        }
        text += '\n';
    }
    std::string text;
};

template <typename Parse>
std::string reading_of(const std::string& text, LineFormat format, Parse parse) {
    Reading sink;
    ReadOptions options;
    options.source = "test";
    options.blank_prefix = "d1_";
    DocumentBuilder builder(options, sink);
    const Lines lines{text, 7};
    try {
        parse(lines, format, options, builder);
    } catch (const Error& error) {
        const TextPosition& place = error.position();
        sink.text += "! " + error.message() + " at " + std::to_string(place.line) + ':' + std::to_string(place.column) + ' ' + place.line_text;
    }
    return sink.text;
}

std::string fast(const std::string& text, LineFormat format) {
    return reading_of(text, format, [](const Lines& lines, LineFormat how, const ReadOptions& options, DocumentBuilder& builder) {
        parse_lines(lines, how, options, builder);
    });
}
std::string by_grammar(const std::string& text, LineFormat format) {
    return reading_of(text, format, [](const Lines& lines, LineFormat how, const ReadOptions& options, DocumentBuilder& builder) {
        parse_by_grammar(lines, 0, lines.text.size(), how, options, builder);
    });
}

bool is_scanned(const std::string& line, LineFormat format = LineFormat::NTriples) {
    return StatementScanner("", format == LineFormat::NQuads).scan(line.data(), line.data() + line.size()) != nullptr;
}

const std::vector<std::string> kLines{
    "<http://x/s> <http://x/p> <http://x/o> .\n",
    "_:b1 <http://x/p> _:b.2-c .\r\n",
    "<http://x/s>\t<http://x/p>\t\"text\"@en-GB .\n",
    "<http://x/s> <http://x/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
    "<http://x/s> <http://x/p> \"a \\\"b\\\" \\u00e9\\U0001F600\\n\\\\\".\n",
    "<http://x/\xC3\xA9> <http://x/p> \"\xE2\x82\xAC\xF0\x9F\x98\x80\" .\n",
    "<http://x/s> <http://x/p> \"\" <http://x/g> .\n",
    "<http://x/s> <http://x/p> _:o _:g .\n",
    "# a comment\n",
    "\n",
    "<http://x/s> <http://x/p> <<( <http://x/a> <http://x/b> \"c\"@ar--rtl )>> . # why\n",
    "VERSION \"1.2\"\n",
    "<http://x/s> <http://x/p> \"t\"@EN-abcdefgh-12345678 .",
};

}  // namespace

TEST_CASE("statement scanner: takes what programs write", "[rdf]") {
    CHECK(is_scanned("<http://x/s> <http://x/p> <http://x/o> .\n"));
    CHECK(is_scanned("_:b <http://x/p> _:c.d ."));
    CHECK(is_scanned("<http://x/s> <http://x/p> \"a\\tb\"@en .\r\n"));
    CHECK(is_scanned("<http://x/s> <http://x/p> \"1\"^^<http://x/d> <http://x/g> .\n", LineFormat::NQuads));
}

TEST_CASE("statement scanner: leaves what is rare or wrong", "[rdf]") {
    const auto line = GENERATE(values<std::string>({
        "", "# c\n", "<http://x/s> <http://x/p> <o> .\n", "<http://x/s> <http://x/p> <http://x/o> . # c\n", "<http://x/s> <http://x/p> _:o. .\n",
        "<http://x/s> <http://x/p> \"\\x\" .\n", "<http://x/s> <http://x/p> \"\\ud800\" .\n", "<http://x/s> <http://x/p> \"\xC0\x80\" .\n",
        "<http://x/s> <http://x/p> \"t\"@en--ltr .\n", "<http://x/s> <http://x/p> \"t\"@abcdefghi .\n", "<http://x/s> <http://x/p> \"t\" . .\n",
        "<http://x/s> <http://x/p> \"t\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .\n", "<http://x/s> \"p\" <http://x/o> .\n"}));
    CAPTURE(line);
    CHECK_FALSE(is_scanned(line));
}

TEST_CASE("statement lines: scanner and grammar agree on what is whole", "[rdf]") {
    std::string all;
    for (const std::string& line : kLines) all += line;
    CHECK(fast(all, LineFormat::NQuads) == by_grammar(all, LineFormat::NQuads));
    CHECK_THAT(fast(all, LineFormat::NQuads), !Catch::Contains("!"));
    CHECK_THAT(fast(all, LineFormat::NTriples), Catch::Contains("! expected '.' at the end of the statement at 13:30"));
}

TEST_CASE("statement lines: scanner and grammar agree on broken lines too", "[rdf]") {
    std::mt19937 random(2);
    const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random() % bound); };
    const std::string bytes = std::string("<>\"\\.@^_:- \t\n\r#uU09afAZ()|{}`") + '\0' + "\x7F\x80\xBF\xC2\xE2\xED\xF0\xF4\xFF";
    for (int i = 0; i < 60'000; ++i) {
        std::string text = kLines[below(kLines.size())] + kLines[below(kLines.size())];
        for (std::size_t edits = 1 + below(3); edits != 0; --edits) {
            const std::size_t at = below(text.size());
            switch (below(4)) {
                case 0: text[at] = bytes[below(bytes.size())]; break;
                case 1: text.insert(at, 1, bytes[below(bytes.size())]); break;
                case 2: text.erase(at, 1 + below(3)); break;
                default: text.insert(at, text.substr(below(text.size()), below(6))); break;
            }
            if (text.empty()) text = "\n";
        }
        const LineFormat format = below(2) == 0 ? LineFormat::NTriples : LineFormat::NQuads;
        if (fast(text, format) == by_grammar(text, format)) continue;
        CAPTURE(text);
        REQUIRE(fast(text, format) == by_grammar(text, format));
    }
}

TEST_CASE("statement lines: scanner and grammar agree on every byte at every place", "[rdf]") {
    const std::string iri = "http://example.org/a-place-beyond-two-times-sixteen-bytes", text = "words that go on for more than sixteen bytes";
    const auto place = GENERATE(range(std::size_t{0}, std::size_t{40}, std::size_t{3}));
    for (int byte = 0; byte < 256; ++byte) {
        CAPTURE(place, byte);
        auto changed_iri = iri, changed_text = text;
        changed_iri[place] = changed_text[place] = static_cast<char>(byte);
        for (const std::string& line : {"<" + changed_iri + "> <http://x/p> <http://x/o> .\n", "<http://x/s> <http://x/p> \"" + changed_text + "\" .\n"}) {
            REQUIRE(fast(line, LineFormat::NTriples) == by_grammar(line, LineFormat::NTriples));
        }
    }
}

TEST_CASE("line reader: pieces end with lines, and keep their numbers", "[rdf]") {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "line " + std::to_string(i) + (i % 3 == 0 ? "\r\n" : "\n");
    text += "the last";
    std::istringstream in(text);
    const ReadOptions options;
    LineReader reader(in, options);
    std::string joined;
    std::size_t pieces = 0;
    for (Lines lines; reader.next(lines); ++pieces) {
        CHECK(static_cast<std::size_t>(std::count(joined.begin(), joined.end(), '\n')) + 1 == lines.first);
        joined += lines.text;
        CHECK((joined.back() == '\n' || joined.size() == text.size()));
    }
    CHECK(joined == text);
    CHECK(pieces > 1);
}

TEST_CASE("line reader: lines that end with carriage returns alone", "[rdf]") {
    std::string text;
    while (text.size() < (std::size_t{3} << 20U)) text += "<http://x/s> <http://x/p> <http://x/o> .\r";
    std::istringstream in(text);
    const ReadOptions options;
    LineReader reader(in, options);
    std::size_t pieces = 0;
    for (Lines lines; reader.next(lines); ++pieces) CHECK(lines.text.back() == '\r');
    CHECK(pieces == 4);
}

}  // namespace tercet::rdf

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/answers.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "tercet/error.hpp"

namespace tercet::test {
namespace {

using Format = ResultFormat;
constexpr const char* kDecimal = "http://www.w3.org/2001/XMLSchema#decimal";

Term iri(const std::string& name) { return Term::iri("http://example/" + name); }

/// Every kind of term that an answer may hold.
Answer sample() {
    Answer answer;
    answer.names = {"x", "y", "z"};
    const Term inner = Term::triple_term({iri("s"), iri("p"), Term::language_literal("hi", "en", BaseDirection::LeftToRight)});
    answer.rows = {
        {iri("a"), Term::blank_node("b1"), Term::literal("plain, \"quoted\"\nand\ttwo lines")},
        {Term::integer(42), Term::typed_literal("1.5", kDecimal), Term::floating(1e6)},
        {Term{}, Term::language_literal("Äpfel", "de"), Term{}},
        {Term::language_literal("شاي", "ar", BaseDirection::RightToLeft), Term::boolean(true), Term::triple_term({iri("s"), iri("p"), inner})},
        {Term::typed_literal("x", "http://example/own"), Term::literal(" <&>' "), Term{}},
        {Term{}, Term{}, Term{}},
    };
    return answer;
}

std::string json(const std::string& term) {
    return R"({"head":{"vars":["x"]},"results":{"bindings":[{"x":)" + term + "}]}}";
}
std::string xml(const std::string& inside) {
    return "<sparql xmlns='http://www.w3.org/2005/sparql-results#' xmlns:its='http://www.w3.org/2005/11/its'>" + inside + "</sparql>";
}
std::string xml_value(const std::string& term) {
    return xml("<head><variable name='x'/></head><results><result><binding name='x'>" + term + "</binding></result></results>");
}

struct Mistake {
    Format format;
    std::string text;
    std::size_t line, column;  ///< column 0: libxml2 counts in its own way
    std::string words;
};

}  // namespace

TEST_CASE("results: what the writers write is read back", "[results]") {
    const Format format = GENERATE(Format::Json, Format::Xml, Format::Tsv);
    const Answer before = sample();
    const Answer after = read_answer(write_answer(before, format), format);
    CHECK(after.names == before.names);
    CHECK(after.rows == before.rows);
}

TEST_CASE("results: a boolean is read back", "[results]") {
    const Format format = GENERATE(Format::Json, Format::Xml, Format::Csv, Format::Tsv);
    Answer before;
    before.is_boolean = true;
    before.yes = GENERATE(true, false);
    const Answer after = read_answer(write_answer(before, format), format);
    CHECK(after.is_boolean);
    CHECK(after.yes == before.yes);
}

TEST_CASE("results: solutions without variables are counted", "[results]") {
    const Format format = GENERATE(Format::Json, Format::Xml, Format::Csv, Format::Tsv);
    Answer before;
    before.rows.resize(GENERATE(0, 1, 3));
    const Answer after = read_answer(write_answer(before, format), format);
    CHECK(after.names.empty());
    CHECK(after.rows == before.rows);
}

TEST_CASE("results: CSV tells IRIs, blank nodes and text apart by their looks", "[results]") {
    const Answer answer = read_answer("\xEF\xBB\xBFx,y\r\nhttp://example/a,\"1, \"\"2\"\"\"\n_:b,\r\nurn:x:y,http://a b", Format::Csv);
    CHECK(answer.names == std::vector<std::string>{"x", "y"});
    CHECK(answer.rows == std::vector<std::vector<Term>>{{iri("a"), Term::literal("1, \"2\"")},
                                                        {Term::blank_node("b"), Term{}},
                                                        {Term::iri("urn:x:y"), Term::literal("http://a b")}});
}

TEST_CASE("results: TSV has Turtle's terms", "[results]") {
    const auto [text, expected] = GENERATE(table<std::string, Term>({
        {"+7", Term::typed_literal("+7", "http://www.w3.org/2001/XMLSchema#integer")},
        {"-.5", Term::typed_literal("-.5", kDecimal)},
        {"1e0", Term::typed_literal("1e0", "http://www.w3.org/2001/XMLSchema#double")},
        {"false", Term::boolean(false)},
        {"'it''s'@en", Term{}},
        {"'single'@en", Term::language_literal("single", "en")},
        {R"("a\tb\u00e9"^^<http://example/own>)", Term::typed_literal("a\tb\xC3\xA9", "http://example/own")},
        {"<http://example/\\u00E9>", Term::iri("http://example/\xC3\xA9")},
    }));
    CAPTURE(text);
    if (expected.is_defined()) CHECK(read_answer("?x\n" + text + "\n", Format::Tsv).rows.at(0).at(0) == expected);
    else CHECK_THROWS_AS(read_answer("?x\n" + text + "\n", Format::Tsv), Error);
}

TEST_CASE("results: JSON members may come in any order, and unknown ones are passed over", "[results]") {
    const Answer answer = read_answer(R"({"results":{"ordered":true,"bindings":[{"x":{"value":"a","more":[1,{"y":2}],"type":"literal"}}],"z":{}},
        "link":[{"a":[]}],"head":{"link":["m"],"vars":["w","x"]}})", Format::Json);
    CHECK(answer.names == std::vector<std::string>{"w", "x"});
    CHECK(answer.rows == std::vector<std::vector<Term>>{{Term{}, Term::literal("a")}});
}

TEST_CASE("results: the older form of typed literals is read", "[results]") {
    const Answer answer = read_answer(json(R"({"type":"typed-literal","datatype":")" + std::string(kDecimal) + R"(","value":"1.0"})"), Format::Json);
    CHECK(answer.rows.at(0).at(0) == Term::typed_literal("1.0", kDecimal));
}

TEST_CASE("results: mistakes have their place and say what is wrong", "[results]") {
    const Mistake mistake = GENERATE(values<Mistake>({
        {Format::Json, "", 1, 1, "not well-formed"},
        {Format::Json, "[]", 1, 3, "an answer is an object"},
        {Format::Json, "{\n \"head\": {\"vars\": [\"x\"]}}", 2, 26, "neither solutions nor a boolean"},
        {Format::Json, R"({"results":{"bindings":[]}})", 1, 28, "does not declare"},
        {Format::Json, R"({"head":{"vars":["x","x"]}})", 1, 27, "twice"},
        {Format::Json, R"({"head":{"vars":["a b"]}})", 1, 25, "not the name of a variable"},
        {Format::Json, R"({"head":{},"boolean":"yes"})", 1, 27, "true or false"},
        {Format::Json, R"({"head":{},"boolean":true,"results":{"bindings":[]}})", 1, 50, "not both"},
        {Format::Json, R"({"head":{"vars":["x"]},"results":{"bindings":[{"y":{"type":"uri","value":"http://a/"}}]}})", 1, 87, "?y"},
        {Format::Json, json(R"({"type":"uri","value":"a b"})"), 1, 0, "not an absolute IRI"},
        {Format::Json, json(R"({"type":"literal","value":7})"), 1, 0, "\"value\" is a string"},
        {Format::Json, json(R"({"type":"literal","value":"a","xml:lang":"en","datatype":"http://a/"})"), 1, 0, "not both"},
        {Format::Json, json(R"({"type":"literal","value":"a","its:dir":"ltr"})"), 1, 0, "needs a language"},
        {Format::Json, json(R"({"type":"literal","value":"a","xml:lang":"en","its:dir":"up"})"), 1, 0, "neither ltr nor rtl"},
        {Format::Json, json(R"({"type":"literal","value":"a","xml:lang":"e n"})"), 1, 0, "language tag"},
        {Format::Json, json(R"({"type":"number","value":"a"})"), 1, 0, "uri, literal, bnode or triple"},
        {Format::Json, json(R"({"type":"triple","value":{"subject":{"type":"literal","value":"a"},"predicate":{},"object":{}}})"), 1, 0, "\"type\""},
        {Format::Json, json("\"a\xFF\""), 1, 0, "not well-formed"},
        {Format::Json, json("{}") + "x", 1, 0, "type"},
        {Format::Json, std::string(100000, '['), 1, 0, "nested more than"},
        {Format::Json, "{\"results\":" + std::string(100000, '['), 1, 0, "nested more than"},
        {Format::Xml, "<a/>", 1, 0, "expected <sparql"},
        {Format::Xml, "<sparql xmlns='http://www.w3.org/2005/sparql-results#'>", 1, 0, "not well-formed"},
        {Format::Xml, xml("<head/>"), 1, 0, "neither solutions nor a boolean"},
        {Format::Xml, xml("\n<results/>"), 2, 0, "<head> comes before"},
        {Format::Xml, xml("<head/>\n\n<boolean>maybe</boolean>"), 3, 0, "true or false"},
        {Format::Xml, xml("<head><variable/></head>"), 1, 0, "needs the attribute name"},
        {Format::Xml, xml("<head/><results><binding/></results>"), 1, 0, "may not stand in <results>"},
        {Format::Xml, xml("<head/>text"), 1, 0, "holds no text"},
        {Format::Xml, xml_value(""), 1, 0, "needs a <uri>"},
        {Format::Xml, xml_value("<uri>http://a/</uri><bnode>b</bnode>"), 1, 0, "more than one value"},
        {Format::Xml, xml_value("<literal its:dir='ltr'>a</literal>"), 1, 0, "needs a language"},
        {Format::Xml, xml_value("<triple><subject><uri>http://a/</uri></subject></triple>"), 1, 0, "predicate"},
        {Format::Csv, "", 1, 1, "empty"},
        {Format::Csv, "x,y\r\n1\r\n", 2, 1, "1 values for 2 variables"},
        {Format::Csv, "x\nä\"b\n", 2, 2, "quote inside"},
        {Format::Csv, "x\n\"open\n", 2, 1, "never closed"},
        {Format::Csv, "x\n\"a\"b\n", 2, 5, "expected a comma"},
        {Format::Csv, "x\n\xFF\n", 2, 1, "UTF-8"},
        {Format::Tsv, "x\n", 1, 1, "such as ?x"},
        {Format::Tsv, "?x\t?y\n<http://a/>\t\xC3\xA4\n", 2, 13, "is no term"},
        {Format::Tsv, "?x\n<relative>\n", 2, 1, "not an absolute IRI"},
        {Format::Tsv, "?x\n1\t2\n", 2, 1, "2 values for 1 variables"},
        {Format::Tsv, "?x\n\"a\"^^\n", 2, 1, "is no term"},
    }));
    CAPTURE(mistake.text.substr(0, 300));
    try {
        read_answer(mistake.text, mistake.format);
        FAIL("there was no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Syntax);
        CHECK_THAT(error.message(), Catch::Matchers::Contains(mistake.words));
        CHECK(error.position().source == "answer");
        CHECK(error.position().line == mistake.line);
        if (mistake.column != 0) CHECK(error.position().column == mistake.column);
    }
}

TEST_CASE("results: triple terms nest a hundred deep and no further", "[results]") {
    const Format format = GENERATE(Format::Json, Format::Xml, Format::Tsv);
    const auto nested = [&](int depth) {
        Term term = iri("o");
        for (int i = 0; i < depth; ++i) term = Term::triple_term({iri("s"), iri("p"), term});
        Answer answer;
        answer.names = {"x"};
        answer.rows = {{term}};
        return answer;
    };
    CHECK(read_answer(write_answer(nested(100), format), format).rows == nested(100).rows);
    CHECK_THROWS_AS(read_answer(write_answer(nested(110), format), format), Error);
}

TEST_CASE("results: a cancelled reader stops", "[results]") {
    const Format format = GENERATE(Format::Json, Format::Xml, Format::Csv, Format::Tsv);
    std::istringstream in(write_answer(sample(), Format::Json == format || Format::Xml == format ? format : Format::Csv));
    results::ReadOptions options;
    options.cancel.cancel();
    Answer answer;
    try {
        results::read_results(in, format == Format::Tsv ? Format::Csv : format, options, answer);
        FAIL("there was no error");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Cancelled);
    }
}

TEST_CASE("results: the formats go by media type and by name", "[results]") {
    CHECK(results::result_format_of_media_type("Application/SPARQL-results+JSON; charset=utf-8") == Format::Json);
    CHECK(results::result_format_of_media_type("text/csv") == Format::Csv);
    CHECK_FALSE(results::result_format_of_media_type("text/html"));
    CHECK(results::guess_result_format("a.srx") == Format::Xml);
    CHECK_FALSE(results::guess_result_format("a.ttl"));
}

TEST_CASE("results: the W3C's answers are read and agree with each other", "[results]") {
    namespace fs = std::filesystem;
    const fs::path suites = fs::path(support::shared_data()) / "conformance" / "rdf-tests" / "sparql";
    if (!fs::exists(suites)) {
        WARN("skipped: the W3C suites are not at " << suites);
        return;
    }
    std::size_t read = 0;
    for (const auto& entry : fs::recursive_directory_iterator(suites)) {
        const auto format = results::guess_result_format(entry.path().string());
        if (!format || entry.path().string().find("/sparql10/") != std::string::npos) continue;
        INFO(entry.path());
        std::ifstream in(entry.path());
        const Answer answer = read_answer({std::istreambuf_iterator<char>(in), {}}, *format);
        for (const Format other : {Format::Json, Format::Xml, Format::Tsv}) {
            const Answer again = read_answer(write_answer(answer, other), other);
            CHECK(again.rows == answer.rows);
        }
        ++read;
    }
    CHECK(read >= 300);
}

}  // namespace tercet::test

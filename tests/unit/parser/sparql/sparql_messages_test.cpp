#include <string>
#include <string_view>
#include <vector>

#include "parser/sparql/parser.hpp"
#include "parser/sparql/lexical_scan.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"
#include "support/sections.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::sparql;

namespace {

/// A typical mistake and what we say to it.
struct Mistake {
    std::string kind;  ///< query or update
    std::string name;
    std::string text;
    std::string message;
};

std::vector<Mistake> read_mistakes() {
    std::vector<Mistake> mistakes;
    for (const auto& [title, text] : support::read_sections(support::source_dir() + "/tests/unit/parser/sparql/mistakes.test")) {
        const std::size_t blank = title.find(' ');
        if (title == "says") mistakes.back().message = text;
        else mistakes.push_back({title.substr(0, blank), title.substr(blank + 1), text, {}});
    }
    return mistakes;
}

ParseOptions with_prefixes() {
    ParseOptions options;
    options.prefixes = {{"", "http://x/"}, {"foaf", "http://foaf/"}};
    return options;
}

std::string message_of(const Mistake& mistake) {
    try {
        if (mistake.kind == "query") (void)parse_query(mistake.text, with_prefixes());
        else (void)parse_update(mistake.text, with_prefixes());
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Syntax);
        return error.what();
    }
    return "it is accepted";
}

}  // namespace

TEST_CASE("sparql messages: a typical mistake is named with its place and the way out", "[sparql]") {
    const std::vector<Mistake> mistakes = read_mistakes();
    CHECK(mistakes.size() >= 100);
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.name << "\n" << mistake.text);
        CHECK(message_of(mistake) == mistake.message);
    }
}

TEST_CASE("sparql messages: columns count characters, and the line is shown", "[sparql]") {
    try {
        (void)parse_query("ASK {\n  ?x <http://x/p> \"größer\" FILTR }\n");
        FAIL("was accepted");
    } catch (const Error& error) {
        CHECK(error.position().line == 2);
        CHECK(error.position().column == 28);
        CHECK(error.position().line_text == "  ?x <http://x/p> \"größer\" FILTR }");
    }
}

TEST_CASE("sparql: texts that differ in white space and comments alone are the same when single-spaced", "[sparql]") {
    const std::string expected = "?s ?o { ?s :p ?o . FILTER(?o < 3 && ?s != <x#y>) { ?s :q \"a  # b\" } }";
    CHECK(single_spaced("?s ?o { ?s :p ?o . FILTER(?o < 3 && ?s != <x#y>) { ?s :q \"a  # b\" } }") == expected);
    CHECK(single_spaced("  ?s\t?o{?s :p # {\n ?o . FILTER(?o < 3 &&\n?s != <x#y>){?s :q \"a  # b\"}}\n# end") == expected);
    CHECK(single_spaced("") == "");
}

TEST_CASE("sparql messages: text that is not UTF-8 is refused at the byte", "[sparql]") {
    CHECK_THROWS_WITH(parse_query("ASK { ?x ?y \"\xff\" }"), Catch::Contains("UTF-8"));
}

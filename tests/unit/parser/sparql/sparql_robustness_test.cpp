#include <array>
#include <random>
#include <string>
#include <string_view>

#include "parser/sparql/parser.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::sparql;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

/// Something that contains itself.
struct Nest {
    std::string_view begin;
    std::string_view open;
    std::string_view middle;
    std::string_view close;
    std::string_view end;

    [[nodiscard]] std::string deep(std::size_t times) const {
        return std::string(begin) + repeated(open, times) + std::string(middle) + repeated(close, times) +
               std::string(end);
    }
};

constexpr std::array kNests{
    Nest{"ASK { FILTER(", "(", "1", ")", ") }"},
    Nest{"ASK { FILTER(", "STR(", "1", ")", ") }"},
    Nest{"ASK { FILTER(", "(1 + ", "1", ")", ") }"},
    Nest{"ASK { FILTER(", "!", "1", "", ") }"},
    Nest{"ASK ", "{", "", "}", ""},
    Nest{"ASK ", "{ OPTIONAL ", "{}", "}", ""},
    Nest{"", "SELECT * {", "", "}", ""},
    Nest{"ASK { ?s ?p ", "[ ?p ", "1", "]", " }"},
    Nest{"ASK { ?s ?p ", "( ", "1", ")", " }"},
    Nest{"ASK { ", "<< ?s ?p ", "1", ">>", " }"},
    Nest{"ASK { ?s ?p ", "<<( ?s ?p ", "1", ")>>", " }"},
    Nest{"ASK { ?s ?p ?o ", "{| ?p ?o ", "", "|}", " }"},
    Nest{"ASK { ?s ", "(", "<p>", ")", " 1 }"},
    Nest{"ASK { VALUES ?x { ", "<<( <s> <p> ", "1", ")>>", " } }"},
};

constexpr std::array<std::string_view, 84> kTokens{
    "SELECT", "*",      "?x",       "?y",      "WHERE",  "{",     "}",     "(",         ")",        "[",      "]",
    ".",      ";",      ",",        "<p>",     "a",      "\"s\"", "@en",   "^^",        "42",       "-1.5",   "true",
    "_:b",    "FILTER", "BIND",     "AS",      "VALUES", "UNDEF", "UNION", "MINUS",     "GRAPH",    "EXISTS", "NOT",
    "IN",     "||",     "&&",       "!",       "=",      "<",     ">",     "+",         "-",        "/",      "|",
    "^",      "?",      "<<",       ">>",      "<<(",    ")>>",   "{|",    "|}",        "~",        "COUNT",  "STR",
    "IF",     "GROUP",  "BY",       "HAVING",  "ORDER",  "LIMIT", "ASK",   "CONSTRUCT", "DESCRIBE", "INSERT", "DELETE",
    "DATA",   "WITH",   "USING",    "LOAD",    "CLEAR",  "ALL",   "ANY",   "SHORTEST",  "COST",     "CALL",   "YIELD",
    "UNFOLD", "{2,3}",  "OPTIONAL", "SERVICE", "\"\"\"", "'",     "#\n"};

/// Read or refused, by an Error in either case.
void survive(const std::string& text) {
    CAPTURE(text);
    try {
        (void)parse_query(text);
    } catch (const Error& error) {
        CHECK_FALSE(error.message().empty());
    }
    try {
        (void)parse_update(text);
    } catch (const Error& error) {
        CHECK_FALSE(error.message().empty());
    }
    (void)is_incomplete(text);
}

}  // namespace

TEST_CASE("sparql: deep nesting is read up to a limit and refused beyond it", "[sparql]") {
    for (const Nest& nest : kNests) {
        CAPTURE(nest.open);
        CHECK_NOTHROW(parse_query(nest.deep(200)));
        CHECK_THROWS_WITH(parse_query(nest.deep(100'000)), Catch::Contains("nested more than 500 deep"));
    }
}

TEST_CASE("sparql: long chains are balanced, or refused when they cannot be", "[sparql]") {
    CHECK_NOTHROW(parse_query("ASK { FILTER(1" + repeated(" || 1 && 2", 20'000) + ") }"));
    CHECK_NOTHROW(parse_query("ASK { FILTER(1" + repeated(" + 1", 900) + ") }"));
    CHECK_THROWS_WITH(parse_query("ASK { FILTER(1" + repeated(" + 1", 20'000) + ") }"), Catch::Contains("too long"));
    CHECK_NOTHROW(parse_query("ASK { ?s <p>" + repeated("/<p>", 20'000) + " ?o }"));
    CHECK_NOTHROW(parse_query("ASK { {} " + repeated("UNION {} ", 20'000) + "}"));
}

TEST_CASE("sparql: a long group is read up to a limit and refused beyond it", "[sparql]") {
    const std::string_view element = GENERATE("OPTIONAL { ?s ?p ?o } ", "MINUS { ?s ?p ?o } ", "{ ?s ?p ?o } ", "VALUES ?x { 1 } ",
                                              "GRAPH ?g {} ", "UNFOLD(?o AS ?x) ", "{} ?s ?p ?o . ", "{ SELECT * {} } ",
                                              "FILTER EXISTS { OPTIONAL {} } {} ");
    CAPTURE(element);
    const std::string nested = "SELECT * { " + repeated("{ SELECT ((1 + 1 + 1 + 1) AS ?x) { FILTER EXISTS { OPTIONAL { ", 40);
    if (element.find("UNFOLD") == std::string_view::npos) {
        CHECK_NOTHROW(parse_query("SELECT * { " + repeated(element, 400) + "}"));
        CHECK_THROWS_WITH(parse_query("SELECT * { " + repeated(element, 10'000) + "}"), Catch::Contains("the group is too long"));
    }
    CHECK_THROWS_WITH(parse_query(nested + repeated("OPTIONAL {} ", 900) + repeated("} } } }", 40) + "}"),
                      Catch::Contains("the group is too long"));
}

TEST_CASE("sparql: so many computed columns are refused", "[sparql]") {
    std::string columns;
    for (int i = 0; i < 10'000; ++i) columns += "(1 AS ?x" + std::to_string(i) + ") ";
    CHECK_THROWS_WITH(parse_query("SELECT " + columns + "{}"), Catch::Contains("compute more than 1000 columns"));
    CHECK_THROWS_WITH(parse_query("SELECT (1 AS ?x) {} GROUP BY " + repeated("(1 + 1) ", 10'000)),
                      Catch::Contains("compute more than 1000 columns"));
}

TEST_CASE("sparql: a function call that breaks off is not taken for its name", "[sparql]") {
    for (const char* text : {"BASE<>#\nSELECT DISTINCT(COUNT(DISTINCT?y)AS?n)(G:(", "PREFIX : <x:> SELECT (:f( AS ?x) {}",
                             "ASK { FILTER(<f>(1, ) ) }"}) {
        survive(text);
    }
}

TEST_CASE("sparql: random tokens are read or refused, never more", "[sparql]") {
    std::mt19937 random(20'240'607);
    for (int round = 0; round < 3'000; ++round) {
        std::string text = random() % 2 == 0 ? "SELECT * { ?x <p> ?y . " : "";
        const std::size_t length = 1 + random() % 25;
        for (std::size_t i = 0; i < length; ++i) text.append(kTokens[random() % kTokens.size()]).append(" ");
        survive(text);
    }
}

TEST_CASE("sparql: every beginning of a request is read or refused", "[sparql]") {
    const std::string query =
        "PREFIX : <http://x/> SELECT ?x (COUNT(DISTINCT ?y) AS ?n) { ?x :p+/^:q [ :r ( 1 2.5 'c'@en--ltr ) ] {| :a 1 "
        "|} . "
        "FILTER(?x NOT IN (1, <<( :s :p :o )>>) && EXISTS { << :a :b :c ~ :r >> }) ?x ANY SHORTEST (:p{1,2} AS ?w) ?z "
        "UNFOLD(?w AS ?e, ?i) CALL :f(?x ?z { ?x :p ?z } ; damping 0.5) YIELD (?node AS ?m) } GROUP BY ?x LIMIT 3";
    for (std::size_t end = 0; end <= query.size(); ++end) survive(query.substr(0, end));
}

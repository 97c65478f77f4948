#include <array>
#include <string>
#include <string_view>

#include "parser/sparql/parser.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::sparql;

namespace {

/// A typical mistake, where we see it, and what we say.
struct Mistake {
    std::string_view text;
    std::size_t column;
    std::string_view message;
};

constexpr std::array kQueries{
    Mistake{"SELCT ?x { ?x :p ?y }", 1,
            "expected SELECT, CONSTRUCT, DESCRIBE or ASK, found 'SELCT'; did you mean SELECT?"},
    Mistake{"SELECT ?x WHERE ?x :p ?y }", 17, "expected {, found '?x'; the pattern stands in braces: { ... }"},
    Mistake{"SELECT ?x { ?x :p ?y", 21,
            "expected ., a pattern such as FILTER, OPTIONAL or { or }, the text ends here; the '{' of line 1 is not "
            "closed"},
    Mistake{"ASK { ?x :p ?y }}", 17,
            "expected GROUP, HAVING, ORDER, LIMIT, OFFSET, VALUES or the end of the query, found '}'; this '}' closes "
            "nothing"},
    Mistake{"SELECT x { ?x :p ?y }", 8,
            "expected a variable such as ?x or ( expression AS ?name ), found 'x'; a variable is written ?x, a name "
            "with its "
            "prefix :x, a text \"x\""},
    Mistake{
        "SELECT ?x, ?y { ?x :p ?y }", 10,
        "expected a variable such as ?x, ( expression AS ?name ), FROM or {, found ','; variables stand side by side, "
        "without commas"},
    Mistake{"ASK { ?x :p ?y . FLITER(?x > 1) }", 18,
            "expected a triple, a pattern such as FILTER, OPTIONAL or { or }, found 'FLITER'; did you mean FILTER?"},
    Mistake{"ASK { ?x :p ?y FILTER ?x > 1 }", 23,
            "expected a condition in parentheses or a function call, found '?x'; put the condition in parentheses: "
            "FILTER (...)"},
    Mistake{"ASK { ?x foo:p ?y }", 10, "the prefix foo: is not declared; declare it first: PREFIX foo: <http://...>"},
    Mistake{"ASK { ?x foa:p ?y }", 10, "the prefix foa: is not declared; did you mean foaf:?"},
    Mistake{"ASK { ?x :p }", 13, "expected a variable such as ?x, an IRI or a literal as object, found '}'"},
    Mistake{
        "ASK { ?x :p ?y ?z :q ?w }", 16,
        "expected ., a pattern such as FILTER, OPTIONAL or { or }, found '?z'; is a '.' missing between two triples?"},
    Mistake{"ASK { ?x :p \"abc }", 13,
            "expected a variable such as ?x, an IRI or a literal as object, found '\"abc'; the string that begins here "
            "is not "
            "closed"},
    Mistake{"ASK { ?x :p 'a\\q' }", 13,
            "expected a variable such as ?x, an IRI or a literal as object, found ''a\\q''; '\\q' is not an escape; a "
            "backslash "
            "itself is written \\\\"},
    Mistake{
        "ASK { FILTER(?y == 1) }", 18,
        "expected a value: a variable, a term, a function call or an expression in parentheses, found '='; equality is "
        "written ="},
    Mistake{"ASK { FILTER(?y <> 1) }", 17, "expected ), found '<>'; inequality is written !="},
    Mistake{"ASK { FILTER(?y & ?x) }", 17, "expected ), found '&'; and is written &&"},
    Mistake{"SELECT COUNT(?x) { ?x :p ?y }", 8,
            "expected a variable such as ?x or ( expression AS ?name ), found 'COUNT'; write expressions in SELECT as "
            "(COUNT(...) AS ?name)"},
    Mistake{"SELECT (COUNT(?x)) { ?x :p ?y }", 18, "expected AS, found ')'; give the value a name: (... AS ?name)"},
    Mistake{"SELECT (COUNT(?x) ?n) { ?x :p ?y }", 19, "expected AS, found '?n)'; write AS before the name"},
    Mistake{"SELECT ?x { ?x :p ?y } GROUP BY ?y", 8,
            "?x is neither a GROUP BY variable nor inside an aggregate; add it to GROUP BY, or wrap it: SAMPLE(?x)"},
    Mistake{"SELECT * { ?x :p ?y } GROUP BY ?y", 1,
            "SELECT * cannot go with GROUP BY or aggregates; name the variables"},
    Mistake{"SELECT (1 AS ?x) (2 AS ?x) { }", 24,
            "AS ?x gives a value to a variable that already has one; choose another name"},
    Mistake{"SELECT * { } LIMIT", 19, "expected a whole number, the text ends here"},
    Mistake{"SELECT * { } LIMIT ten", 20, "expected a whole number, found 'ten'"},
    Mistake{"SELECT * { } LIMIT 99999999999999999999", 20, "the number 99999999999999999999 is too large"},
    Mistake{"SELECT * { } ;", 14,
            "expected GROUP, HAVING, ORDER, LIMIT, OFFSET, VALUES or the end of the query, found ';'; a query has no "
            "';' at its "
            "end"},
    Mistake{"ASK { ?x :p ?y . BIND(1 AS ?y) }", 18,
            "BIND gives ?y a value, but it already has one in this group; choose another name"},
    Mistake{"ASK { ?x <http://a b> ?y }", 10,
            "expected a predicate: an IRI, a variable, a path or the word a, found '<http://a'; an IRI in angle "
            "brackets ends "
            "with > and has no spaces, quotes or braces in it"},
    Mistake{"ASK { FILTER(STRLEN(?x, 2) > 1) }", 14, "STRLEN takes 1 argument, not 2"},
    Mistake{"ASK { FILTER(STRLN(?x) > 1) }", 14,
            "expected an expression such as ?x > 3, found 'STRLN'; did you mean STRLEN?"},
    Mistake{"ASK { FILTER(COUNT(?x) > 1) }", 14,
            "COUNT is an aggregate: it may stand in SELECT, HAVING and ORDER BY only"},
    Mistake{"SELECT (SUM(COUNT(?x)) AS ?n) { }", 13, "an aggregate cannot stand inside another; use a sub-select"},
    Mistake{"ASK { VALUES (?a ?b) { (1) } }", 26, "this row of VALUES has 1 value for 2 variables"},
    Mistake{"ASK { VALUES (?a ?a) { } }", 14, "VALUES names ?a twice"},
    Mistake{"ASK { :Miller supports ?x }", 15,
            "expected a predicate: an IRI, a variable, a path or the word a, found 'supports'; a variable is written "
            "?supports, "
            "a name with its prefix :supports, a text \"supports\""},
    Mistake{"ASK { ?x :p+ ?y {| :q 1 |} }", 17,
            "a path cannot be annotated: ~ and {| |} stand after a triple with a plain predicate"},
    Mistake{"PREFIX ex <http://x/> ASK { }", 8,
            "expected a prefix such as ex:, found 'ex'; a prefix ends with a colon: PREFIX ex: <http://...>"},
    Mistake{"PREFIX ex: http://x/ ASK { }", 12,
            "expected an IRI in angle brackets, found 'http://x/'; write <http://x/>"},
    Mistake{"ASK { _:a :p ?x { _:a :p ?y } }", 19,
            "the blank node label _:a is already used in another graph pattern; use a variable to connect the two"},
    Mistake{"ASK { ?x SHORTEST 2 (:p{3,1} AS ?q) ?y }", 24, "the bounds {3,1} are the wrong way round"},
    Mistake{"ASK { ?x ANY (:p+ AS ?q COST 3) ?y }", 10, "COST goes with CHEAPEST: CHEAPEST (path AS ?p COST ...)"},
};

constexpr std::array kUpdates{
    Mistake{
        "INSERT DATA { ?x :p 1 }", 15,
        "?x cannot stand in INSERT DATA, which takes no variables; write a term, or use INSERT or DELETE with WHERE"},
    Mistake{"DELETE DATA { _:x :p 1 }", 15,
            "a blank node cannot stand in DELETE DATA; name the node by an IRI, or find it by a variable in WHERE"},
    Mistake{"DELETE { ?x :p ?o } WERE { ?x :p ?o }", 21,
            "expected INSERT, USING or WHERE, found 'WERE'; did you mean WHERE?"},
    Mistake{"CREATE <http://x/g>", 8, "expected SILENT or GRAPH, found '<http://x/g>'"},
};

ParseOptions with_prefixes() {
    ParseOptions options;
    options.prefixes = {{"", "http://x/"}, {"foaf", "http://foaf/"}};
    return options;
}

template <typename Parse>
void check(const Mistake& mistake, Parse parse) {
    CAPTURE(mistake.text);
    try {
        parse(mistake.text);
        FAIL("was accepted");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Syntax);
        CHECK(error.message() == mistake.message);
        CHECK(error.position().column == mistake.column);
    }
}

}  // namespace

TEST_CASE("sparql messages: a mistake in a query is named with its place and the way out", "[sparql]") {
    for (const Mistake& mistake : kQueries) check(mistake, [](auto text) { (void)parse_query(text, with_prefixes()); });
}

TEST_CASE("sparql messages: a mistake in an update is named with its place and the way out", "[sparql]") {
    for (const Mistake& mistake : kUpdates)
        check(mistake, [](auto text) { (void)parse_update(text, with_prefixes()); });
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

TEST_CASE("sparql messages: text that is not UTF-8 is refused at the byte", "[sparql]") {
    CHECK_THROWS_WITH(parse_query("ASK { ?x ?y \"\xff\" }"), Catch::Contains("UTF-8"));
}

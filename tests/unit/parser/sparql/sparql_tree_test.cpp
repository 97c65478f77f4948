#include <string>
#include <variant>

#include "engine/model/vocabulary.hpp"
#include "parser/sparql/parser.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::sparql;

namespace {

/// A compact picture of a tree, for comparing: terms as in Turtle with x:p for <x:p>, calls as in Lisp.
struct Sketch {
    std::string operator()(const Variable& v) const { return "?" + v.name; }
    std::string operator()(const BlankNode& b) const { return "_:" + b.label; }
    std::string operator()(const Constant& c) const { return term(c.term); }
    std::string operator()(const std::shared_ptr<const TripleTermPattern>& t) const {
        return "<<( " + any(t->subject) + " " + any(t->predicate) + " " + any(t->object) + " )>>";
    }
    std::string operator()(const TermPattern& t) const { return any(t); }
    std::string operator()(const PathPtr& p) const { return any(p->node); }
    std::string operator()(const PathSearch& s) const {
        return "search" + std::to_string(static_cast<int>(s.selector)) + "/" + std::to_string(s.k) + "/" +
               std::to_string(static_cast<int>(s.mode)) + "(" + any(s.path->node) + " AS ?" + s.variable.name +
               (s.cost ? " COST " + any(s.cost->node) : "") + ")";
    }

    std::string operator()(const PathIri& p) const { return p.iri; }
    std::string operator()(const PathInverse& p) const { return "(^ " + any(p.path->node) + ")"; }
    std::string operator()(const PathSequence& p) const { return list("/", p.parts); }
    std::string operator()(const PathAlternative& p) const { return list("|", p.parts); }
    std::string operator()(const PathRepeat& p) const {
        return any(p.path->node) + "{" + std::to_string(p.min) + "," + (p.max ? std::to_string(*p.max) : "") + "}";
    }
    std::string operator()(const PathNegatedSet& p) const {
        std::string out = "!(";
        for (const auto& iri : p.forward) out += " " + iri;
        for (const auto& iri : p.backward) out += " ^" + iri;
        return out + (p.has_forward ? " forward" : "") + (p.has_backward ? " backward" : "") + ")";
    }

    std::string operator()(const FunctionCall& c) const {
        return list(c.name + (c.distinct ? " DISTINCT" : ""), c.arguments);
    }
    std::string operator()(const ExistsExpression& e) const {
        return (e.negated ? "(NOT EXISTS " : "(EXISTS ") + group(e.pattern) + ")";
    }
    std::string operator()(const AggregateExpression& a) const {
        return "(" + a.name + (a.distinct ? " DISTINCT" : "") + (a.argument ? " " + any(a.argument->node) : " *") +
               (a.separator ? " '" + *a.separator + "'" : "") + ")";
    }
    std::string operator()(const TripleTermExpression& t) const {
        return "<<( " + any(t.subject->node) + " " + any(t.predicate->node) + " " + any(t.object->node) + " )>>";
    }

    std::string operator()(const TriplesBlock& block) const {
        std::string out;
        for (const TriplePattern& t : block.triples) out += (out.empty() ? "" : " . ") + triple(t);
        return out;
    }
    std::string operator()(const GroupOrUnionGraphPattern& u) const {
        std::string out;
        for (const GroupPtr& g : u.alternatives) out += (out.empty() ? "" : " UNION ") + group(g);
        return out;
    }
    std::string operator()(const OptionalGraphPattern& o) const { return "OPTIONAL " + group(o.pattern); }
    std::string operator()(const MinusGraphPattern& m) const { return "MINUS " + group(m.pattern); }
    std::string operator()(const GraphGraphPattern& g) const {
        return "GRAPH " + any(g.graph) + " " + group(g.pattern);
    }
    std::string operator()(const ServiceGraphPattern& s) const {
        return "SERVICE " + any(s.endpoint) + (s.silent ? " SILENT " : " ") + s.text;
    }
    std::string operator()(const Filter& f) const { return "FILTER " + any(f.expression->node); }
    std::string operator()(const Bind& b) const { return "BIND " + any(b.expression->node) + " ?" + b.variable.name; }
    std::string operator()(const InlineData& d) const {
        std::string out = "VALUES";
        for (const Variable& v : d.variables) out += " ?" + v.name;
        for (const auto& row : d.rows) {
            out += " (";
            for (const auto& cell : row) out += " " + (cell ? term(*cell) : "UNDEF");
            out += " )";
        }
        return out;
    }
    std::string operator()(const Unfold& u) const {
        return "UNFOLD " + any(u.expression->node) + " ?" + u.element.name + (u.index ? " ?" + u.index->name : "");
    }
    std::string operator()(const CallClause& c) const {
        std::string out = "CALL " + c.procedure;
        for (const Variable& v : c.projection) out += " ?" + v.name;
        if (c.pattern) out += " " + group(c.pattern);
        for (const auto& a : c.arguments) out += " " + a.name + "=" + any(a.value->node);
        for (const auto& y : c.yields) out += " " + y.output + "->?" + y.variable.name;
        return out;
    }
    std::string operator()(const SubSelect& s) const { return "SELECT" + select(*s.query); }

    template <typename... Options>
    static std::string any(const std::variant<Options...>& node) {
        return std::visit(Sketch{}, node);
    }
    template <typename Item>
    static std::string list(const std::string& name, const std::vector<Item>& items) {
        std::string out = "(" + name;
        for (const auto& item : items) out += " " + any(item->node);
        return out + ")";
    }
    static std::string term(const Term& t) {
        if (t.is_iri() && t.value.starts_with(vocabulary::kRdf))
            return "rdf:" + t.value.substr(vocabulary::kRdf.size());
        if (t.is_iri()) return t.value;
        if (t.is_literal() && t.datatype != vocabulary::xsd::kString && t.language.empty()) return t.value;
        return t.to_string();
    }
    static std::string triple(const TriplePattern& t) {
        return any(t.subject) + " " + any(t.verb) + " " + any(t.object);
    }
    static std::string group(const GroupPtr& g) {
        std::string out = "{";
        for (const PatternElement& element : g->elements) out += " " + any(element) + " ;";
        if (!g->elements.empty()) out.erase(out.size() - 2);
        return out + " }";
    }
    static std::string select(const SelectQuery& q) {
        std::string out = q.distinct ? " DISTINCT" : q.reduced ? " REDUCED" : "";
        if (q.all) out += " *";
        for (const auto& [expression, variable] : q.projection) {
            out += expression ? " (" + any(expression->node) + " ?" + variable.name + ")" : " ?" + variable.name;
        }
        out += " " + group(q.where);
        for (const auto& [expression, variable] : q.modifier.group_by) {
            out += " group " + any(expression->node) + (variable ? " ?" + variable->name : "");
        }
        for (const auto& expression : q.modifier.having) out += " having " + any(expression->node);
        for (const auto& [expression, descending] : q.modifier.order_by) {
            out += (descending ? " down " : " up ") + any(expression->node);
        }
        if (q.modifier.limit) out += " limit " + std::to_string(*q.modifier.limit);
        if (q.modifier.offset) out += " offset " + std::to_string(*q.modifier.offset);
        if (q.values) out += " " + Sketch{}(*q.values);
        return out;
    }
};

ParseOptions options() {
    ParseOptions options;
    options.prefixes = {{"", "x:"}};
    return options;
}

std::string select(std::string_view text) {
    return Sketch::select(std::get<SelectQuery>(parse_query(text, options()).form));
}

/// The group of a query that is only that.
std::string group(std::string_view text) {
    return Sketch::group(std::get<AskQuery>(parse_query("ASK " + std::string(text), options()).form).where);
}

std::string expression(std::string_view text) {
    const std::string sketch = group("{ FILTER(" + std::string(text) + ") }");
    return sketch.substr(9, sketch.size() - 11);
}

std::string verb(std::string_view text) {
    const std::string sketch = group("{ ?s " + std::string(text) + " ?o }");
    return sketch.substr(5, sketch.size() - 10);
}

}  // namespace

TEST_CASE("sparql tree: triples and their abbreviations", "[sparql]") {
    CHECK(group("{ ?s :p ?o , 1 ; a :T . :s ?p 'x'@en }") ==
          "{ ?s x:p ?o . ?s x:p 1 . ?s rdf:type x:T . x:s ?p \"x\"@en }");
    CHECK(group("{ [ :p 1 ] :q _:b . [] :r () }") == "{ _:.1 x:p 1 . _:.1 x:q _:b . _:.2 x:r rdf:nil }");
    CHECK(group("{ (1 ?x) :p 2 }") ==
          "{ _:.1 rdf:first 1 . _:.1 rdf:rest _:.2 . _:.2 rdf:first ?x . _:.2 rdf:rest rdf:nil . _:.1 x:p 2 }");
}

TEST_CASE("sparql tree: triple terms, reifiers and annotations", "[sparql]") {
    CHECK(group("{ :s :p <<( ?a :b :c )>> }") == "{ x:s x:p <<( ?a x:b x:c )>> }");
    CHECK(group("{ << ?s :p :o ~ :r >> :q 1 }") == "{ x:r rdf:reifies <<( ?s x:p x:o )>> . x:r x:q 1 }");
    CHECK(group("{ << ?s :p :o >> }") == "{ _:.1 rdf:reifies <<( ?s x:p x:o )>> }");
    CHECK(group("{ ?s :p :o ~ :r {| :q 1 |} {| :q 2 |} }") ==
          "{ ?s x:p x:o . x:r rdf:reifies <<( ?s x:p x:o )>> . x:r x:q 1 . "
          "_:.1 rdf:reifies <<( ?s x:p x:o )>> . _:.1 x:q 2 }");
}

TEST_CASE("sparql tree: property paths", "[sparql]") {
    CHECK(verb(":p") == "x:p");
    CHECK(verb("^:p/:q+|:r?") == "(| (/ (^ x:p) x:q{1,}) x:r{0,1})");
    CHECK(verb("(:p/:q)*") == "(/ x:p x:q){0,}");
    CHECK(verb("!(:p|^:q)") == "!( x:p ^x:q forward backward)");
    CHECK(verb("!^:q") == "!( ^x:q backward)");
    CHECK(verb("^!()") == "(^ !( forward))");
}

TEST_CASE("sparql tree: expressions bind as the grammar says", "[sparql]") {
    CHECK(expression("?a || ?b && !?c") == "(|| ?a (&& ?b (! ?c)))");
    CHECK(expression("?a - 1 * -?b + -2") == "(+ (- ?a (* 1 (u- ?b))) -2)");
    CHECK(expression("?a-1 < 3") == "(< (- ?a 1) 3)");
    CHECK(expression("?a IN (1, ?b)") == "(IN ?a 1 ?b)");
    CHECK(expression("?a NOT IN ()") == "(NOT IN ?a)");
    CHECK(expression("regex(?a, 'x') && :f(DISTINCT 1)") == "(&& (REGEX ?a \"x\") (x:f DISTINCT 1))");
    CHECK(expression("NOT EXISTS { ?a :p 1 }") == "(NOT EXISTS { ?a x:p 1 })");
    CHECK(expression("isTRIPLE(<<( ?s a 1 )>>)") == "(ISTRIPLE <<( ?s rdf:type 1 )>>)");
}

TEST_CASE("sparql tree: group graph patterns", "[sparql]") {
    CHECK(group("{ ?a :p ?b FILTER(?b) ?b :q ?c }") == "{ ?a x:p ?b . ?b x:q ?c ; FILTER ?b }");
    CHECK(group("{ { } UNION { } OPTIONAL { } MINUS { } GRAPH ?g { } }") ==
          "{ { } UNION { } ; OPTIONAL { } ; MINUS { } ; GRAPH ?g { } }");
    CHECK(group("{ BIND(1 AS ?a) VALUES (?b ?c) { (1 UNDEF) } VALUES ?d { 'x' } }") ==
          "{ BIND 1 ?a ; VALUES ?b ?c ( 1 UNDEF ) ; VALUES ?d ( \"x\" ) }");
    CHECK(group("{ SERVICE SILENT :e { ?s ?p '}' } }") == "{ SERVICE x:e SILENT { ?s ?p '}' } }");
    CHECK(group("{ { SELECT ?a { ?a :p 1 } LIMIT 1 } }") == "{ { SELECT ?a { ?a x:p 1 } limit 1 } }");
}

TEST_CASE("sparql tree: select and its modifiers", "[sparql]") {
    CHECK(select("SELECT DISTINCT ?a (COUNT(DISTINCT *) AS ?n) { } GROUP BY ?a HAVING (COUNT(*) > 1) "
                 "ORDER BY DESC(?n) ?a LIMIT 2 OFFSET 3 VALUES ?a { 1 }") ==
          " DISTINCT ?a ((COUNT DISTINCT *) ?n) { } group ?a having (> (COUNT *) 1) down ?n up ?a limit 2 offset 3 "
          "VALUES ?a ( 1 )");
    CHECK(select("SELECT (GROUP_CONCAT(?x ; SEPARATOR = ', ') AS ?all) { } GROUP BY (STR(?y) AS ?z)") ==
          " ((GROUP_CONCAT ?x ', ') ?all) { } group (STR ?y) ?z");
}

TEST_CASE("sparql tree: construct, describe, ask and the dataset", "[sparql]") {
    const Query query = parse_query("BASE <http://b/> CONSTRUCT { ?s <p> [] } FROM <g> FROM NAMED <h> { ?s ?p ?o }");
    CHECK(query.prologue.base == "http://b/");
    CHECK(query.dataset.from == std::vector<std::string>{"http://b/g"});
    CHECK(query.dataset.from_named == std::vector<std::string>{"http://b/h"});
    CHECK(Sketch::triple(std::get<ConstructQuery>(query.form).construct_template.at(0)) == "?s http://b/p _:.1");

    const Query shorthand = parse_query("CONSTRUCT WHERE { ?s :p ?o }", options());
    CHECK(Sketch::group(std::get<ConstructQuery>(shorthand.form).where) == "{ ?s x:p ?o }");
    CHECK(std::get<ConstructQuery>(shorthand.form).construct_template.size() == 1);

    const Query describe = parse_query("DESCRIBE :a ?b", options());
    CHECK(std::get<DescribeQuery>(describe.form).resources.size() == 2);
    CHECK(std::get<DescribeQuery>(describe.form).where == nullptr);
    CHECK(parse_query("VERSION '1.2' ASK {}").prologue.version == "1.2");
}

TEST_CASE("sparql tree: updates", "[sparql]") {
    const Update update = parse_update(
        "LOAD SILENT :f INTO GRAPH :g ; CLEAR NAMED ; DROP GRAPH :g ; CREATE GRAPH :g ; MOVE DEFAULT TO :g ;"
        "INSERT DATA { :s :p 1 GRAPH :g { :s :p 2 } } ; DELETE WHERE { ?s :p ?o GRAPH ?g { ?s :q ?o } } ;"
        "WITH :g DELETE { ?s :p ?o } INSERT { ?s :p [] } USING NAMED :h WHERE { ?s :p ?o } ;",
        options());
    REQUIRE(update.operations.size() == 8);
    CHECK(std::get<Load>(update.operations[0]).silent);
    CHECK(std::get<Load>(update.operations[0]).into == "x:g");
    CHECK(std::get<Clear>(update.operations[1]).target.kind == GraphTarget::Kind::Named);
    CHECK(std::get<Transfer>(update.operations[4]).to.iri == "x:g");
    const auto& quads = std::get<InsertData>(update.operations[5]).quads;
    REQUIRE(quads.size() == 2);
    CHECK_FALSE(quads[0].graph);
    CHECK(Sketch::any(quads[1].graph.value()) == "x:g");
    const auto& removal = std::get<Modify>(update.operations[6]);
    CHECK(Sketch::group(removal.where) == "{ ?s x:p ?o ; GRAPH ?g { ?s x:q ?o } }");
    CHECK(removal.remove.size() == 2);
    const auto& modify = std::get<Modify>(update.operations[7]);
    CHECK(modify.with == "x:g");
    CHECK(modify.using_clause.from_named == std::vector<std::string>{"x:h"});
    CHECK(modify.insert.size() == 1);
}

TEST_CASE("sparql extensions: paths as values", "[sparql]") {
    CHECK(verb("ANY SHORTEST (:p+ AS ?w)") == "search2/1/0(x:p{1,} AS ?w)");
    CHECK(verb("SHORTEST 3 GROUPS TRAIL (:p{2,4} AS ?w)") == "search5/3/1(x:p{2,4} AS ?w)");
    CHECK(verb("CHEAPEST 2 (:p{,3} AS ?w COST ?c)") == "search7/2/0(x:p{0,3} AS ?w COST ?c)");
    CHECK(verb("ACYCLIC ((!()|^!())* AS ?w)") == "search1/1/3((| !( forward) (^ !( forward))){0,} AS ?w)");
    CHECK(verb(":p{2}") == "x:p{2,2}");
    CHECK(verb(":p{2,}") == "x:p{2,}");
}

TEST_CASE("sparql extensions: UNFOLD and CALL", "[sparql]") {
    CHECK(group("{ UNFOLD(?w AS ?e, ?i) }") == "{ UNFOLD ?w ?e ?i }");
    CHECK(group("{ CALL :rank(?s ?t { ?s :p ?t } ; damping 0.85 from ?x) YIELD (?node AS ?n, ?score) }") ==
          "{ CALL x:rank ?s ?t { ?s x:p ?t } damping=0.85 from=?x node->?n score->?score }");
    CHECK(select("CALL :rank() YIELD (?node) ORDER BY ?node LIMIT 1") ==
          " * { CALL x:rank node->?node } up ?node limit 1");
}

TEST_CASE("sparql extensions: off, the grammar is the W3C's", "[sparql]") {
    ParseOptions plain;
    plain.extensions = false;
    for (const char* text : {"ASK { ?a ANY (<p> AS ?w) ?b }", "ASK { ?a <p>{2} ?b }", "ASK { UNFOLD(?w AS ?e) }",
                             "CALL <f>() YIELD (?n)"}) {
        CAPTURE(text);
        CHECK_NOTHROW(parse_query(text));
        CHECK_THROWS_AS(parse_query(text, plain), Error);
    }
}

TEST_CASE("sparql: a term for a parameter", "[sparql]") {
    CHECK(parse_term(":Miller", options()) == Term::iri("x:Miller"));
    CHECK(parse_term(" \"text\"@EN ", options()) == Term::language_literal("text", "en"));
    CHECK(parse_term("42") == Term::integer(42));
    CHECK(parse_term("<<( :a :b 1 )>>", options()).is_triple_term());
    CHECK_THROWS_AS(parse_term("?x"), Error);
    CHECK_THROWS_AS(parse_term("1 2"), Error);
}

TEST_CASE("sparql: a request that goes on in the next line is incomplete", "[sparql]") {
    for (const char* text : {"SELECT * {", "SELECT", "ASK { ?s foo:p [", "INSERT DATA { :a :b",
                             "ASK { ?s ?p \"\"\"text\n", "PREFIX : <x>"}) {
        CAPTURE(text);
        CHECK(is_incomplete(text));
    }
    for (const char* text : {"", "ASK {}", "ASK {}}", "hello {", "ASK { ?s ?p \"text", "INSERT DATA { <a> <b> 1 }"}) {
        CAPTURE(text);
        CHECK_FALSE(is_incomplete(text));
    }
}

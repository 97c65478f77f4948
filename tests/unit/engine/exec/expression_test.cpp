#include "engine/exec/expression.hpp"

#include "engine/model/vocabulary.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"

namespace {

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

Term str(const std::string& text) { return Term::literal(text); }
Term en(const std::string& text) { return Term::language_literal(text, "en"); }
Term dec(const std::string& text) { return Term::decimal(text); }
Term dbl(double value) { return Term::floating(value); }
Term num(std::int64_t value) { return Term::integer(value); }
Term yes() { return Term::boolean(true); }
Term no() { return Term::boolean(false); }
const Term kError;  ///< undefined: an error, or unbound

struct Case {
    std::string function;
    std::vector<Term> arguments;
    Term expected;
};

/// What a call comes to; an undefined argument is an unbound variable.
Term evaluate(const std::string& function, const std::vector<Term>& arguments, bool is_iri = false) {
    const World world;
    Run run(world);
    std::vector<ExpressionPtr> parts;
    for (const Term& argument : arguments) parts.push_back(argument.is_defined() ? term(argument) : var(99));
    const auto compiled = compile(*call(function, parts, is_iri), {}, run.context);
    FunctionContext functions{ValueReader(run.pool), run.session, 1};
    const Batch batch(0);
    return functions.reader.term(compiled->evaluate(batch, 0, functions));
}

void check(const std::vector<Case>& cases) {
    for (const auto& [function, arguments, expected] : cases) {
        std::string shown = function;
        for (const Term& argument : arguments) shown += ' ' + argument.to_string();
        CAPTURE(shown);
        CHECK(evaluate(function, arguments, function.starts_with("http")).to_string() == expected.to_string());
    }
}

std::string xsd(const std::string& name) { return std::string(vocabulary::kXsd) + name; }

}  // namespace

TEST_CASE("expressions: arithmetic promotes, stays exact and knows its errors", "[exec]") {
    check({
        {"+", {num(1), num(2)}, num(3)},
        {"+", {typed("9223372036854775807", "integer"), num(1)}, typed("9223372036854775808", "integer")},
        {"*", {typed("9223372036854775807", "integer"), num(4)}, typed("36893488147419103228", "integer")},
        {"-", {num(1), num(2)}, num(-1)},
        {"/", {num(1), num(2)}, dec("0.5")},
        {"/", {num(6), num(2)}, dec("3.0")},
        {"/", {num(1), num(0)}, kError},
        {"/", {dec("1.0"), dec("0.0")}, kError},
        {"/", {dbl(1), num(0)}, typed("INF", "double")},
        {"/", {dbl(-1), dbl(0)}, typed("-INF", "double")},
        {"+", {dec("0.1"), dec("0.2")}, dec("0.3")},
        {"+", {num(1), dec("0.5")}, dec("1.5")},
        {"+", {num(1), dbl(0.5)}, dbl(1.5)},
        {"+", {typed("1.5", "float"), dec("0.5")}, typed("2.0E0", "float")},
        {"+", {typed("1.5", "float"), dbl(0.5)}, dbl(2)},
        {"*", {dec("1.5"), dec("1.5")}, dec("2.25")},
        {"+", {typed("7", "byte"), typed("8", "unsignedInt")}, num(15)},
        {"+", {typed("300", "byte"), num(1)}, kError},
        {"+", {str("1"), num(1)}, kError},
        {"+", {iri("a"), num(1)}, kError},
        {"+", {kError, num(1)}, kError},
        {"u-", {num(5)}, num(-5)},
        {"u-", {dec("5.5")}, dec("-5.5")},
        {"u+", {str("5")}, kError},
        {"ABS", {num(-5)}, num(5)},
        {"ABS", {dec("-5.5")}, dec("5.5")},
        {"ROUND", {dec("2.5")}, dec("3.0")},
        {"ROUND", {dec("-2.5")}, dec("-2.0")},
        {"ROUND", {dbl(2.4999)}, dbl(2)},
        {"CEIL", {dec("10.2")}, dec("11.0")},
        {"CEIL", {dec("-10.2")}, dec("-10.0")},
        {"FLOOR", {dec("10.8")}, dec("10.0")},
        {"FLOOR", {dec("-10.8")}, dec("-11.0")},
        {"FLOOR", {num(7)}, num(7)},
        {"FLOOR", {str("7")}, kError},
    });
}

TEST_CASE("expressions: equality is of values where the datatypes are known", "[exec]") {
    check({
        {"=", {num(1), dec("1.0")}, yes()},
        {"=", {num(1), dbl(1)}, yes()},
        {"=", {num(1), typed("01", "integer")}, yes()},
        {"=", {dbl(0.0), dbl(-0.0)}, yes()},
        {"=", {typed("NaN", "double"), typed("NaN", "double")}, no()},
        {"!=", {typed("NaN", "double"), typed("NaN", "double")}, yes()},
        {"=", {str("a"), str("a")}, yes()},
        {"=", {str("a"), en("a")}, no()},
        {"=", {str("a"), num(1)}, no()},
        {"=", {en("a"), Term::language_literal("a", "EN")}, yes()},
        {"=", {iri("a"), iri("a")}, yes()},
        {"=", {iri("a"), iri("b")}, no()},
        {"=", {iri("a"), str("http://example.org/a")}, no()},
        {"=", {yes(), typed("1", "boolean")}, yes()},
        {"=", {yes(), no()}, no()},
        {"=", {Term::typed_literal("x", "http://t"), Term::typed_literal("x", "http://t")}, yes()},
        {"=", {Term::typed_literal("x", "http://t"), Term::typed_literal("y", "http://t")}, kError},
        {"!=", {Term::typed_literal("x", "http://t"), Term::typed_literal("y", "http://t")}, kError},
        {"=", {typed("2020-01-01T00:00:00Z", "dateTime"), typed("2020-01-01T01:00:00+01:00", "dateTime")}, yes()},
        {"=", {typed("2020-01-01T00:00:00Z", "dateTime"), typed("2020-01-01T00:00:00", "dateTime")}, kError},
        {"=", {typed("2020-01-01", "date"), typed("2020-01-02", "date")}, no()},
        {"=", {kError, num(1)}, kError},
        {"SAMETERM", {num(1), dec("1.0")}, no()},
        {"SAMETERM", {num(1), num(1)}, yes()},
        {"SAMETERM", {typed("1", "double"), typed("1", "double")}, yes()},
        {"IN", {num(2), num(1), dec("2.0")}, yes()},
        {"IN", {num(2), num(1), kError}, kError},
        {"IN", {num(2), kError, num(2)}, yes()},
        {"IN", {num(2)}, no()},
        {"NOT IN", {num(2), num(1)}, yes()},
        {"NOT IN", {num(2), num(2)}, no()},
    });
}

TEST_CASE("expressions: comparison", "[exec]") {
    check({
        {"<", {num(1), num(2)}, yes()},
        {"<", {num(-1), num(1)}, yes()},
        {"<", {dec("1.5"), num(2)}, yes()},
        {"<", {dbl(-0.0), dbl(0.0)}, no()},
        {"<=", {dbl(0.0), dbl(-0.0)}, yes()},
        {">=", {dbl(-0.0), dbl(0.0)}, yes()},
        {"<", {dbl(-2.5), dbl(-1.5)}, yes()},
        {"<", {typed("NaN", "double"), num(1)}, no()},
        {">=", {typed("NaN", "double"), num(1)}, no()},
        {"<", {str("abc"), str("abd")}, yes()},
        {"<", {str("abc"), str("a long string")}, no()},
        {"<", {en("a"), en("b")}, kError},
        {"<", {no(), yes()}, yes()},
        {"<", {iri("a"), iri("b")}, kError},
        {"<", {num(1), str("2")}, kError},
        {"<", {typed("2020-01-01", "date"), typed("2020-01-02", "date")}, yes()},
        {"<", {typed("2020-01-01T00:00:00Z", "dateTime"), typed("2020-01-01T00:00:00.5Z", "dateTime")}, yes()},
        {"<", {typed("2020-01-01T00:00:00", "dateTime"), typed("2020-01-03T00:00:00Z", "dateTime")}, yes()},
        {">", {typed("1999", "gYear"), typed("1998", "gYear")}, yes()},
        {">", {typed("10:00:00", "time"), typed("09:00:00", "time")}, yes()},
    });
}

TEST_CASE("expressions: truth values, with errors in three-valued logic", "[exec]") {
    check({
        {"!", {num(0)}, yes()},
        {"!", {dec("0.0")}, yes()},
        {"!", {typed("NaN", "double")}, yes()},
        {"!", {str("")}, yes()},
        {"!", {str("x")}, no()},
        {"!", {typed("abc", "integer")}, kError},
        {"!", {iri("a")}, kError},
        {"!", {kError}, kError},
        {"!", {typed("2020-01-01", "date")}, kError},
        {"&&", {yes(), yes()}, yes()},
        {"&&", {yes(), kError}, kError},
        {"&&", {kError, no()}, no()},
        {"||", {no(), no()}, no()},
        {"||", {kError, yes()}, yes()},
        {"||", {kError, no()}, kError},
        {"IF", {yes(), num(1), kError}, num(1)},
        {"IF", {no(), kError, num(2)}, num(2)},
        {"IF", {kError, num(1), num(2)}, kError},
        {"COALESCE", {kError, num(2)}, num(2)},
        {"COALESCE", {kError}, kError},
        {"BOUND", {kError}, no()},
        {"BOUND", {num(1)}, yes()},
    });
}

TEST_CASE("expressions: strings count code points and keep languages", "[exec]") {
    check({
        {"STRLEN", {str("h\xC3\xA9llo")}, num(5)},
        {"STRLEN", {en("\xF0\x9F\x98\x80")}, num(1)},
        {"STRLEN", {num(5)}, kError},
        {"SUBSTR", {str("foobar"), num(4)}, str("bar")},
        {"SUBSTR", {en("foobar"), num(4), num(1)}, en("b")},
        {"SUBSTR", {str("h\xC3\xA9llo"), num(2), num(1)}, str("\xC3\xA9")},
        {"SUBSTR", {str("foobar"), num(0), num(2)}, str("f")},
        {"UCASE", {en("stra\xC3\x9F" "e")}, en("STRASSE")},
        {"LCASE", {str("\xC3\x89T\xC3\x89")}, str("\xC3\xA9t\xC3\xA9")},
        {"STRSTARTS", {en("foobar"), str("foo")}, yes()},
        {"STRSTARTS", {en("foobar"), Term::language_literal("foo", "fr")}, kError},
        {"STRSTARTS", {str("foobar"), en("foo")}, kError},
        {"STRENDS", {str("foobar"), str("bar")}, yes()},
        {"CONTAINS", {str("foobar"), str("oba")}, yes()},
        {"CONTAINS", {str("foobar"), num(1)}, kError},
        {"STRBEFORE", {en("abc"), str("b")}, en("a")},
        {"STRBEFORE", {en("abc"), str("x")}, str("")},
        {"STRBEFORE", {en("abc"), str("")}, en("")},
        {"STRAFTER", {str("abc"), str("b")}, str("c")},
        {"STRAFTER", {en("abc"), str("")}, en("abc")},
        {"CONCAT", {str("a"), str("b")}, str("ab")},
        {"CONCAT", {en("a"), en("b")}, en("ab")},
        {"CONCAT", {en("a"), str("b")}, str("ab")},
        {"CONCAT", {}, str("")},
        {"CONCAT", {str("a"), num(1)}, kError},
        {"ENCODE_FOR_URI", {str("a b\xC3\xA9")}, str("a%20b%C3%A9")},
        {"LANGMATCHES", {str("en-GB"), str("EN")}, yes()},
        {"LANGMATCHES", {str("english"), str("en")}, no()},
        {"LANGMATCHES", {str("en"), str("*")}, yes()},
        {"LANGMATCHES", {str(""), str("*")}, no()},
        {"REGEX", {str("Alice"), str("^ali"), str("i")}, yes()},
        {"REGEX", {str("Alice"), str("^ali")}, no()},
        {"REGEX", {str("a.c"), str("a.c"), str("q")}, yes()},
        {"REGEX", {str("abc"), str("a.c"), str("q")}, no()},
        {"REGEX", {str("a"), str("(")}, kError},
        {"REGEX", {str("a"), str("a"), str("z")}, kError},
        {"REPLACE", {str("abracadabra"), str("bra"), str("*")}, str("a*cada*")},
        {"REPLACE", {str("abcd"), str("b(.)"), str("[$1]")}, str("a[c]d")},
        {"REPLACE", {en("abc"), str("B"), str("x"), str("i")}, en("axc")},
        {"REPLACE", {str("abc"), str("x*"), str("-")}, kError},
    });
}

TEST_CASE("expressions: terms and their parts", "[exec]") {
    const Term ltr = Term::language_literal("a", "en", BaseDirection::LeftToRight);
    const Term triple = Term::triple_term({iri("s"), iri("p"), num(1)});
    check({
        {"STR", {iri("a")}, str("http://example.org/a")},
        {"STR", {num(7)}, str("7")},
        {"STR", {Term::blank_node("x")}, kError},
        {"LANG", {en("a")}, str("en")},
        {"LANG", {num(1)}, str("")},
        {"LANG", {iri("a")}, kError},
        {"LANGDIR", {ltr}, str("ltr")},
        {"LANGDIR", {en("a")}, str("")},
        {"HASLANG", {en("a")}, yes()},
        {"HASLANG", {str("a")}, no()},
        {"HASLANGDIR", {ltr}, yes()},
        {"HASLANGDIR", {en("a")}, no()},
        {"DATATYPE", {num(1)}, Term::iri(xsd("integer"))},
        {"DATATYPE", {en("a")}, Term::iri(std::string(vocabulary::rdf::kLangString))},
        {"DATATYPE", {ltr}, Term::iri(std::string(vocabulary::rdf::kDirLangString))},
        {"DATATYPE", {iri("a")}, kError},
        {"IRI", {str("http://a/b")}, Term::iri("http://a/b")},
        {"IRI", {iri("a")}, iri("a")},
        {"IRI", {num(1)}, kError},
        {"STRDT", {str("1"), Term::iri(xsd("integer"))}, num(1)},
        {"STRDT", {en("1"), Term::iri(xsd("integer"))}, kError},
        {"STRLANG", {str("a"), str("EN")}, en("a")},
        {"STRLANG", {en("a"), str("en")}, kError},
        {"STRLANGDIR", {str("a"), str("en"), str("ltr")}, ltr},
        {"STRLANGDIR", {str("a"), str("en"), str("up")}, kError},
        {"ISIRI", {iri("a")}, yes()},
        {"ISIRI", {str("a")}, no()},
        {"ISBLANK", {Term::blank_node("x")}, yes()},
        {"ISLITERAL", {num(1)}, yes()},
        {"ISNUMERIC", {typed("1", "byte")}, yes()},
        {"ISNUMERIC", {typed("1000", "byte")}, no()},
        {"ISNUMERIC", {str("1")}, no()},
        {"ISTRIPLE", {triple}, yes()},
        {"ISTRIPLE", {iri("a")}, no()},
        {"TRIPLE", {iri("s"), iri("p"), num(1)}, triple},
        {"TRIPLE", {str("s"), iri("p"), num(1)}, kError},
        {"TRIPLE", {iri("s"), Term::blank_node("x"), num(1)}, kError},
        {"SUBJECT", {triple}, iri("s")},
        {"PREDICATE", {triple}, iri("p")},
        {"OBJECT", {triple}, num(1)},
        {"OBJECT", {iri("s")}, kError},
        {"=", {triple, Term::triple_term({iri("s"), iri("p"), dec("1.0")})}, yes()},
        {"=", {triple, Term::triple_term({iri("s"), iri("p"), num(2)})}, no()},
        {"MD5", {str("abc")}, str("900150983cd24fb0d6963f7d28e17f72")},
        {"SHA1", {str("abc")}, str("a9993e364706816aba3e25717850c26c9cd0d89d")},
        {"SHA256", {num(1)}, kError},
    });
}

TEST_CASE("expressions: dates and times", "[exec]") {
    const Term when = typed("2011-01-10T14:45:13.815-05:00", "dateTime");
    check({
        {"YEAR", {when}, num(2011)},
        {"MONTH", {when}, num(1)},
        {"DAY", {when}, num(10)},
        {"HOURS", {when}, num(14)},
        {"MINUTES", {when}, num(45)},
        {"SECONDS", {when}, dec("13.815")},
        {"TZ", {when}, str("-05:00")},
        {"TIMEZONE", {when}, typed("-PT5H", "dayTimeDuration")},
        {"TZ", {typed("2011-01-10T14:45:13Z", "dateTime")}, str("Z")},
        {"TIMEZONE", {typed("2011-01-10T14:45:13Z", "dateTime")}, typed("PT0S", "dayTimeDuration")},
        {"TZ", {typed("2011-01-10T14:45:13", "dateTime")}, str("")},
        {"TIMEZONE", {typed("2011-01-10T14:45:13", "dateTime")}, kError},
        {"YEAR", {typed("2011-13-10T14:45:13", "dateTime")}, kError},
        {"YEAR", {str("2011")}, kError},
    });
}

TEST_CASE("expressions: casts", "[exec]") {
    check({
        {xsd("integer"), {str("42")}, num(42)},
        {xsd("integer"), {str("4.2")}, kError},
        {xsd("integer"), {dec("4.8")}, num(4)},
        {xsd("integer"), {dbl(-4.8)}, num(-4)},
        {xsd("integer"), {typed("INF", "double")}, kError},
        {xsd("integer"), {yes()}, num(1)},
        {xsd("integer"), {iri("a")}, kError},
        {xsd("decimal"), {str("1.5")}, dec("1.5")},
        {xsd("decimal"), {dbl(0.1)}, dec("0.1")},
        {xsd("double"), {str("1e3")}, dbl(1000)},
        {xsd("double"), {num(3)}, dbl(3)},
        {xsd("double"), {str("abc")}, kError},
        {xsd("float"), {dec("1.5")}, typed("1.5E0", "float")},
        {xsd("boolean"), {str("1")}, yes()},
        {xsd("boolean"), {num(0)}, no()},
        {xsd("boolean"), {str("maybe")}, kError},
        {xsd("string"), {num(7)}, str("7")},
        {xsd("string"), {iri("a")}, str("http://example.org/a")},
        {xsd("string"), {en("a")}, kError},
        {xsd("dateTime"), {str("2020-01-01T00:00:00Z")}, typed("2020-01-01T00:00:00Z", "dateTime")},
        {xsd("dateTime"), {str("yesterday")}, kError},
        {xsd("dateTime"), {typed("2020-01-01", "date")}, typed("2020-01-01T00:00:00", "dateTime")},
        {xsd("date"), {typed("2020-01-01T10:00:00Z", "dateTime")}, typed("2020-01-01Z", "date")},
    });
}

TEST_CASE("expressions: mistakes are found before anything runs", "[exec]") {
    const World world;
    Run run(world);
    const auto message_of = [&](const ExpressionPtr& wrong) {
        try {
            static_cast<void>(compile(*wrong, {}, run.context));
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::Query);
            return error.message();
        }
        return std::string("no error");
    };
    CHECK(message_of(call("http://example.org/f", {}, true)).find("http://example.org/f") != std::string::npos);
    CHECK(message_of(call("STRLEN", {})).find("STRLEN") != std::string::npos);
    CHECK(message_of(call("IF", {term(yes())})).find("IF") != std::string::npos);
}

TEST_CASE("expressions: a blank node is new in every solution, and one per label within it", "[exec]") {
    const World world;
    Run run(world);
    const auto two = values({0}, {{run.id(1)}, {run.id(2)}});
    const auto label = call("BNODE", {term(str("x"))});
    auto once = node(plan::Extend{values({0}, {{run.id(1)}, {run.id(2)}}), 1, label}, {0, 1});
    auto twice = node(plan::Extend{std::move(once), 2, label}, {0, 1, 2});
    auto again = node(plan::Extend{values({0}, {{run.id(3)}}), 1, label}, {0, 1});
    auto all = plan::Union{};
    all.inputs.push_back(std::move(twice));
    all.inputs.push_back(std::move(again));

    const Rows rows = run.rows(*node(std::move(all), {1, 2}));

    REQUIRE(rows.size() == 3);
    CHECK(rows[0][0] == rows[0][1]);
    CHECK(rows[1][0] == rows[1][1]);
    CHECK(rows[0][0] != rows[1][0]);
    CHECK(rows[2][0] != rows[0][0]);
    CHECK(rows[2][0] != rows[1][0]);
}

TEST_CASE("expressions: NOW stays, UUID and RAND go on", "[exec]") {
    const World world;
    Run run(world);
    FunctionContext functions{ValueReader(run.pool), run.session, 1};
    const Batch batch(0);
    const auto value = [&](const char* function) {
        return functions.reader.term(compile(*call(function, {}), {}, run.context)->evaluate(batch, 0, functions)).value;
    };
    CHECK(value("NOW") == value("NOW"));
    CHECK(value("UUID") != value("UUID"));
    CHECK(value("UUID").starts_with("urn:uuid:"));
    CHECK(value("STRUUID").size() == 36);
    CHECK(value("RAND") != value("RAND"));
}

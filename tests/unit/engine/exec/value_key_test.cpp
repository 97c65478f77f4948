#include "engine/exec/value_key.hpp"

#include "support/catch.hpp"
#include "unit/engine/exec/exec_world.hpp"

namespace {

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

Term triple(const Term& object) { return Term::triple_term({iri("s"), iri("p"), object}); }

/// Terms that are equal to one another within a line, and to none of another line.
const std::vector<std::vector<Term>> kValues{
    {iri("a")},
    {iri("b")},
    {Term::literal("")},
    {Term::literal("a")},
    {Term::literal("a longer text than any id has room for")},
    {Term::literal("1")},
    {Term::language_literal("a", "en")},
    {Term::language_literal("a", "fr")},
    {Term::language_literal("a", "en", BaseDirection::LeftToRight)},
    {Term::integer(1), typed("01", "integer"), typed("1", "byte"), Term::decimal("1.0"), typed("1.00", "decimal"), Term::floating(1), typed("1", "float")},
    {Term::integer(0), typed("-0", "integer"), typed("0.0", "decimal"), Term::floating(0.0), Term::floating(-0.0), typed("-0", "float")},
    {Term::decimal("0.1"), Term::floating(0.1)},
    {Term::decimal("2.5"), typed("2.50", "decimal"), Term::floating(2.5), typed("2.5", "float")},
    {typed("36825876907936122250", "integer"), typed("36825876907936122250.0", "decimal"), Term::floating(36825876907936122250.0)},
    {Term::floating(1e300)},
    {Term::boolean(true), typed("1", "boolean")},
    {Term::boolean(false), typed("0", "boolean")},
    {typed("2020-01-01T12:00:00Z", "dateTime"), typed("2020-01-01T14:00:00+02:00", "dateTime"), typed("2020-01-01T12:00:00.00Z", "dateTime")},
    {typed("2020-01-02T00:00:00", "dateTime"), typed("2020-01-01T24:00:00", "dateTime")},
    {typed("2020-01-01", "date")},
    {typed("2021-01-01+00:00", "date"), typed("2021-01-01Z", "date")},
    {typed("P1Y", "duration"), typed("P12M", "yearMonthDuration")},
    {typed("PT0S", "dayTimeDuration"), typed("P0M", "yearMonthDuration")},
    {typed("PT36H", "dayTimeDuration"), typed("P1DT12H", "duration")},
    {typed("u", "unknown")},
    {triple(Term::integer(1)), triple(typed("1", "float"))},
    {triple(triple(Term::boolean(true))), triple(triple(typed("1", "boolean")))},
};

}  // namespace

TEST_CASE("value keys: equal values have the same, others another", "[exec]") {
    const World world;
    Run run(world);
    const ValueReader reader(run.pool);
    for (const auto& line : kValues) {
        for (const auto& other : kValues) {
            for (const Term& a : line) {
                for (const Term& b : other) {
                    CAPTURE(a, b);
                    const TermId x = run.id(a), y = run.id(b);
                    CHECK((reader.equal(x, y) == true) == (&line == &other));
                    CHECK((value_key(x, run.pool) == value_key(y, run.pool)) == (&line == &other));
                }
            }
        }
    }
}

TEST_CASE("value keys: a float has that of every number that is rounded to it", "[exec]") {
    const World world;
    Run run(world);
    const TermId single = run.id(typed("0.1", "float"));
    for (const Term& number : {Term::decimal("0.1"), typed("0.1000000001", "decimal"), Term::floating(0.1)}) {
        CHECK(value_key(run.id(number), run.pool) == value_key(single, run.pool));
    }
    CHECK(ValueReader(run.pool).equal(single, run.id(typed("0.1000000001", "decimal"))) == true);
}

TEST_CASE("value keys: every bound term has one, and what is unbound has none", "[exec]") {
    const World world;
    Run run(world);
    for (const Term& term : {typed("NaN", "float"), typed("INF", "double"), typed("x", "integer"), typed("maybe", "boolean"), typed("yesterday", "date")}) {
        CHECK(value_key(run.id(term), run.pool).is_defined());
    }
    CHECK_FALSE(value_key({}, run.pool).is_defined());
}

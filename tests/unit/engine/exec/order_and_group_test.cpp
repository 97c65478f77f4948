#include <random>

#include "engine/exec/term_order.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/exec/exec_world.hpp"

namespace {

using namespace tercet;
using namespace tercet::exec;
using namespace tercet::exec::test;

/// Terms in their order; those of one inner list are equivalent.
std::vector<std::vector<Term>> ordered_terms() {
    return {
        {Term{}},
        {Term::blank_node("a")},
        {Term::blank_node("b")},
        {iri("a")},
        {iri("b")},
        {Term::boolean(false), typed("0", "boolean")},
        {Term::boolean(true)},
        {typed("NaN", "double"), typed("NaN", "float")},
        {typed("-INF", "double")},
        {typed("-100000000000000000000", "integer")},
        {Term::integer(-1), Term::decimal("-1.0"), Term::floating(-1)},
        {Term::integer(0), Term::floating(0), Term::floating(-0.0), typed("00", "integer")},
        {Term::decimal("0.1"), Term::floating(0.1)},
        {Term::decimal("0.1000000000000000000001")},
        {Term::integer(2)},
        {typed("9007199254740992", "integer"), Term::floating(9007199254740992.0)},
        {typed("9007199254740993", "integer")},
        {typed("100000000000000000000", "integer"), Term::floating(1e20)},
        {typed("INF", "double")},
        {typed("2020-01-01", "date")},
        {typed("2020-01-02", "date")},
        {typed("2020-01-01T00:00:00", "dateTime"), typed("2020-01-01T00:00:00Z", "dateTime")},
        {typed("2020-01-01T05:00:00Z", "dateTime"), typed("2020-01-01T06:00:00+01:00", "dateTime")},
        {Term::literal("")},
        {Term::literal("a")},
        {Term::literal("a longer string")},
        {Term::literal("b")},
        {Term::language_literal("a", "de")},
        {Term::language_literal("a", "en")},
        {Term::typed_literal("a", "http://t")},
        {Term::triple_term({iri("a"), iri("p"), Term::integer(1)}), Term::triple_term({iri("a"), iri("p"), Term::decimal("1.0")})},
        {Term::triple_term({iri("a"), iri("p"), Term::integer(2)})},
    };
}

Rows grouped(const std::string& name, const std::vector<std::pair<int, Term>>& rows, bool distinct = false, const std::string& separator = " ") {
    const World world;
    Run run(world);
    std::vector<std::vector<TermId>> ids;
    for (const auto& [group, value] : rows) ids.push_back({run.id(group), value.is_defined() ? run.id(value) : TermId{}});
    plan::Group group{values({0, 1}, std::move(ids)), {0}, {{name, distinct, var(1), separator, 2}}, false};
    return run.rows(*node(std::move(group), {0, 2}));
}

/// The aggregate of one group.
std::string aggregate(const std::string& name, const std::vector<Term>& terms, bool distinct = false) {
    std::vector<std::pair<int, Term>> rows;
    for (const Term& term : terms) rows.emplace_back(1, term);
    return grouped(name, rows, distinct).at(0).at(1);
}

std::string of_nothing(const std::string& name) {
    const World world;
    Run run(world);
    plan::Group group{values({1}, {}), {}, {{name, false, var(1), " ", 2}}, false};
    return run.rows(*node(std::move(group), {2})).at(0).at(0);
}

}  // namespace

TEST_CASE("term order: total over every kind of term", "[exec]") {
    const World world;
    Run run(world);
    const auto terms = ordered_terms();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        for (std::size_t k = 0; k < terms.size(); ++k) {
            for (const Term& a : terms[i]) {
                for (const Term& b : terms[k]) {
                    CAPTURE(a.to_string(), b.to_string());
                    const auto order = SortKey(run.id(a), run.pool) <=> SortKey(run.id(b), run.pool);
                    CHECK(((order < 0) == (i < k) && (order > 0) == (i > k)));
                }
            }
        }
    }
}

TEST_CASE("order by: keys in turn, descending, stable, across batches", "[exec]") {
    const World world;
    Run run(world);
    const TermId one = run.id(1), decimal_one = run.id(Term::decimal("1.0")), two = run.id(2), three = run.id(3);
    const auto by = [&](std::vector<plan::OrderBy::Key> keys) {
        return run.rows(*node(plan::OrderBy{values({0, 1}, {{two, one}, {decimal_one, one}, {one, two}, {one, three}}), std::move(keys), {}}, {0, 1}));
    };
    CHECK(by({{var(0), false}, {var(1), true}}) == Rows{{"1", "3"}, {"1", "2"}, {"1.0", "1"}, {"2", "1"}});
    CHECK(by({{var(0), true}}) == Rows{{"2", "1"}, {"1.0", "1"}, {"1", "2"}, {"1", "3"}});
    CHECK(by({{call("u-", {var(1)}), false}}) == Rows{{"1", "3"}, {"1", "2"}, {"2", "1"}, {"1.0", "1"}});
}

TEST_CASE("order by: the first rows only are the first rows of all", "[exec]") {
    const std::uint64_t top = GENERATE(0U, 1U, 10U, 3000U, 50000U);
    CAPTURE(top);
    const World world;
    Run run(world);
    std::mt19937 random(11);
    std::vector<std::vector<TermId>> rows;
    std::vector<int> numbers;
    for (int i = 0; i < 12000; ++i) {
        numbers.push_back(static_cast<int>(random() % 100000));
        rows.push_back({run.id(numbers.back())});
    }
    std::sort(numbers.begin(), numbers.end());
    const Rows found = run.rows(*node(plan::OrderBy{values({0}, std::move(rows)), {{var(0), false}}, top}, {0}));

    REQUIRE(found.size() == std::min<std::size_t>(top, 12000));
    for (std::size_t i = 0; i < found.size(); ++i) REQUIRE(found[i][0] == std::to_string(numbers[i]));
}

TEST_CASE("order by: can be cancelled while it sorts", "[exec]") {
    const World world;
    Run run(world);
    std::vector<std::vector<TermId>> rows;
    for (int i = 0; i < 20000; ++i) rows.push_back({run.id((i * 7919) % 20011)});
    const auto tree = node(plan::OrderBy{values({0}, std::move(rows)), {{var(0), false}}, {}}, {0});
    run.context.cancel.cancel();
    CHECK_THROWS_AS(run.count(*tree), Error);
}

TEST_CASE("group: the aggregates", "[exec]") {
    const Term one = Term::integer(1), two = Term::integer(2), half = Term::decimal("0.5"), x = Term::literal("x"), none;
    CHECK(aggregate("COUNT", {one, one, none, x}) == "3");
    CHECK(aggregate("COUNT", {one, one, none, x}, true) == "2");
    CHECK(aggregate("SUM", {one, two, half}) == "3.5");
    CHECK(aggregate("SUM", {one, one, two}, true) == "3");
    CHECK(aggregate("SUM", {one, x}) == "-");
    CHECK(aggregate("SUM", {typed("9223372036854775807", "integer"), one}) == "9223372036854775808");
    CHECK(aggregate("AVG", {one, two}) == "1.5");
    CHECK(aggregate("AVG", {one, x}) == "-");
    CHECK(aggregate("MIN", {two, half, x}) == "0.5");
    CHECK(aggregate("MAX", {two, half, x}) == "x");
    CHECK(aggregate("MIN", {iri("b"), iri("a")}) == "a");
    CHECK(aggregate("SAMPLE", {none, two}) == "2");
    CHECK(aggregate("GROUP_CONCAT", {x, one, iri("a")}) == "x 1 http://example.org/a");
    CHECK(grouped("GROUP_CONCAT", {{1, x}, {2, one}, {1, x}}, true, "|") == Rows{{"1", "x"}, {"2", "1"}});
}

TEST_CASE("group: nothing at all is one group without keys and none with keys", "[exec]") {
    CHECK(of_nothing("COUNT") == "0");
    CHECK(of_nothing("SUM") == "0");
    CHECK(of_nothing("AVG") == "0");
    CHECK(of_nothing("MIN") == "-");
    CHECK(of_nothing("SAMPLE") == "-");
    CHECK(of_nothing("GROUP_CONCAT").empty());
    CHECK(grouped("COUNT", {}).empty());
}

TEST_CASE("group: COUNT(*) counts rows, COUNT(DISTINCT *) different ones", "[exec]") {
    const World world;
    Run run(world);
    const TermId one = run.id(1), two = run.id(2), none;
    plan::Group group{values({0, 1}, {{one, none}, {one, none}, {one, two}, {two, two}}), {0},
                      {{"COUNT", false, nullptr, "", 2}, {"COUNT", true, nullptr, "", 3}}, false};

    CHECK(run.rows(*node(std::move(group), {0, 2, 3})) == Rows{{"1", "3", "2"}, {"2", "1", "1"}});
}

TEST_CASE("group: many groups, unbound keys among them", "[exec]") {
    const World world;
    Run run(world);
    std::vector<std::vector<TermId>> rows;
    for (int i = 0; i < 20000; ++i) rows.push_back({i % 4001 == 0 ? TermId{} : run.id(i % 4001), run.id(i)});
    plan::Group group{values({0, 1}, std::move(rows)), {0}, {{"COUNT", false, var(1), "", 2}}, false};

    CHECK(run.count(*node(std::move(group), {0, 2})) == 4001);
}

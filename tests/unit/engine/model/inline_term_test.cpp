#include "engine/model/inline_term.hpp"

#include <random>

#include "engine/model/vocabulary.hpp"
#include "support/catch.hpp"

namespace tercet {
namespace {

std::optional<TermId> id_of(const Term& term) {
    const TermViewHolder holder(term);
    return inline_id(holder.view());
}

Term typed(const std::string& text, const char* type) { return Term::typed_literal(text, std::string(vocabulary::kXsd) + type); }

}  // namespace

TEST_CASE("inline terms: what fits comes back to the letter", "[model]") {
    const auto [text, type] = GENERATE(table<std::string, const char*>({
        {"0", "integer"}, {"-17", "integer"}, {"576460752303423487", "integer"}, {"true", "boolean"}, {"false", "boolean"},
        {"1.5", "decimal"}, {"-0.25", "decimal"}, {"2.0", "decimal"}, {"1.0E0", "double"}, {"-2.5E3", "double"}, {"0.0E0", "double"},
        {"2026-11-24", "date"}, {"0001-01-01", "date"}, {"2026-11-24T03:04:05", "dateTime"}, {"1969-12-31T23:59:59Z", "dateTime"},
        {"", "string"}, {"abc", "string"}, {"1234567", "string"}, {"\xC3\xA9t\xC3\xA9", "string"}}));
    CAPTURE(text, type);
    const auto id = id_of(typed(text, type));
    REQUIRE(id.has_value());
    CHECK(inline_term(*id) == typed(text, type));
}

TEST_CASE("inline terms: other spellings go to the dictionary", "[model]") {
    const auto [text, type] = GENERATE(table<std::string, const char*>({
        {"007", "integer"}, {"+1", "integer"}, {"576460752303423488", "integer"}, {"1", "boolean"}, {"1.50", "decimal"}, {"1", "decimal"},
        {"0.1234567", "decimal"}, {"1e0", "double"}, {"1.0", "double"}, {"NaN", "double"}, {"0.1", "double"}, {"2026-02-30", "date"},
        {"2026-11-24Z", "date"}, {"2026-11-24T03:04:05.5", "dateTime"}, {"2026-11-24T24:00:00", "dateTime"}, {"12345678", "string"}}));
    CAPTURE(text, type);
    CHECK_FALSE(id_of(typed(text, type)).has_value());
}

TEST_CASE("inline terms: ids order as values do", "[model]") {
    std::mt19937_64 random(3);
    std::uniform_int_distribution<std::int64_t> any(-1'000'000'000, 1'000'000'000);
    for (int i = 0; i < 2000; ++i) {
        const std::int64_t a = any(random), b = any(random);
        CHECK((*id_of(Term::integer(a)) < *id_of(Term::integer(b))) == (a < b));
        const double x = static_cast<double>(a) / 1024, y = static_cast<double>(b) / 1024;
        const auto p = id_of(Term::floating(x)), q = id_of(Term::floating(y));
        if (p && q) CHECK((*p < *q) == (x < y));
    }
    CHECK(*id_of(Term::literal("a")) < *id_of(Term::literal("ab")));
    CHECK(*id_of(Term::literal("ab")) < *id_of(Term::literal("b")));
}

}  // namespace tercet

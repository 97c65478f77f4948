#include "engine/model/inline_term.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "engine/model/vocabulary.hpp"
#include "engine/model/xsd_format.hpp"
#include "support/catch.hpp"

using namespace tercet;
namespace xsd = tercet::vocabulary::xsd;

namespace {

std::optional<TermId> id_of(std::string_view text, std::string_view datatype) {
    return inline_id(TermView::literal(text, datatype));
}

/// The id, after the term has been seen to come back exactly.
TermId round_trip(std::string_view text, std::string_view datatype) {
    CAPTURE(text, datatype);
    const auto id = id_of(text, datatype);
    REQUIRE(id);
    REQUIRE(id->is_inline());
    REQUIRE(inline_term(*id) == Term::typed_literal(std::string(text), std::string(datatype)));
    return *id;
}

void check_ascending(const std::vector<std::string>& texts, std::string_view datatype) {
    for (std::size_t i = 1; i < texts.size(); ++i) {
        CAPTURE(texts[i - 1], texts[i]);
        CHECK(round_trip(texts[i - 1], datatype) < round_trip(texts[i], datatype));
    }
}

void check_not_inline(const std::vector<std::string>& texts, std::string_view datatype) {
    for (const std::string& text : texts) {
        CAPTURE(text);
        CHECK_FALSE(id_of(text, datatype));
    }
}

}  // namespace

TEST_CASE("inline terms: ids order as values do", "[model]") {
    check_ascending({"false", "true"}, xsd::kBoolean);
    check_ascending({"-576460752303423488", "-1000", "-1", "0", "1", "9", "10", "576460752303423487"}, xsd::kInteger);
    check_ascending({"-1.0E10", "-2.5E0", "-1.0E0", "-0.0E0", "0.0E0", "5.0E-1", "1.0E0", "1.5E0", "1.0E1", "1.0E10"},
                    xsd::kDouble);
    check_ascending({"-576460752303.423488", "-1.5", "-0.000001", "0.0", "0.25", "1.0", "1.000001", "10.5"},
                    xsd::kDecimal);
    check_ascending({"0001-01-01", "1582-10-15", "1969-12-31", "1970-01-01", "2000-02-29", "2024-12-31", "9999-12-31"},
                    xsd::kDate);
    check_ascending({"0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2024-02-29T12:00:00Z"},
                    xsd::kDateTime);
    check_ascending({"2024-02-29T12:00:00", "2024-02-29T12:00:01"}, xsd::kDateTime);
    check_ascending({"", std::string(1, '\0'), "A", "AB", "a", "a ", "ab", "b", "\xC3\xBC"}, xsd::kString);
}

TEST_CASE("inline terms: only what comes back exactly", "[model]") {
    check_not_inline({"1", "0", "TRUE", "", " true"}, xsd::kBoolean);
    check_not_inline(
        {"+1", "01", "-0", "1.0", "", " 1", "1 ", "576460752303423488", "-576460752303423489", "99999999999999999999"},
        xsd::kInteger);
    check_not_inline({"1", "1.0", "1e0", "1.0e0", "1.00E0", "NaN", "INF", "-INF", "1.0E+1", "1.1E0", "", "0x1p3"},
                     xsd::kDouble);
    check_not_inline({"1", ".5", "1.", "1.50", "01.5", "+1.5", "-0.0", "1.0000001", "576460752303.5", "1.5.5", "", "."},
                     xsd::kDecimal);
    check_not_inline({"2023-02-29", "2024-2-29", "0000-01-01", "-0001-01-01", "10000-01-01", "2024-01-01Z", "",
                      "2024-13-01", "+024-01-01"},
                     xsd::kDate);
    check_not_inline({"2024-01-01T24:00:00Z", "2024-01-01T12:00:60Z", "2024-01-01T12:00:00.5Z",
                      "2024-01-01T12:00:00+00:00", "2024-01-01", "2024-01-01 12:00:00", "2024-01-01T-1:00:00"},
                     xsd::kDateTime);
    check_not_inline({"eight by", "\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC"}, xsd::kString);
    check_not_inline({"1"}, "http://www.w3.org/2001/XMLSchema#int");
}

TEST_CASE("inline terms: only literals without a language", "[model]") {
    CHECK_FALSE(inline_id(TermView::iri("a")));
    CHECK_FALSE(inline_id(TermView::blank_node("a")));
    CHECK_FALSE(inline_id(TermView{}));
    TermView greeting = TermView::literal("hi", vocabulary::rdf::kLangString);
    greeting.language = "en";
    CHECK_FALSE(inline_id(greeting));
}

TEST_CASE("inline terms: random values come back, in order", "[model]") {
    std::mt19937_64 random(42);
    constexpr std::int64_t kLimit = std::int64_t{1} << 59U;
    std::uniform_int_distribution<std::int64_t> any(-kLimit, kLimit - 1);
    const auto text_of = [](std::int64_t millionths) {
        std::string text = std::to_string(std::abs(millionths));
        if (text.size() < 7) text.insert(0, 7 - text.size(), '0');
        text.insert(text.size() - 6, ".");
        while (text.back() == '0' && text[text.size() - 2] != '.') text.pop_back();
        return (millionths < 0 ? "-" : "") + text;
    };
    for (int i = 0; i < 3000; ++i) {
        const unsigned shift = random() % 59;
        const std::int64_t a = any(random) >> shift, b = any(random) >> shift;
        const TermId integer_a = round_trip(std::to_string(a), xsd::kInteger);
        const TermId integer_b = round_trip(std::to_string(b), xsd::kInteger);
        REQUIRE((integer_a < integer_b) == (a < b));
        REQUIRE(inline_integer_value(integer_a) == a);
        REQUIRE(inline_integer_id(a) == integer_a);

        const TermId decimal_a = round_trip(text_of(a), xsd::kDecimal);
        REQUIRE((decimal_a < round_trip(text_of(b), xsd::kDecimal)) == (a < b));
        REQUIRE(inline_decimal_value(decimal_a) == a);
    }
}

TEST_CASE("inline terms: doubles with four low zero bits come back, in order", "[model]") {
    std::mt19937_64 random(43);
    const auto pick = [&] {
        for (;;) {
            const auto value = std::bit_cast<double>(random() & ~std::uint64_t{15});
            if (std::isfinite(value)) return value;
        }
    };
    for (int i = 0; i < 3000; ++i) {
        const double a = pick(), b = pick();
        const TermId id_a = round_trip(format_double(a), xsd::kDouble),
                     id_b = round_trip(format_double(b), xsd::kDouble);
        REQUIRE((id_a < id_b) == (a < b));
        REQUIRE(inline_double_value(id_a) == a);
        REQUIRE_FALSE(id_of(format_double(std::bit_cast<double>(std::bit_cast<std::uint64_t>(a) | 1U)), xsd::kDouble));
    }
}

TEST_CASE("inline terms: every byte fits into a short string", "[model]") {
    std::mt19937_64 random(44);
    const auto pick = [&] {
        std::string text(random() % 8, '\0');
        for (char& c : text) c = static_cast<char>(random() % 4 == 0 ? 0 : random());
        return text;
    };
    for (int i = 0; i < 3000; ++i) {
        const std::string a = pick(), b = pick();
        REQUIRE((round_trip(a, xsd::kString) < round_trip(b, xsd::kString)) == (a < b));
    }
}

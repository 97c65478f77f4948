#include "loaders/article/quantity.hpp"

#include "loaders/article/time_expression.hpp"
#include "support/catch.hpp"

using namespace tercet::article;

TEST_CASE("quantity: value, currency and unit", "[article]") {
    const auto [phrase, value, currency, unit] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"$3 million", "3000000", "USD", ""},
        {"3 million dollars", "3000000", "USD", ""},
        {"\xE2\x82\xAC" "1.25bn", "1250000000", "EUR", ""},
        {"$2.5m", "2500000", "USD", ""},
        {"US$1,200", "1200", "USD", ""},
        {"$3 million budget", "3000000", "USD", "budget"},
        {"12%", "12", "", "percent"},
        {"12.50 per cent", "12.5", "", "percent"},
        {"two soldiers", "2", "", "soldiers"},
        {"twenty-five people", "25", "", "people"},
        {"two hundred thousand people", "200000", "", "people"},
        {"1,000,000", "1000000", "", ""},
        {"5 m", "5", "", "m"},
        {"2000 soldiers", "2000", "", "soldiers"},
        {"007 agents", "7", "", "agents"},
        {"0.50", "0.5", "", ""},
    }));
    CAPTURE(phrase);
    const auto quantity = read_quantity(phrase);
    REQUIRE(quantity);
    CHECK(quantity->value == value);
    CHECK(quantity->currency == currency);
    CHECK(quantity->unit == unit);
    CHECK(quantity->bound == Quantity::Bound::Exact);
}

TEST_CASE("quantity: bounds", "[article]") {
    CHECK(read_quantity("more than 1,000 people")->bound == Quantity::Bound::AtLeast);
    CHECK(read_quantity("up to $5 million")->bound == Quantity::Bound::AtMost);
    CHECK(read_quantity("about 20 houses")->bound == Quantity::Bound::Exact);
    CHECK(read_quantity("about 20 houses")->value == "20");
}

TEST_CASE("quantity: what is none", "[article]") {
    const auto phrase = GENERATE(values<std::string>({"", "soldiers", "2023", "1st division", "21st century", "1990s", "10:30", "3/4 of it", "1,2", "tenant", "one's house",
                                                      "over", "$", "more than that", "1.2.3"}));
    CAPTURE(phrase);
    CHECK_FALSE(read_quantity(phrase));
}

TEST_CASE("time: words become dates by the article's own", "[article]") {
    const auto [words, past, future] = GENERATE(table<std::string, std::string, std::string>({
        {"yesterday", "2024-05-02", "2024-05-02"},
        {"tomorrow", "2024-05-04", "2024-05-04"},
        {"Wednesday", "2024-05-01", "2024-05-08"},
        {"Friday", "2024-05-03", "2024-05-03"},
        {"Wednesday night", "2024-05-01", "2024-05-08"},
        {"March", "2024-03", "2025-03"},
        {"March 12", "2024-03-12", "2025-03-12"},
        {"Tuesday September 19", "2023-09-19", "2024-09-19"},
        {"May 2023", "2023-05", "2023-05"},
        {"12 March 2023", "2023-03-12", "2023-03-12"},
        {"2021", "2021", "2021"},
        {"last year", "2023", "2023"},
        {"next month", "2024-06", "2024-06"},
        {"this year", "2024", "2024"},
        {"two days ago", "2024-05-01", "2024-05-01"},
        {"a week ago", "2024-04-26", "2024-04-26"},
        {"six months ago", "2023-11", "2023-11"},
        {"ten years ago", "2014", "2014"},
    }));
    CAPTURE(words);
    CHECK(normal_time(words, "2024-05-03", Tense::Past) == past);
    CHECK(normal_time(words, "2024-05-03", Tense::Future) == future);
}

TEST_CASE("time: words that do not tell stay words", "[article]") {
    const auto words = GENERATE(values<std::string>({"the coming days", "some time", "last Friday", "February 30", "more than ten years ago", "the final years of the war", "12",
                                                     "99999 days ago", "the same day", "may"}));
    CAPTURE(words);
    CHECK(normal_time(words, "2024-05-03", Tense::Past) == words);
}

TEST_CASE("time: without the article's date only full ones are told", "[article]") {
    CHECK(normal_time("yesterday", "", Tense::Past) == "yesterday");
    CHECK(normal_time("March", "", Tense::Past) == "March");
    CHECK(normal_time("March 2021", "", Tense::Past) == "2021-03");
}

TEST_CASE("time: datatypes by shape", "[article]") {
    CHECK(datatype_of_time("2024-05-03").ends_with("#date"));
    CHECK(datatype_of_time("2024-05").ends_with("#gYearMonth"));
    CHECK(datatype_of_time("2024").ends_with("#gYear"));
    CHECK(datatype_of_time("yesterday").ends_with("#string"));
}

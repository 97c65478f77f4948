#include "loaders/article/confidence.hpp"

#include "article_fixture.hpp"
#include "support/catch.hpp"

using namespace tercet::article;

TEST_CASE("confidence: rises with what it is made of, and is never sure", "[article]") {
    double last = 0;
    for (int i = 0; i <= 100; ++i) {
        const double now = calibrated(i / 100.0);
        CHECK(now >= last);
        CHECK(now >= 0.01);
        CHECK(now <= 0.99);
        last = now;
    }
    CHECK(calibrated(0.9) > 0.9);
    CHECK(calibrated(0.02) < calibrated(0.9) - 0.2);
}

TEST_CASE("statements: one that says less than another of its sentence is left out", "[article]") {
    Statement less;
    less.subject.name = "Kenya";
    less.predicate.name = "express";
    Statement more = less;
    more.object.name = "deep concern";
    CHECK(says_less(less, more));
    CHECK_FALSE(says_less(more, less));
    CHECK_FALSE(says_less(less, less));
    more.polarity = Polarity::Negative;
    CHECK_FALSE(says_less(less, more));
    more.polarity = Polarity::Positive;
    more.attributed_to = "Uganda";
    CHECK_FALSE(says_less(less, more));
}

#include "article_fixture.hpp"
#include "support/catch.hpp"

using namespace tercet::article;
using test::Expectation;

namespace {

/// Whom the last sentence of a text is about, which says that somebody opened the bridge.
std::string who_opened_the_bridge(const std::string& text) {
    const ArticleStatements found = extract(text, test::analyser());
    CAPTURE(test::show(found));
    for (const Statement& statement : found.statements) {
        if (statement.predicate.name == "open") return statement.subject.name;
    }
    return {};
}

}  // namespace

TEST_CASE("references: he and she are somebody whose given name fits", "[article]") {
    const std::string text = "Laura Bennett praised the engineers of the city. Robert Hale criticised the high costs of the work. ";
    CHECK(who_opened_the_bridge(text + "She opened the bridge on Monday.") == "Laura Bennett");
    CHECK(who_opened_the_bridge(text + "He opened the bridge on Monday.") == "Robert Hale");
}

TEST_CASE("references: an office's word may be a surname", "[article]") {
    CHECK(who_opened_the_bridge("Foreign Minister Julie Bishop opened the bridge on Monday.") == "Julie Bishop");
    CHECK(who_opened_the_bridge("Laura King opened the bridge on Monday.") == "Laura King");
}

TEST_CASE("references: an office and a name behind a comma are one person", "[article]") {
    CHECK(who_opened_the_bridge("The head of water policy, Robert Hale, opened the bridge on Monday.") == "Robert Hale");
    CHECK(who_opened_the_bridge("The villain is played by Jeffrey Dean Morgan. Jeffrey Dean Morgan opened the bridge on Monday.") == "Jeffrey Dean Morgan");
}

TEST_CASE("references: a surname that two have is of the one who was named first", "[article]") {
    const std::string text = "Robert Hale praised the engineers of the city. His sister, Laura Jane Hale, criticised the high costs. ";
    CHECK(who_opened_the_bridge(text + "Hale opened the bridge on Monday.") == "Robert Hale");
    CHECK(who_opened_the_bridge(text + "Ms. Hale opened the bridge on Monday.") == "Laura Jane Hale");
    CHECK(who_opened_the_bridge(text + "His sister, Laura Jane Hale, opened the bridge on Monday.") == "Laura Jane Hale");
}

TEST_CASE("references: it is what owns what was spoken of", "[article]") {
    CHECK(who_opened_the_bridge("Acme Corporation makes shoes. Its yearly budget is small, and it opened the bridge on Monday.") == "Acme Corporation");
    CHECK(who_opened_the_bridge("Painters reach people, and it opened the bridge on Monday.").empty());
}

TEST_CASE("references: a title says more than a given name", "[article]") {
    const std::string text = "Mr. Laura Bennett praised the engineers of the city. ";
    CHECK(who_opened_the_bridge(text + "He opened the bridge on Monday.") == "Laura Bennett");
    CHECK(who_opened_the_bridge(text + "She opened the bridge on Monday.").empty());
}

TEST_CASE("references: of people without a name, the noun tells", "[article]") {
    CHECK(who_opened_the_bridge("A young woman praised the engineers of the city. He opened the bridge on Monday.").empty());
    CHECK(who_opened_the_bridge("A young woman praised the engineers of the city. She opened the bridge on Monday.") == "young woman");
    CHECK(who_opened_the_bridge("The parents praised the engineers of the city. She opened the bridge on Monday.").empty());
}

TEST_CASE("references: after a while without people, he is whom the article is about", "[article]") {
    const std::string about =
        "Robert Hale praised the engineers of the city. Robert Hale criticised the high costs of the work. Robert Hale visited the port. ";
    const std::string aside = "Laura Bennett visited the old mill. ";
    std::string pause;
    for (int i = 0; i < 8; ++i) pause += "The road runs along the river. ";
    CHECK(who_opened_the_bridge(about + aside + pause + "He opened the bridge on Monday.") == "Robert Hale");
    CHECK(who_opened_the_bridge(about + aside + pause + "She opened the bridge on Monday.").empty());
}

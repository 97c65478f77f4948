#include "engine/results/cell_text.hpp"
#include "support/catch.hpp"

using namespace tercet;
using namespace tercet::results;

TEST_CASE("cell text: a path is written in the direction it was walked", "[results]") {
    const Prefixes prefixes{{"", "http://example.org/"}};
    const auto iri = [](const std::string& name) { return Term::iri("http://example.org/" + name); };
    const auto walk = [&](std::vector<Triple> edges, const std::string& start) {
        Term path = Term::path(std::move(edges));
        path.value = iri(start).to_string();
        return cell_text(path, prefixes);
    };
    const Triple knows{iri("a"), iri("knows"), iri("b")}, met{iri("c"), iri("met"), iri("b")},
        back{iri("b"), iri("met"), iri("a")};
    CHECK(walk({knows}, "a") == ":a -:knows-> :b");
    CHECK(walk({knows}, "b") == ":b <-:knows- :a");
    CHECK(walk({knows, met}, "a") == ":a -:knows-> :b <-:met- :c");
    CHECK(walk({knows, back}, "a") == ":a -:knows-> :b -:met-> :a");
    CHECK(walk({knows, back}, "b") == ":b <-:knows- :a <-:met- :b");
    CHECK(walk({}, "a") == "()");
}

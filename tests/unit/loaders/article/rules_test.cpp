#include <sstream>

#include "article_fixture.hpp"
#include "loaders/article/text.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace tercet::article;
using test::Expectation;

namespace {

/// A sentence of tests/articles/rules.conllu.
struct RuleCase {
    std::string name;
    std::string tree;
    std::vector<Expectation> must;
    std::vector<Expectation> must_not;
};

Expectation parse_expectation(std::string_view line) {
    Expectation result;
    std::optional<std::string>* const fields[] = {&result.subject,  &result.predicate, &result.object,
                                                  &result.polarity, &result.modality,  &result.attributed_to};
    std::istringstream parts{std::string(line)};
    std::string part;
    for (std::size_t i = 0; std::getline(parts, part, '|'); ++i) {
        const std::string value(text::trim(part));
        if (value != "*") *fields[i] = value == "-" ? "" : value;
    }
    return result;
}

std::vector<RuleCase> read_cases() {
    std::istringstream file(test::read_file(tercet::support::source_dir() + "/tests/articles/rules.conllu"));
    std::vector<RuleCase> cases;
    std::string line;
    while (std::getline(file, line)) {
        const std::string_view view = line;
        if (view.starts_with("# rule = "))
            cases.push_back({std::string(view.substr(9)), {}, {}, {}});
        else if (view.starts_with("# must = "))
            cases.back().must.push_back(parse_expectation(view.substr(9)));
        else if (view.starts_with("# not = "))
            cases.back().must_not.push_back(parse_expectation(view.substr(8)));
        else if (!cases.empty() && !view.starts_with('#'))
            cases.back().tree += line + '\n';
    }
    return cases;
}

}  // namespace

TEST_CASE("rules: find what the trees state, and nothing that they do not", "[article]") {
    const std::vector<RuleCase> cases = read_cases();
    REQUIRE(cases.size() > 40);
    for (const RuleCase& rule : cases) {
        const ArticleStatements found = test::statements_of_tree(rule.tree);
        CAPTURE(rule.name, test::show(found));
        for (std::size_t i = 0; i < rule.must.size(); ++i) {
            CAPTURE(i);
            CHECK(test::holds(found, rule.must[i]));
        }
        for (std::size_t i = 0; i < rule.must_not.size(); ++i) {
            CAPTURE(i);
            CHECK_FALSE(test::holds(found, rule.must_not[i]));
        }
    }
}

TEST_CASE("rules: a sentence of hundreds of words or of deep nesting ends", "[article]") {
    std::string tree;
    for (int i = 1; i <= 399; ++i) {
        const std::string id = std::to_string(i);
        const bool pronoun = i % 2 == 0;
        tree += id + "\t" + (pronoun ? "they" : "said") + "\t" + (pronoun ? "they" : "say") + "\t" +
                (pronoun ? "PRON\tPRP" : "VERB\tVBD") + "\t_\t" +
                (i == 1    ? "0\troot"
                 : pronoun ? std::to_string(std::min(i + 1, 399)) + "\tnsubj"
                           : std::to_string(i - 2) + "\tccomp") +
                "\t_\t_\n";
    }
    CHECK_NOTHROW(test::statements_of_tree(tree));
}

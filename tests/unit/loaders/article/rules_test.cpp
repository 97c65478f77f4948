#include <sstream>

#include "article_fixture.hpp"
#include "loaders/article/sentence_context.hpp"
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

TEST_CASE("rules: a list of subjects times a list of objects is cut where no sentence says more", "[article]") {
    constexpr int kEach = 100;
    std::string tree;
    const auto add = [&](int number, const std::string& form, const char* tags, int head, const char* relation) {
        tree += std::to_string(number) + '\t' + form + '\t' + form + '\t' + tags + "\t_\t" + std::to_string(head) + '\t' + relation + "\t_\t_\n";
    };
    const int verb = kEach + 1;
    for (int i = 0; i < kEach; ++i) add(i + 1, "zorb" + std::to_string(i), "NOUN\tNNS", i == 0 ? verb : 1, i == 0 ? "nsubj" : "conj");
    add(verb, "meet", "VERB\tVBP", 0, "root");
    for (int i = 0; i < kEach; ++i) add(verb + 1 + i, "wug" + std::to_string(i), "NOUN\tNNS", i == 0 ? verb : verb + 1, i == 0 ? "obj" : "conj");
    const ArticleStatements found = test::statements_of_tree(tree);
    CHECK(found.statements.size() > kEach);
    CHECK(found.statements.size() <= SentenceContext::kMostDrafts);
}

TEST_CASE("rules: lists of pronouns that stand for lists of pronouns", "[article]") {
    constexpr int kClauses = 10;
    constexpr int kEach = 12;
    std::string tree;
    int number = 0;
    const auto add = [&](const std::string& form, const char* tags, int head, const char* relation) {
        tree += std::to_string(++number) + '\t' + form + '\t' + form + '\t' + tags + "\t_\t" + std::to_string(head) + '\t' + relation + "\t_\t_\n";
    };
    for (int clause = 0; clause < kClauses; ++clause) {
        const int verb = number + kEach + 1;
        const int first = number + 1;
        for (int i = 0; i < kEach; ++i) add("they", "PRON\tPRP", i == 0 ? verb : first, i == 0 ? "nsubj" : "conj");
        add("think", "VERB\tVBP", clause == 0 ? 0 : verb - kEach - 1, clause == 0 ? "root" : "ccomp");
    }
    CHECK(test::statements_of_tree(tree).sentences.size() == 1);
}

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "article_fixture.hpp"
#include "loaders/article/jsonl.hpp"
#include "support/catch.hpp"
#include "support/paths.hpp"

using namespace tercet::article;
using test::Expectation;

namespace {

const std::string kRoot = tercet::support::source_dir();

Expectation parse_expectation(const nlohmann::json& line) {
    const auto field = [&](const char* name) {
        return line.contains(name) ? std::optional(line[name].get<std::string>()) : std::nullopt;
    };
    return {field("subject"),  field("predicate"), field("object"),
            field("polarity"), field("modality"),  field("attributed_to")};
}

}  // namespace

TEST_CASE("sample articles: state what they should and not what they should not", "[article]") {
    for (const auto& entry : std::filesystem::directory_iterator(kRoot + "/examples/articles")) {
        if (entry.path().extension() != ".txt") continue;
        const std::string stem = entry.path().stem().string();
        const ArticleStatements found = extract(test::read_file(entry.path().string()), test::analyser());
        std::istringstream expected(test::read_file(kRoot + "/tests/articles/" + stem + ".expected.jsonl"));
        std::string line;
        while (std::getline(expected, line)) {
            const auto json = nlohmann::json::parse(line);
            CAPTURE(stem, line, test::show(found));
            CHECK(test::holds(found, parse_expectation(json)) == json["must"].get<bool>());
        }
    }
}

TEST_CASE("extractor: offsets are bytes of the file", "[article]") {
    const std::string text = test::read_file(kRoot + "/examples/articles/07-trial.txt");
    const ArticleStatements found = extract(text, test::analyser());
    REQUIRE(!found.statements.empty());
    for (const Statement& statement : found.statements) {
        CAPTURE(statement.subject.name, statement.predicate.name);
        const SourceSentence& sentence = found.sentences[statement.sentence];
        CHECK(statement.begin < statement.end);
        CHECK(statement.begin >= sentence.begin);
        CHECK(statement.end <= sentence.end);
        const std::string surface =
            text.substr(statement.subject.begin, statement.subject.end - statement.subject.begin);
        CHECK(surface == statement.subject.text);
        CHECK(statement.confidence > 0);
        CHECK(statement.confidence < 1);
    }
}

TEST_CASE("extractor: the same text gives the same bytes", "[article]") {
    const std::string text = test::read_file(kRoot + "/examples/articles/05-summit.txt");
    std::ostringstream first;
    std::ostringstream second;
    write_jsonl(first, "a.txt", extract(text, test::analyser()));
    write_jsonl(second, "a.txt", extract(text, test::analyser()));
    CHECK(first.str() == second.str());
    CHECK(!first.str().empty());
}

TEST_CASE("extractor: texts that are no articles give nothing, quietly", "[article]") {
    const auto text = GENERATE(
        values<std::string>({"", "\n\n", "\xFF\xFE", "0123", "\"\"\"\"", "((((((", "Related news\n- One\n- Two\n"}));
    CHECK(extract(text, test::analyser()).statements.empty());
}

TEST_CASE("jsonl: one object a line with every field", "[article]") {
    std::ostringstream out;
    write_jsonl(out, "01.txt",
                extract(test::read_file(kRoot + "/examples/articles/01-mission-briefing.txt"), test::analyser()));
    std::istringstream lines(out.str());
    std::string line;
    std::size_t count = 0;
    while (std::getline(lines, line)) {
        const auto json = nlohmann::json::parse(line);
        for (const char* field : {"doc", "sentence", "sentence_text", "begin", "end", "subject", "subject_text",
                                  "predicate", "predicate_text", "object", "object_text", "extra", "polarity",
                                  "modality", "attributed_to", "time", "place", "confidence"}) {
            CAPTURE(field);
            CHECK(json.contains(field));
        }
        CHECK(json["doc"] == "01.txt");
        ++count;
    }
    CHECK(count > 10);
}

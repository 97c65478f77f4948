#include "loaders/article/statement_lines.hpp"

#include <sstream>

#include "loaders/article/jsonl.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet::article;

namespace {

std::vector<ForeignArticle> read_all(const std::string& text, const StatementLimits& limits = {}) {
    std::istringstream in(text);
    std::vector<ForeignArticle> articles;
    read_statement_lines(in, [&](ForeignArticle article) { articles.push_back(std::move(article)); }, limits);
    return articles;
}

std::string line_of(const std::string& document, const std::string& sentence = "X eats.") {
    return R"({"doc":")" + document + R"(","sentence_text":")" + sentence + R"(","subject":"X","predicate":"eat"})" + "\n";
}

/// Documents in the order in which they are taken, each with the number of its statements: "a1 b2".
std::string taken(const std::string& text, const StatementLimits& limits) {
    std::string names;
    for (const ForeignArticle& article : read_all(text, limits)) {
        names += (names.empty() ? "" : " ") + article.document + std::to_string(article.statements.statements.size());
    }
    return names;
}

/// What is wrong with the text; empty: nothing.
std::string complaint_about(const std::string& text, const StatementLimits& limits) {
    try {
        static_cast<void>(read_all(text, limits));
        return {};
    } catch (const tercet::Error& error) {
        CHECK(error.code() == tercet::ErrorCode::Syntax);
        return error.what();
    }
}

}  // namespace

TEST_CASE("statement lines: what extract writes is read back the same", "[article]") {
    ArticleStatements article;
    article.sentences = {{10, 40, "Kenya did not pay, she said."}, {41, 60, "Uganda paid."}};
    Statement first;
    first.begin = 10;
    first.end = 40;
    first.subject = {"Kenya", "Kenya", 10, 15};
    first.predicate = {"pay", "did not pay", 16, 27};
    first.polarity = Polarity::Negative;
    first.modality = Modality::Future;
    first.attributed_to = "Ruth Otieno";
    first.time = "2024-05-03";
    first.confidence = 0.25;
    Statement second;
    second.sentence = 1;
    second.begin = 41;
    second.end = 60;
    second.subject = {"Uganda", "Uganda", 41, 47};
    second.predicate = {"pay", "paid", 48, 52};
    article.statements = {first, second};
    std::ostringstream out;
    write_jsonl(out, "a.txt", article);

    const auto read = read_all(out.str());

    REQUIRE(read.size() == 1);
    CHECK(read[0].document == "a.txt");
    CHECK(read[0].lines == out.str());
    std::ostringstream again;
    ArticleStatements copy = read[0].statements;
    for (Statement& statement : copy.statements) statement.rule = {};
    write_jsonl(again, "a.txt", copy);
    CHECK(again.str() == out.str());
    REQUIRE(copy.entities.size() == 3);
    CHECK(copy.entities[1].name == "Ruth Otieno");
}

TEST_CASE("statement lines: documents are told apart, most fields may be missing", "[article]") {
    const auto read = read_all(
        R"({"doc":"b","sentence_text":"X eats.","subject":"X","predicate":"eat"})"
        "\n\n"
        R"({"doc":"a","sentence_text":"Y eats Z.","subject":"Y","predicate":"eat","object":"Z","time":null})");

    REQUIRE(read.size() == 2);
    CHECK(read[0].document == "b");
    CHECK(read[0].statements.statements.at(0).object.name.empty());
    CHECK(read[1].statements.statements.at(0).object.text == "Z");
    CHECK(read[1].statements.statements.at(0).confidence == 1.0);
    CHECK(read_all("").empty());
}

TEST_CASE("statement lines: a bad line is told by number and by what is wrong", "[article]") {
    const std::string good = R"({"doc":"b","sentence_text":"X eats.","subject":"X","predicate":"eat"})";
    const auto [line, word] = GENERATE(table<std::string, std::string>(
        {{"{", "JSON object"},
         {"[1]", "JSON object"},
         {R"({"doc":"b","sentence_text":"s","predicate":"eat"})", "\"subject\""},
         {R"({"doc":"b","sentence_text":"s","subject":7,"predicate":"eat"})", "\"subject\""},
         {R"({"doc":"b","sentence_text":"s","subject":"x","predicate":"eat","modality":"odd"})", "\"modality\""},
         {R"({"doc":"b","sentence_text":"s","subject":"x","predicate":"eat","polarity":"odd"})", "\"polarity\""},
         {R"({"doc":"b","sentence_text":"s","subject":"x","predicate":"eat","begin":-1})", "\"begin\""}}));
    CAPTURE(line);
    try {
        static_cast<void>(read_all(good + '\n' + line));
        FAIL("accepted");
    } catch (const tercet::Error& error) {
        CHECK(error.code() == tercet::ErrorCode::Syntax);
        CHECK(std::string(error.what()).find("line 2") != std::string::npos);
        CHECK(std::string(error.what()).find(word) != std::string::npos);
    }
}

TEST_CASE("statement lines: documents may be mixed as far as the limits go, and the silent ones are taken first", "[article]") {
    const std::string mixed = line_of("a") + line_of("b") + line_of("a") + line_of("c");

    CHECK(taken(mixed, {}) == "a2 b1 c1");
    CHECK(taken(mixed, {.statements = 3}) == "b1 a2 c1");
    CHECK(taken(mixed, {.bytes = 3 * line_of("a").size()}) == "b1 a2 c1");
}

TEST_CASE("statement lines: what would take endless memory is refused with its line", "[article]") {
    const std::string a = line_of("a"), b = line_of("b"), c = line_of("c");
    const auto contains = [](const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; };

    CHECK(complaint_about(a + b + c, {.statements = 2}).empty());
    CHECK(contains(complaint_about(a + b + c + a, {.statements = 2}), "line 4: more of a, whose lines ended"));
    CHECK(contains(complaint_about(b + a + a + a, {.statements = 2}), "line 4: more of a than an article may have"));
    CHECK(contains(complaint_about(a + b + c, {.documents = 2}), "line 3: more than 2 documents"));
    CHECK(contains(complaint_about(a + line_of("b", std::string(500, 'x')), {.bytes = 400}), "line 2: longer than"));
    std::string many = R"({"doc":"a","sentence_text":"s","subject":"x","predicate":"eat","more":[0)";
    for (int i = 0; i < 100'000; ++i) many += ",0";
    CHECK(contains(complaint_about(a + many + "]}", {}), "line 2: more than 100000 values"));
}

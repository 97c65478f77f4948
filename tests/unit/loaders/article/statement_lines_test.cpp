#include "loaders/article/statement_lines.hpp"

#include <sstream>

#include "loaders/article/jsonl.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet::article;

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

    const auto read = read_statement_lines(out.str());

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
    const auto read = read_statement_lines(
        R"({"doc":"b","sentence_text":"X eats.","subject":"X","predicate":"eat"})"
        "\n\n"
        R"({"doc":"a","sentence_text":"Y eats Z.","subject":"Y","predicate":"eat","object":"Z","time":null})");

    REQUIRE(read.size() == 2);
    CHECK(read[0].document == "b");
    CHECK(read[0].statements.statements.at(0).object.name.empty());
    CHECK(read[1].statements.statements.at(0).object.text == "Z");
    CHECK(read[1].statements.statements.at(0).confidence == 1.0);
    CHECK(read_statement_lines("").empty());
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
        static_cast<void>(read_statement_lines(good + '\n' + line));
        FAIL("accepted");
    } catch (const tercet::Error& error) {
        CHECK(error.code() == tercet::ErrorCode::Syntax);
        CHECK(std::string(error.what()).find("line 2") != std::string::npos);
        CHECK(std::string(error.what()).find(word) != std::string::npos);
    }
}

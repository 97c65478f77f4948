#pragma once

#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "loaders/article/extractor.hpp"
#include "loaders/language/analyser.hpp"
#include "support/paths.hpp"

namespace tercet::article::test {

inline std::string read_file(const std::string& path) {
    std::ostringstream content;
    content << std::ifstream(path, std::ios::binary).rdbuf();
    return content.str();
}

inline const language::Analyser& analyser() {
    static const auto kAnalyser = language::Analyser::load(support::source_dir() + "/loaders/models/english.tcm");
    return kAnalyser;
}

/// The statements of a tree, without any model.
inline ArticleStatements statements_of_tree(const std::string& conllu) {
    std::vector<language::Sentence> sentences = language::read_conllu(conllu);
    Document document;
    for (const language::Sentence& sentence : sentences) {
        for (const language::Word& word : sentence.words) {
            document.prose.resize(word.begin, ' ');
            document.prose += word.form;
        }
    }
    document.paragraphs = {{0, document.prose.size()}};
    return extract_parsed(document, std::move(sentences));
}

/// What a test asks of a statement; fields that are not set may be anything.
struct Expectation {
    std::optional<std::string> subject;
    std::optional<std::string> predicate;
    std::optional<std::string> object;
    std::optional<std::string> polarity;
    std::optional<std::string> modality;
    std::optional<std::string> attributed_to;
};

inline bool fits(const Statement& statement, const Expectation& expected) {
    const auto same = [](const std::optional<std::string>& wanted, std::string_view got) {
        return !wanted || *wanted == got;
    };
    return same(expected.subject, statement.subject.name) && same(expected.predicate, statement.predicate.name) &&
           same(expected.object, statement.object.name) && same(expected.polarity, to_string(statement.polarity)) &&
           same(expected.modality, to_string(statement.modality)) &&
           same(expected.attributed_to, statement.attributed_to.value_or(""));
}

inline bool holds(const ArticleStatements& article, const Expectation& expected) {
    for (const Statement& statement : article.statements) {
        if (fits(statement, expected)) return true;
    }
    return false;
}

/// One line a statement, for the messages of failed tests.
inline std::string show(const ArticleStatements& article) {
    std::string result;
    for (const Statement& statement : article.statements) {
        result += statement.subject.name + " | " + statement.predicate.name + " | " + statement.object.name + " | " +
                  std::string(to_string(statement.polarity)) + " | " + std::string(to_string(statement.modality)) +
                  " | " + statement.attributed_to.value_or("-") + '\n';
    }
    return result;
}

}  // namespace tercet::article::test

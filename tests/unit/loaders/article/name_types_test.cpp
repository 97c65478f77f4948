#include "loaders/article/name_types.hpp"

#include "loaders/language/analyser.hpp"
#include "support/catch.hpp"

using namespace tercet;
using article::EntityType;

namespace {

/// What "Zorb" is in a sentence of three or four words: a verb, a preposition or an article, and the name.
EntityType type_of(const std::string& conllu) {
    const std::vector<language::Sentence> sentences = language::read_conllu(conllu);
    const std::vector<article::Tree> trees{article::Tree(sentences.front())};
    article::NameMention name;
    name.first = name.last = name.title_first = static_cast<int>(sentences.front().words.size()) - 1;
    name.text = sentences.front().words.back().form;
    return article::type_by_use(trees, {&name});
}

}  // namespace

TEST_CASE("name types: where something is or goes is a place", "[article]") {
    const auto preposition = GENERATE(values<std::string>({"in", "near", "outside", "from"}));
    CAPTURE(preposition);
    CHECK(type_of("1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\t" + preposition + '\t' + preposition +
                  "\tADP\tIN\t_\t4\tcase\t_\t_\n4\tZorb\tZorb\tPROPN\tNNP\t_\t2\tobl\t_\t_\n\n") == EntityType::Place);
}

TEST_CASE("name types: with an article or in capitals it is an organisation", "[article]") {
    CHECK(type_of("1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\t_\n"
                  "4\tZorb\tZorb\tPROPN\tNNP\t_\t2\tobj\t_\t_\n\n") == EntityType::Organisation);
    CHECK(type_of("1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
                  "3\tZORB\tZORB\tPROPN\tNNP\t_\t2\tobj\t_\t_\n\n") == EntityType::Organisation);
}

TEST_CASE("name types: what nothing tells stays unknown", "[article]") {
    CHECK(type_of("1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n"
                  "3\tZorb\tZorb\tPROPN\tNNP\t_\t2\tobj\t_\t_\n\n") == EntityType::Unknown);
}

namespace {

/// "They met <preposition> Zorb", once for each kind that the tagger takes Zorb for.
EntityType type_by_mentions(const std::string& preposition, const std::vector<EntityType>& tagged) {
    const std::vector<language::Sentence> sentences = language::read_conllu(
        "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\t" + preposition + '\t' + preposition +
        "\tADP\tIN\t_\t4\tcase\t_\t_\n4\tZorb\tZorb\tPROPN\tNNP\t_\t2\tobl\t_\t_\n\n");
    const std::vector<article::Tree> trees{article::Tree(sentences.front())};
    std::vector<article::NameMention> mentions(tagged.size());
    std::vector<const article::NameMention*> pointers;
    for (std::size_t i = 0; i < tagged.size(); ++i) {
        mentions[i].first = mentions[i].last = mentions[i].title_first = 3;
        mentions[i].type = tagged[i];
        pointers.push_back(&mentions[i]);
    }
    return article::type_by_mentions(trees, pointers);
}

}  // namespace

TEST_CASE("name types: what most mentions are taken for, but nobody meets in a person", "[article]") {
    using enum EntityType;
    CHECK(type_by_mentions("with", {Person, Organisation, Person}) == Person);
    CHECK(type_by_mentions("in", {Person}) == Place);
    CHECK(type_by_mentions("in", {Unknown}) == Unknown);
}

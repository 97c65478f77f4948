#include "loaders/article/name_index.hpp"

#include "loaders/article/names.hpp"
#include "loaders/language/analyser.hpp"
#include "support/catch.hpp"

using namespace tercet;
using article::NameIndex;

TEST_CASE("name index: of several entities the first is found", "[article]") {
    NameIndex index;
    index.add_name("Ruth Otieno", 4);
    index.add_name("Otieno", 7);
    index.add_name("Otieno", 4);
    CHECK(index.named("Otieno") == 4);
    CHECK(index.named("Ruth") == std::nullopt);
}

TEST_CASE("name index: people are found by their last words, organisations by acronym and key", "[article]") {
    NameIndex index;
    index.add_person("Ruth Atieno Otieno", 1);
    index.add_organisation("UN General Assembly", "assembly general ", 2);
    index.add_organisation("Department of State", "department state ", 3);
    CHECK(index.person_ending_in("Atieno Otieno") == 1);
    CHECK(index.person_ending_in("Otieno") == 1);
    index.add_person("Ada Otieno", 0);
    index.add_person("Ada Otieno", 0);
    CHECK(index.persons_ending_in("Otieno") == std::vector<std::size_t>{0, 1});
    CHECK(index.persons_ending_in("Ada").empty());
    CHECK(index.person_ending_in("Ruth Atieno Otieno") == std::nullopt);
    CHECK(index.person_ending_in("tieno") == std::nullopt);
    CHECK(index.organisation_spelt("UNGA") == 2);
    CHECK(index.organisation_spelt("G.A.") == 2);
    CHECK(index.organisation_spelt("UN") == std::nullopt);
    CHECK(index.organisations_with_key("department state ") == std::vector<std::size_t>{3});
    CHECK(index.organisations_with_key("state ").empty());
}

TEST_CASE("names: tens of thousands of different names take no time to speak of", "[article]") {
    std::string treebank;
    for (int i = 0; i < 40'000; ++i) {
        const std::string name = "Zorb" + std::to_string(i);
        treebank += "1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_\n3\tAda\tAda\tPROPN\tNNP\t_\t2\tobj\t_\t_\n4\t" + name +
                    '\t' + name + "\tPROPN\tNNP\t_\t3\tflat\t_\t_\n\n";
    }
    const std::vector<language::Sentence> sentences = language::read_conllu(treebank);
    const std::vector<article::Tree> trees(sentences.begin(), sentences.end());
    const article::Names names(trees, std::string(sentences.back().end, ' '));
    CHECK(names.mentions().size() == 40'000);
}

TEST_CASE("name index: a person is found by a few last words of a name without end", "[article]") {
    std::string name = "Ruth";
    for (int i = 0; i < 10'000; ++i) name += " van";
    NameIndex index;
    index.add_person(name + " Otieno", 1);
    CHECK(index.person_ending_in("van van Otieno") == 1);
    CHECK(index.person_ending_in(name.substr(5) + " Otieno") == std::nullopt);
}

TEST_CASE("names: an office that is told again and again is one", "[article]") {
    std::string treebank;
    for (int i = 0; i < 1'000; ++i) {
        treebank += "1\tPresident\tpresident\tPROPN\tNNP\t_\t3\tcompound\t_\t_\n2\tRuth\tRuth\tPROPN\tNNP\t_\t3\tcompound\t_\t_\n3\tOtieno\tOtieno\tPROPN\tNNP\t_\t4\tnsubj\t_\t_\n"
                    "4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";
    }
    const std::vector<language::Sentence> sentences = language::read_conllu(treebank);
    const std::vector<article::Tree> trees(sentences.begin(), sentences.end());
    std::string text(sentences.back().end, ' ');
    for (const language::Sentence& sentence : sentences) {
        for (const language::Word& word : sentence.words) text.replace(word.begin, word.form.size(), word.form);
    }
    const article::Names names(trees, text);
    REQUIRE(names.mentions().size() == 1'000);
    const article::NamedEntity& person = names.entity(names.mentions().back());
    CHECK(person.name == "Ruth Otieno");
    CHECK(person.roles.size() == 1);
}

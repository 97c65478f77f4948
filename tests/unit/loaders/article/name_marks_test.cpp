#include "loaders/article/name_marks.hpp"

#include "loaders/language/analyser.hpp"
#include "support/catch.hpp"

using namespace tercet;
using article::EntityType;
using language::NameKind;

namespace {

/// "Prime Minister Ruth Otieno left ; Otieno saw Ministry of Kenya", with names as given.
std::vector<article::NameMark> marks_of(const std::vector<language::NameSpan>& names) {
    std::vector<language::Sentence> sentences = language::read_conllu(
        "1\tPrime\tprime\tPROPN\tNNP\t_\t2\tcompound\t_\t_\n2\tMinister\tMinister\tPROPN\tNNP\t_\t3\tcompound\t_\t_\n"
        "3\tRuth\tRuth\tPROPN\tNNP\t_\t5\tnsubj\t_\t_\n4\tOtieno\tOtieno\tPROPN\tNNP\t_\t3\tflat\t_\t_\n"
        "5\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_\n6\t;\t;\tPUNCT\t:\t_\t5\tpunct\t_\t_\n"
        "7\tOtieno\tOtieno\tPROPN\tNNP\t_\t8\tnsubj\t_\t_\n8\tsaw\tsee\tVERB\tVBD\t_\t5\tparataxis\t_\t_\n"
        "9\tMinistry\tMinistry\tPROPN\tNNP\t_\t8\tobj\t_\t_\n10\tof\tof\tADP\tIN\t_\t11\tcase\t_\t_\n"
        "11\tKenya\tKenya\tPROPN\tNNP\t_\t9\tnmod\t_\t_\n\n");
    std::string text;
    for (const language::Word& word : sentences.front().words) {
        text.resize(word.begin, ' ');
        text += word.form;
    }
    sentences.front().names = names;
    return article::find_name_marks(sentences, text);
}

}  // namespace

TEST_CASE("name marks: a person is the same with an office, without it and by surname", "[article]") {
    for (const auto& [first, end] : {std::pair{0, 4}, std::pair{2, 4}, std::pair{6, 7}}) {
        const auto marks = marks_of({{first, end, NameKind::Person}, {8, 11, NameKind::Organisation}});
        REQUIRE(marks.size() == 2);
        CHECK(marks.front().type == EntityType::Person);
        CHECK(marks.front().entity == "Ruth Otieno");
    }
}

TEST_CASE("name marks: names within names are things of their own", "[article]") {
    const auto marks = marks_of({{8, 11, NameKind::Organisation}, {10, 11, NameKind::Place}});
    REQUIRE(marks.size() == 2);
    CHECK(marks[0].text == "Ministry of Kenya");
    CHECK(marks[1].text == "Kenya");
    CHECK(marks[1].entity == "Kenya");
    CHECK(marks[1].end == marks[0].end);
    CHECK(marks[1].type == EntityType::Place);
}

TEST_CASE("name marks: what is no person, organisation or place is left out", "[article]") {
    CHECK(marks_of({{6, 7, NameKind::Other}, {8, 11, NameKind::Organisation}}).size() == 1);
}

TEST_CASE("name marks: what is plainly a name is one where nothing else was found", "[article]") {
    const auto marks = marks_of({});
    REQUIRE(marks.size() == 1);
    CHECK(marks.front().text == "Ministry of Kenya");
    CHECK(marks.front().type == EntityType::Organisation);
    CHECK(marks_of({{10, 11, NameKind::Place}}).size() == 1);  // not over what was found
}

#include "loaders/article/tuple.hpp"

#include <algorithm>

#include "loaders/language/analyser.hpp"
#include "support/catch.hpp"

using namespace tercet;
using article::Tuple;

namespace {

/// Lines "form lemma upos xpos head relation" as a tree's tuples, each "predicate | argument | ...".
std::vector<std::string> tuples_of(std::initializer_list<const char*> words) {
    std::string conllu;
    int number = 0;
    for (const std::string word : words) {
        std::string fields = word;
        std::ranges::replace(fields, ' ', '\t');
        const auto head = fields.find('\t', fields.find('\t', fields.find('\t', fields.find('\t') + 1) + 1) + 1);
        conllu += std::to_string(++number) + '\t' + fields.substr(0, head) + "\t_" + fields.substr(head) + "\t_\t_\n";
    }
    const auto sentences = language::read_conllu(conllu + '\n');
    std::vector<std::string> result;
    for (const Tuple& tuple : article::find_tuples(article::Tree(sentences.front()))) {
        std::string line = tuple.predicate;
        for (const std::string& argument : tuple.arguments) line += " | " + argument;
        result.push_back(std::move(line));
    }
    return result;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("tuples: object first, then obliques with their prepositions", "[article]") {
    CHECK(tuples_of({"The the DET DT 2 det", "firm firm NOUN NN 5 nsubj", "did do AUX VBD 5 aux", "not not PART RB 5 advmod",
                     "open open VERB VB 0 root", "two two NUM CD 7 nummod", "shops shop NOUN NNS 5 obj",
                     "in in ADP IN 9 case", "Oslo Oslo PROPN NNP 5 obl", "in in ADP IN 11 case",
                     "May May PROPN NNP 5 obl", ". . PUNCT . 5 punct"}) ==
          Lines{"did not open | The firm | two shops | in Oslo | in May"});
}

TEST_CASE("tuples: without an object the preposition joins the predicate", "[article]") {
    CHECK(tuples_of({"She she PRON PRP 2 nsubj", "taught teach VERB VBD 0 root", "at at ADP IN 4 case",
                     "Leeds Leeds PROPN NNP 2 obl", "until until ADP IN 6 case", "1985 1985 NUM CD 2 obl"}) ==
          Lines{"taught at | She | Leeds | until 1985"});
}

TEST_CASE("tuples: what an apposition and a possessive leave unsaid", "[article]") {
    CHECK(tuples_of({"Ann Ann PROPN NNP 6 nsubj", ", , PUNCT , 4 punct", "the the DET DT 4 det",
                     "mayor mayor NOUN NN 1 appos", ", , PUNCT , 4 punct", "sold sell VERB VBD 0 root",
                     "Bob Bob PROPN NNP 9 nmod:poss", "'s 's PART POS 7 case", "car car NOUN NN 6 obj"}) ==
          Lines{"be | Ann | the mayor", "sold | Ann | Bob 's car", "has | Bob | car"});
}

TEST_CASE("tuples: a reduced relative clause gets its verb, a lone noun gives nothing", "[article]") {
    CHECK(tuples_of({"Troops troop NOUN NNS 4 nsubj", "led lead VERB VBN 1 acl", "astray astray ADV RB 2 advmod",
                     "left leave VERB VBD 0 root"}) == Lines{"be led | Troops | astray", "left | Troops led astray"});
    CHECK(tuples_of({"A a DET DT 2 det", "day day NOUN NN 0 root"}).empty());
}

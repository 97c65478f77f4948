#include "loaders/training/raw_score.hpp"

#include "loaders/language/analyser.hpp"
#include "loaders/training/differences.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

namespace tercet::training {
namespace {

using language::Treebank;

std::string row(const std::string& id, const std::string& form, int head, const std::string& label, const std::string& misc = "_") {
    return id + '\t' + form + '\t' + form + "\tX\tY\t_\t" + std::to_string(head) + '\t' + label + "\t_\t" + misc + '\n';
}

std::string range(const std::string& id, const std::string& form, const std::string& misc = "_") {
    return id + '\t' + form + "\t_\t_\t_\t_\t_\t_\t_\t" + misc + '\n';
}

/// "I don't go. Stop it", two sentences, the first with a contraction.
std::string gold_rows() {
    return row("1", "I", 4, "nsubj") + range("2-3", "don't") + row("2", "do", 4, "aux") + row("3", "n't", 4, "advmod") +
           row("4", "go", 0, "root", "SpaceAfter=No") + row("5", ".", 4, "punct") + '\n' + row("1", "Stop", 0, "root") + row("2", "it", 1, "obj") + '\n';
}

std::vector<std::string> forms(const std::vector<WordPair>& pairs) {
    std::vector<std::string> result;
    for (const auto& [gold, system] : pairs) result.push_back(gold->form + "=" + system->form);
    return result;
}

}  // namespace

TEST_CASE("raw scores: an analysis that is the treebank's is right in everything", "[training]") {
    const Treebank gold = language::read_treebank(gold_rows());
    REQUIRE(gold.text == "I don't go. Stop it");

    const RawScores scores = score_raw(gold.text, gold.sentences, gold.sentences);

    CHECK(scores.tokens.gold == 6);
    CHECK(scores.words.gold == 7);
    for (const Score& score : {scores.tokens, scores.sentences, scores.words, scores.upos, scores.xpos, scores.lemmas, scores.uas, scores.las}) {
        CHECK(score.f1() == 100);
    }
}

TEST_CASE("raw scores: a contraction that was not seen costs a word, and the rest stays aligned", "[training]") {
    const Treebank gold = language::read_treebank(gold_rows());
    const Treebank system = language::read_treebank(row("1", "I", 3, "nsubj") + row("2", "don't", 3, "aux") + row("3", "go", 0, "root", "SpaceAfter=No") +
                                                    row("4", ".", 3, "punct") + '\n' + row("1", "Stop", 0, "root") + row("2", "it", 1, "obj") + '\n');

    CHECK(forms(align_words(gold.sentences, system.sentences)) == std::vector<std::string>{"I=I", "go=go", ".=.", "Stop=Stop", "it=it"});
    const RawScores scores = score_raw(gold.text, gold.sentences, system.sentences);

    CHECK(scores.tokens.f1() == 100);  // the token is there, its words are not
    CHECK(scores.words.right == 5);
    CHECK(scores.words.precision() == Approx(100 * 5 / 6.0));
    CHECK(scores.words.recall() == Approx(100 * 5 / 7.0));
    CHECK(scores.words.f1() == Approx(100 * 10 / 13.0));
    CHECK(scores.sentences.f1() == 100);
}

TEST_CASE("raw scores: words of a contraction are aligned by their forms, whatever their bytes and case", "[training]") {
    const auto one = [](const std::string& rows) { return language::read_treebank(rows + '\n').sentences; };
    const auto gold = one(range("1-3", "whatcha") + row("1", "what", 3, "obj") + row("2", "are", 3, "aux") + row("3", "you", 0, "root") + row("4", "up", 3, "advmod"));
    const auto system = one(range("1-2", "whatcha") + row("1", "What", 0, "root") + row("2", "you", 1, "nsubj") + row("3", "up", 1, "advmod"));

    CHECK(forms(align_words(gold, system)) == std::vector<std::string>{"what=What", "you=you", "up=up"});
    // A longest row, where taking the first that fits would lose one.
    const auto twice = one(range("1-3", "abc") + row("1", "a", 0, "root") + row("2", "b", 1, "x") + row("3", "c", 1, "x"));
    const auto other = one(range("1-3", "abc") + row("1", "c", 0, "root") + row("2", "a", 1, "x") + row("3", "b", 1, "x"));
    CHECK(forms(align_words(twice, other)) == std::vector<std::string>{"a=a", "b=b"});
}

TEST_CASE("raw scores: words that are cut differently are not the same, those behind them are", "[training]") {
    const auto gold = language::read_treebank(row("1", "U.S", 0, "root", "SpaceAfter=No") + row("2", ".", 1, "punct") + row("3", "law", 1, "dep") + '\n');
    const auto system = language::read_treebank(row("1", "U.S.", 2, "amod") + row("2", "law", 0, "root") + '\n');

    CHECK(forms(align_words(gold.sentences, system.sentences)) == std::vector<std::string>{"law=law"});
    const RawScores scores = score_raw(gold.text, gold.sentences, system.sentences);
    CHECK(word_differences(gold.sentences, system.sentences) == std::vector<std::pair<std::string, std::size_t>>{{"U.S . -> U.S.", 1}});
    CHECK(scores.tokens.right == 1);
    CHECK(scores.uas.right == 0);
}

TEST_CASE("raw scores: an arc is right only if its head is the same word, and a root only if it is one", "[training]") {
    const Treebank gold = language::read_treebank(gold_rows());
    // One sentence instead of two: "Stop" hangs on "go", and "it" on "Stop" by another label.
    const Treebank system = language::read_treebank(row("1", "I", 4, "nsubj") + range("2-3", "don't") + row("2", "do", 4, "aux:pass") + row("3", "n't", 2, "advmod") +
                                                    row("4", "go", 0, "root", "SpaceAfter=No") + row("5", ".", 4, "punct") + row("6", "Stop", 4, "parataxis") +
                                                    row("7", "it", 6, "nsubj") + '\n');

    const RawScores scores = score_raw(gold.text, gold.sentences, system.sentences);

    CHECK(scores.words.f1() == 100);
    CHECK(sentence_differences(gold.text, gold.sentences, system.sentences) == std::vector<std::string>{"missed   I don't go. |Stop it"});
    CHECK(scores.sentences.right == 0);
    CHECK(scores.sentences.gold == 2);
    CHECK(scores.sentences.system == 1);
    CHECK(scores.uas.right == 5);  // all but "n't" and "Stop"
    CHECK(scores.las.right == 4);  // nor "it"; sub-types of labels do not count
}

TEST_CASE("raw scores: an analysis that leaves out a part of the text is refused", "[training]") {
    const Treebank gold = language::read_treebank(gold_rows());
    std::vector<language::Sentence> first(gold.sentences.begin(), gold.sentences.begin() + 1);

    CHECK_THROWS_AS(score_raw(gold.text, gold.sentences, first), Error);
}

}  // namespace tercet::training

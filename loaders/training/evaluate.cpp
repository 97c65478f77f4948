// Scores a model: tercet_parser_eval [--raw] [--differences] MODEL TREEBANK.conllu[.gz]...
//
// Gold words, predicted tags, punctuation counted, label subtypes ignored. With --raw the text alone is given, and sentences and
// words are found by ourselves, as in the CoNLL 2018 shared task; --differences shows, too, where they are others than the treebank's. Speed is tokens
// per second of processor time, by one thread.
#include <cstdio>
#include <ctime>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "loaders/language/analyser.hpp"
#include "loaders/training/differences.hpp"
#include "loaders/training/files.hpp"
#include "loaders/training/raw_score.hpp"
#include "tercet/error.hpp"

namespace {

using tercet::language::Analyser;
using tercet::language::Sentence;
using tercet::language::Treebank;
using tercet::training::RawScores;
using tercet::training::Score;

std::string base(const std::string& label) { return label.substr(0, label.find(':')); }

struct Counts {
    double words = 0, upos = 0, xpos = 0, lemma = 0, uas = 0, las = 0, core_gold = 0, core_system = 0, core_right = 0;
    double plain_words = 0, plain_uas = 0, plain_las = 0;
};

bool is_core(const std::string& label) {
    static const std::set<std::string> core{"nsubj", "obj", "iobj", "csubj", "xcomp", "ccomp"};
    return core.count(base(label)) > 0;
}

Counts compare(const std::vector<Sentence>& gold, const std::vector<Sentence>& system) {
    Counts c;
    for (std::size_t s = 0; s < gold.size(); ++s) {
        for (std::size_t i = 0; i < gold[s].words.size(); ++i) {
            const auto& g = gold[s].words[i];
            const auto& w = system[s].words[i];
            const bool head = g.head == w.head;
            const bool label = head && base(g.deprel) == base(w.deprel);
            ++c.words;
            c.upos += g.upos == w.upos;
            c.xpos += g.xpos == w.xpos;
            c.lemma += g.lemma == w.lemma;
            c.uas += head;
            c.las += label;
            c.core_gold += is_core(g.deprel);
            c.core_system += is_core(w.deprel);
            c.core_right += is_core(g.deprel) && label;
            if (g.upos == "PUNCT") continue;
            ++c.plain_words;
            c.plain_uas += head;
            c.plain_las += label;
        }
    }
    return c;
}

double f1(double right, double gold, double system) { return 200 * right / (gold + system); }

void print_raw(const std::string& file, const RawScores& scores) {
    std::printf("%s, raw text\n", file.c_str());
    const std::pair<const char*, const Score&> rows[] = {{"tokens", scores.tokens}, {"sentences", scores.sentences}, {"words", scores.words},
                                                         {"UPOS", scores.upos},     {"XPOS", scores.xpos},           {"lemmas", scores.lemmas},
                                                         {"UAS", scores.uas},       {"LAS", scores.las}};
    for (const auto& [name, score] : rows) {
        std::printf("  %-9s  precision %6.2f  recall %6.2f  F1 %6.2f\n", name, score.precision(), score.recall(), score.f1());
    }
}

void print_differences(const Treebank& gold, const std::vector<Sentence>& system) {
    for (const auto& [difference, count] : tercet::training::word_differences(gold.sentences, system)) std::printf("%6zu %s\n", count, difference.c_str());
    for (const std::string& difference : tercet::training::sentence_differences(gold.text, gold.sentences, system)) std::puts(difference.c_str());
}

void print_with_gold_words(const std::string& file, const std::vector<Sentence>& gold, const Analyser& analyser) {
    auto system = gold;
    const std::clock_t start = std::clock();
    analyser.parse(system);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    const Counts c = compare(gold, system);
    const auto share = [&](double part) { return 100 * part / c.words; };
    std::printf(
        "%s\n  UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f (without punctuation %.2f %.2f), core F1 %.2f, "
        "%.0f tokens/s\n",
        file.c_str(), share(c.upos), share(c.xpos), share(c.lemma), share(c.uas), share(c.las), 100 * c.plain_uas / c.plain_words,
        100 * c.plain_las / c.plain_words, f1(c.core_right, c.core_gold, c.core_system), c.words / seconds);
}

}  // namespace

int main(int argc, char* argv[]) try {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto takes = [&](const char* option) { return std::erase(arguments, option) != 0; };
    const bool shows_differences = takes("--differences"), is_raw = takes("--raw") || shows_differences;
    if (arguments.size() < 2) {
        std::fprintf(stderr, "usage: tercet_parser_eval [--raw] [--differences] MODEL TREEBANK.conllu[.gz]...\n");
        return 2;
    }
    const Analyser analyser = Analyser::load(arguments[0]);
    for (const std::string& file : std::span(arguments).subspan(1)) {
        const Treebank gold = tercet::language::read_treebank(tercet::training::read_file(file));
        if (!is_raw) {
            print_with_gold_words(file, gold.sentences, analyser);
            continue;
        }
        const std::vector<Sentence> system = analyser.analyse(gold.text);
        print_raw(file, tercet::training::score_raw(gold.text, gold.sentences, system));
        if (shows_differences) print_differences(gold, system);
    }
    return 0;
} catch (const tercet::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}

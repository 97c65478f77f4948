// Scores a model: tercet_parser_eval MODEL TREEBANK.conllu[.gz]...
//
// Gold words, predicted tags, as in the CoNLL 2018 shared task (punctuation counted, label subtypes ignored), then with
// the sentences and words of the raw text found by ourselves. Speed is tokens per second of processor time, by one
// thread.
#include <cstdio>
#include <ctime>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "loaders/language/analyser.hpp"
#include "loaders/training/files.hpp"

namespace {

using tercet::language::Analyser;
using tercet::language::Sentence;

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

using Place = std::pair<std::size_t, std::size_t>;

/// The text of a treebank as readers get it, a line for each paragraph, and where its sentences and words are.
struct RawText {
    std::string text;
    std::vector<Sentence> sentences;

    explicit RawText(const std::vector<Sentence>& gold) : sentences(gold) {
        for (Sentence& sentence : sentences) {
            if (!text.empty() && sentence.starts_paragraph) text.back() = '\n';
            sentence.begin = text.size();
            for (auto& word : sentence.words) {
                word.begin = text.size();
                text += word.form;
                sentence.end = word.end = text.size();
                if (word.space_after) text += ' ';
            }
            if (text.back() != ' ') text += ' ';
        }
    }
};

/// Where words are, and where their heads are; the root's head is nowhere.
std::map<Place, std::pair<Place, std::string>> arcs_of(const std::vector<Sentence>& sentences) {
    std::map<Place, std::pair<Place, std::string>> arcs;
    for (const Sentence& sentence : sentences) {
        for (const auto& word : sentence.words) {
            Place head{0, 0};
            if (word.head >= 0) {
                const auto& above = sentence.words[static_cast<std::size_t>(word.head)];
                head = {above.begin, above.end};
            }
            arcs[{word.begin, word.end}] = {head, base(word.deprel)};
        }
    }
    return arcs;
}

/// F1 of sentences, words and arcs where sentences and words are found by ourselves.
void score_raw_text(const std::vector<Sentence>& gold, const Analyser& analyser) {
    const RawText raw(gold);
    const std::vector<Sentence> found = analyser.analyse(raw.text);
    std::set<Place> gold_sentences;
    for (const Sentence& sentence : raw.sentences) gold_sentences.emplace(sentence.begin, sentence.end);
    double right_sentences = 0;
    for (const Sentence& sentence : found) right_sentences += static_cast<double>(gold_sentences.count({sentence.begin, sentence.end}));
    const auto gold_arcs = arcs_of(raw.sentences);
    const auto arcs = arcs_of(found);
    double words = 0, uas = 0, las = 0;
    for (const auto& [place, arc] : arcs) {
        const auto same = gold_arcs.find(place);
        if (same == gold_arcs.end()) continue;
        ++words;
        uas += same->second.first == arc.first;
        las += same->second == arc;
    }
    const auto score = [&](double right) { return f1(right, static_cast<double>(gold_arcs.size()), static_cast<double>(arcs.size())); };
    std::printf("  raw text: words %.2f, sentences %.2f, UAS %.2f, LAS %.2f F1\n", score(words),
                f1(right_sentences, static_cast<double>(gold.size()), static_cast<double>(found.size())), score(uas), score(las));
}

}  // namespace

int main(int argc, char* argv[]) {
    const Analyser analyser = Analyser::load(argv[1]);
    for (int i = 2; i < argc; ++i) {
        const auto gold = tercet::language::read_conllu(tercet::training::read_file(argv[i]));
        auto system = gold;
        const std::clock_t start = std::clock();
        analyser.parse(system);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        const Counts c = compare(gold, system);
        const auto share = [&](double part) { return 100 * part / c.words; };
        std::printf(
            "%s\n  UPOS %.2f XPOS %.2f lemma %.2f UAS %.2f LAS %.2f (without punctuation %.2f %.2f), core F1 %.2f, "
            "%.0f tokens/s\n",
            argv[i], share(c.upos), share(c.xpos), share(c.lemma), share(c.uas), share(c.las),
            100 * c.plain_uas / c.plain_words, 100 * c.plain_las / c.plain_words,
            f1(c.core_right, c.core_gold, c.core_system), c.words / seconds);
        score_raw_text(gold, analyser);
    }
}

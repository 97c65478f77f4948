// Scores a model: tercet_parser_eval MODEL TREEBANK.conllu[.gz]...
//
// Gold words, predicted tags, as in the CoNLL 2018 shared task (punctuation counted, label subtypes ignored), then with
// the sentences and words of the raw text found by ourselves. Speed is tokens per second of processor time, by one
// thread.
#include <cstdio>
#include <ctime>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "loaders/language/analyser.hpp"

namespace {

using tercet::language::Analyser;
using tercet::language::Sentence;

std::string slurp(const std::string& file) {
    const std::string command = "gzip -dcf '" + file + "'";
    std::FILE* pipe = popen(command.c_str(), "r");
    std::string text;
    char buffer[1 << 16];
    for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) text.append(buffer, n);
    pclose(pipe);
    return text;
}

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

/// F1 of sentence and word spans found in the joined text of the treebank, a line per paragraph being unknown here.
void score_raw_text(const std::vector<Sentence>& gold, const Analyser& analyser) {
    std::string text;
    std::set<std::pair<std::size_t, std::size_t>> gold_words, gold_sentences;
    for (const Sentence& sentence : gold) {
        const std::size_t start = text.size();
        std::size_t end = start;
        for (const auto& word : sentence.words) {
            gold_words.emplace(text.size(), text.size() + word.form.size());
            text += word.form;
            end = text.size();
            if (word.space_after) text += ' ';
        }
        if (text.back() != ' ') text += ' ';
        gold_sentences.emplace(start, end);
    }
    std::size_t words = 0, right_words = 0, right_sentences = 0;
    const auto found = analyser.tokenise(text);
    for (const Sentence& sentence : found) {
        right_sentences += gold_sentences.count({sentence.begin, sentence.end});
        for (const auto& word : sentence.words) {
            ++words;
            right_words += gold_words.count({word.begin, word.end});
        }
    }
    std::printf(
        "  raw text: words %.2f, sentences %.2f F1\n",
        f1(static_cast<double>(right_words), static_cast<double>(gold_words.size()), static_cast<double>(words)),
        f1(static_cast<double>(right_sentences), static_cast<double>(gold_sentences.size()),
           static_cast<double>(found.size())));
}

}  // namespace

int main(int argc, char* argv[]) {
    const Analyser analyser = Analyser::load(argv[1]);
    for (int i = 2; i < argc; ++i) {
        const auto gold = tercet::language::read_conllu(slurp(argv[i]));
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

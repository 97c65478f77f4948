#include <algorithm>
#include <array>
#include <functional>
#include <sstream>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "engine/model/quad_sink.hpp"
#include "fuzz/fuzz.hpp"
#include "loaders/article/extractor.hpp"
#include "loaders/article/jsonl.hpp"
#include "loaders/article/triples.hpp"
#include "loaders/input/input_file.hpp"
#include "loaders/language/analyser.hpp"
#include "loaders/language/lemmatiser.hpp"
#include "loaders/reading/documents.hpp"

// The whole path of an article: file, documents in it, text, sentences, trees, statements, triples. The first byte of an input
// says what the file's name ends in, and whether the trees are the parser's or made of the bytes of the words: these are made a
// thousand times as fast, and are odder than those of any text.
namespace {

constexpr const char* kEnds[] = {".txt", ".html", ".md", ".rss", ".jsonl", ".warc"};

const tercet::language::Analyser& analyser() {
    static const auto kAnalyser = tercet::language::Analyser::load(TERCET_FUZZ_MODEL);
    return kAnalyser;
}

constexpr std::uint8_t kOddTrees = 0x80;  ///< of the first byte

/// Fine tags with their coarse ones.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kTags{{
    {"NN", "NOUN"}, {"NNS", "NOUN"}, {"NNP", "PROPN"}, {"PRP", "PRON"}, {"WP", "PRON"}, {"PRP$", "PRON"}, {"VBD", "VERB"}, {"VBZ", "VERB"}, {"VB", "VERB"}, {"VBN", "VERB"},
    {"VBG", "VERB"}, {"MD", "AUX"}, {"VBZ", "AUX"}, {"IN", "ADP"}, {"TO", "PART"}, {"DT", "DET"}, {"JJ", "ADJ"}, {"RB", "ADV"}, {"CD", "NUM"}, {",", "PUNCT"},
}};
constexpr std::array<std::string_view, 32> kRelations{
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "conj", "cc", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "parataxis",
    "appos", "amod", "compound", "flat", "case", "mark", "aux", "aux:pass", "cop", "det", "advmod", "expl", "punct", "compound:prt", "nummod", "vocative"};

/// A tree of which every word's place is told by the word and the one before.
void make_odd_tree(tercet::language::Sentence& sentence) {
    if (sentence.words.empty()) return;
    std::size_t bits = sentence.words.size();
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        tercet::language::Word& word = sentence.words[i];
        bits = std::hash<std::string_view>{}(word.form) ^ (bits * 0x9E3779B97F4A7C15U >> 7U);
        std::tie(word.xpos, word.upos) = kTags[bits % kTags.size()];
        word.lemma = tercet::language::lemma_form(word.form, word.upos);
        word.deprel = i == 0 ? "root" : kRelations[(bits >> 8U) % kRelations.size()];
        const std::size_t back = std::min(i, 1 + ((bits >> 16U) % 5 == 0 ? (bits >> 20U) % 30 : (bits >> 20U) % 3));
        word.head = static_cast<int>(i - back) - (i == 0 ? 1 : 0);
        word.name = static_cast<tercet::language::NameKind>((bits >> 28U) % 9 < 5 ? (bits >> 28U) % 9 : 0);
        word.begins_name = (bits >> 32U) % 2 == 0;
    }
    if ((bits >> 40U) % 3 == 0) std::swap(sentence.words.front().head, sentence.words.back().head);
    if (sentence.words.size() > 1 && sentence.words.back().head < 0) {  // the last word is the root, and the first hangs on it
        sentence.words.front().head = static_cast<int>(sentence.words.size()) - 1;
        std::swap(sentence.words.front().deprel, sentence.words.back().deprel);
    }
}

/// Looks at every byte of what is pushed, so that a sanitizer sees views that lead nowhere.
class Reader final : public tercet::QuadSink {
public:
    void add(const tercet::QuadView& quad) override {
        for (const auto* term : {&quad.subject, &quad.predicate, &quad.object, &quad.graph}) sum_ += tercet::to_term(*term).to_string().size();
    }

private:
    std::size_t sum_ = 0;
};

/// What must hold of any text: every statement has its place in it.
void check(const tercet::article::ArticleStatements& found, std::size_t size) {
    for (const tercet::article::Statement& statement : found.statements) {
        const bool holds = statement.begin <= statement.end && statement.end <= size && statement.sentence < found.sentences.size() &&
                           statement.confidence >= 0 && statement.confidence <= 1 && !statement.subject.name.empty();
        if (!holds) std::abort();
    }
}

void read_article(tercet::reading::RawDocument raw, bool has_odd_trees) {
    using namespace tercet;
    const reading::Source source = reading::read_source(std::move(raw));
    if (!source.refusal.empty()) return;
    if (source.document.prose.size() != source.text.size()) std::abort();
    std::vector<language::Sentence> sentences = analyser().tokenise(source.document.prose);
    if (has_odd_trees) std::ranges::for_each(sentences, make_odd_tree);
    else analyser().parse(sentences);
    const auto found = article::extract_parsed(source.document, std::move(sentences));
    check(found, source.text.size());
    Reader reader;
    article::write_article(reader, found, "urn:article", article::content_hash(source.text, source.document.about));
    std::ostringstream lines;
    article::write_jsonl(lines, "article", found);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string name = std::string("input") + kEnds[data[0] % kOddTrees % std::size(kEnds)];
    const bool has_odd_trees = data[0] >= kOddTrees;
    tercet::fuzz::attempt([&] {
        std::istringstream bytes(std::string(tercet::fuzz::text_of(data + 1, size - 1)));
        tercet::input::InputFile in(name, bytes);
        tercet::reading::read_documents(in, name, {}, [&](tercet::reading::RawDocument raw) { read_article(std::move(raw), has_odd_trees); });
    });
    return 0;
}

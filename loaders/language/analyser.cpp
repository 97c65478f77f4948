#include "loaders/language/analyser.hpp"

#include <algorithm>
#include <utility>

#include "loaders/language/lemmatiser.hpp"
#include "loaders/language/model_file.hpp"
#include "loaders/language/network.hpp"
#include "loaders/language/tokeniser.hpp"

namespace tercet::language {
namespace {

/// Sentences that are parsed together, and the words beyond which one is not given to the network: its cost grows with the
/// square, and no sentence of prose is that long.
constexpr std::size_t kBatch = 64;
constexpr std::size_t kLongestSentence = 250;

/// What a monster gets instead of a tree: every word hangs on the one before it, with no confidence.
void chain(Sentence& sentence) {
    for (std::size_t i = 0; i < sentence.words.size(); ++i) {
        Word& word = sentence.words[i];
        word.upos = word.xpos = word.deprel = "X";
        if (i == 0) word.deprel = "root";
        word.head = static_cast<int>(i) - 1;
        word.head_probability = word.deprel_probability = 0;
    }
}

}  // namespace

struct Analyser::Model {
    explicit Model(ModelFile model_file) : file(std::move(model_file)), network(file) {
        file.tensors.clear();  // the network has its own form of them
    }
    ModelFile file;
    Network network;
};

Analyser::Analyser(std::unique_ptr<const Model> model) : model_(std::move(model)) {}
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;
Analyser::~Analyser() = default;

Analyser Analyser::load(const std::string& model_file) {
    return Analyser(std::make_unique<const Model>(ModelFile::read(model_file)));
}

std::vector<Sentence> Analyser::tokenise(std::string_view text) const { return split_sentences(text); }

void Analyser::parse(std::vector<Sentence>& sentences) const {
    std::vector<Sentence*> order;
    for (Sentence& sentence : sentences) {
        if (sentence.words.size() > kLongestSentence) chain(sentence);
        else if (!sentence.words.empty()) order.push_back(&sentence);
    }
    // Like lengths together, so that a batch has little idle room.
    std::stable_sort(order.begin(), order.end(),
                     [](const Sentence* a, const Sentence* b) { return a->words.size() < b->words.size(); });
    for (std::size_t at = 0; at < order.size(); at += kBatch) {
        const auto from = order.begin() + static_cast<std::ptrdiff_t>(at);
        model_->network.parse({from, from + static_cast<std::ptrdiff_t>(std::min(kBatch, order.size() - at))});
    }
    for (Sentence& sentence : sentences) {
        for (Word& word : sentence.words) word.lemma = lemma_of(model_->file, word.form, word.upos, word.xpos);
    }
}

std::vector<Sentence> Analyser::analyse(std::string_view text) const {
    std::vector<Sentence> sentences = split_sentences(text);
    parse(sentences);
    return sentences;
}

}  // namespace tercet::language

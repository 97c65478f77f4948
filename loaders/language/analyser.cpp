#include "loaders/language/analyser.hpp"

#include <algorithm>
#include <utility>

#include "loaders/language/lemmatiser.hpp"
#include "loaders/language/model_file.hpp"
#include "loaders/language/name_tagger.hpp"
#include "loaders/language/network.hpp"
#include "loaders/language/sentence_model.hpp"
#include "loaders/language/tokeniser.hpp"

namespace tercet::language {
namespace {

/// Sentences, and words of them, that are parsed together: enough to use each weight often, and few enough that what is known of
/// the words stays in the cache. A word takes some twenty kilobytes.
constexpr std::size_t kBatch = 64;
constexpr std::size_t kBatchWords = 1536;
/// Words beyond which a sentence is not given to the network: its cost grows with the square, and no sentence of prose is that long.
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

using Order = std::vector<Sentence*>;

/// At least one sentence.
Order::const_iterator end_of_batch(Order::const_iterator from, Order::const_iterator end) {
    std::size_t words = 0;
    auto to = from;
    while (to != end && static_cast<std::size_t>(to - from) < kBatch && (to == from || words + (*to)->words.size() <= kBatchWords)) {
        words += (*to++)->words.size();
    }
    return to;
}

}  // namespace

struct Analyser::Model {
    explicit Model(const ModelFile& file) : network(file), lemmatiser(file), names(file), sentences(file) {}

    Network network;
    Lemmatiser lemmatiser;
    NameTagger names;
    SentenceModel sentences;
};

Analyser::Analyser(std::unique_ptr<const Model> model) : model_(std::move(model)) {}
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;
Analyser::~Analyser() = default;

Analyser Analyser::load(const std::string& model_file) {
    return Analyser(std::make_unique<const Model>(ModelFile::read(model_file)));
}

std::vector<Sentence> Analyser::tokenise(std::string_view text) const { return split_sentences(text, model_->sentences); }

void Analyser::parse(std::vector<Sentence>& sentences) const {
    Order order;
    for (Sentence& sentence : sentences) {
        if (sentence.words.size() > kLongestSentence) chain(sentence);
        else if (!sentence.words.empty()) order.push_back(&sentence);
    }
    // Like lengths together, so that a batch has little idle room.
    std::stable_sort(order.begin(), order.end(),
                     [](const Sentence* a, const Sentence* b) { return a->words.size() < b->words.size(); });
    for (auto from = order.cbegin(); from != order.cend();) {
        const auto to = end_of_batch(from, order.cend());
        model_->network.parse({from, to});
        from = to;
    }
    for (Sentence& sentence : sentences) {
        for (Word& word : sentence.words) word.lemma = model_->lemmatiser.lemma_of(word.form, word.upos, word.xpos);
    }
    model_->names.tag(sentences);
}

std::vector<Sentence> Analyser::analyse(std::string_view text) const {
    std::vector<Sentence> sentences = tokenise(text);
    parse(sentences);
    return sentences;
}

}  // namespace tercet::language

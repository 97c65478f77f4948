// Learns where sentences end: tercet_train_sentences MODEL OUT TREEBANK.conllu[.gz]...
#include <algorithm>
#include <cmath>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "loaders/language/analyser.hpp"
#include "loaders/language/model_file.hpp"
#include "loaders/language/sentence_model.hpp"
#include "loaders/language/sentence_rules.hpp"
#include "loaders/training/eight_bits.hpp"
#include "loaders/training/files.hpp"
#include "tercet/error.hpp"

namespace {

using namespace tercet;
using language::SentenceRows;
using training::append_eight_bits;
using training::eight_bit_step;
using language::Word;

constexpr int kEpochs = 12;
constexpr float kRate = 0.1F;
constexpr float kDecay = 1e-6F;
constexpr float kDropped = 0.2F;  ///< features that are not seen at a time

struct Example {
    SentenceRows rows;
    bool is_end = false;
};

/// The places of one paragraph, the sentences of which are known.
void add_examples(const std::vector<Word>& words, const std::vector<bool>& ends, std::vector<Example>& examples) {
    const language::SentenceFeatures features(words);
    std::size_t start = 0;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::size_t by_mark = language::end_by_mark(words, start, i);
        const std::size_t place = by_mark == 0 ? i : by_mark - 1;
        if (place + 1 >= words.size()) return;
        examples.push_back({features.at(start, place, by_mark != 0), ends[place]});
        i = place;
        if (ends[place]) start = place + 1;
    }
}

void read_examples(const std::string& file, std::vector<Example>& examples) {
    std::vector<Word> words;
    std::vector<bool> ends;
    for (const language::Sentence& sentence : language::read_conllu(training::read_file(file))) {
        if (sentence.starts_paragraph) {
            add_examples(words, ends, examples);
            words.clear();
            ends.clear();
        }
        words.insert(words.end(), sentence.words.begin(), sentence.words.end());
        ends.resize(words.size(), false);
        ends.back() = true;
    }
    add_examples(words, ends, examples);
}

/// A logistic regression, by AdaGrad.
class Learner {
public:
    void learn(const Example& example) {
        std::vector<std::uint32_t> seen;
        for (const std::uint32_t row : example.rows) {
            if (uniform_(random_) >= kDropped) seen.push_back(row);
        }
        float sum = 0;
        for (const std::uint32_t row : seen) sum += weights_[row];
        const float error = 1 / (1 + std::exp(-sum)) - (example.is_end ? 1.0F : 0.0F);
        for (const std::uint32_t row : seen) {
            const float slope = error + kDecay * weights_[row];
            squares_[row] += slope * slope;
            weights_[row] -= kRate * slope / std::sqrt(squares_[row] + 1e-8F);
        }
    }
    /// With what is seen when nothing is dropped.
    void write(language::ModelFile& model) const {
        const float step = eight_bit_step(weights_);
        language::Tensor tensor{1, static_cast<std::uint32_t>(weights_.size()), {step * (1 - kDropped)}, {}};
        append_eight_bits(weights_, step, tensor.data);
        model.tensors["sentences.weights"] = std::move(tensor);
    }

private:
    static constexpr std::size_t kRows = std::size_t{1} << language::kSentenceRowBits;

    std::vector<float> weights_ = std::vector<float>(kRows, 0);
    std::vector<float> squares_ = std::vector<float>(kRows, 0);
    std::mt19937 random_{1};
    std::uniform_real_distribution<float> uniform_{0, 1};
};

}  // namespace

int main(int argc, char* argv[]) try {
    if (argc < 4) {
        std::cerr << "usage: tercet_train_sentences MODEL OUT TREEBANK.conllu[.gz]...\n";
        return 2;
    }
    std::vector<Example> examples;
    for (int i = 3; i < argc; ++i) read_examples(argv[i], examples);
    std::cerr << examples.size() << " places between words, " << std::ranges::count(examples, true, &Example::is_end) << " ends of sentences\n";
    Learner learner;
    std::mt19937 random(1);
    for (int epoch = 0; epoch < kEpochs; ++epoch) {
        std::ranges::shuffle(examples, random);
        for (const Example& example : examples) learner.learn(example);
    }
    language::ModelFile model = language::ModelFile::read(argv[1]);
    learner.write(model);
    model.write(argv[2]);
    return 0;
} catch (const tercet::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}

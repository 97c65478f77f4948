// Trains the English model: tercet_train OUT EPOCHS TEACHERS TRAIN.conllu[.gz]... [-- DEV.conllu[.gz]]
//
// DEV is only looked at: it is scored now and then, and decides nothing.
//
// Teachers are networks of the same shape and other seeds. The model that is kept learns from the treebank and from the mean of
// their probabilities (Hinton, Vinyals and Dean 2015; for parsers Kuncoro and others 2016), for three times as many epochs.
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <mutex>
#include <numeric>
#include <span>
#include <thread>

#include "loaders/language/analyser.hpp"
#include "loaders/training/eight_bits.hpp"
#include "loaders/training/files.hpp"
#include "loaders/training/lemmas.hpp"
#include "loaders/training/network.hpp"

namespace {

using namespace tercet;
using namespace tercet::training;
using language::Sentence;

constexpr int kBatchWords = 700;
constexpr std::size_t kLongestSentence = 100;
constexpr float kPeakRate = 0.003F;
constexpr float kClip = 5;
constexpr double kAverageFrom = 0.8;

std::vector<Sentence> read_treebank(const std::string& file) {
    auto sentences = language::read_conllu(read_file(file));
    std::cerr << file << ": " << sentences.size() << " sentences\n";
    return sentences;
}

/// Numbers strings in the order of their first appearance.
class Index {
public:
    int add(const std::string& text) {
        const auto [found, is_new] = ids_.try_emplace(text, static_cast<int>(names.size()));
        if (is_new) names.push_back(text);
        return found->second;
    }
    [[nodiscard]] int find(const std::string& text, int otherwise) const {
        const auto found = ids_.find(text);
        return found == ids_.end() ? otherwise : found->second;
    }
    std::vector<std::string> names;

private:
    std::map<std::string, int> ids_;
};

struct Vocabulary {
    Index words, upos, xpos, labels;
    std::map<std::string, int> counts;

    explicit Vocabulary(const std::vector<Sentence>& sentences) {
        words.add("<unknown>");
        words.add(std::string(language::kRootForm));
        for (const Sentence& sentence : sentences) {
            for (const auto& word : sentence.words) {
                ++counts[language::normalised(word.form)];
                upos.add(word.upos);
                xpos.add(word.xpos);
                labels.add(word.deprel);
            }
        }
        for (const auto& [word, count] : counts) {
            if (count >= 2) words.add(word);
        }
    }

    [[nodiscard]] Example encode(const Sentence& sentence) const {
        Example example;
        const auto push = [&](const std::string& form, int up, int xp, int head, int label) {
            const std::string key = language::normalised(form);
            const auto count = counts.find(key);
            example.word.push_back(words.find(key, 0));
            example.count.push_back(count == counts.end() ? 1 : count->second);
            example.features.push_back(language::features_of(form));
            example.upos.push_back(up);
            example.xpos.push_back(xp);
            example.head.push_back(head);
            example.label.push_back(label);
        };
        push(std::string(language::kRootForm), -1, -1, -1, -1);
        example.count[0] = 1 << 20;
        for (const auto& word : sentence.words) {
            push(word.form, upos.find(word.upos, -1), xpos.find(word.xpos, -1), word.head + 1, labels.find(word.deprel, -1));
        }
        return example;
    }
};

/// Adam with gradient clipping; tables are updated where they were touched.
class Adam {
public:
    void step(const std::vector<Parameter*>& parameters, float rate) {
        ++steps_;
        double norm = 0;
        for (Parameter* p : parameters) {
            if (!p->sparse) {
                norm += p->gradient.squaredNorm();
                continue;
            }
            std::sort(p->touched.begin(), p->touched.end());
            p->touched.erase(std::unique(p->touched.begin(), p->touched.end()), p->touched.end());
            for (const int column : p->touched) norm += p->gradient.col(column).squaredNorm();
        }
        const float clip = std::min(1.0F, kClip / (static_cast<float>(std::sqrt(norm)) + 1e-6F));
        const float scale = rate * std::sqrt(1 - std::pow(kSecond, static_cast<float>(steps_))) /
                            (1 - std::pow(kFirst, static_cast<float>(steps_)));
        for (Parameter* p : parameters) {
            if (p->sparse) {
                for (const int column : p->touched) {
                    update(p->value.col(column).array(), p->gradient.col(column).array(), p->first.col(column).array(),
                           p->second.col(column).array(), clip, scale);
                }
                p->touched.clear();
            } else {
                update(p->value.array(), p->gradient.array(), p->first.array(), p->second.array(), clip, scale);
            }
        }
    }

private:
    static constexpr float kFirst = 0.9F;
    static constexpr float kSecond = 0.95F;

    template <typename V, typename G, typename F, typename S>
    static void update(V value, G gradient, F first, S second, float clip, float scale) {
        first = kFirst * first + (1 - kFirst) * clip * gradient;
        second = kSecond * second + (1 - kSecond) * (clip * gradient).square();
        value -= scale * first / (second.sqrt() + 1e-8F);
        gradient.setZero();
    }
    long steps_ = 0;
};

/// Batches of about kBatchWords words, of sentences of like length, in random order.
std::vector<std::vector<const Example*>> make_batches(const std::vector<Example>& examples, std::mt19937& random) {
    std::vector<const Example*> order;
    for (const Example& example : examples) {
        if (example.word.size() <= kLongestSentence) order.push_back(&example);
    }
    std::shuffle(order.begin(), order.end(), random);
    std::stable_sort(order.begin(), order.end(), [](const Example* a, const Example* b) { return a->word.size() / 4 < b->word.size() / 4; });
    std::vector<std::vector<const Example*>> batches(1);
    int words = 0;
    for (const Example* example : order) {
        if (words + static_cast<int>(example->word.size()) > kBatchWords && words > 0) {
            batches.emplace_back();
            words = 0;
        }
        batches.back().push_back(example);
        words += static_cast<int>(example->word.size());
    }
    std::shuffle(batches.begin(), batches.end(), random);
    return batches;
}

struct Score {
    double upos = 0, xpos = 0, uas = 0, las = 0;
};

std::string base_label(const std::string& label) { return label.substr(0, label.find(':')); }

Score evaluate(Network& network, const Vocabulary& vocabulary, const std::vector<Sentence>& sentences) {
    Score score;
    double words = 0;
    for (const Sentence& sentence : sentences) {
        const Prediction p = network.predict(vocabulary.encode(sentence));
        for (std::size_t i = 0; i < sentence.words.size(); ++i) {
            const auto& word = sentence.words[i];
            Eigen::Index head = 0;
            p.arcs.row(static_cast<Eigen::Index>(i) + 1).maxCoeff(&head);
            const bool attached = head == word.head + 1;
            ++words;
            score.upos += vocabulary.upos.names[static_cast<std::size_t>(p.upos[i + 1])] == word.upos;
            score.xpos += vocabulary.xpos.names[static_cast<std::size_t>(p.xpos[i + 1])] == word.xpos;
            score.uas += attached;
            score.las += attached && base_label(vocabulary.labels.names[static_cast<std::size_t>(p.label[i + 1])]) == base_label(word.deprel);
        }
    }
    for (double* value : {&score.upos, &score.xpos, &score.uas, &score.las}) *value *= 100 / words;
    return score;
}

/// One scale per row of the stored tensor. Tables are stored with one entry per row.
language::Tensor quantised(const Parameter& parameter) {
    const Matrix rows = parameter.sparse ? parameter.value : Matrix(parameter.value.transpose());  // a row of the tensor is a column here
    language::Tensor tensor;
    tensor.rows = static_cast<std::uint32_t>(rows.cols());
    tensor.columns = static_cast<std::uint32_t>(rows.rows());
    for (Eigen::Index r = 0; r < rows.cols(); ++r) {
        const std::span<const float> row(rows.col(r).data(), static_cast<std::size_t>(rows.rows()));
        tensor.scale.push_back(eight_bit_step(row));
        append_eight_bits(row, tensor.scale.back(), tensor.data);
    }
    return tensor;
}

void save(const std::string& file, Network& network, const Vocabulary& vocabulary, const std::vector<Sentence>& sentences) {
    language::ModelFile model;
    model.words = vocabulary.words.names;
    model.upos = vocabulary.upos.names;
    model.xpos = vocabulary.xpos.names;
    model.labels = vocabulary.labels.names;
    learn_lemmas(sentences, model);
    for (const Parameter* parameter : network.parameters()) model.tensors[parameter->name] = quantised(*parameter);
    model.write(file);
}

float rate_at(double progress, long step) {
    const float warm = std::min(1.0F, static_cast<float>(step) / 100);
    if (progress < 0.3) return kPeakRate * warm;
    return kPeakRate * static_cast<float>(1 - 0.98 * (progress - 0.3) / 0.7);
}

/// What all training runs share.
struct Course {
    const Vocabulary& vocabulary;
    const std::vector<Sentence>& dev;  ///< may be empty
    std::vector<Example>& examples;

    [[nodiscard]] Network new_network(std::uint32_t seed) const {
        const auto size = [](const Index& index) { return static_cast<int>(index.names.size()); };
        return Network({size(vocabulary.words), size(vocabulary.upos), size(vocabulary.xpos), size(vocabulary.labels)}, seed);
    }

    void report(const char* what, std::uint32_t seed, int epoch, Network& network) const {
        if (dev.empty()) return;
        const Score score = evaluate(network, vocabulary, dev);
        std::fprintf(stderr, "seed %u, %s %d: dev UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f\n", seed, what, epoch, score.upos, score.xpos,
                     score.uas, score.las);
    }
};

/// Trains a network and leaves it with the mean of its weights over the last fifth of the steps.
void train(const Course& course, Network& network, int epochs, std::uint32_t seed) {
    const auto parameters = network.parameters();
    const Dropout dropout{0.28F, 0.28F, 0.15F, 0.25F};
    std::mt19937 random(seed);
    Adam adam;
    long step = 0, averaged = 0;
    for (int epoch = 0; epoch < epochs; ++epoch) {
        const auto batches = make_batches(course.examples, random);
        for (std::size_t b = 0; b < batches.size(); ++b) {
            const double progress = (epoch + static_cast<double>(b) / static_cast<double>(batches.size())) / epochs;
            network.train(batches[b], dropout);
            adam.step(parameters, rate_at(progress, ++step));
            if (progress < kAverageFrom || b % 4 != 0) continue;
            ++averaged;
            for (Parameter* p : parameters) {
                if (averaged == 1) p->average = p->value;
                else p->average += (p->value - p->average) / static_cast<float>(averaged);
            }
        }
        if (epoch % 4 == 3) course.report("epoch", seed, epoch + 1, network);
    }
    for (Parameter* p : parameters) {
        if (averaged > 0) p->value = p->average;
    }
    course.report("mean of epochs up to", seed, epochs, network);
}

/// Trains the teachers, as many at a time as there are processors, and keeps the mean of what they think of every sentence.
void ask_teachers(const Course& course, int teachers, int epochs) {
    std::vector<std::optional<SoftTargets>> means(course.examples.size());
    std::mutex mutex;
    int next = 0;
    const auto work = [&] {
        for (;;) {
            std::uint32_t seed = 0;
            {
                const std::lock_guard lock(mutex);
                if (next == teachers) return;
                seed = static_cast<std::uint32_t>(++next + 1);
            }
            Network teacher = course.new_network(seed);
            train(course, teacher, epochs, seed);
            for (std::size_t i = 0; i < means.size(); ++i) {
                const SoftTargets judged = teacher.judge(course.examples[i]);
                const std::lock_guard lock(mutex);
                if (!means[i]) means[i].emplace();
                means[i]->add(judged, 1 / static_cast<float>(teachers));
            }
        }
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
    threads.clear();
    for (std::size_t i = 0; i < means.size(); ++i) course.examples[i].soft = std::move(means[i]);
}

void make_model(const std::string& out, int epochs, int teachers, const std::vector<Sentence>& sentences,
                const std::vector<Sentence>& dev) {
    const Vocabulary vocabulary(sentences);
    std::vector<Example> examples;
    for (const Sentence& sentence : sentences) examples.push_back(vocabulary.encode(sentence));
    const Course course{vocabulary, dev, examples};
    if (teachers > 0) ask_teachers(course, teachers, epochs);
    constexpr std::uint32_t kSeed = 1;
    Network network = course.new_network(kSeed);
    train(course, network, teachers > 0 ? 3 * epochs : epochs, kSeed);
    save(out, network, vocabulary, sentences);
}

}  // namespace

int main(int argc, char* argv[]) {
    if (argc < 5) {
        std::cerr << "usage: tercet_train OUT EPOCHS TEACHERS TRAIN.conllu[.gz]... [-- DEV.conllu[.gz]]\n";
        return 2;
    }
    mallopt(M_MMAP_THRESHOLD, 1 << 30);  // big matrices come and go in every step; keep their pages
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    std::vector<Sentence> sentences;
    int i = 4;
    for (; i < argc && std::string(argv[i]) != "--"; ++i) {
        auto more = read_treebank(argv[i]);
        sentences.insert(sentences.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    const auto dev = i + 1 < argc ? read_treebank(argv[i + 1]) : std::vector<Sentence>();
    make_model(argv[1], std::atoi(argv[2]), std::atoi(argv[3]), sentences, dev);
}

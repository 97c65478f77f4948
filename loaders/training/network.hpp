#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "loaders/language/features.hpp"

/// The tagger and parser network with its gradients, for training only; loaders/language runs it.
///
/// BiLSTM with a biaffine arc scorer (Dozat and Manning 2017), tag heads on the first layer. Columns are words.
namespace tercet::training {

using Matrix = Eigen::MatrixXf;

inline constexpr int kHidden = 128;  ///< of the LSTM, in each direction
inline constexpr int kMlp = 128;

/// A weight with its gradient and Adam's moments.
struct Parameter {
    std::string name;
    Matrix value, gradient, first, second, average;
    bool sparse = false;             ///< an embedding table: columns are rows of the table, only touched ones are updated
    std::vector<int> touched;

    void shape(std::string parameter_name, int rows, int columns, float scale, std::mt19937& random, bool is_sparse = false);
};

/// What other networks think of a sentence, as probabilities; a column per word, the root first.
struct SoftTargets {
    Matrix upos, xpos;
    Matrix arcs;   ///< [head, word]
    Matrix label;  ///< [label, word], given the right head

    void add(const SoftTargets& other, float share);
};

struct Example {
    std::vector<int> word;                          ///< 0: unknown; position 0 is the root
    std::vector<int> count;                         ///< occurrences in training, for word dropout
    std::vector<language::WordFeatures> features;
    std::vector<int> upos, xpos, head, label;       ///< head: position, of the root 0; -1 at position 0
    std::optional<SoftTargets> soft;                ///< learnt from beside the treebank's answers
};

struct Sizes {
    int words, upos, xpos, labels;
};

struct Dropout {
    float input = 0, output = 0, recurrent = 0, word = 0;
};

struct Prediction {
    std::vector<int> upos, xpos, label;
    Matrix arcs;  ///< [position of the word, position of the head], as scores
};

class Network {
public:
    Network(Sizes sizes, std::uint32_t seed);

    /// One batch: fills the gradients and returns the loss per word.
    double train(const std::vector<const Example*>& batch, const Dropout& dropout);
    [[nodiscard]] Prediction predict(const Example& example);
    /// How probable this network finds every tag, head and label of a sentence.
    [[nodiscard]] SoftTargets judge(const Example& example);

    [[nodiscard]] std::vector<Parameter*> parameters();

private:
    struct Lstm {
        Parameter input, recurrent, bias;
    };
    struct LstmState;
    struct Packed;

    Matrix embed(const Packed& packed, const Dropout& dropout);
    void embed_backward(const Packed& packed, const Matrix& gradient);
    void forward(const Lstm& lstm, bool backwards, const Packed& packed, const Matrix& in, float dropout, LstmState& state);
    Matrix backward(Lstm& lstm, bool backwards, const Packed& packed, const Matrix& in, const Matrix& gradient,
                    LstmState& state);
    double run(const Packed& packed, const Dropout& dropout, bool learn, std::vector<Prediction>* predictions,
               SoftTargets* judged = nullptr);
    double arcs_and_labels(const Packed& packed, std::size_t sentence, const Matrix& dep, const Matrix& head,
                           const Matrix& label_dep, const Matrix& label_head, Matrix& d_dep, Matrix& d_head,
                           Matrix& d_label_dep, Matrix& d_label_head, bool learn, float dropout, Prediction* prediction,
                           SoftTargets* judged);
    Matrix mask(int rows, int columns, float rate);
    Matrix sentence_mask(const Packed& packed, int rows, float rate);

    Sizes sizes_;
    std::mt19937 random_;
    Parameter word_, ngram_;
    std::vector<Parameter> tables_;
    Lstm lstm_[2][2];  ///< [layer][direction]
    Parameter upos_, upos_bias_, xpos_, xpos_bias_;
    Parameter arc_dep_, arc_dep_bias_, arc_head_, arc_head_bias_, arc_, arc_bias_;
    Parameter label_dep_, label_head_, label_hidden_bias_, label_, label_bias_;
    float loss_scale_ = 1;
};

}  // namespace tercet::training

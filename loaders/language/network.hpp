#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "loaders/language/matrix.hpp"
#include "loaders/language/model_file.hpp"
#include "loaders/language/projection_cache.hpp"
#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Runs the trained tagger and parser (BiLSTM and biaffine arcs; loaders/training/network.hpp trains it). Immutable but for
/// what it remembers of words; many threads may use one.
class Network {
public:
    /// With the best kernels of this machine, unless others are given: all give the same trees.
    explicit Network(const ModelFile& model, const Kernels& kernels = available_kernels().front());

    /// Fills upos, xpos, head, deprel and the probabilities of the sentences, which are taken as one batch.
    void parse(const std::vector<Sentence*>& batch) const;

private:
    struct Lstm {
        Weight input, recurrent;
        std::vector<float> bias;
    };
    struct Layer {
        Weight weight;
        std::vector<float> bias;  ///< empty: none
    };
    struct Batch;

    [[nodiscard]] Matrix linear(const Layer& layer, const IntegerMatrix& in) const;
    void embed_word(const std::string& form, std::vector<float>& values) const;
    [[nodiscard]] Matrix project_forms(const std::vector<const std::string*>& forms) const;
    [[nodiscard]] Matrix project_unknown(const std::vector<const std::string*>& forms) const;
    template <typename FillGates>
    void run_direction(int layer, int direction, const Batch& batch, FillGates fill_gates, IntegerMatrix& states) const;
    [[nodiscard]] IntegerMatrix run_words(const Batch& batch) const;
    [[nodiscard]] IntegerMatrix run_states(const Batch& batch, const IntegerMatrix& below) const;
    void tag(const Batch& batch, const IntegerMatrix& states) const;
    void attach(const Batch& batch, const IntegerMatrix& states) const;
    [[nodiscard]] std::vector<std::size_t> choose_heads(const Batch& batch, const Matrix& projected, const Matrix& head) const;

    std::vector<std::string> upos_names_, xpos_names_, label_names_;
    std::unordered_map<std::string, std::uint32_t> word_rows_;
    Tensor words_, ngrams_;
    std::vector<Tensor> tables_;
    Lstm lstm_[2][2];  ///< [layer][direction]
    Layer upos_, xpos_, arc_dep_, arc_head_, arc_, label_dep_, label_head_, label_;
    const Kernels* kernels_;
    mutable ProjectionCache projections_;
};

}  // namespace tercet::language

#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "loaders/language/matrix.hpp"
#include "loaders/language/model_file.hpp"
#include "loaders/language/sentence.hpp"

namespace tercet::language {

/// Runs the trained tagger and parser (BiLSTM and biaffine arcs; loaders/training/network.hpp trains it). Immutable.
class Network {
public:
    explicit Network(const ModelFile& model);

    /// Fills upos, xpos, head, deprel and the probabilities of the sentences, which are taken as one batch.
    void parse(const std::vector<Sentence*>& batch) const;

private:
    struct Lstm {
        Weight input, recurrent, bias;
    };
    struct Batch;

    [[nodiscard]] Matrix embed(const Batch& batch) const;
    void embed_word(const std::string& form, std::vector<float>& values) const;
    [[nodiscard]] Matrix run_layer(int layer, const Batch& batch, const Matrix& in) const;
    void run_direction(const Lstm& lstm, bool backwards, const Batch& batch, const Matrix& in, Matrix& out) const;
    void tag(const Batch& batch, const Matrix& states) const;
    void attach(const Batch& batch, const Matrix& states) const;

    std::vector<std::string> upos_names_, xpos_names_, label_names_;
    std::unordered_map<std::string, std::uint32_t> word_rows_;
    Tensor words_, ngrams_;
    std::vector<Tensor> tables_;
    Lstm lstm_[2][2];  ///< [layer][direction]
    Weight upos_, upos_bias_, xpos_, xpos_bias_;
    Weight arc_dep_, arc_dep_bias_, arc_head_, arc_head_bias_, arc_, arc_bias_;
    Weight label_dep_, label_head_, label_hidden_bias_, label_, label_bias_;
};

}  // namespace tercet::language

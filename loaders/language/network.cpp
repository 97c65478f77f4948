#include "loaders/language/network.hpp"

#include <algorithm>
#include <cmath>

#include "loaders/language/features.hpp"
#include "loaders/language/tree_decoder.hpp"

namespace tercet::language {
namespace {

constexpr std::size_t kHidden = 128;
constexpr float kLeak = 0.1F;

Weight weight_of(const ModelFile& model, const std::string& name) {
    const Tensor& tensor = model.tensor(name);
    Weight weight{tensor.rows, tensor.columns, {}};
    weight.values.reserve(tensor.data.size());
    for (std::uint32_t r = 0; r < tensor.rows; ++r) {
        const auto row = tensor.row(r);
        weight.values.insert(weight.values.end(), row.begin(), row.end());
    }
    return weight;
}

void add_row(const Tensor& table, std::uint32_t row, float factor, float* values) {
    const std::int8_t* data = table.data.data() + std::size_t{row} * table.columns;
    const float scale = table.scale[row] * factor;
    for (std::uint32_t c = 0; c < table.columns; ++c) values[c] += scale * static_cast<float>(data[c]);
}

Matrix linear(const Weight& weight, const Weight* bias, const Matrix& in) {
    Matrix out(weight.rows, in.columns());
    if (bias != nullptr) fill_columns(*bias, out);
    multiply_add(weight, in, 0, out, 0, in.columns());
    return out;
}

void leaky(Matrix& matrix) {
    float* value = matrix.row(0);
    for (std::size_t i = 0; i < matrix.rows() * matrix.columns(); ++i) value[i] = std::max(value[i], kLeak * value[i]);
}

/// The best row of a column and its softmax probability.
std::pair<std::size_t, float> best_of(const Matrix& scores, std::size_t column) {
    std::size_t best = 0;
    for (std::size_t r = 1; r < scores.rows(); ++r) {
        if (scores.row(r)[column] > scores.row(best)[column]) best = r;
    }
    float sum = 0;
    for (std::size_t r = 0; r < scores.rows(); ++r) sum += std::exp(scores.row(r)[column] - scores.row(best)[column]);
    return {best, 1 / sum};
}

/// Columns of a matrix as rows, for dot products.
std::vector<float> transposed(const Matrix& matrix, const std::vector<std::size_t>& columns) {
    std::vector<float> rows(columns.size() * matrix.rows());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (std::size_t r = 0; r < matrix.rows(); ++r) rows[i * matrix.rows() + r] = matrix.row(r)[columns[i]];
    }
    return rows;
}

float dot(const float* a, const float* b, std::size_t n) {
    float part[kLane] = {};
    for (std::size_t i = 0; i < n; i += kLane) {
        for (std::size_t k = 0; k < kLane; ++k) part[k] += a[i + k] * b[i + k];
    }
    float sum = 0;
    for (const float p : part) sum += p;
    return sum;
}

float probability(const std::vector<float>& scores, std::size_t chosen) {
    const float most = *std::max_element(scores.begin(), scores.end());
    float sum = 0;
    for (const float score : scores) sum += std::exp(score - most);
    return std::exp(scores[chosen] - most) / sum;
}

}  // namespace

/// Longest sentence first; column of (sentence, position), position 0 being the root. Steps start at multiples of kLane.
struct Network::Batch {
    std::vector<Sentence*> sentences;
    std::vector<std::size_t> offset, active;
    std::size_t columns = 0;

    explicit Batch(std::vector<Sentence*> batch) : sentences(std::move(batch)) {
        std::stable_sort(sentences.begin(), sentences.end(),
                         [](const Sentence* a, const Sentence* b) { return a->words.size() > b->words.size(); });
        std::size_t count = sentences.size();
        for (std::size_t step = 0; step <= sentences.front()->words.size(); ++step) {
            while (sentences[count - 1]->words.size() < step) --count;
            offset.push_back(columns);
            active.push_back(count);
            columns += padded(count);
        }
    }
    [[nodiscard]] std::size_t column(std::size_t sentence, std::size_t position) const { return offset[position] + sentence; }
};

Network::Network(const ModelFile& model)
    : upos_names_(model.upos),
      xpos_names_(model.xpos),
      label_names_(model.labels),
      words_(model.tensor("word")),
      ngrams_(model.tensor("ngram")) {
    for (std::uint32_t i = 0; i < model.words.size(); ++i) word_rows_.emplace(model.words[i], i);
    for (const FeatureTable& table : kFeatureTables) tables_.push_back(model.tensor(std::string(table.name)));
    for (int layer = 0; layer < 2; ++layer) {
        for (int direction = 0; direction < 2; ++direction) {
            const std::string name = "lstm" + std::to_string(layer) + (direction == 0 ? "f" : "b");
            lstm_[layer][direction] = {weight_of(model, name + ".input"), weight_of(model, name + ".recurrent"),
                                       weight_of(model, name + ".bias")};
        }
    }
    const std::pair<Weight*, const char*> parts[] = {
        {&upos_, "upos"}, {&upos_bias_, "upos.bias"}, {&xpos_, "xpos"}, {&xpos_bias_, "xpos.bias"},
        {&arc_dep_, "arc.dep"}, {&arc_dep_bias_, "arc.dep.bias"}, {&arc_head_, "arc.head"}, {&arc_head_bias_, "arc.head.bias"},
        {&arc_, "arc"}, {&arc_bias_, "arc.bias"}, {&label_dep_, "label.dep"}, {&label_head_, "label.head"},
        {&label_hidden_bias_, "label.hidden.bias"}, {&label_, "label"}, {&label_bias_, "label.bias"}};
    for (const auto& [weight, name] : parts) *weight = weight_of(model, name);
}

void Network::embed_word(const std::string& form, std::vector<float>& values) const {
    values.assign(kInputWidth, 0);
    const auto known = word_rows_.find(form == kRootForm ? form : normalised(form));
    add_row(words_, known == word_rows_.end() ? 0 : known->second, 1, values.data());
    const WordFeatures features = features_of(form);
    std::size_t at = kWordWidth;
    for (std::size_t t = 0; t < tables_.size(); ++t) {
        add_row(tables_[t], features.row[t], 1, values.data() + at);
        at += tables_[t].columns;
    }
    const float share = 1 / std::sqrt(static_cast<float>(features.ngrams.size()));
    for (const std::uint32_t row : features.ngrams) add_row(ngrams_, row, share, values.data() + at);
}

Matrix Network::embed(const Batch& batch) const {
    Matrix in(kInputWidth, batch.columns);
    std::vector<float> values;
    const std::string root(kRootForm);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        const auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i <= words.size(); ++i) {
            embed_word(i == 0 ? root : words[i - 1].form, values);
            const std::size_t column = batch.column(s, i);
            for (std::size_t r = 0; r < kInputWidth; ++r) in.row(r)[column] = values[r];
        }
    }
    return in;
}

void Network::run_direction(const Lstm& lstm, bool backwards, const Batch& batch, const Matrix& in, Matrix& out) const {
    Matrix gates = linear(lstm.input, &lstm.bias, in);
    Matrix cell(kHidden, batch.columns);
    const std::size_t first_row = backwards ? kHidden : 0;
    Matrix hidden(kHidden, batch.columns);
    const std::size_t steps = batch.offset.size();
    for (std::size_t k = 0; k < steps; ++k) {
        const std::size_t t = backwards ? steps - 1 - k : k;
        const std::size_t before = backwards ? t + 1 : t - 1;
        const std::size_t n = padded(batch.active[t]);
        const std::size_t before_n = k == 0 ? 0 : std::min(n, padded(batch.active[before]));
        const std::size_t before_at = k == 0 ? 0 : batch.offset[before];
        if (before_n > 0) multiply_add(lstm.recurrent, hidden, before_at, gates, batch.offset[t], before_n);
        lstm_step({&gates, batch.offset[t], &cell, &hidden, 0, kHidden, n, before_at, before_n});
        for (std::size_t r = 0; r < kHidden; ++r) {  // columns between the sentences of this step and its end stay silent
            std::fill(hidden.row(r) + batch.offset[t] + batch.active[t], hidden.row(r) + batch.offset[t] + n, 0.0F);
            std::fill(cell.row(r) + batch.offset[t] + batch.active[t], cell.row(r) + batch.offset[t] + n, 0.0F);
        }
    }
    for (std::size_t r = 0; r < kHidden; ++r) std::copy_n(hidden.row(r), batch.columns, out.row(first_row + r));
}

Matrix Network::run_layer(int layer, const Batch& batch, const Matrix& in) const {
    Matrix out(2 * kHidden, batch.columns);
    run_direction(lstm_[layer][0], false, batch, in, out);
    run_direction(lstm_[layer][1], true, batch, in, out);
    return out;
}

void Network::tag(const Batch& batch, const Matrix& states) const {
    const Matrix upos = linear(upos_, &upos_bias_, states);
    const Matrix xpos = linear(xpos_, &xpos_bias_, states);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            words[i].upos = upos_names_[best_of(upos, batch.column(s, i + 1)).first];
            words[i].xpos = xpos_names_[best_of(xpos, batch.column(s, i + 1)).first];
        }
    }
}

void Network::attach(const Batch& batch, const Matrix& states) const {
    Matrix dep = linear(arc_dep_, &arc_dep_bias_, states);
    Matrix head = linear(arc_head_, &arc_head_bias_, states);
    leaky(dep);
    leaky(head);
    const Matrix projected = linear(arc_, &arc_bias_, dep);
    const Matrix label_dep = linear(label_dep_, &label_hidden_bias_, states);
    const Matrix label_head = linear(label_head_, nullptr, states);
    Matrix hidden(label_dep.rows(), batch.columns);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        std::vector<std::size_t> columns(words.size() + 1);
        for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = batch.column(s, i);
        const auto from = transposed(projected, columns);
        const auto to = transposed(head, columns);
        std::vector<std::vector<float>> scores(columns.size(), std::vector<float>(columns.size(), -1e9F));
        for (std::size_t i = 1; i < columns.size(); ++i) {
            for (std::size_t j = 0; j < columns.size(); ++j) {
                if (i != j) scores[i][j] = dot(&from[i * kHidden], &to[j * kHidden], kHidden);
            }
        }
        const std::vector<int> heads = decode_tree(scores);
        for (std::size_t i = 1; i < columns.size(); ++i) {
            const auto chosen = static_cast<std::size_t>(heads[i]);
            words[i - 1].head = heads[i] - 1;
            words[i - 1].head_probability = probability(scores[i], chosen);
            for (std::size_t r = 0; r < hidden.rows(); ++r) {
                hidden.row(r)[columns[i]] = label_dep.row(r)[columns[i]] + label_head.row(r)[columns[chosen]];
            }
        }
    }
    leaky(hidden);
    const Matrix labels = linear(label_, &label_bias_, hidden);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const auto [label, share] = best_of(labels, batch.column(s, i + 1));
            words[i].deprel = label_names_[label];
            words[i].deprel_probability = share;
        }
    }
}

void Network::parse(const std::vector<Sentence*>& sentences) const {
    if (sentences.empty()) return;
    const Batch batch(sentences);
    const Matrix first = run_layer(0, batch, embed(batch));
    tag(batch, first);
    attach(batch, run_layer(1, batch, first));
}

}  // namespace tercet::language

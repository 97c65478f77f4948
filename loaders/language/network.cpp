#include "loaders/language/network.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "loaders/language/features.hpp"
#include "loaders/language/tree_decoder.hpp"

namespace tercet::language {
namespace {

constexpr std::size_t kHidden = 128;
constexpr std::size_t kGates = 4 * kHidden;
constexpr std::size_t kDirections = 2;
constexpr float kLeak = 0.1F;

std::vector<float> column_of(const ModelFile& model, const std::string& name) {
    const Tensor& tensor = model.tensor(name);
    std::vector<float> values;
    for (std::uint32_t r = 0; r < tensor.rows; ++r) values.push_back(tensor.row(r).front());
    return values;
}

void add_row(const Tensor& table, std::uint32_t row, float factor, float* values) {
    const std::int8_t* data = table.data.data() + std::size_t{row} * table.columns;
    const float scale = table.scale[row] * factor;
    for (std::uint32_t c = 0; c < table.columns; ++c) values[c] += scale * static_cast<float>(data[c]);
}

void leaky(float* values, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) values[i] = std::max(values[i], kLeak * values[i]);
}

IntegerMatrix to_integers(const Matrix& matrix, std::size_t columns) {
    IntegerMatrix integers(matrix.rows(), columns);
    for (std::size_t r = 0; r < matrix.rows(); ++r) integers.set(r, matrix.row(r), columns);
    return integers;
}

std::size_t best_of(const float* scores, std::size_t n) {
    return static_cast<std::size_t>(std::max_element(scores, scores + n) - scores);
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

/// Softmax probability of one of the scores.
float probability(const float* scores, std::size_t n, std::size_t chosen) {
    const float most = *std::max_element(scores, scores + n);
    float sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += fast_exp(scores[i] - most);
    return fast_exp(scores[chosen] - most) / sum;
}

}  // namespace

/// Longest sentence first; row of (sentence, position), position 0 being the root: step by step, within a step by sentence.
struct Network::Batch {
    std::vector<Sentence*> sentences;
    std::vector<std::size_t> offset, active;
    std::size_t rows = 0;

    explicit Batch(std::vector<Sentence*> batch) : sentences(std::move(batch)) {
        std::stable_sort(sentences.begin(), sentences.end(),
                         [](const Sentence* a, const Sentence* b) { return a->words.size() > b->words.size(); });
        std::size_t count = sentences.size();
        for (std::size_t step = 0; step <= sentences.front()->words.size(); ++step) {
            while (sentences[count - 1]->words.size() < step) --count;
            offset.push_back(rows);
            active.push_back(count);
            rows += count;
        }
    }
    [[nodiscard]] std::size_t row(std::size_t sentence, std::size_t position) const { return offset[position] + sentence; }
};

Network::Network(const ModelFile& model, const Kernels& kernels)
    : upos_names_(model.upos),
      xpos_names_(model.xpos),
      label_names_(model.labels),
      words_(model.tensor("word")),
      ngrams_(model.tensor("ngram")),
      kernels_(&kernels),
      projections_(kDirections * kGates) {
    for (std::uint32_t i = 0; i < model.words.size(); ++i) word_rows_.emplace(model.words[i], i);
    for (const FeatureTable& table : kFeatureTables) tables_.push_back(model.tensor(std::string(table.name)));
    for (int layer = 0; layer < 2; ++layer) {
        for (int direction = 0; direction < 2; ++direction) {
            const std::string name = "lstm" + std::to_string(layer) + (direction == 0 ? "f" : "b");
            lstm_[layer][direction] = {Weight(model.tensor(name + ".input")), Weight(model.tensor(name + ".recurrent")),
                                       column_of(model, name + ".bias")};
        }
    }
    const std::tuple<Layer*, const char*, const char*> parts[] = {
        {&upos_, "upos", "upos.bias"},          {&xpos_, "xpos", "xpos.bias"},
        {&arc_dep_, "arc.dep", "arc.dep.bias"}, {&arc_head_, "arc.head", "arc.head.bias"},
        {&arc_, "arc", "arc.bias"},             {&label_dep_, "label.dep", "label.hidden.bias"},
        {&label_head_, "label.head", nullptr},  {&label_, "label", "label.bias"}};
    for (const auto& [layer, weight, bias] : parts) {
        *layer = {Weight(model.tensor(weight)), bias != nullptr ? column_of(model, bias) : std::vector<float>()};
    }
}

Matrix Network::linear(const Layer& layer, const IntegerMatrix& in) const {
    Matrix out(in.scale.size(), layer.weight.rows);
    for (std::size_t r = 0; r < out.rows(); ++r) std::copy(layer.bias.begin(), layer.bias.end(), out.row(r));
    kernels_->multiply_add(layer.weight, in.values.data(), in.scale.data(), out.rows(), out.row(0), out.columns());
    return out;
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

/// The gates of the first layer, both directions, as far as the words alone decide them.
std::vector<Matrix> Network::project_words(const Batch& batch) const {
    std::vector<Matrix> gates(kDirections, Matrix(batch.rows, kGates));
    std::unordered_map<std::string, std::vector<std::size_t>> unknown;
    std::vector<float> both(kDirections * kGates);
    const std::string root(kRootForm);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        const auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i <= words.size(); ++i) {
            const std::string& form = i == 0 ? root : words[i - 1].form;
            const std::size_t row = batch.row(s, i);
            if (projections_.copy(form, both.data())) {
                for (std::size_t d = 0; d < kDirections; ++d) std::copy_n(&both[d * kGates], kGates, gates[d].row(row));
            } else {
                unknown[form].push_back(row);
            }
        }
    }
    if (unknown.empty()) return gates;
    std::vector<std::string> forms;
    for (const auto& [form, rows] : unknown) forms.push_back(form);
    std::vector<Matrix> fresh(kDirections, Matrix(forms.size(), kGates));
    project_unknown(forms, fresh);
    for (std::size_t f = 0; f < forms.size(); ++f) {
        for (std::size_t d = 0; d < kDirections; ++d) {
            for (const std::size_t row : unknown[forms[f]]) std::copy_n(fresh[d].row(f), kGates, gates[d].row(row));
            std::copy_n(fresh[d].row(f), kGates, &both[d * kGates]);
        }
        projections_.keep(forms[f], both.data());
    }
    return gates;
}

void Network::project_unknown(const std::vector<std::string>& forms, std::vector<Matrix>& projected) const {
    IntegerMatrix in(forms.size(), kInputWidth);
    std::vector<float> values;
    for (std::size_t f = 0; f < forms.size(); ++f) {
        embed_word(forms[f], values);
        in.set(f, values.data(), kInputWidth);
    }
    for (std::size_t d = 0; d < kDirections; ++d) {
        kernels_->multiply_add(lstm_[0][d].input, in.values.data(), in.scale.data(), forms.size(), projected[d].row(0), kGates);
    }
}

std::vector<Matrix> Network::project_states(const IntegerMatrix& states) const {
    std::vector<Matrix> gates(kDirections, Matrix(states.scale.size(), kGates));
    for (std::size_t d = 0; d < kDirections; ++d) {
        kernels_->multiply_add(lstm_[1][d].input, states.values.data(), states.scale.data(), gates[d].rows(), gates[d].row(0), kGates);
    }
    return gates;
}

void Network::run_direction(const Lstm& lstm, bool backwards, const Batch& batch, Matrix& gates, Matrix& out) const {
    Matrix cell(batch.rows, kHidden);
    IntegerMatrix hidden(batch.active.front(), kHidden);  // of the step before
    const std::size_t column = backwards ? kHidden : 0;
    const std::size_t steps = batch.offset.size();
    std::size_t before = 0, before_n = 0;
    for (std::size_t k = 0; k < steps; ++k) {
        const std::size_t t = backwards ? steps - 1 - k : k;
        const std::size_t at = batch.offset[t];
        const std::size_t n = batch.active[t];
        for (std::size_t w = 0; w < n; ++w) {
            float* gate = gates.row(at + w);
            for (std::size_t r = 0; r < kGates; ++r) gate[r] += lstm.bias[r];
        }
        const std::size_t known = std::min(n, before_n);
        kernels_->multiply_add(lstm.recurrent, hidden.values.data(), hidden.scale.data(), known, gates.row(at), kGates);
        kernels_->lstm_step({gates.row(at), cell.row(before), cell.row(at), out.row(at) + column, out.columns(), kHidden, n, known});
        for (std::size_t w = 0; w < n; ++w) hidden.set_unit(w, out.row(at + w) + column, kHidden);
        before = at;
        before_n = n;
    }
}

IntegerMatrix Network::run_layer(int layer, const Batch& batch, std::vector<Matrix> gates) const {
    Matrix out(batch.rows, kDirections * kHidden);
    run_direction(lstm_[layer][0], false, batch, gates[0], out);
    run_direction(lstm_[layer][1], true, batch, gates[1], out);
    IntegerMatrix states(batch.rows, out.columns());
    for (std::size_t r = 0; r < batch.rows; ++r) states.set_unit(r, out.row(r), out.columns());
    return states;
}

void Network::tag(const Batch& batch, const IntegerMatrix& states) const {
    const Matrix upos = linear(upos_, states);
    const Matrix xpos = linear(xpos_, states);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t row = batch.row(s, i + 1);
            words[i].upos = upos_names_[best_of(upos.row(row), upos_names_.size())];
            words[i].xpos = xpos_names_[best_of(xpos.row(row), xpos_names_.size())];
        }
    }
}

/// Sets heads and their probabilities; gives the row of every row's head.
std::vector<std::size_t> Network::choose_heads(const Batch& batch, const Matrix& projected, const Matrix& head) const {
    std::vector<std::size_t> head_rows(batch.rows, 0);
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        const std::size_t n = words.size() + 1;
        std::vector<std::vector<float>> scores(n, std::vector<float>(n, -1e9F));
        for (std::size_t i = 1; i < n; ++i) {
            for (std::size_t j = 0; j < n; ++j) {
                if (i != j) scores[i][j] = dot(projected.row(batch.row(s, i)), head.row(batch.row(s, j)), kHidden);
            }
        }
        const std::vector<int> heads = decode_tree(scores);
        for (std::size_t i = 1; i < n; ++i) {
            const auto chosen = static_cast<std::size_t>(heads[i]);
            words[i - 1].head = heads[i] - 1;
            words[i - 1].head_probability = probability(scores[i].data(), n, chosen);
            head_rows[batch.row(s, i)] = batch.row(s, chosen);
        }
    }
    return head_rows;
}

void Network::attach(const Batch& batch, const IntegerMatrix& states) const {
    Matrix dep = linear(arc_dep_, states);
    Matrix head = linear(arc_head_, states);
    leaky(dep.row(0), dep.rows() * dep.columns());
    leaky(head.row(0), head.rows() * head.columns());
    const auto head_rows = choose_heads(batch, linear(arc_, to_integers(dep, kHidden)), head);

    Matrix hidden = linear(label_dep_, states);
    const Matrix label_head = linear(label_head_, states);
    for (std::size_t r = 0; r < batch.rows; ++r) {
        const float* from = label_head.row(head_rows[r]);
        for (std::size_t c = 0; c < kHidden; ++c) hidden.row(r)[c] += from[c];
    }
    leaky(hidden.row(0), hidden.rows() * hidden.columns());
    const Matrix labels = linear(label_, to_integers(hidden, kHidden));
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const float* scores = labels.row(batch.row(s, i + 1));
            const std::size_t label = best_of(scores, label_names_.size());
            words[i].deprel = label_names_[label];
            words[i].deprel_probability = probability(scores, label_names_.size(), label);
        }
    }
}

void Network::parse(const std::vector<Sentence*>& sentences) const {
    if (sentences.empty()) return;
    const Batch batch(sentences);
    const IntegerMatrix first = run_layer(0, batch, project_words(batch));
    tag(batch, first);
    attach(batch, run_layer(1, batch, project_states(first)));
}

}  // namespace tercet::language

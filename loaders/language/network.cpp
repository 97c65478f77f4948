#include "loaders/language/network.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>

#include "loaders/language/features.hpp"
#include "loaders/language/tree_decoder.hpp"

namespace tercet::language {
namespace {

constexpr std::size_t kHidden = 128;
constexpr std::size_t kGates = 4 * kHidden;
constexpr std::size_t kDirections = 2;
constexpr float kLeak = 0.1F;
constexpr float kNever = -1e9F;  ///< score of a word as its own head

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

IntegerMatrix to_integers(const Matrix& matrix) {
    IntegerMatrix integers(matrix.rows(), matrix.columns());
    for (std::size_t r = 0; r < matrix.rows(); ++r) integers.set(r, matrix.row(r), matrix.columns());
    return integers;
}

std::size_t best_of(const float* scores, std::size_t n) {
    return static_cast<std::size_t>(std::max_element(scores, scores + n) - scores);
}

}  // namespace

/// Longest sentence first; row of (sentence, position), position 0 being the root: step by step, within a step by sentence.
struct Network::Batch {
    std::vector<Sentence*> sentences;
    std::vector<std::size_t> offset, active;
    std::size_t rows = 0;
    std::vector<const std::string*> forms;   ///< each once
    std::vector<std::uint32_t> form_of_row;  ///< place among them

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
        find_forms();
    }
    [[nodiscard]] std::size_t row(std::size_t sentence, std::size_t position) const { return offset[position] + sentence; }

private:
    void find_forms() {
        static const std::string root(kRootForm);
        std::unordered_map<std::string_view, std::uint32_t> places;
        form_of_row.resize(rows);
        for (std::size_t s = 0; s < sentences.size(); ++s) {
            const auto& words = sentences[s]->words;
            for (std::size_t i = 0; i <= words.size(); ++i) {
                const std::string& form = i == 0 ? root : words[i - 1].form;
                const auto [place, is_new] = places.try_emplace(form, static_cast<std::uint32_t>(forms.size()));
                if (is_new) forms.push_back(&form);
                form_of_row[row(s, i)] = place->second;
            }
        }
    }
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
    Matrix out(in.size(), layer.weight.rows);
    for (std::size_t r = 0; r < out.rows(); ++r) std::copy(layer.bias.begin(), layer.bias.end(), out.row(r));
    kernels_->add_product(layer.weight, in.rows(), out.row(0), out.columns());
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

/// What words alone give to the gates of the first layer, of both directions.
Matrix Network::project_forms(const std::vector<const std::string*>& forms) const {
    Matrix projected(forms.size(), kDirections * kGates);
    std::vector<std::size_t> places;
    std::vector<const std::string*> unknown;
    for (std::size_t f = 0; f < forms.size(); ++f) {
        if (projections_.copy(*forms[f], projected.row(f))) continue;
        places.push_back(f);
        unknown.push_back(forms[f]);
    }
    if (unknown.empty()) return projected;
    const Matrix fresh = project_unknown(unknown);
    for (std::size_t u = 0; u < unknown.size(); ++u) {
        std::copy_n(fresh.row(u), fresh.columns(), projected.row(places[u]));
        projections_.keep(*unknown[u], fresh.row(u));
    }
    return projected;
}

Matrix Network::project_unknown(const std::vector<const std::string*>& forms) const {
    IntegerMatrix in(forms.size(), kInputWidth);
    Matrix projected(forms.size(), kDirections * kGates);
    std::vector<float> values;
    for (std::size_t f = 0; f < forms.size(); ++f) {
        embed_word(*forms[f], values);
        in.set(f, values.data(), kInputWidth);
    }
    for (std::size_t d = 0; d < kDirections; ++d) {
        const Lstm& lstm = lstm_[0][d];
        for (std::size_t f = 0; f < forms.size(); ++f) std::copy(lstm.bias.begin(), lstm.bias.end(), projected.row(f) + d * kGates);
        kernels_->add_product(lstm.input, in.rows(), projected.row(0) + d * kGates, projected.columns());
    }
    return projected;
}

/// One direction of a layer. `fill_gates(first, count, gates)` sets what the layer below gives to the gates of some rows. The
/// states of a step are read again by the next one, from `states`, as the integers that the layer above gets, too.
template <typename FillGates>
void Network::run_direction(int layer, int direction, const Batch& batch, FillGates fill_gates, IntegerMatrix& states) const {
    const Lstm& lstm = lstm_[layer][direction];
    const std::size_t column = direction == 0 ? 0 : kHidden;
    const std::size_t steps = batch.offset.size();
    Matrix gates(batch.active.front(), kGates), cell(batch.active.front(), kHidden);
    std::size_t before = 0, before_n = 0;
    for (std::size_t k = 0; k < steps; ++k) {
        const std::size_t t = direction == 0 ? k : steps - 1 - k;
        const std::size_t at = batch.offset[t], n = batch.active[t];
        fill_gates(at, n, gates);
        kernels_->add_product(lstm.recurrent, states.rows(before, std::min(n, before_n), column), gates.row(0), kGates);
        kernels_->lstm_step({gates.row(0), cell.row(0), states.row(at) + column, states.stride(), kHidden, n});
        before = at;
        before_n = n;
    }
}

/// The first layer's states.
IntegerMatrix Network::run_words(const Batch& batch) const {
    const Matrix projected = project_forms(batch.forms);
    IntegerMatrix states(batch.rows, kDirections * kHidden);
    for (int direction = 0; direction < 2; ++direction) {
        const std::size_t column = direction == 0 ? 0 : kGates;
        run_direction(0, direction, batch, [&](std::size_t at, std::size_t n, Matrix& gates) {
            for (std::size_t w = 0; w < n; ++w) std::copy_n(projected.row(batch.form_of_row[at + w]) + column, kGates, gates.row(w));
        }, states);
    }
    return states;
}

/// The second layer's states.
IntegerMatrix Network::run_states(const Batch& batch, const IntegerMatrix& below) const {
    IntegerMatrix states(batch.rows, kDirections * kHidden);
    for (int direction = 0; direction < 2; ++direction) {
        const Lstm& lstm = lstm_[1][direction];
        run_direction(1, direction, batch, [&](std::size_t at, std::size_t n, Matrix& gates) {
            for (std::size_t w = 0; w < n; ++w) std::copy(lstm.bias.begin(), lstm.bias.end(), gates.row(w));
            kernels_->add_product(lstm.input, below.rows(at, n), gates.row(0), kGates);
        }, states);
    }
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
        Matrix heads_of(n, kHidden);
        for (std::size_t j = 0; j < n; ++j) std::copy_n(head.row(batch.row(s, j)), kHidden, heads_of.row(j));
        std::vector<std::vector<float>> scores(n, std::vector<float>(n, kNever));
        for (std::size_t i = 1; i < n; ++i) {
            kernels_->dots(projected.row(batch.row(s, i)), heads_of.row(0), n, kHidden, scores[i].data());
            scores[i][i] = kNever;
        }
        const std::vector<int> heads = decode_tree(scores);
        for (std::size_t i = 1; i < n; ++i) {
            const auto chosen = static_cast<std::size_t>(heads[i]);
            words[i - 1].head = heads[i] - 1;
            words[i - 1].head_probability = kernels_->probability(scores[i].data(), n, chosen);
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
    const auto head_rows = choose_heads(batch, linear(arc_, to_integers(dep)), head);

    Matrix hidden = linear(label_dep_, states);
    const Matrix label_head = linear(label_head_, states);
    for (std::size_t r = 0; r < batch.rows; ++r) {
        const float* from = label_head.row(head_rows[r]);
        for (std::size_t c = 0; c < kHidden; ++c) hidden.row(r)[c] += from[c];
    }
    leaky(hidden.row(0), hidden.rows() * hidden.columns());
    const Matrix labels = linear(label_, to_integers(hidden));
    for (std::size_t s = 0; s < batch.sentences.size(); ++s) {
        auto& words = batch.sentences[s]->words;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const float* scores = labels.row(batch.row(s, i + 1));
            const std::size_t label = best_of(scores, label_names_.size());
            words[i].deprel = label_names_[label];
            words[i].deprel_probability = kernels_->probability(scores, label_names_.size(), label);
        }
    }
}

void Network::parse(const std::vector<Sentence*>& sentences) const {
    if (sentences.empty()) return;
    const Batch batch(sentences);
    const IntegerMatrix first = run_words(batch);
    tag(batch, first);
    attach(batch, run_states(batch, first));
}

}  // namespace tercet::language

#include "loaders/training/network.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tercet::training {
namespace {

constexpr float kLeak = 0.1F;

Matrix leaky(const Matrix& x) { return x.cwiseMax(kLeak * x); }

/// Gradient through the leaky ReLU whose output is `y`.
Matrix leaky_backward(const Matrix& y, const Matrix& gradient) {
    return (y.array() > 0).select(gradient, kLeak * gradient);
}

Matrix sigmoid(const Matrix& x) { return (1 + (-x.array()).exp()).inverse().matrix(); }

constexpr float kTrust = 0.7F;  ///< in soft targets, against the treebank's answers

void softmax(Matrix& scores) {
    for (Eigen::Index column = 0; column < scores.cols(); ++column) {
        auto values = scores.col(column);
        values.array() -= values.maxCoeff();
        values = values.array().exp();
        values /= values.sum();
    }
}

/// Softmax cross-entropy per column against `gold` (-1: none), mixed with `soft` where there is one; turns the scores into
/// their gradient.
double cross_entropy(Matrix& scores, const std::vector<int>& gold, float weight, const Matrix* soft) {
    double loss = 0;
    softmax(scores);
    for (Eigen::Index column = 0; column < scores.cols(); ++column) {
        const int wanted = gold[static_cast<std::size_t>(column)];
        auto values = scores.col(column);
        if (wanted < 0) {
            values.setZero();
            continue;
        }
        loss -= weight * std::log(std::max(values(wanted), 1e-12F));
        values(wanted) -= soft == nullptr ? 1 : 1 - kTrust;
        if (soft != nullptr) values -= kTrust * soft->col(column);
        values *= weight;
    }
    return loss;
}

int argmax(const Matrix& scores, Eigen::Index column) {
    Eigen::Index best = 0;
    scores.col(column).maxCoeff(&best);
    return static_cast<int>(best);
}

}  // namespace

void SoftTargets::add(const SoftTargets& other, float share) {
    const auto add = [&](Matrix& sum, const Matrix& more) {
        if (sum.size() == 0) sum = share * more;
        else sum += share * more;
    };
    add(upos, other.upos);
    add(xpos, other.xpos);
    add(arcs, other.arcs);
    add(label, other.label);
}

void Parameter::shape(std::string parameter_name, int rows, int columns, float scale, std::mt19937& random, bool is_sparse) {
    name = std::move(parameter_name);
    sparse = is_sparse;
    value.resize(rows, columns);
    std::uniform_real_distribution<float> uniform(-scale, scale);
    for (Eigen::Index i = 0; i < value.size(); ++i) value.data()[i] = scale == 0 ? 0 : uniform(random);
    gradient = Matrix::Zero(rows, columns);
    first = gradient;
    second = gradient;
}

/// The sentences of a batch, longest first, as one matrix: step by step, within a step by sentence.
struct Network::Packed {
    std::vector<const Example*> sentences;
    std::vector<int> offset;  ///< first column of a step
    std::vector<int> active;  ///< sentences that are that long
    int columns = 0;

    explicit Packed(std::vector<const Example*> batch) : sentences(std::move(batch)) {
        std::stable_sort(sentences.begin(), sentences.end(),
                         [](const Example* a, const Example* b) { return a->word.size() > b->word.size(); });
        for (std::size_t step = 0; step < sentences.front()->word.size(); ++step) {
            int count = 0;
            while (count < static_cast<int>(sentences.size()) && sentences[static_cast<std::size_t>(count)]->word.size() > step) ++count;
            offset.push_back(columns);
            active.push_back(count);
            columns += count;
        }
    }
    [[nodiscard]] int column(std::size_t sentence, std::size_t position) const {
        return offset[position] + static_cast<int>(sentence);
    }
    [[nodiscard]] std::vector<int> columns_of(std::size_t sentence) const {
        std::vector<int> found(sentences[sentence]->word.size());
        for (std::size_t i = 0; i < found.size(); ++i) found[i] = column(sentence, i);
        return found;
    }
    template <typename Get>
    [[nodiscard]] std::vector<int> gather(Get get) const {
        std::vector<int> values(static_cast<std::size_t>(columns));
        for (std::size_t s = 0; s < sentences.size(); ++s) {
            for (std::size_t i = 0; i < sentences[s]->word.size(); ++i) {
                values[static_cast<std::size_t>(column(s, i))] = get(*sentences[s], i);
            }
        }
        return values;
    }
    /// Soft targets of tags, a column per word; empty where the sentences have none.
    [[nodiscard]] Matrix gather_soft(Matrix SoftTargets::*tags) const {
        if (!sentences.front()->soft) return {};
        Matrix all(((*sentences.front()->soft).*tags).rows(), columns);
        for (std::size_t s = 0; s < sentences.size(); ++s) {
            const Matrix& own = (*sentences[s]->soft).*tags;
            for (std::size_t i = 0; i < sentences[s]->word.size(); ++i) all.col(column(s, i)) = own.col(static_cast<Eigen::Index>(i));
        }
        return all;
    }
};

struct Network::LstmState {
    Matrix gates;      ///< i, f, g, o after their functions
    Matrix cell, cell_tanh, hidden;
    Matrix mask;       ///< variational dropout of the previous hidden state, per sentence
    Matrix dropped;    ///< previous hidden state as used
};

Network::Network(Sizes sizes, std::uint32_t seed) : sizes_(sizes), random_(seed) {
    const auto fan = [](int in) { return std::sqrt(3.0F / static_cast<float>(in)); };
    word_.shape("word", language::kWordWidth, sizes.words, 0.1F, random_, true);
    ngram_.shape("ngram", language::kNgramWidth, language::kNgramRows, 0.1F, random_, true);
    tables_.resize(language::kFeatureTables.size());
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        const auto& table = language::kFeatureTables[i];
        tables_[i].shape(std::string(table.name), static_cast<int>(table.width), static_cast<int>(table.rows), 0.1F, random_, true);
    }
    for (int layer = 0; layer < 2; ++layer) {
        const int in = layer == 0 ? static_cast<int>(language::kInputWidth) : 2 * kHidden;
        for (int direction = 0; direction < 2; ++direction) {
            Lstm& lstm = lstm_[layer][direction];
            const std::string name = "lstm" + std::to_string(layer) + (direction == 0 ? "f" : "b");
            lstm.input.shape(name + ".input", 4 * kHidden, in, fan(in), random_);
            lstm.recurrent.shape(name + ".recurrent", 4 * kHidden, kHidden, fan(kHidden), random_);
            lstm.bias.shape(name + ".bias", 4 * kHidden, 1, 0, random_);
            lstm.bias.value.block(kHidden, 0, kHidden, 1).setOnes();  // remember at first
        }
    }
    upos_.shape("upos", sizes.upos, 2 * kHidden, fan(2 * kHidden), random_);
    upos_bias_.shape("upos.bias", sizes.upos, 1, 0, random_);
    xpos_.shape("xpos", sizes.xpos, 2 * kHidden, fan(2 * kHidden), random_);
    xpos_bias_.shape("xpos.bias", sizes.xpos, 1, 0, random_);
    arc_dep_.shape("arc.dep", kMlp, 2 * kHidden, fan(2 * kHidden), random_);
    arc_dep_bias_.shape("arc.dep.bias", kMlp, 1, 0, random_);
    arc_head_.shape("arc.head", kMlp, 2 * kHidden, fan(2 * kHidden), random_);
    arc_head_bias_.shape("arc.head.bias", kMlp, 1, 0, random_);
    arc_.shape("arc", kMlp, kMlp, 0.02F, random_);
    arc_bias_.shape("arc.bias", kMlp, 1, 0, random_);
    label_dep_.shape("label.dep", kMlp, 2 * kHidden, fan(2 * kHidden), random_);
    label_head_.shape("label.head", kMlp, 2 * kHidden, fan(2 * kHidden), random_);
    label_hidden_bias_.shape("label.hidden.bias", kMlp, 1, 0, random_);
    label_.shape("label", sizes.labels, kMlp, fan(kMlp), random_);
    label_bias_.shape("label.bias", sizes.labels, 1, 0, random_);
}

std::vector<Parameter*> Network::parameters() {
    std::vector<Parameter*> all{&word_, &ngram_};
    for (Parameter& table : tables_) all.push_back(&table);
    for (auto& layer : lstm_) {
        for (Lstm& lstm : layer) all.insert(all.end(), {&lstm.input, &lstm.recurrent, &lstm.bias});
    }
    all.insert(all.end(), {&upos_, &upos_bias_, &xpos_, &xpos_bias_, &arc_dep_, &arc_dep_bias_, &arc_head_, &arc_head_bias_,
                           &arc_, &arc_bias_, &label_dep_, &label_head_, &label_hidden_bias_, &label_, &label_bias_});
    return all;
}

Matrix Network::mask(int rows, int columns, float rate) {
    Matrix kept(rows, columns);
    const auto limit = static_cast<std::uint32_t>(rate * 4294967295.0F);
    const float scale = 1 / (1 - rate);
    for (Eigen::Index i = 0; i < kept.size(); ++i) kept.data()[i] = random_() < limit ? 0 : scale;
    return kept;
}

/// One mask per sentence, the same for all its words.
Matrix Network::sentence_mask(const Packed& packed, int rows, float rate) {
    const Matrix per_sentence = mask(rows, static_cast<int>(packed.sentences.size()), rate);
    Matrix all(rows, packed.columns);
    for (std::size_t step = 0; step < packed.offset.size(); ++step) {
        all.middleCols(packed.offset[step], packed.active[step]) = per_sentence.leftCols(packed.active[step]);
    }
    return all;
}

Matrix Network::embed(const Packed& packed, const Dropout& dropout) {
    Matrix in(language::kInputWidth, packed.columns);
    std::uniform_real_distribution<float> uniform(0, 1);
    for (std::size_t s = 0; s < packed.sentences.size(); ++s) {
        const Example& example = *packed.sentences[s];
        for (std::size_t i = 0; i < example.word.size(); ++i) {
            auto column = in.col(packed.column(s, i));
            int word = example.word[i];
            if (dropout.word > 0 && uniform(random_) < dropout.word / (dropout.word + static_cast<float>(example.count[i]))) word = 0;
            column.head(language::kWordWidth) = word_.value.col(word);
            Eigen::Index at = language::kWordWidth;
            for (std::size_t t = 0; t < tables_.size(); ++t) {
                column.segment(at, tables_[t].value.rows()) = tables_[t].value.col(example.features[i].row[t]);
                at += tables_[t].value.rows();
            }
            Eigen::VectorXf sum = Eigen::VectorXf::Zero(language::kNgramWidth);
            for (const auto row : example.features[i].ngrams) sum += ngram_.value.col(row);
            column.tail(language::kNgramWidth) = sum / std::sqrt(static_cast<float>(example.features[i].ngrams.size()));
        }
    }
    return in;
}

void Network::embed_backward(const Packed& packed, const Matrix& gradient) {
    const auto add = [](Parameter& table, int row, const auto& values) {
        table.gradient.col(row) += values;
        table.touched.push_back(row);
    };
    for (std::size_t s = 0; s < packed.sentences.size(); ++s) {
        const Example& example = *packed.sentences[s];
        for (std::size_t i = 0; i < example.word.size(); ++i) {
            const auto column = gradient.col(packed.column(s, i));
            add(word_, example.word[i], column.head(language::kWordWidth));
            Eigen::Index at = language::kWordWidth;
            for (std::size_t t = 0; t < tables_.size(); ++t) {
                add(tables_[t], static_cast<int>(example.features[i].row[t]), column.segment(at, tables_[t].value.rows()));
                at += tables_[t].value.rows();
            }
            const Eigen::VectorXf share =
                column.tail(language::kNgramWidth) / std::sqrt(static_cast<float>(example.features[i].ngrams.size()));
            for (const auto row : example.features[i].ngrams) add(ngram_, static_cast<int>(row), share);
        }
    }
}

void Network::forward(const Lstm& lstm, bool backwards, const Packed& packed, const Matrix& in, float dropout,
                      LstmState& state) {
    const int steps = static_cast<int>(packed.offset.size());
    const int sentences = static_cast<int>(packed.sentences.size());
    state.gates = lstm.input.value * in;
    state.gates.colwise() += lstm.bias.value.col(0);
    state.cell.resize(kHidden, packed.columns);
    state.cell_tanh.resize(kHidden, packed.columns);
    state.hidden.resize(kHidden, packed.columns);
    state.dropped = Matrix::Zero(kHidden, packed.columns);
    state.mask = dropout > 0 ? mask(kHidden, sentences, dropout) : Matrix::Ones(kHidden, sentences);
    for (int k = 0; k < steps; ++k) {
        const int t = backwards ? steps - 1 - k : k;
        const int previous = backwards ? t + 1 : t - 1;
        const int n = packed.active[static_cast<std::size_t>(t)];
        const int at = packed.offset[static_cast<std::size_t>(t)];
        auto gates = state.gates.middleCols(at, n);
        const bool has_previous = previous >= 0 && previous < steps;
        const int m = has_previous ? std::min(n, packed.active[static_cast<std::size_t>(previous)]) : 0;
        const int before = has_previous ? packed.offset[static_cast<std::size_t>(previous)] : 0;
        if (m > 0) {
            state.dropped.middleCols(at, m) =
                state.hidden.middleCols(before, m).cwiseProduct(state.mask.leftCols(m));
            gates.leftCols(m).noalias() += lstm.recurrent.value * state.dropped.middleCols(at, m);
        }
        gates.topRows(2 * kHidden) = sigmoid(gates.topRows(2 * kHidden));
        gates.middleRows(2 * kHidden, kHidden) = gates.middleRows(2 * kHidden, kHidden).array().tanh();
        gates.bottomRows(kHidden) = sigmoid(gates.bottomRows(kHidden));
        auto cell = state.cell.middleCols(at, n);
        cell = gates.topRows(kHidden).cwiseProduct(gates.middleRows(2 * kHidden, kHidden));
        if (m > 0) {
            cell.leftCols(m) += gates.middleRows(kHidden, kHidden).leftCols(m).cwiseProduct(state.cell.middleCols(before, m));
        }
        state.cell_tanh.middleCols(at, n) = cell.array().tanh();
        state.hidden.middleCols(at, n) = gates.bottomRows(kHidden).cwiseProduct(state.cell_tanh.middleCols(at, n));
    }
}

Matrix Network::backward(Lstm& lstm, bool backwards, const Packed& packed, const Matrix& in, const Matrix& gradient,
                         LstmState& state) {
    const int steps = static_cast<int>(packed.offset.size());
    Matrix d_gates(4 * kHidden, packed.columns);
    Matrix d_hidden = gradient;
    Matrix d_cell = Matrix::Zero(kHidden, packed.columns);
    for (int k = steps - 1; k >= 0; --k) {
        const int t = backwards ? steps - 1 - k : k;
        const int previous = backwards ? t + 1 : t - 1;
        const int n = packed.active[static_cast<std::size_t>(t)];
        const int at = packed.offset[static_cast<std::size_t>(t)];
        const bool has_previous = previous >= 0 && previous < steps;
        const int m = has_previous ? std::min(n, packed.active[static_cast<std::size_t>(previous)]) : 0;
        const int before = has_previous ? packed.offset[static_cast<std::size_t>(previous)] : 0;

        const auto gates = state.gates.middleCols(at, n).array();
        const auto i = gates.topRows(kHidden);
        const auto f = gates.middleRows(kHidden, kHidden);
        const auto g = gates.middleRows(2 * kHidden, kHidden);
        const auto o = gates.bottomRows(kHidden);
        const auto dh = d_hidden.middleCols(at, n).array();
        const auto tanh_cell = state.cell_tanh.middleCols(at, n).array();
        d_cell.middleCols(at, n).array() += dh * o * (1 - tanh_cell.square());
        const auto dc = d_cell.middleCols(at, n).array();
        auto d = d_gates.middleCols(at, n);
        d.topRows(kHidden) = (dc * g * i * (1 - i)).matrix();
        d.middleRows(kHidden, kHidden).setZero();
        if (m > 0) {
            d.middleRows(kHidden, kHidden).leftCols(m) =
                (dc.leftCols(m) * state.cell.middleCols(before, m).array() * f.leftCols(m) * (1 - f.leftCols(m))).matrix();
            d_cell.middleCols(before, m).array() += dc.leftCols(m) * f.leftCols(m);
        }
        d.middleRows(2 * kHidden, kHidden) = (dc * i * (1 - g.square())).matrix();
        d.bottomRows(kHidden) = (dh * tanh_cell * o * (1 - o)).matrix();
        if (m > 0) {
            const Matrix through = lstm.recurrent.value.transpose() * d.leftCols(m);
            d_hidden.middleCols(before, m) += through.cwiseProduct(state.mask.leftCols(m));
        }
    }
    lstm.input.gradient.noalias() += d_gates * in.transpose();
    lstm.recurrent.gradient.noalias() += d_gates * state.dropped.transpose();
    lstm.bias.gradient += d_gates.rowwise().sum();
    return lstm.input.value.transpose() * d_gates;
}

double Network::arcs_and_labels(const Packed& packed, std::size_t sentence, const Matrix& dep, const Matrix& head,
                                const Matrix& label_dep, const Matrix& label_head, Matrix& d_dep, Matrix& d_head,
                                Matrix& d_label_dep, Matrix& d_label_head, bool learn, float dropout, Prediction* prediction,
                                SoftTargets* judged) {
    const Example& example = *packed.sentences[sentence];
    const auto columns = packed.columns_of(sentence);
    const auto n = static_cast<Eigen::Index>(columns.size());
    const Matrix d = dep(Eigen::all, columns);
    const Matrix h = head(Eigen::all, columns);
    Matrix projected = arc_.value * d;
    projected.colwise() += arc_bias_.value.col(0);
    Matrix scores = h.transpose() * projected;  // [head, word]
    for (Eigen::Index i = 0; i < n; ++i) scores(i, i) = -1e9F;

    std::vector<int> heads(example.head.begin(), example.head.end());
    if (prediction != nullptr) {
        prediction->arcs = scores.transpose();
        for (Eigen::Index i = 0; i < n; ++i) heads[static_cast<std::size_t>(i)] = i == 0 ? 0 : argmax(scores, i);
    }
    if (judged != nullptr) {
        judged->arcs = scores;
        softmax(judged->arcs);
    }
    double loss = 0;
    if (learn) {
        loss += cross_entropy(scores, example.head, loss_scale_, example.soft ? &example.soft->arcs : nullptr);
        const Matrix d_projected = h * scores;
        d_head(Eigen::all, columns) += projected * scores.transpose();
        d_dep(Eigen::all, columns) += arc_.value.transpose() * d_projected;
        arc_.gradient.noalias() += d_projected * d.transpose();
        arc_bias_.gradient += d_projected.rowwise().sum();
    }
    std::vector<int> head_columns(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) head_columns[i] = columns[static_cast<std::size_t>(std::max(heads[i], 0))];
    Matrix hidden = label_dep(Eigen::all, columns) + label_head(Eigen::all, head_columns);
    hidden.colwise() += label_hidden_bias_.value.col(0);
    hidden = leaky(hidden);
    const Matrix kept = learn && dropout > 0 ? mask(kMlp, static_cast<int>(n), dropout) : Matrix::Ones(kMlp, n);
    const Matrix used = hidden.cwiseProduct(kept);
    Matrix label_scores = label_.value * used;
    label_scores.colwise() += label_bias_.value.col(0);
    if (prediction != nullptr) {
        for (Eigen::Index i = 0; i < n; ++i) prediction->label.push_back(argmax(label_scores, i));
    }
    if (judged != nullptr) {
        judged->label = label_scores;
        softmax(judged->label);
    }
    if (!learn) return loss;
    loss += cross_entropy(label_scores, example.label, loss_scale_, example.soft ? &example.soft->label : nullptr);
    label_.gradient.noalias() += label_scores * used.transpose();
    label_bias_.gradient += label_scores.rowwise().sum();
    const Matrix through = label_.value.transpose() * label_scores;
    const Matrix d_hidden = leaky_backward(hidden, through.cwiseProduct(kept));
    label_hidden_bias_.gradient += d_hidden.rowwise().sum();
    d_label_dep(Eigen::all, columns) += d_hidden;
    for (Eigen::Index i = 0; i < n; ++i) d_label_head.col(head_columns[static_cast<std::size_t>(i)]) += d_hidden.col(i);
    return loss;
}

double Network::run(const Packed& packed, const Dropout& dropout, bool learn, std::vector<Prediction>* predictions,
                    SoftTargets* judged) {
    const bool drop = learn && dropout.input > 0;
    Matrix in = embed(packed, learn ? dropout : Dropout{});
    Matrix in_mask;
    if (drop) {
        in_mask = mask(static_cast<int>(in.rows()), packed.columns, dropout.input);
        in = in.cwiseProduct(in_mask);
    }
    LstmState state[2][2];
    Matrix out[2], out_mask[2];
    for (int layer = 0; layer < 2; ++layer) {
        const Matrix& below = layer == 0 ? in : out[0];
        for (int direction = 0; direction < 2; ++direction) {
            forward(lstm_[layer][direction], direction == 1, packed, below, learn ? dropout.recurrent : 0, state[layer][direction]);
        }
        out[layer].resize(2 * kHidden, packed.columns);
        out[layer] << state[layer][0].hidden, state[layer][1].hidden;
        if (drop) {
            out_mask[layer] = sentence_mask(packed, 2 * kHidden, dropout.output);
            out[layer] = out[layer].cwiseProduct(out_mask[layer]);
        }
    }

    double loss = 0;
    Matrix d_out[2] = {Matrix::Zero(2 * kHidden, packed.columns), Matrix::Zero(2 * kHidden, packed.columns)};
    const auto tag = [&](Parameter& weight, Parameter& bias, const std::vector<int>& gold, Matrix SoftTargets::*tags) {
        Matrix scores = weight.value * out[0];
        scores.colwise() += bias.value.col(0);
        Matrix kept = scores;
        if (learn) {
            const Matrix soft = packed.gather_soft(tags);
            loss += cross_entropy(scores, gold, 0.5F * loss_scale_, soft.size() > 0 ? &soft : nullptr);
            weight.gradient.noalias() += scores * out[0].transpose();
            bias.gradient += scores.rowwise().sum();
            d_out[0].noalias() += weight.value.transpose() * scores;
        }
        return kept;
    };
    const Matrix upos = tag(upos_, upos_bias_, packed.gather([](const Example& e, std::size_t i) { return e.upos[i]; }), &SoftTargets::upos);
    const Matrix xpos = tag(xpos_, xpos_bias_, packed.gather([](const Example& e, std::size_t i) { return e.xpos[i]; }), &SoftTargets::xpos);
    if (judged != nullptr) {
        judged->upos = upos;
        judged->xpos = xpos;
        softmax(judged->upos);
        softmax(judged->xpos);
    }

    Matrix dep = leaky((arc_dep_.value * out[1]).colwise() + arc_dep_bias_.value.col(0));
    Matrix head = leaky((arc_head_.value * out[1]).colwise() + arc_head_bias_.value.col(0));
    const Matrix dep_raw = dep, head_raw = head;
    Matrix dep_mask, head_mask;
    if (drop) {
        dep_mask = sentence_mask(packed, kMlp, dropout.output);
        head_mask = sentence_mask(packed, kMlp, dropout.output);
        dep = dep.cwiseProduct(dep_mask);
        head = head.cwiseProduct(head_mask);
    }
    const Matrix label_dep = label_dep_.value * out[1];
    const Matrix label_head = label_head_.value * out[1];
    Matrix d_dep = Matrix::Zero(kMlp, packed.columns), d_head = d_dep, d_label_dep = d_dep, d_label_head = d_dep;
    for (std::size_t s = 0; s < packed.sentences.size(); ++s) {
        Prediction prediction;
        loss += arcs_and_labels(packed, s, dep, head, label_dep, label_head, d_dep, d_head, d_label_dep, d_label_head, learn,
                                dropout.output, predictions != nullptr ? &prediction : nullptr, judged);
        if (predictions == nullptr) continue;
        for (const int column : packed.columns_of(s)) {
            prediction.upos.push_back(argmax(upos, column));
            prediction.xpos.push_back(argmax(xpos, column));
        }
        predictions->push_back(std::move(prediction));
    }
    if (!learn) return loss;

    if (drop) {
        d_dep = d_dep.cwiseProduct(dep_mask);
        d_head = d_head.cwiseProduct(head_mask);
    }
    d_dep = leaky_backward(dep_raw, d_dep);
    d_head = leaky_backward(head_raw, d_head);
    const auto linear = [&](Parameter& weight, Parameter* bias, const Matrix& gradient) {
        weight.gradient.noalias() += gradient * out[1].transpose();
        if (bias != nullptr) bias->gradient += gradient.rowwise().sum();
        d_out[1].noalias() += weight.value.transpose() * gradient;
    };
    linear(arc_dep_, &arc_dep_bias_, d_dep);
    linear(arc_head_, &arc_head_bias_, d_head);
    linear(label_dep_, nullptr, d_label_dep);
    linear(label_head_, nullptr, d_label_head);

    Matrix d_in;
    for (int layer = 1; layer >= 0; --layer) {
        if (drop) d_out[layer] = d_out[layer].cwiseProduct(out_mask[layer]);
        const Matrix& below = layer == 0 ? in : out[0];
        Matrix d_below = backward(lstm_[layer][0], false, packed, below, d_out[layer].topRows(kHidden), state[layer][0]);
        d_below += backward(lstm_[layer][1], true, packed, below, d_out[layer].bottomRows(kHidden), state[layer][1]);
        if (layer == 1) d_out[0] += d_below;
        else d_in = std::move(d_below);
    }
    if (drop) d_in = d_in.cwiseProduct(in_mask);
    embed_backward(packed, d_in);
    return loss;
}

double Network::train(const std::vector<const Example*>& batch, const Dropout& dropout) {
    std::size_t words = 0;
    for (const Example* example : batch) words += example->word.size();
    loss_scale_ = 1.0F / static_cast<float>(words);
    return run(Packed(batch), dropout, true, nullptr);
}

Prediction Network::predict(const Example& example) {
    std::vector<Prediction> predictions;
    run(Packed({&example}), {}, false, &predictions);
    return std::move(predictions.front());
}

SoftTargets Network::judge(const Example& example) {
    SoftTargets judged;
    run(Packed({&example}), {}, false, nullptr, &judged);
    return judged;
}

}  // namespace tercet::training

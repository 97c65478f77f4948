#include "loaders/training/name_field.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "loaders/training/eight_bits.hpp"

namespace tercet::training {
namespace {

constexpr std::size_t kLabels = language::kNameLabels;
constexpr float kRate = 0.2F;
constexpr float kShrink = 1e-5F;
constexpr double kNoGradient = 1e-6;

using Values = std::array<double, kLabels>;
using Pairs = std::array<double, kLabels * kLabels>;  ///< by label before, label

template <typename Array>
void divide_by_sum(Array& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    for (double& value : values) value /= sum;
}

/// AdaGrad; weights shrink a little whenever they are used (L2).
void step(float& weight, float& squares, double gradient) {
    const auto g = static_cast<float>(gradient) + kShrink * weight;
    squares += g * g;
    weight -= kRate * g / (std::sqrt(squares) + 1e-2F);
}

/// Forward and backward sums over all labellings of a sentence; each word's are divided by their sum, as only quotients are asked for.
class Sums {
public:
    Sums(const std::vector<Values>& local, const Pairs& move) : local_(local), move_(move), forward_(local.size()), backward_(local.size()) {
        for (std::size_t i = 0; i < local.size(); ++i) step_forward(i);
        backward_.back().fill(1);
        for (std::size_t i = local.size() - 1; i-- > 0;) step_backward(i);
    }
    [[nodiscard]] Values probabilities(std::size_t word) const {
        Values values;
        for (std::size_t y = 0; y < kLabels; ++y) values[y] = forward_[word][y] * backward_[word][y];
        divide_by_sum(values);
        return values;
    }
    /// Of the labels of a word and of the one before it; an "outside" stands before the first.
    [[nodiscard]] Pairs pair_probabilities(std::size_t word) const {
        Pairs pairs{};
        for (std::size_t k = 0; k < pairs.size(); ++k) {
            const double before = word > 0 ? forward_[word - 1][k / kLabels] : k / kLabels == 0 ? 1 : 0;
            pairs[k] = before * move_[k] * local_[word][k % kLabels] * backward_[word][k % kLabels];
        }
        divide_by_sum(pairs);
        return pairs;
    }

private:
    void step_forward(std::size_t i) {
        for (std::size_t y = 0; y < kLabels; ++y) {
            double sum = i == 0 ? move_[y] : 0;
            for (std::size_t x = 0; i > 0 && x < kLabels; ++x) sum += forward_[i - 1][x] * move_[x * kLabels + y];
            forward_[i][y] = sum * local_[i][y];
        }
        divide_by_sum(forward_[i]);
    }
    void step_backward(std::size_t i) {
        for (std::size_t x = 0; x < kLabels; ++x) {
            double sum = 0;
            for (std::size_t y = 0; y < kLabels; ++y) sum += move_[x * kLabels + y] * local_[i + 1][y] * backward_[i + 1][y];
            backward_[i][x] = sum;
        }
        divide_by_sum(backward_[i]);
    }

    const std::vector<Values>& local_;
    const Pairs& move_;
    std::vector<Values> forward_, backward_;
};

}  // namespace

NameField::NameField() : weights_((std::size_t{1} << language::kNameRowBits) * kLabels), squares_(weights_.size()) {}

void NameField::learn(const Rows& rows, const std::vector<std::uint8_t>& labels) {
    std::vector<Values> local(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Values score{};
        for (const std::uint32_t row : rows[i]) {
            for (std::size_t y = 0; y < kLabels; ++y) score[y] += weights_[row * kLabels + y];
        }
        const double most = *std::ranges::max_element(score);
        for (std::size_t y = 0; y < kLabels; ++y) local[i][y] = std::exp(score[y] - most);
    }
    Pairs move{};
    for (std::size_t k = 0; k < move.size(); ++k) move[k] = language::may_follow(k / kLabels, k % kLabels) ? std::exp(transitions_[k]) : 0;
    const Sums sums(local, move);
    Pairs expected{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Pairs pairs = sums.pair_probabilities(i);
        for (std::size_t k = 0; k < pairs.size(); ++k) expected[k] += pairs[k];
        expected[(i == 0 ? 0 : labels[i - 1]) * kLabels + labels[i]] -= 1;
        Values gradient = sums.probabilities(i);
        gradient[labels[i]] -= 1;
        for (const std::uint32_t row : rows[i]) {
            for (std::size_t y = 0; y < kLabels; ++y) {
                if (std::abs(gradient[y]) > kNoGradient) step(weights_[row * kLabels + y], squares_[row * kLabels + y], gradient[y]);
            }
        }
    }
    for (std::size_t k = 0; k < expected.size(); ++k) step(transitions_[k], transition_squares_[k], expected[k]);
}

void NameField::add(const NameField& other, float share) {
    for (std::size_t i = 0; i < weights_.size(); ++i) weights_[i] += share * other.weights_[i];
    for (std::size_t k = 0; k < transitions_.size(); ++k) transitions_[k] += share * other.transitions_[k];
}

void NameField::write(language::ModelFile& file) const {
    const float unit = std::max(eight_bit_step(weights_), eight_bit_step(transitions_));
    const auto put = [&](const char* name, std::span<const float> values) {
        language::Tensor tensor{1, static_cast<std::uint32_t>(values.size()), {unit}, {}};
        append_eight_bits(values, unit, tensor.data);
        file.tensors[name] = std::move(tensor);
    };
    put("names.weights", weights_);
    put("names.transitions", transitions_);
}

}  // namespace tercet::training

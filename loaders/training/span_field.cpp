#include "loaders/training/span_field.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "loaders/training/eight_bits.hpp"

namespace tercet::training {
namespace {

constexpr std::size_t kKinds = language::kSpanKinds.size();
constexpr unsigned kRuns = 4;
constexpr int kEpochs = 8;
constexpr float kRate = 0.1F;
constexpr float kShrink = 1e-3F;
constexpr double kNoGradient = 1e-4;

}  // namespace

SpanField::SpanField(const std::vector<SpanExample>& examples) : mean_((std::size_t{1} << language::kSpanRowBits) * kKinds) {
    std::vector<std::size_t> order(examples.size());
    std::iota(order.begin(), order.end(), 0);
    for (unsigned run = 1; run <= kRuns; ++run) {
        weights_.assign(mean_.size(), 0);
        squares_.assign(mean_.size(), 0);
        std::mt19937 random(run);
        for (int epoch = 0; epoch < kEpochs; ++epoch) {
            std::shuffle(order.begin(), order.end(), random);
            for (const std::size_t i : order) learn(examples[i], random);
        }
        for (std::size_t i = 0; i < mean_.size(); ++i) mean_[i] += weights_[i] / static_cast<float>(kRuns);
    }
}

void SpanField::learn(const SpanExample& example, std::mt19937& random) {
    kept_.clear();
    std::ranges::copy_if(example.rows, std::back_inserter(kept_), [&](std::uint32_t) { return (random() & 1U) != 0; });
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
        double sum = 0;
        for (const std::uint32_t row : kept_) sum += weights_[row * kKinds + kind];
        const double gradient = 1 / (1 + std::exp(-sum)) - (example.is[kind] ? 1 : 0);
        if (std::abs(gradient) < kNoGradient) continue;
        for (const std::uint32_t row : kept_) {
            float &weight = weights_[row * kKinds + kind], &squares = squares_[row * kKinds + kind];
            const float step = static_cast<float>(gradient) + kShrink * weight;
            squares += step * step;
            weight -= kRate * step / (std::sqrt(squares) + 1e-2F);
        }
    }
}

void SpanField::write(language::ModelFile& file) const {
    const float step = eight_bit_step(mean_);
    language::Tensor tensor{1, static_cast<std::uint32_t>(mean_.size()), {step}, {}};
    append_eight_bits(mean_, step, tensor.data);
    file.tensors["names.spans"] = std::move(tensor);
}

}  // namespace tercet::training

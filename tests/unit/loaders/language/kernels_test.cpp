#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "loaders/language/matrix.hpp"
#include "support/catch.hpp"

namespace tercet::language {
namespace {

constexpr float kTolerance = 2e-5F;

std::vector<float> some_values(std::size_t n, float most, std::mt19937& random) {
    std::uniform_real_distribution<float> uniform(-most, most);
    std::vector<float> values(n);
    for (float& value : values) value = uniform(random);
    return values;
}

Tensor some_tensor(std::uint32_t rows, std::uint32_t columns, std::mt19937& random) {
    Tensor tensor{rows, columns, some_values(rows, 0.02F, random), {}};
    for (std::size_t i = 0; i < std::size_t{rows} * columns; ++i) tensor.data.push_back(static_cast<std::int8_t>(static_cast<int>(random() % 255) - 127));
    return tensor;
}

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

const Kernels& plain() { return available_kernels().back(); }

}  // namespace

TEST_CASE("kernels: products are right, and the same bits for any number of words and inputs", "[language]") {
    std::mt19937 random(GENERATE(1U, 2U));
    const auto columns = GENERATE(std::uint32_t{1}, std::uint32_t{7}, std::uint32_t{128}, std::uint32_t{292});
    const std::uint32_t outputs = 40;
    const Tensor tensor = some_tensor(outputs, columns, random);
    const Weight weight(tensor);
    for (std::size_t words = 0; words < 20; ++words) {
        IntegerMatrix in(words, columns);
        std::vector<std::vector<float>> vectors;
        for (std::size_t w = 0; w < words; ++w) {
            vectors.push_back(some_values(columns, 3, random));
            in.set(w, vectors[w].data(), columns);
        }
        const std::size_t stride = padded(outputs) + kLane;
        const std::vector<float> before = some_values(words * stride, 1, random);
        std::vector<float> expected = before;
        plain().add_product(weight, in.rows(), expected.data(), stride);
        for (std::size_t w = 0; w < words; ++w) {
            for (std::size_t r = 0; r < outputs; ++r) {
                double sum = before[w * stride + r];
                for (std::size_t c = 0; c < columns; ++c) sum += double{vectors[w][c]} * tensor.scale[r] * tensor.data[r * columns + c];
                CHECK(std::abs(expected[w * stride + r] - static_cast<float>(sum)) < 0.02F);
            }
            CHECK(std::equal(&expected[w * stride] + padded(outputs), &expected[w * stride] + stride, &before[w * stride] + padded(outputs)));
        }
        for (const Kernels& kernels : available_kernels()) {
            CAPTURE(kernels.name, words, columns);
            std::vector<float> got = before;
            kernels.add_product(weight, in.rows(), got.data(), stride);
            CHECK(got == expected);
        }
    }
}

TEST_CASE("kernels: a step of an LSTM is what its equations say, at any size of its gates", "[language]") {
    std::mt19937 random(3);
    const auto most = GENERATE(0.1F, 4.0F, 60.0F, 1e6F);
    constexpr std::size_t kHidden = 32, kWords = 3, kStride = 48;
    const std::vector<float> gates = some_values(kWords * 4 * kHidden, most, random);
    const std::vector<float> before = some_values(kWords * kHidden, 2, random);
    for (const Kernels& kernels : available_kernels()) {
        CAPTURE(kernels.name, most);
        std::vector<float> cell = before, expected_cell = before;
        std::vector<std::int16_t> output(kWords * kStride, 7), expected_output = output;
        kernels.lstm_step({gates.data(), cell.data(), output.data(), kStride, kHidden, kWords});
        plain().lstm_step({gates.data(), expected_cell.data(), expected_output.data(), kStride, kHidden, kWords});
        CHECK(cell == expected_cell);
        CHECK(output == expected_output);
        for (std::size_t w = 0; w < kWords; ++w) {
            const float* gate = &gates[w * 4 * kHidden];
            for (std::size_t r = 0; r < kHidden; ++r) {
                const float state = sigmoid(gate[r]) * std::tanh(gate[2 * kHidden + r]) + sigmoid(gate[kHidden + r]) * before[w * kHidden + r];
                CHECK(std::abs(cell[w * kHidden + r] - state) < kTolerance);
                const float out = sigmoid(gate[3 * kHidden + r]) * std::tanh(state);
                CHECK(std::abs(static_cast<float>(output[w * kStride + r]) / IntegerMatrix::kRange - out) < 2 * kTolerance);
            }
            CHECK(output[w * kStride + kHidden] == 7);
        }
    }
}

TEST_CASE("kernels: dot products and probabilities", "[language]") {
    std::mt19937 random(4);
    constexpr std::size_t kWidth = 48, kOthers = 5;
    const std::vector<float> vector = some_values(kWidth, 1, random), others = some_values(kOthers * kWidth, 1, random);
    for (const Kernels& kernels : available_kernels()) {
        CAPTURE(kernels.name);
        std::vector<float> got(kOthers), expected(kOthers);
        kernels.dots(vector.data(), others.data(), kOthers, kWidth, got.data());
        plain().dots(vector.data(), others.data(), kOthers, kWidth, expected.data());
        CHECK(got == expected);
        for (std::size_t o = 0; o < kOthers; ++o) {
            double sum = 0;
            for (std::size_t i = 0; i < kWidth; ++i) sum += double{vector[i]} * others[o * kWidth + i];
            CHECK(std::abs(got[o] - static_cast<float>(sum)) < kTolerance);
        }
        for (std::size_t n = 1; n < 40; ++n) {
            std::vector<float> scores = some_values(n, 8, random);
            if (n > 1) scores[1] = -1e9F;
            double sum = 0;
            for (const float score : scores) sum += std::exp(double{score});
            const std::size_t chosen = n / 3 == 1 ? 0 : n / 3;
            const float share = kernels.probability(scores.data(), n, chosen);
            CHECK(share == plain().probability(scores.data(), n, chosen));
            CHECK(std::abs(share - static_cast<float>(std::exp(double{scores[chosen]}) / sum)) < kTolerance);
        }
    }
}

}  // namespace tercet::language

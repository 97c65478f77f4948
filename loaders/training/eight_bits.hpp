#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

/// Weights as models keep them: whole numbers of eight bits, times a step.
namespace tercet::training {

/// The step by which the largest of the weights just fits.
[[nodiscard]] inline float eight_bit_step(std::span<const float> weights) {
    float most = 1e-6F;
    for (const float weight : weights) most = std::max(most, std::abs(weight));
    return most / 127;
}

/// None of the weights may be larger than 127 steps.
inline void append_eight_bits(std::span<const float> weights, float step, std::vector<std::int8_t>& data) {
    for (const float weight : weights) data.push_back(static_cast<std::int8_t>(std::lround(weight / step)));
}

}  // namespace tercet::training

#include "loaders/article/confidence.hpp"

#include <algorithm>
#include <cmath>

namespace tercet::article {
namespace {

constexpr double kSlope = 0.544;
constexpr double kOffset = 3.057;

}  // namespace

double calibrated(double raw) noexcept {
    const double p = std::clamp(raw, 0.005, 0.995);
    return std::clamp(1 / (1 + std::exp(-(kSlope * std::log(p / (1 - p)) + kOffset))), 0.01, 0.99);
}

}  // namespace tercet::article

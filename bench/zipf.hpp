#pragma once

#include <cmath>
#include <cstdint>
#include <random>

namespace tercet::bench {

using Random = std::mt19937_64;

inline double uniform(Random& random) { return static_cast<double>(random() >> 11U) * 0x1.0p-53; }

/// Numbers from 1 to n, k with a probability in proportion to k^-exponent: rejection-inversion (Hoermann and Derflinger 1996).
class Zipf {
public:
    Zipf(std::uint64_t n, double exponent)
        : n_(static_cast<double>(n)), exponent_(exponent), first_(integral(1.5) - 1), last_(integral(n_ + 0.5)),
          shortcut_(2 - inverse(integral(2.5) - std::pow(2, -exponent))) {}

    std::uint64_t operator()(Random& random) const {
        for (;;) {
            const double u = last_ + uniform(random) * (first_ - last_);
            const double x = inverse(u);
            const double k = std::fmin(std::fmax(std::floor(x + 0.5), 1), n_);
            if (k - x <= shortcut_ || u >= integral(k + 0.5) - std::pow(k, -exponent_)) return static_cast<std::uint64_t>(k);
        }
    }

private:
    [[nodiscard]] double integral(double x) const { return std::expm1((1 - exponent_) * std::log(x)) / (1 - exponent_); }
    [[nodiscard]] double inverse(double x) const { return std::exp(std::log1p(x * (1 - exponent_)) / (1 - exponent_)); }

    double n_, exponent_, first_, last_, shortcut_;
};

}  // namespace tercet::bench

#include "loaders/language/matrix.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#if defined(__x86_64__)
#define TERCET_TARGET(features) __attribute__((target(features)))
#else
#define TERCET_TARGET(features)
#endif
#define TERCET_INLINE __attribute__((always_inline)) inline

namespace tercet::language {
namespace {

using Vector [[gnu::vector_size(kLane * sizeof(float)), gnu::aligned(alignof(float)), gnu::may_alias]] = float;

/// kRows rows of the weight times kWidth lanes of columns, accumulated in registers.
template <int kRows, int kWidth>
TERCET_INLINE void tile(const float* weight, std::size_t depth, const float* in, std::size_t in_stride, float* out,
                        std::size_t out_stride) {
    Vector sum[kRows][kWidth];
    for (int r = 0; r < kRows; ++r) {
        for (int w = 0; w < kWidth; ++w) sum[r][w] = *reinterpret_cast<const Vector*>(out + r * out_stride + w * kLane);
    }
    for (std::size_t k = 0; k < depth; ++k) {
        Vector lane[kWidth];
        for (int w = 0; w < kWidth; ++w) lane[w] = *reinterpret_cast<const Vector*>(in + k * in_stride + w * kLane);
        for (int r = 0; r < kRows; ++r) {
            for (int w = 0; w < kWidth; ++w) sum[r][w] += weight[r * depth + k] * lane[w];
        }
    }
    for (int r = 0; r < kRows; ++r) {
        for (int w = 0; w < kWidth; ++w) *reinterpret_cast<Vector*>(out + r * out_stride + w * kLane) = sum[r][w];
    }
}

template <int kWidth>
TERCET_INLINE void panel(const Weight& weight, const float* in, std::size_t in_stride, float* out, std::size_t out_stride) {
    constexpr int kRows = 4;
    std::size_t r = 0;
    for (; r + kRows <= weight.rows; r += kRows) {
        tile<kRows, kWidth>(weight.values.data() + r * weight.columns, weight.columns, in, in_stride, out + r * out_stride, out_stride);
    }
    for (; r < weight.rows; ++r) {
        tile<1, kWidth>(weight.values.data() + r * weight.columns, weight.columns, in, in_stride, out + r * out_stride, out_stride);
    }
}

TERCET_INLINE void product(const Weight& weight, const float* in, std::size_t in_stride, float* out, std::size_t out_stride,
                           std::size_t n) {
    std::size_t c = 0;
    for (; c + 4 * kLane <= n; c += 4 * kLane) panel<4>(weight, in + c, in_stride, out + c, out_stride);
    for (; c < n; c += kLane) panel<1>(weight, in + c, in_stride, out + c, out_stride);
}

/// e^x by splitting off a power of two; relative error below 1e-6 on the clamped range.
TERCET_INLINE float fast_exp(float x) {
    x = std::min(std::max(x, -80.0F), 80.0F);
    const float t = x * 1.44269504F;
    const float whole = static_cast<float>(static_cast<std::int32_t>(t + (t < 0 ? -0.5F : 0.5F)));
    const float f = (t - whole) * 0.693147181F;
    const float p = 1 + f * (1 + f * (0.5F + f * (0.166666667F + f * (0.0416666667F + f * (0.00833333333F + f * 0.00138888889F)))));
    const std::int32_t bits = (static_cast<std::int32_t>(whole) + 127) << 23;
    float scale = 0;
    std::memcpy(&scale, &bits, sizeof scale);
    return p * scale;
}
TERCET_INLINE float sigmoid(float x) { return 1 / (1 + fast_exp(-x)); }
TERCET_INLINE float hyperbolic_tangent(float x) { return 2 / (1 + fast_exp(-2 * x)) - 1; }

TERCET_INLINE void step_rows(const LstmStep& s) {
    const std::size_t h = s.hidden_rows;
    for (std::size_t r = 0; r < h; ++r) {
        const float* i = s.gates->row(r) + s.at;
        const float* f = s.gates->row(h + r) + s.at;
        const float* g = s.gates->row(2 * h + r) + s.at;
        const float* o = s.gates->row(3 * h + r) + s.at;
        float* cell = s.cell->row(r) + s.at;
        const float* previous = s.cell->row(r) + s.before;
        float* hidden = s.hidden->row(s.hidden_row + r) + s.at;
        for (std::size_t c = 0; c < s.n; ++c) cell[c] = sigmoid(i[c]) * hyperbolic_tangent(g[c]);
        for (std::size_t c = 0; c < s.before_n; ++c) cell[c] += sigmoid(f[c]) * previous[c];
        for (std::size_t c = 0; c < s.n; ++c) hidden[c] = sigmoid(o[c]) * hyperbolic_tangent(cell[c]);
    }
}

using Product = void (*)(const Weight&, const float*, std::size_t, float*, std::size_t, std::size_t);
using Step = void (*)(const LstmStep&);
struct Kernels {
    Product product;
    Step step;
};

void product_plain(const Weight& w, const float* in, std::size_t is, float* out, std::size_t os, std::size_t n) {
    product(w, in, is, out, os, n);
}
void step_plain(const LstmStep& s) { step_rows(s); }

#if defined(__x86_64__)
TERCET_TARGET("avx2,fma")
void product_avx2(const Weight& w, const float* in, std::size_t is, float* out, std::size_t os, std::size_t n) {
    product(w, in, is, out, os, n);
}
TERCET_TARGET("avx2,fma") void step_avx2(const LstmStep& s) { step_rows(s); }
TERCET_TARGET("avx512f,avx512dq,avx512vl,avx512bw,fma,prefer-vector-width=512")
void product_avx512(const Weight& w, const float* in, std::size_t is, float* out, std::size_t os, std::size_t n) {
    product(w, in, is, out, os, n);
}
TERCET_TARGET("avx512f,avx512dq,avx512vl,avx512bw,fma,prefer-vector-width=512")
void step_avx512(const LstmStep& s) { step_rows(s); }

Kernels choose() {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw")) {
        return {product_avx512, step_avx512};
    }
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return {product_avx2, step_avx2};
    return {product_plain, step_plain};
}
#else
Kernels choose() { return {product_plain, step_plain}; }
#endif

const Kernels& kernels() {
    static const Kernels chosen = choose();
    return chosen;
}

}  // namespace

void multiply_add(const Weight& weight, const Matrix& in, std::size_t from, Matrix& out, std::size_t to, std::size_t n) {
    kernels().product(weight, in.row(0) + from, in.columns(), out.row(0) + to, out.columns(), n);
}

void fill_columns(const Weight& bias, Matrix& out) {
    for (std::size_t r = 0; r < out.rows(); ++r) std::fill_n(out.row(r), out.columns(), bias.values[r]);
}

void lstm_step(const LstmStep& step) { kernels().step(step); }

}  // namespace tercet::language

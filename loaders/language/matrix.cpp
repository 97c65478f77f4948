#include "loaders/language/matrix.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#if defined(__x86_64__)
#include <immintrin.h>
#define TERCET_TARGET(features) __attribute__((target(features)))
#ifdef __clang__  // knows no such word, and chooses the width by itself
#define TERCET_WIDE ""
#else
#define TERCET_WIDE ",prefer-vector-width=512"
#endif
#endif
#define TERCET_INLINE __attribute__((always_inline)) inline

namespace tercet::language {
namespace {

constexpr float kIntegerRange = 32767;  // times 127 times the widest input is well below 2^31

/// The sums of one block of outputs for some words, in any order: they are integers.
using Tile = void (*)(const std::int16_t* weight, std::size_t pairs, const std::int16_t* in, std::size_t in_stride,
                      std::int32_t (*sums)[kLane]);

TERCET_INLINE void add_scaled(const std::int32_t* sums, const float* weight_scale, float in_scale, float* out) {
    for (std::size_t r = 0; r < kLane; ++r) out[r] += static_cast<float>(sums[r]) * (weight_scale[r] * in_scale);
}

/// Goes through the outputs block by block, so that a block's weights stay in the nearest cache for all words.
template <std::size_t kWords, Tile kMany, Tile kOne>
void product(const Weight& weight, const std::int16_t* in, const float* in_scale, std::size_t words, float* out, std::size_t stride) {
    const std::size_t pairs = (weight.columns + 1) / 2;
    alignas(64) std::int32_t sums[kWords][kLane];
    for (std::size_t block = 0; block * kLane < weight.rows; ++block) {
        const std::int16_t* values = weight.packed.data() + block * pairs * 2 * kLane;
        const float* scale = weight.scale.data() + block * kLane;
        std::size_t w = 0;
        for (; w + kWords <= words; w += kWords) {
            kMany(values, pairs, in + w * pairs * 2, pairs * 2, sums);
            for (std::size_t i = 0; i < kWords; ++i) add_scaled(sums[i], scale, in_scale[w + i], out + (w + i) * stride + block * kLane);
        }
        for (; w < words; ++w) {
            kOne(values, pairs, in + w * pairs * 2, pairs * 2, sums);
            add_scaled(sums[0], scale, in_scale[w], out + w * stride + block * kLane);
        }
    }
}

void tile_plain(const std::int16_t* weight, std::size_t pairs, const std::int16_t* in, std::size_t, std::int32_t (*sums)[kLane]) {
    std::int32_t sum[kLane] = {};
    for (std::size_t k = 0; k < pairs; ++k) {
        for (std::size_t r = 0; r < kLane; ++r) {
            sum[r] += weight[k * 2 * kLane + 2 * r] * in[2 * k] + weight[k * 2 * kLane + 2 * r + 1] * in[2 * k + 1];
        }
    }
    std::copy_n(sum, kLane, sums[0]);
}

TERCET_INLINE float exponential(float x) {
    x = std::min(std::max(x, -80.0F), 80.0F);
    const float t = x * 1.44269504F;
    const float whole = static_cast<float>(static_cast<std::int32_t>(t + (t < 0 ? -0.5F : 0.5F)));
    const float f = (t - whole) * 0.693147181F;
    const float p = 1 + f * (1 + f * (0.5F + f * (0.166666667F + f * (0.0416666667F + f * (0.00833333333F + f * 0.00138888889F)))));
    return p * std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
}
TERCET_INLINE float sigmoid(float x) { return 1 / (1 + exponential(-x)); }
TERCET_INLINE float hyperbolic_tangent(float x) { return 2 / (1 + exponential(-2 * x)) - 1; }

TERCET_INLINE void step_words(const LstmStep& s) {
    const std::size_t h = s.hidden;
    for (std::size_t w = 0; w < s.words; ++w) {
        const float* gate = s.gates + w * 4 * h;
        float* __restrict cell = s.cell + w * h;
        float* __restrict output = s.output + w * s.output_stride;
        for (std::size_t r = 0; r < h; ++r) cell[r] = sigmoid(gate[r]) * hyperbolic_tangent(gate[2 * h + r]);
        if (w < s.previous_words) {
            const float* previous = s.previous_cell + w * h;
            for (std::size_t r = 0; r < h; ++r) cell[r] += sigmoid(gate[h + r]) * previous[r];
        }
        for (std::size_t r = 0; r < h; ++r) output[r] = sigmoid(gate[3 * h + r]) * hyperbolic_tangent(cell[r]);
    }
}
void step_plain(const LstmStep& s) { step_words(s); }

#if defined(__x86_64__)
std::int32_t pair_at(const std::int16_t* in) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, in, sizeof pair);
    return pair;
}

template <int kWords>
TERCET_TARGET("avx2")
void tile_avx2(const std::int16_t* weight, std::size_t pairs, const std::int16_t* in, std::size_t in_stride, std::int32_t (*sums)[kLane]) {
    __m256i low[kWords], high[kWords];
    for (int w = 0; w < kWords; ++w) low[w] = high[w] = _mm256_setzero_si256();
    for (std::size_t k = 0; k < pairs; ++k) {
        const auto* at = reinterpret_cast<const __m256i*>(weight + k * 2 * kLane);
        const __m256i first = _mm256_loadu_si256(at), second = _mm256_loadu_si256(at + 1);
        for (int w = 0; w < kWords; ++w) {
            const __m256i pair = _mm256_set1_epi32(pair_at(in + static_cast<std::size_t>(w) * in_stride + 2 * k));
            low[w] = _mm256_add_epi32(low[w], _mm256_madd_epi16(first, pair));
            high[w] = _mm256_add_epi32(high[w], _mm256_madd_epi16(second, pair));
        }
    }
    for (int w = 0; w < kWords; ++w) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(sums[w]), low[w]);
        _mm256_store_si256(reinterpret_cast<__m256i*>(sums[w]) + 1, high[w]);
    }
}
TERCET_TARGET("avx2") void step_avx2(const LstmStep& s) { step_words(s); }

constexpr int kWide = 8;

template <int kWords>
TERCET_TARGET("avx512f,avx512bw")
void tile_avx512(const std::int16_t* weight, std::size_t pairs, const std::int16_t* in, std::size_t in_stride, std::int32_t (*sums)[kLane]) {
    __m512i sum[kWords];
    for (int w = 0; w < kWords; ++w) sum[w] = _mm512_setzero_si512();
    for (std::size_t k = 0; k < pairs; ++k) {
        const __m512i values = _mm512_loadu_si512(weight + k * 2 * kLane);
        for (int w = 0; w < kWords; ++w) {
            const __m512i pair = _mm512_set1_epi32(pair_at(in + static_cast<std::size_t>(w) * in_stride + 2 * k));
            sum[w] = _mm512_add_epi32(sum[w], _mm512_madd_epi16(values, pair));
        }
    }
    for (int w = 0; w < kWords; ++w) _mm512_store_si512(sums[w], sum[w]);
}

template <int kWords>
TERCET_TARGET("avx512f,avx512bw,avx512vnni")
void tile_vnni(const std::int16_t* weight, std::size_t pairs, const std::int16_t* in, std::size_t in_stride, std::int32_t (*sums)[kLane]) {
    __m512i sum[kWords];
    for (int w = 0; w < kWords; ++w) sum[w] = _mm512_setzero_si512();
    for (std::size_t k = 0; k < pairs; ++k) {
        const __m512i values = _mm512_loadu_si512(weight + k * 2 * kLane);
        for (int w = 0; w < kWords; ++w) {
            sum[w] = _mm512_dpwssd_epi32(sum[w], values, _mm512_set1_epi32(pair_at(in + static_cast<std::size_t>(w) * in_stride + 2 * k)));
        }
    }
    for (int w = 0; w < kWords; ++w) _mm512_store_si512(sums[w], sum[w]);
}
TERCET_TARGET("avx512f,avx512dq,avx512vl,avx512bw" TERCET_WIDE) void step_avx512(const LstmStep& s) { step_words(s); }
#endif

std::vector<Kernels> find_kernels() {
    std::vector<Kernels> found;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw")) {
        if (__builtin_cpu_supports("avx512vnni")) found.push_back({"AVX-512 VNNI", product<kWide, tile_vnni<kWide>, tile_vnni<1>>, step_avx512});
        found.push_back({"AVX-512", product<kWide, tile_avx512<kWide>, tile_avx512<1>>, step_avx512});
    }
    if (__builtin_cpu_supports("avx2")) found.push_back({"AVX2", product<4, tile_avx2<4>, tile_avx2<1>>, step_avx2});
#endif
    found.push_back({"plain", product<1, tile_plain, tile_plain>, step_plain});
    return found;
}

void store(const float* vector, std::size_t columns, float factor, std::int16_t* out) {
    for (std::size_t c = 0; c < columns; ++c) {
        const float value = vector[c] * factor;
        out[c] = static_cast<std::int16_t>(static_cast<std::int32_t>(value + (value < 0 ? -0.5F : 0.5F)));
    }
}

}  // namespace

void IntegerMatrix::set(std::size_t row, const float* vector, std::size_t columns) {
    float most = 0;
    for (std::size_t c = 0; c < columns; ++c) most = std::max(most, std::abs(vector[c]));
    scale[row] = most / kIntegerRange;
    store(vector, columns, most > 0 ? kIntegerRange / most : 0, values.data() + row * stride);
}

void IntegerMatrix::set_unit(std::size_t row, const float* vector, std::size_t columns) {
    scale[row] = 1 / kIntegerRange;
    store(vector, columns, kIntegerRange, values.data() + row * stride);
}

Weight::Weight(const Tensor& tensor) : rows(tensor.rows), columns(tensor.columns), scale(padded(tensor.rows), 0.0F) {
    const std::size_t pairs = (columns + 1) / 2;
    packed.assign(padded(rows) * pairs * 2, 0);
    std::copy(tensor.scale.begin(), tensor.scale.end(), scale.begin());
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            const std::size_t at = (r / kLane * pairs + c / 2) * 2 * kLane + r % kLane * 2 + c % 2;
            packed[at] = tensor.data[r * columns + c];
        }
    }
}

std::span<const Kernels> available_kernels() {
    static const std::vector<Kernels> found = find_kernels();
    return found;
}

float fast_exp(float x) { return exponential(x); }

}  // namespace tercet::language

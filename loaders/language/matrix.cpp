#include "loaders/language/matrix.hpp"

#include <algorithm>
#include <array>
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

/// One block of outputs for some words: out[w] += scale * (weight * in[w]). Its sums are of integers, so their order is free.
using Tile = void (*)(const std::int16_t* weight, const float* weight_scale, std::size_t pairs, const IntegerRows& in, std::size_t word,
                      float* out, std::size_t stride);

/// Goes through the outputs block by block, so that a block's weights stay in the nearest cache for all words. `tiles` are for one
/// word, two, and so on; most words go by the last of them.
template <std::size_t kWords>
TERCET_INLINE void product(const std::array<Tile, kWords>& tiles, const Weight& weight, const IntegerRows& in, float* out, std::size_t stride) {
    const std::size_t pairs = weight.pairs();
    for (std::size_t block = 0; block * kLane < weight.rows; ++block) {
        const std::int16_t* values = weight.packed.data() + block * pairs * 2 * kLane;
        const float* scale = weight.scale.data() + block * kLane;
        for (std::size_t w = 0; w < in.count;) {
            const std::size_t words = std::min(kWords, in.count - w);
            tiles[words - 1](values, scale, pairs, in, w, out + w * stride + block * kLane, stride);
            w += words;
        }
    }
}

void tile_plain(const std::int16_t* weight, const float* weight_scale, std::size_t pairs, const IntegerRows& in, std::size_t word, float* out,
                std::size_t) {
    std::int32_t sum[kLane] = {};
    const std::int16_t* values = in.values + word * in.stride;
    for (std::size_t k = 0; k < pairs; ++k) {
        for (std::size_t r = 0; r < kLane; ++r) {
            sum[r] += weight[k * 2 * kLane + 2 * r] * values[2 * k] + weight[k * 2 * kLane + 2 * r + 1] * values[2 * k + 1];
        }
    }
    for (std::size_t r = 0; r < kLane; ++r) out[r] += static_cast<float>(sum[r]) * (weight_scale[r] * in.scale[word]);
}
void product_plain(const Weight& weight, const IntegerRows& in, float* out, std::size_t stride) {
    product(std::array<Tile, 1>{tile_plain}, weight, in, out, stride);
}

/// e^x by splitting off a power of two; relative error below 1e-6 within [-80, 80], where it is clamped.
TERCET_INLINE float exponential(float x) {
    constexpr float kRound = 12582912;  // 1.5 * 2^23: what is added to it is rounded to a whole number, which its last bits then hold
    x = std::min(std::max(x, -80.0F), 80.0F);
    const float shifted = x * 1.44269504F + kRound;
    const float f = x - (shifted - kRound) * 0.693147181F;
    const float p = 1 + f * (1 + f * (0.5F + f * (0.166666667F + f * (0.0416666667F + f * (0.00833333333F + f * 0.00138888889F)))));
    return p * std::bit_cast<float>((std::bit_cast<std::uint32_t>(shifted) + 127U) << 23U);
}

/// The nearest whole number, for values that fit.
TERCET_INLINE std::int16_t rounded(float x) { return static_cast<std::int16_t>(static_cast<std::int32_t>(x + (x < 0 ? -0.5F : 0.5F))); }

/// Sigmoid and hyperbolic tangent by e^x, products of two of them with one division.
TERCET_INLINE void step_words(const LstmStep& s) {
    const std::size_t h = s.hidden;
    for (std::size_t w = 0; w < s.words; ++w) {
        const float* gate = s.gates + w * 4 * h;
        float* __restrict cell = s.cell + w * h;
        std::int16_t* __restrict output = s.output + w * s.output_stride;
        for (std::size_t r = 0; r < h; ++r) {
            const float input = exponential(-gate[r]), forget = exponential(-gate[h + r]), update = exponential(-2 * gate[2 * h + r]);
            cell[r] = (1 - update) / ((1 + input) * (1 + update)) + cell[r] / (1 + forget);
        }
        for (std::size_t r = 0; r < h; ++r) {
            const float open = exponential(-gate[3 * h + r]), state = exponential(-2 * cell[r]);
            output[r] = rounded(IntegerMatrix::kRange * ((1 - state) / ((1 + open) * (1 + state))));
        }
    }
}

/// The sum of a lane, halves added to halves.
TERCET_INLINE float sum_of(float* lane) {
    for (std::size_t half = kLane / 2; half > 0; half /= 2) {
        for (std::size_t k = 0; k < half; ++k) lane[k] += lane[k + half];
    }
    return lane[0];
}

TERCET_INLINE void dot_each(const float* vector, const float* others, std::size_t count, std::size_t n, float* out) {
    for (std::size_t o = 0; o < count; ++o) {
        const float* other = others + o * n;
        float lane[kLane] = {};
        for (std::size_t i = 0; i < n; i += kLane) {
            for (std::size_t k = 0; k < kLane; ++k) lane[k] += vector[i + k] * other[i + k];
        }
        out[o] = sum_of(lane);
    }
}

TERCET_INLINE float share_of(const float* scores, std::size_t n, std::size_t chosen) {
    float most = scores[0];
    for (std::size_t i = 1; i < n; ++i) most = std::max(most, scores[i]);
    float lane[kLane] = {};
    std::size_t i = 0;
    for (; i + kLane <= n; i += kLane) {
        for (std::size_t k = 0; k < kLane; ++k) lane[k] += exponential(scores[i + k] - most);
    }
    for (std::size_t k = 0; i < n; ++i, ++k) lane[k] += exponential(scores[i] - most);
    return exponential(scores[chosen] - most) / sum_of(lane);
}

/// The loops above, compiled for one kind of machine.
#define TERCET_LOOPS(kind, target)                                                                                     \
    target void step_##kind(const LstmStep& s) { step_words(s); }                                                      \
    target void dots_##kind(const float* vector, const float* others, std::size_t count, std::size_t n, float* out) {  \
        dot_each(vector, others, count, n, out);                                                                       \
    }                                                                                                                  \
    target float probability_##kind(const float* scores, std::size_t n, std::size_t chosen) { return share_of(scores, n, chosen); }

TERCET_LOOPS(plain, )

#if defined(__x86_64__)
std::int32_t pair_at(const std::int16_t* in) {
    std::int32_t pair = 0;
    __builtin_memcpy(&pair, in, sizeof pair);
    return pair;
}

TERCET_LOOPS(avx2, TERCET_TARGET("avx2"))

/// A sum that the compiler leaves where it stands: all products before all sums would not fit into the registers.
TERCET_TARGET("avx2") TERCET_INLINE __m256i add_in_order(__m256i a, __m256i b) {
    asm volatile("vpaddd %1, %0, %0" : "+x"(a) : "x"(b));
    return a;
}

TERCET_TARGET("avx2") TERCET_INLINE void add_scaled(__m256i sum, __m256 scale, float* out) {
    _mm256_storeu_ps(out, _mm256_add_ps(_mm256_loadu_ps(out), _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale)));
}

template <int kWords>
TERCET_TARGET("avx2")
void tile_avx2(const std::int16_t* weight, const float* weight_scale, std::size_t pairs, const IntegerRows& in, std::size_t word, float* out,
               std::size_t stride) {
    __m256i low[kWords], high[kWords];
    const std::int16_t* values[kWords];
    for (int w = 0; w < kWords; ++w) {
        low[w] = high[w] = _mm256_setzero_si256();
        values[w] = in.values + (word + static_cast<std::size_t>(w)) * in.stride;
    }
    for (std::size_t k = 0; k < pairs; ++k) {
        const auto* at = reinterpret_cast<const __m256i*>(weight + k * 2 * kLane);
        const __m256i first = _mm256_load_si256(at), second = _mm256_load_si256(at + 1);
        for (int w = 0; w < kWords; ++w) {
            const __m256i pair = _mm256_set1_epi32(pair_at(values[w] + 2 * k));
            low[w] = add_in_order(low[w], _mm256_madd_epi16(first, pair));
            high[w] = add_in_order(high[w], _mm256_madd_epi16(second, pair));
        }
    }
    const __m256 low_scale = _mm256_load_ps(weight_scale), high_scale = _mm256_load_ps(weight_scale + kLane / 2);
    for (int w = 0; w < kWords; ++w) {
        const __m256 scale = _mm256_set1_ps(in.scale[word + static_cast<std::size_t>(w)]);
        add_scaled(low[w], _mm256_mul_ps(low_scale, scale), out + static_cast<std::size_t>(w) * stride);
        add_scaled(high[w], _mm256_mul_ps(high_scale, scale), out + static_cast<std::size_t>(w) * stride + kLane / 2);
    }
}
void product_avx2(const Weight& weight, const IntegerRows& in, float* out, std::size_t stride) {
    product(std::array<Tile, 6>{tile_avx2<1>, tile_avx2<2>, tile_avx2<3>, tile_avx2<4>, tile_avx2<5>, tile_avx2<6>}, weight, in, out, stride);
}

#define TERCET_AVX512 "avx512f,avx512dq,avx512vl,avx512bw"
TERCET_LOOPS(avx512, TERCET_TARGET(TERCET_AVX512 TERCET_WIDE))

/// How a machine adds products of pairs to sums.
struct Avx512 {
    TERCET_TARGET(TERCET_AVX512) TERCET_INLINE static __m512i add(__m512i sum, __m512i values, __m512i pair) {
        return _mm512_add_epi32(sum, _mm512_madd_epi16(values, pair));
    }
};
struct Vnni {
    TERCET_TARGET(TERCET_AVX512 ",avx512vnni") TERCET_INLINE static __m512i add(__m512i sum, __m512i values, __m512i pair) {
        return _mm512_dpwssd_epi32(sum, values, pair);
    }
};

#define TERCET_WIDE_TILE(name, target, Machine)                                                                                            \
    template <int kWords>                                                                                                                  \
    TERCET_TARGET(target)                                                                                                                  \
    void name(const std::int16_t* weight, const float* weight_scale, std::size_t pairs, const IntegerRows& in, std::size_t word, float* out, \
              std::size_t stride) {                                                                                                        \
        __m512i sum[kWords];                                                                                                               \
        const std::int16_t* values[kWords];                                                                                                \
        for (int w = 0; w < kWords; ++w) {                                                                                                 \
            sum[w] = _mm512_setzero_si512();                                                                                               \
            values[w] = in.values + (word + static_cast<std::size_t>(w)) * in.stride;                                                      \
        }                                                                                                                                  \
        for (std::size_t k = 0; k < pairs; ++k) {                                                                                          \
            const __m512i block = _mm512_load_si512(weight + k * 2 * kLane);                                                               \
            for (int w = 0; w < kWords; ++w) sum[w] = Machine::add(sum[w], block, _mm512_set1_epi32(pair_at(values[w] + 2 * k)));          \
        }                                                                                                                                  \
        const __m512 block_scale = _mm512_load_ps(weight_scale);                                                                           \
        for (int w = 0; w < kWords; ++w) {                                                                                                 \
            float* to = out + static_cast<std::size_t>(w) * stride;                                                                        \
            const __m512 scale = _mm512_mul_ps(block_scale, _mm512_set1_ps(in.scale[word + static_cast<std::size_t>(w)]));                 \
            _mm512_storeu_ps(to, _mm512_add_ps(_mm512_loadu_ps(to), _mm512_mul_ps(_mm512_maskz_cvtepi32_ps(0xFFFF, sum[w]), scale)));                    \
        }                                                                                                                                  \
    }
TERCET_WIDE_TILE(tile_avx512, TERCET_AVX512, Avx512)
TERCET_WIDE_TILE(tile_vnni, TERCET_AVX512 ",avx512vnni", Vnni)

void product_avx512(const Weight& weight, const IntegerRows& in, float* out, std::size_t stride) {
    product(std::array<Tile, 8>{tile_avx512<1>, tile_avx512<2>, tile_avx512<3>, tile_avx512<4>, tile_avx512<5>, tile_avx512<6>,
                                tile_avx512<7>, tile_avx512<8>},
            weight, in, out, stride);
}
void product_vnni(const Weight& weight, const IntegerRows& in, float* out, std::size_t stride) {
    product(std::array<Tile, 8>{tile_vnni<1>, tile_vnni<2>, tile_vnni<3>, tile_vnni<4>, tile_vnni<5>, tile_vnni<6>, tile_vnni<7>,
                                tile_vnni<8>},
            weight, in, out, stride);
}
#endif

std::vector<Kernels> find_kernels() {
    std::vector<Kernels> found;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw")) {
        if (__builtin_cpu_supports("avx512vnni")) found.push_back({"AVX-512 VNNI", product_vnni, step_avx512, dots_avx512, probability_avx512});
        found.push_back({"AVX-512", product_avx512, step_avx512, dots_avx512, probability_avx512});
    }
    if (__builtin_cpu_supports("avx2")) found.push_back({"AVX2", product_avx2, step_avx2, dots_avx2, probability_avx2});
#endif
    found.push_back({"plain", product_plain, step_plain, dots_plain, probability_plain});
    return found;
}

}  // namespace

void IntegerMatrix::set(std::size_t r, const float* vector, std::size_t columns) {
    float most = 0;
    for (std::size_t c = 0; c < columns; ++c) most = std::max(most, std::abs(vector[c]));
    scale_[r] = most / kRange;
    const float factor = most > 0 ? kRange / most : 0;
    std::int16_t* out = row(r);
    for (std::size_t c = 0; c < columns; ++c) out[c] = rounded(vector[c] * factor);
}

Weight::Weight(const Tensor& tensor) : rows(tensor.rows), columns(tensor.columns), scale(padded(tensor.rows), 0.0F) {
    packed.assign(padded(rows) * pairs() * 2, 0);
    std::copy(tensor.scale.begin(), tensor.scale.end(), scale.begin());
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            const std::size_t at = (r / kLane * pairs() + c / 2) * 2 * kLane + r % kLane * 2 + c % 2;
            packed[at] = tensor.data[r * columns + c];
        }
    }
}

std::span<const Kernels> available_kernels() {
    static const std::vector<Kernels> found = find_kernels();
    return found;
}

}  // namespace tercet::language

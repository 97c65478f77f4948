#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "loaders/language/model_file.hpp"

/// Matrices for running the network. A row is a word's vector. Products are of integers, and what is left in floating point is
/// done value by value without fused operations, so that every machine gives the same bits.
namespace tercet::language {

inline constexpr std::size_t kLane = 16;  ///< a block of outputs that a kernel makes at once
[[nodiscard]] constexpr std::size_t padded(std::size_t n) noexcept { return (n + kLane - 1) / kLane * kLane; }

/// Row-major; new matrices are zero. Rows are padded to whole blocks, with zeros.
class Matrix {
public:
    Matrix() = default;
    Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(padded(columns)), values_(rows * columns_, 0.0F) {}

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
    [[nodiscard]] float* row(std::size_t r) noexcept { return values_.data() + r * columns_; }
    [[nodiscard]] const float* row(std::size_t r) const noexcept { return values_.data() + r * columns_; }

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<float> values_;
};

/// Vectors of 16-bit integers with a scale each: what products take.
struct IntegerMatrix {
    IntegerMatrix(std::size_t rows, std::size_t columns)
        : stride((columns + 1) / 2 * 2), values(rows * stride), scale(rows, 0.0F) {}

    /// Stores a vector by its largest value.
    void set(std::size_t row, const float* vector, std::size_t columns);
    /// Stores a vector of values within [-1, 1].
    void set_unit(std::size_t row, const float* vector, std::size_t columns);

    std::size_t stride;  ///< even: products take values in pairs
    std::vector<std::int16_t> values;
    std::vector<float> scale;
};

/// A trained weight, ready for the kernels: blocks of kLane outputs, within a block pairs of inputs, the outputs side by side.
struct Weight {
    Weight() = default;
    explicit Weight(const Tensor& tensor);

    std::size_t rows = 0;     ///< outputs
    std::size_t columns = 0;  ///< inputs
    std::vector<std::int16_t> packed;
    std::vector<float> scale;  ///< per output, padded with zeros
};

/// One step of an LSTM for some words, rows side by side. Gates in the order i, f, g, o.
struct LstmStep {
    const float* gates;          ///< [words][4 * hidden]
    const float* previous_cell;  ///< [previous_words][hidden]
    float* cell;                 ///< [words][hidden]
    float* output;               ///< [words], output_stride apart
    std::size_t output_stride;
    std::size_t hidden;
    std::size_t words;
    std::size_t previous_words;  ///< the others start from nothing
};

/// The inner loops for one kind of machine. All kinds give the same bits.
struct Kernels {
    std::string_view name;
    /// out[w] += weight * in[w] for `words` rows, which are `stride` apart.
    void (*multiply_add)(const Weight& weight, const std::int16_t* in, const float* in_scale, std::size_t words, float* out,
                         std::size_t stride);
    void (*lstm_step)(const LstmStep& step);
};

/// Those that this machine can run, the best first.
[[nodiscard]] std::span<const Kernels> available_kernels();

/// e^x by splitting off a power of two; relative error below 1e-6 within [-80, 80], where it is clamped.
[[nodiscard]] float fast_exp(float x);

}  // namespace tercet::language

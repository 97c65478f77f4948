#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <string_view>
#include <vector>

#include "loaders/language/model_file.hpp"

/// Matrices for running the network. A row is a word's vector. Products are of integers, and what is left in floating point is
/// done value by value without fused operations, so that every machine gives the same bits.
namespace tercet::language {

inline constexpr std::size_t kLane = 16;  ///< a block of outputs that a kernel makes at once
[[nodiscard]] constexpr std::size_t padded(std::size_t n) noexcept { return (n + kLane - 1) / kLane * kLane; }

/// Memory on whole cache lines, so that no load of a kernel touches two.
template <typename T>
struct CacheLineAllocator {
    using value_type = T;
    static constexpr std::align_val_t kLine{64};

    CacheLineAllocator() = default;
    template <typename Other>
    explicit CacheLineAllocator(const CacheLineAllocator<Other>&) noexcept {}
    [[nodiscard]] T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), kLine)); }
    void deallocate(T* at, std::size_t) noexcept { ::operator delete(at, kLine); }
    bool operator==(const CacheLineAllocator&) const = default;
};
template <typename T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

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
    AlignedVector<float> values_;
};

/// Some rows of an IntegerMatrix, and of these some columns: what a product takes.
struct IntegerRows {
    const std::int16_t* values;
    std::size_t stride;
    const float* scale;
    std::size_t count;
};

/// Vectors of 16-bit integers with a scale each, at first that of values within [-1, 1].
class IntegerMatrix {
public:
    static constexpr float kRange = 32767;  ///< times 127 times the widest input is well below 2^31

    IntegerMatrix(std::size_t rows, std::size_t columns)
        : stride_(padded(columns)), values_(rows * stride_), scale_(rows, 1 / kRange) {}

    /// Stores a vector by its largest value.
    void set(std::size_t row, const float* vector, std::size_t columns);
    [[nodiscard]] std::size_t size() const noexcept { return scale_.size(); }
    [[nodiscard]] std::size_t stride() const noexcept { return stride_; }
    [[nodiscard]] std::int16_t* row(std::size_t r) noexcept { return values_.data() + r * stride_; }
    [[nodiscard]] IntegerRows rows(std::size_t first, std::size_t count, std::size_t column = 0) const noexcept {
        return {values_.data() + first * stride_ + column, stride_, scale_.data() + first, count};
    }
    [[nodiscard]] IntegerRows rows() const noexcept { return rows(0, size()); }

private:
    std::size_t stride_;
    AlignedVector<std::int16_t> values_;
    std::vector<float> scale_;
};

/// A trained weight, ready for the kernels: blocks of kLane outputs, within a block pairs of inputs, the outputs side by side.
struct Weight {
    Weight() = default;
    explicit Weight(const Tensor& tensor);
    [[nodiscard]] std::size_t pairs() const noexcept { return (columns + 1) / 2; }

    std::size_t rows = 0;     ///< outputs
    std::size_t columns = 0;  ///< inputs
    AlignedVector<std::int16_t> packed;
    AlignedVector<float> scale;  ///< per output, padded with zeros
};

/// One step of an LSTM for some words, rows side by side. Gates in the order i, f, g, o.
struct LstmStep {
    const float* gates;  ///< [words][4 * hidden]
    float* cell;         ///< [words][hidden]; of the step before, then of this one
    std::int16_t* output;  ///< [words], output_stride apart; in parts of IntegerMatrix::kRange
    std::size_t output_stride;
    std::size_t hidden;
    std::size_t words;
};

/// The inner loops for one kind of machine. All kinds give the same bits.
struct Kernels {
    std::string_view name;
    /// out[w] += weight * in[w]; rows of `out` are `stride` apart.
    void (*add_product)(const Weight& weight, const IntegerRows& in, float* out, std::size_t stride);
    void (*lstm_step)(const LstmStep& step);
    /// The dot products of one vector with `count` others, which lie side by side; n is a multiple of kLane.
    void (*dots)(const float* vector, const float* others, std::size_t count, std::size_t n, float* out);
    /// Softmax probability of one of the scores.
    float (*probability)(const float* scores, std::size_t n, std::size_t chosen);
};

/// Those that this machine can run, the best first.
[[nodiscard]] std::span<const Kernels> available_kernels();

}  // namespace tercet::language

#pragma once

#include <cstddef>
#include <vector>

/// Dense single-precision matrices for running the network. Columns are words and come in groups of kLane, so that every inner
/// loop is a whole number of vector registers.
namespace tercet::language {

inline constexpr std::size_t kLane = 16;
[[nodiscard]] constexpr std::size_t padded(std::size_t n) noexcept { return (n + kLane - 1) / kLane * kLane; }

/// Row-major; columns() is a multiple of kLane. New matrices are zero.
class Matrix {
public:
    Matrix() = default;
    Matrix(std::size_t rows, std::size_t columns) : rows_(rows), columns_(columns), values_(rows * columns, 0.0F) {}

    [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
    [[nodiscard]] float* row(std::size_t r) noexcept { return values_.data() + r * columns_; }
    [[nodiscard]] const float* row(std::size_t r) const noexcept { return values_.data() + r * columns_; }

private:
    std::size_t rows_ = 0;
    std::size_t columns_ = 0;
    std::vector<float> values_;
};

/// A trained weight: row-major, any shape.
struct Weight {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values;
};

/// out[:, to .. to+n) += weight * in[:, from .. from+n); n, from and to are multiples of kLane. Runs on the widest
/// registers of the machine.
void multiply_add(const Weight& weight, const Matrix& in, std::size_t from, Matrix& out, std::size_t to, std::size_t n);

/// Every column of `out` becomes the bias.
void fill_columns(const Weight& bias, Matrix& out);

/// Gates in the order i, f, g, o (rows of `gates`), previous cells, to cells and hidden states; n columns, hidden_rows rows.
struct LstmStep {
    const Matrix* gates;
    std::size_t at;                ///< first column of this step
    Matrix* cell;
    Matrix* hidden;
    std::size_t hidden_row;        ///< first row of this direction in `hidden`
    std::size_t hidden_rows;
    std::size_t n;
    std::size_t before;            ///< first column of the previous step
    std::size_t before_n;          ///< columns of it that count; 0 at the start
};
void lstm_step(const LstmStep& step);

}  // namespace tercet::language

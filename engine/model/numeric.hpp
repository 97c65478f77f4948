#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tercet/term.hpp"

namespace tercet {

/// A value of one of the numeric types of XSD, in the order of promotion (XPath 2.0, B.1).
///
/// Integers and decimals are exact and of any size; decimal division keeps kDivisionDigits digits after the point.
class Numeric {
public:
    enum class Type { Integer, Decimal, Float, Double };
    static constexpr unsigned kDivisionDigits = 24;

    [[nodiscard]] static Numeric integer(boost::multiprecision::cpp_int value) { return {Type::Integer, std::move(value), 0, 0}; }
    [[nodiscard]] static Numeric decimal(boost::multiprecision::cpp_int unscaled, unsigned scale) { return {Type::Decimal, std::move(unscaled), scale, 0}; }
    [[nodiscard]] static Numeric floating(double value) { return {Type::Double, 0, 0, value}; }
    [[nodiscard]] static Numeric single(float value) { return {Type::Float, 0, 0, static_cast<double>(value)}; }

    /// The value of a lexical form; nothing if the datatype is not numeric or the form is not of it.
    [[nodiscard]] static std::optional<Numeric> parse(std::string_view lexical_form, std::string_view datatype);
    [[nodiscard]] static bool is_numeric_datatype(std::string_view datatype);

    [[nodiscard]] Type type() const noexcept { return type_; }
    [[nodiscard]] bool is_exact() const noexcept { return type_ <= Type::Decimal; }
    [[nodiscard]] double to_double() const;
    [[nodiscard]] bool is_zero() const;
    [[nodiscard]] bool is_nan() const;

    /// The value of an xsd:integer that fits.
    [[nodiscard]] std::optional<std::int64_t> small_integer() const;

    /// The canonical literal of the value's type.
    [[nodiscard]] Term to_term() const;
    [[nodiscard]] std::string to_string() const;

    /// The value as another type; nothing if it has none there (NaN as integer). Decimals are cut towards zero.
    [[nodiscard]] std::optional<Numeric> as(Type type) const;

    friend Numeric operator+(const Numeric& a, const Numeric& b);
    friend Numeric operator-(const Numeric& a, const Numeric& b);
    friend Numeric operator*(const Numeric& a, const Numeric& b);
    /// Integers divide to a decimal. Nothing: division of an exact number by zero.
    [[nodiscard]] static std::optional<Numeric> divide(const Numeric& a, const Numeric& b);
    /// -1, 0, 1; nothing if one is NaN.
    [[nodiscard]] static std::optional<int> compare(const Numeric& a, const Numeric& b);

    enum class Rounding { Nearest, Up, Down };  ///< Nearest: a half goes up (XPath fn:round)
    [[nodiscard]] Numeric rounded(Rounding how) const;
    [[nodiscard]] Numeric absolute() const;
    [[nodiscard]] Numeric negated() const;

private:
    using Int = boost::multiprecision::cpp_int;
    Numeric(Type type, Int unscaled, unsigned scale, double real)
        : type_(type), unscaled_(std::move(unscaled)), scale_(scale), real_(real) {}
    [[nodiscard]] static Numeric of(Type type, double real);
    [[nodiscard]] static Type common(const Numeric& a, const Numeric& b) { return std::max(a.type_, b.type_); }
    [[nodiscard]] Int scaled_to(unsigned scale) const;

    Type type_;
    Int unscaled_;   ///< times ten to the -scale_, of exact types
    unsigned scale_;
    double real_;    ///< of the others
};

}  // namespace tercet

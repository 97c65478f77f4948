#include "engine/model/numeric.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "engine/model/vocabulary.hpp"
#include "engine/model/xsd_format.hpp"

namespace tercet {
namespace {

using Int = boost::multiprecision::cpp_int;
using Type = Numeric::Type;

Int power_of_ten(unsigned exponent) { return boost::multiprecision::pow(Int(10), exponent); }

struct DatatypeRow {
    std::string_view name;  ///< after the XSD namespace
    Type type;
    const char* min;        ///< of the derived integers; null: none
    const char* max;
};
constexpr std::array kDatatypes{
    DatatypeRow{"integer", Type::Integer, nullptr, nullptr},
    DatatypeRow{"decimal", Type::Decimal, nullptr, nullptr},
    DatatypeRow{"double", Type::Double, nullptr, nullptr},
    DatatypeRow{"float", Type::Float, nullptr, nullptr},
    DatatypeRow{"int", Type::Integer, "-2147483648", "2147483647"},
    DatatypeRow{"long", Type::Integer, "-9223372036854775808", "9223372036854775807"},
    DatatypeRow{"short", Type::Integer, "-32768", "32767"},
    DatatypeRow{"byte", Type::Integer, "-128", "127"},
    DatatypeRow{"nonNegativeInteger", Type::Integer, "0", nullptr},
    DatatypeRow{"positiveInteger", Type::Integer, "1", nullptr},
    DatatypeRow{"nonPositiveInteger", Type::Integer, nullptr, "0"},
    DatatypeRow{"negativeInteger", Type::Integer, nullptr, "-1"},
    DatatypeRow{"unsignedLong", Type::Integer, "0", "18446744073709551615"},
    DatatypeRow{"unsignedInt", Type::Integer, "0", "4294967295"},
    DatatypeRow{"unsignedShort", Type::Integer, "0", "65535"},
    DatatypeRow{"unsignedByte", Type::Integer, "0", "255"},
};

const DatatypeRow* row_of(std::string_view datatype) {
    if (!datatype.starts_with(vocabulary::kXsd)) return nullptr;
    const std::string_view name = datatype.substr(vocabulary::kXsd.size());
    const auto found = std::find_if(kDatatypes.begin(), kDatatypes.end(), [&](const DatatypeRow& row) { return row.name == name; });
    return found == kDatatypes.end() ? nullptr : &*found;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Int to_int(std::string_view digits) {
    const std::size_t significant = digits.find_first_not_of('0');  // a leading zero would make it octal
    return significant == std::string_view::npos ? Int(0) : Int(std::string(digits.substr(significant)));
}

/// Sign, digits, and the digits after the point, if the text is a decimal numeral.
struct Numeral {
    bool negative = false;
    std::string digits;
    unsigned scale = 0;
};
std::optional<Numeral> to_numeral(std::string_view text, bool point_allowed) {
    Numeral numeral;
    if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        numeral.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    if (point != std::string_view::npos && !point_allowed) return std::nullopt;
    const std::string_view whole = text.substr(0, point);
    const std::string_view fraction = point == std::string_view::npos ? std::string_view{} : text.substr(point + 1);
    if (whole.empty() && fraction.empty()) return std::nullopt;
    if (!all_digits(whole) || !all_digits(fraction)) return std::nullopt;
    numeral.digits = std::string(whole) + std::string(fraction);
    numeral.scale = static_cast<unsigned>(fraction.size());
    return numeral;
}

std::optional<double> to_real(std::string_view text) {
    if (text == "INF" || text == "+INF") return std::numeric_limits<double>::infinity();
    if (text == "-INF") return -std::numeric_limits<double>::infinity();
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (!text.empty() && text.front() == '+') text.remove_prefix(1);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (text.size() == first || !((text[first] >= '0' && text[first] <= '9') || text[first] == '.')) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
    if (error == std::errc::result_out_of_range) value = std::strtod(std::string(text).c_str(), nullptr);
    return value;
}

}  // namespace

bool Numeric::is_numeric_datatype(std::string_view datatype) { return row_of(datatype) != nullptr; }

std::optional<Numeric> Numeric::parse(std::string_view lexical_form, std::string_view datatype) {
    const DatatypeRow* row = row_of(datatype);
    if (row == nullptr) return std::nullopt;
    const std::string_view text = trimmed(lexical_form);
    if (row->type == Type::Double || row->type == Type::Float) {
        const auto value = to_real(text);
        return value ? std::optional(of(row->type, *value)) : std::nullopt;
    }
    const auto numeral = to_numeral(text, row->type == Type::Decimal);
    if (!numeral) return std::nullopt;
    Int unscaled = to_int(numeral->digits);
    if (numeral->negative) unscaled = -unscaled;
    if ((row->min != nullptr && unscaled < Int(row->min)) || (row->max != nullptr && unscaled > Int(row->max))) return std::nullopt;
    return Numeric(row->type, std::move(unscaled), numeral->scale, 0);
}

Numeric Numeric::of(Type type, double real) {
    if (type == Type::Float) real = static_cast<double>(static_cast<float>(real));
    return {type, 0, 0, real};
}

Int Numeric::scaled_to(unsigned scale) const { return scale == scale_ ? unscaled_ : unscaled_ * power_of_ten(scale - scale_); }

std::optional<std::int64_t> Numeric::small_integer() const {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    if (type_ != Type::Integer || unscaled_ > kMost || unscaled_ < -kMost) return std::nullopt;
    return unscaled_.convert_to<std::int64_t>();
}

double Numeric::to_double() const {
    if (!is_exact()) return real_;
    if (const auto small = small_integer()) return static_cast<double>(*small);
    return std::strtod(to_string().c_str(), nullptr);
}

bool Numeric::is_zero() const { return is_exact() ? unscaled_ == 0 : real_ == 0; }
bool Numeric::is_nan() const { return !is_exact() && std::isnan(real_); }

std::string Numeric::to_string() const {
    if (type_ == Type::Double) return format_double(real_);
    if (type_ == Type::Float) return format_float(static_cast<float>(real_));
    if (type_ == Type::Integer) return unscaled_.str();
    std::string digits = Int(boost::multiprecision::abs(unscaled_)).str();
    if (digits.size() <= scale_) digits.insert(0, scale_ + 1 - digits.size(), '0');
    std::string fraction = digits.substr(digits.size() - scale_);
    digits.resize(digits.size() - scale_);
    while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
    const std::string sign = unscaled_ < 0 ? "-" : "";
    return sign + digits + (fraction.empty() ? ".0" : "." + fraction);
}

Term Numeric::to_term() const {
    static constexpr std::array kNames{vocabulary::xsd::kInteger, vocabulary::xsd::kDecimal, vocabulary::xsd::kFloat,
                                       vocabulary::xsd::kDouble};
    return Term::typed_literal(to_string(), std::string(kNames[static_cast<std::size_t>(type_)]));
}

std::optional<Numeric> Numeric::as(Type type) const {
    if (type == type_) return *this;
    if (type == Type::Double || type == Type::Float) return of(type, to_double());
    if (is_exact()) {
        if (type == Type::Decimal) return Numeric(type, unscaled_, scale_, 0);
        return integer(unscaled_ / power_of_ten(scale_));
    }
    if (!std::isfinite(real_)) return std::nullopt;
    // The exact decimal value of the shortest digits that give this double.
    std::array<char, 512> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), real_, std::chars_format::fixed);
    if (error != std::errc{}) return std::nullopt;
    const auto exact = parse({buffer.data(), static_cast<std::size_t>(end - buffer.data())}, vocabulary::xsd::kDecimal);
    return exact ? exact->as(type) : std::nullopt;
}

Numeric operator+(const Numeric& a, const Numeric& b) {
    const Type type = Numeric::common(a, b);
    if (type > Type::Decimal) return Numeric::of(type, a.to_double() + b.to_double());
    const unsigned scale = std::max(a.scale_, b.scale_);
    return {type, a.scaled_to(scale) + b.scaled_to(scale), scale, 0};
}

Numeric operator-(const Numeric& a, const Numeric& b) { return a + b.negated(); }

Numeric operator*(const Numeric& a, const Numeric& b) {
    const Type type = Numeric::common(a, b);
    if (type > Type::Decimal) return Numeric::of(type, a.to_double() * b.to_double());
    return {type, a.unscaled_ * b.unscaled_, a.scale_ + b.scale_, 0};
}

std::optional<Numeric> Numeric::divide(const Numeric& a, const Numeric& b) {
    const Type type = common(a, b);
    if (type > Type::Decimal) return of(type, a.to_double() / b.to_double());
    if (b.is_zero()) return std::nullopt;
    const Int dividend = a.unscaled_ * power_of_ten(kDivisionDigits + b.scale_);
    const Int quotient = dividend / b.unscaled_;
    return Numeric(Type::Decimal, quotient, kDivisionDigits + a.scale_, 0);
}

std::optional<int> Numeric::compare(const Numeric& a, const Numeric& b) {
    if (a.is_exact() && b.is_exact()) {
        const unsigned scale = std::max(a.scale_, b.scale_);
        const int order = a.scaled_to(scale).compare(b.scaled_to(scale));
        return order < 0 ? -1 : order == 0 ? 0 : 1;
    }
    double x = a.to_double(), y = b.to_double();
    if (std::isnan(x) || std::isnan(y)) return std::nullopt;
    if (common(a, b) == Type::Float) {
        x = static_cast<double>(static_cast<float>(x));
        y = static_cast<double>(static_cast<float>(y));
    }
    return x < y ? -1 : x == y ? 0 : 1;
}

Numeric Numeric::rounded(Rounding how) const {
    if (!is_exact()) {
        const double value = how == Rounding::Up ? std::ceil(real_) : how == Rounding::Down ? std::floor(real_) : std::floor(real_ + 0.5);
        return of(type_, value);
    }
    if (scale_ == 0) return *this;
    const Int unit = power_of_ten(scale_);
    Int shifted = unscaled_;
    if (how == Rounding::Up) shifted += unit - 1;
    if (how == Rounding::Nearest) shifted += unit / 2;
    Int quotient = shifted / unit;
    if (shifted < 0 && quotient * unit != shifted) --quotient;  // division cuts towards zero; this rounds down
    return {type_, quotient, 0, 0};
}

Numeric Numeric::absolute() const { return is_exact() ? Numeric(type_, boost::multiprecision::abs(unscaled_), scale_, 0) : of(type_, std::fabs(real_)); }
Numeric Numeric::negated() const { return is_exact() ? Numeric(type_, -unscaled_, scale_, 0) : of(type_, -real_); }

}  // namespace tercet

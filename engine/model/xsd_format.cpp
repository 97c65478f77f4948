#include "engine/model/xsd_format.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace tercet {
namespace {

/// Turns C's "1e+00" into XSD's "1.0E0".
std::string to_xsd(std::string_view scientific) {
    const std::size_t e = scientific.find('e');
    std::string mantissa(scientific.substr(0, e));
    std::string_view exponent = scientific.substr(e + 1);
    if (mantissa.find('.') == std::string::npos) mantissa += ".0";
    const bool negative = exponent.front() == '-';
    exponent.remove_prefix(1);
    while (exponent.size() > 1 && exponent.front() == '0') exponent.remove_prefix(1);
    return mantissa + (negative ? "E-" : "E") + std::string(exponent);
}

template <typename Float>
std::string format(Float value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-INF" : "INF";
    std::array<char, 64> buffer{};
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific);
    static_cast<void>(error);  // the buffer is larger than any double
    return to_xsd({buffer.data(), static_cast<std::size_t>(end - buffer.data())});
}

}  // namespace

std::string format_double(double value) { return format(value); }
std::string format_float(float value) { return format(value); }

}  // namespace tercet

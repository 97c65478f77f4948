#include "engine/model/duration.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/model/vocabulary.hpp"

namespace tercet {
namespace {

using Type = Duration::Type;

constexpr std::array<std::string_view, 3> kNames{"duration", "yearMonthDuration", "dayTimeDuration"};
constexpr std::int64_t kMostYears = 999'999'999;
constexpr std::int64_t kNanoseconds = 1'000'000'000;  ///< of a second

std::optional<Type> type_of(std::string_view datatype) {
    if (!datatype.starts_with(vocabulary::kXsd)) return std::nullopt;
    const auto found = std::find(kNames.begin(), kNames.end(), datatype.substr(vocabulary::kXsd.size()));
    return found == kNames.end() ? std::nullopt : std::optional(static_cast<Type>(found - kNames.begin()));
}

/// A designator, and what one of it is worth. In the order of the lexical form.
struct Part {
    char designator;
    bool after_t;
    std::int64_t months;
    std::int64_t seconds;
};
constexpr std::array kParts{
    Part{'Y', false, 12, 0},  Part{'M', false, 1, 0}, Part{'D', false, 0, 86400},
    Part{'H', true, 0, 3600}, Part{'M', true, 0, 60}, Part{'S', true, 0, 1},
};

/// The digits at the front, with a fraction where there is one.
std::string_view numeral(std::string_view text) { return text.substr(0, std::min(text.find_first_not_of("0123456789."), text.size())); }

bool read_part(std::string_view digits, const Part& part, Duration& value) {
    if (digits.empty() || digits.front() == '.' || digits.back() == '.') return false;
    if (part.designator != 'S' && digits.find('.') != std::string_view::npos) return false;
    const auto number = Numeric::parse(digits, vocabulary::xsd::kDecimal);
    if (!number) return false;
    if (part.months == 0) {
        value.seconds = value.seconds + *number * Numeric::integer(part.seconds);
        return true;
    }
    const auto count = number->as(Numeric::Type::Integer)->small_integer();
    if (!count || *count > kMostYears) return false;
    value.months += *count * part.months;
    return true;
}

std::string without_point(std::string text) {
    if (text.ends_with(".0")) text.resize(text.size() - 2);
    return text;
}

}  // namespace

std::optional<Duration> Duration::parse(std::string_view text, std::string_view datatype) {
    const auto type = type_of(datatype);
    if (!type) return std::nullopt;
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    if (!text.starts_with('P')) return std::nullopt;
    text.remove_prefix(1);
    Duration value;
    value.type = *type;
    bool in_time = false, any = false;
    for (const Part& part : kParts) {
        if (part.after_t && !in_time) {
            if (!text.starts_with('T')) break;
            in_time = true;
            any = false;
            text.remove_prefix(1);
        }
        const std::string_view digits = numeral(text);
        if (digits.size() >= text.size() || text[digits.size()] != part.designator) continue;
        if ((*type == Type::YearMonth && part.months == 0) || (*type == Type::DayTime && part.months != 0)) return std::nullopt;
        if (!read_part(digits, part, value)) return std::nullopt;
        text.remove_prefix(digits.size() + 1);
        any = true;
    }
    if (!any || !text.empty()) return std::nullopt;
    return negative ? value.negated() : value;
}

std::string Duration::to_string() const {
    const auto whole = seconds.absolute().rounded(Numeric::Rounding::Down);
    const std::int64_t total = whole.as(Numeric::Type::Integer)->small_integer().value_or(0);
    const Numeric rest = seconds.absolute() - Numeric::integer(total - total % 60);
    const std::int64_t m = months < 0 ? -months : months;
    std::string text = months < 0 || Numeric::compare(seconds, Numeric::integer(0)) < 0 ? "-P" : "P";
    const auto add = [&](std::int64_t count, char designator) {
        if (count != 0) (text += std::to_string(count)) += designator;
    };
    add(m / 12, 'Y');
    add(m % 12, 'M');
    if (seconds.is_zero()) {
        if (m == 0) text += type == Type::YearMonth ? "0M" : "T0S";
        return text;
    }
    add(total / 86400, 'D');
    if (total % 86400 == 0 && rest.is_zero()) return text;
    text += 'T';
    add(total / 3600 % 24, 'H');
    add(total / 60 % 60, 'M');
    if (!rest.is_zero()) (text += without_point(rest.to_string())) += 'S';
    return text;
}

Term Duration::to_term() const {
    return Term::typed_literal(to_string(), std::string(vocabulary::kXsd) + std::string(kNames[static_cast<std::size_t>(type)]));
}

Duration Duration::as(Type wanted) const {
    return {wanted, wanted == Type::DayTime ? 0 : months, wanted == Type::YearMonth ? Numeric::integer(0) : seconds};
}

bool Duration::equal(const Duration& a, const Duration& b) {
    return a.months == b.months && Numeric::compare(a.seconds, b.seconds) == 0;
}

std::optional<int> Duration::compare(const Duration& a, const Duration& b) {
    if (a.months == 0 && b.months == 0) return Numeric::compare(a.seconds, b.seconds);
    if (a.seconds.is_zero() && b.seconds.is_zero()) return a.months < b.months ? -1 : a.months == b.months ? 0 : 1;
    return equal(a, b) ? std::optional(0) : std::nullopt;
}

std::optional<DateTime> operator+(const DateTime& start, const Duration& duration) {
    if (start.form == DateTime::Form::Time && duration.months != 0) return std::nullopt;
    const Numeric whole = duration.seconds.rounded(Numeric::Rounding::Down);
    const Numeric part = ((duration.seconds - whole) * Numeric::integer(kNanoseconds)).rounded(Numeric::Rounding::Down);
    const auto seconds = whole.as(Numeric::Type::Integer)->small_integer();
    const auto fraction = part.as(Numeric::Type::Integer)->small_integer();
    if (!seconds || !fraction) return std::nullopt;
    return start.plus_months(duration.months).plus(*seconds, *fraction);
}

std::optional<Duration> between(const DateTime& start, const DateTime& end) {
    if (start.zone_minutes.has_value() != end.zone_minutes.has_value()) return std::nullopt;
    const auto a = start.instant(), b = end.instant();
    const Numeric nanoseconds = Numeric::integer(b.first - a.first) * Numeric::integer(kNanoseconds) + Numeric::integer(b.second - a.second);
    return Duration{Type::DayTime, 0, *Numeric::divide(nanoseconds, Numeric::integer(kNanoseconds))};
}

}  // namespace tercet

#include "engine/model/inline_term.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <string>

#include "engine/model/date_time.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/model/xsd_format.hpp"

namespace tercet {
namespace {

/// Signed values are stored with this added, so that byte order is value order.
constexpr std::int64_t kBias = std::int64_t{1} << 59U;
constexpr std::int64_t kDecimalScale = 1'000'000;
constexpr unsigned kDecimalDigits = kInlineDecimalDigits;
constexpr std::size_t kLongestShortString = 7;

std::optional<TermId> biased(TermTag tag, std::int64_t value) {
    if (value < -kBias || value >= kBias) return std::nullopt;
    return TermId::inlined(tag, static_cast<std::uint64_t>(value + kBias));
}
std::int64_t unbiased(TermId id) { return static_cast<std::int64_t>(id.payload()) - kBias; }

std::optional<std::int64_t> to_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// The day of "YYYY-MM-DD" with a year of four digits; nothing for other text and for days that do not exist.
std::optional<std::int64_t> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = to_integer(text.substr(0, 4)), month = to_integer(text.substr(5, 2)), day = to_integer(text.substr(8, 2));
    if (!year || !month || !day || *year < 1 || *month < 1 || *day < 1) return std::nullopt;
    const std::int64_t days = days_since_epoch({*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)});
    return date_text(calendar_day(days)) == text ? std::optional(days) : std::nullopt;
}

std::optional<TermId> inline_boolean(std::string_view text) {
    if (text == "true") return TermId::inlined(TermTag::Boolean, 1);
    if (text == "false") return TermId::inlined(TermTag::Boolean, 0);
    return std::nullopt;
}

std::optional<TermId> inline_integer(std::string_view text) {
    const auto value = to_integer(text);
    if (!value || std::to_string(*value) != text) return std::nullopt;
    return biased(TermTag::Integer, *value);
}

std::uint64_t ordered_bits(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    return (bits >> 63U) != 0 ? ~bits : bits | (std::uint64_t{1} << 63U);
}
double from_ordered_bits(std::uint64_t bits) {
    return std::bit_cast<double>((bits >> 63U) != 0 ? bits & ~(std::uint64_t{1} << 63U) : ~bits);
}

std::optional<TermId> inline_double(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    if ((std::bit_cast<std::uint64_t>(value) & 15U) != 0 || format_double(value) != text) return std::nullopt;
    return TermId::inlined(TermTag::Double, ordered_bits(value) >> 4U);
}
std::string double_text(TermId id) { return format_double(inline_double_value(id)); }

std::string decimal_text(std::int64_t scaled) {
    const bool negative = scaled < 0;
    const auto magnitude = static_cast<std::uint64_t>(negative ? -scaled : scaled);
    std::string fraction = std::to_string(magnitude % kDecimalScale);
    fraction.insert(0, kDecimalDigits - fraction.size(), '0');
    while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
    std::string text(negative ? 1 : 0, '-');
    text += std::to_string(magnitude / kDecimalScale);
    return text += '.' + fraction;
}

/// Canonical here is "1.5", "-0.25", "2.0": one digit at least on either side, no more zeros than that takes.
std::optional<TermId> inline_decimal(std::string_view text) {
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || text.size() > 20) return std::nullopt;
    const std::size_t decimals = text.size() - dot - 1;
    if (decimals == 0 || decimals > kDecimalDigits) return std::nullopt;
    std::string digits = std::string(text.substr(0, dot)) + std::string(text.substr(dot + 1));
    digits.append(kDecimalDigits - decimals, '0');
    const auto scaled = to_integer(digits);
    if (!scaled || decimal_text(*scaled) != text) return std::nullopt;
    return biased(TermTag::Decimal, *scaled);
}

std::optional<TermId> inline_date(std::string_view text) {
    const auto day = parse_day(text);
    return day ? biased(TermTag::Date, *day) : std::nullopt;
}

/// Seconds in UTC; the last bit tells whether a Z was written.
std::optional<TermId> inline_date_time(std::string_view text) {
    const bool utc = text.ends_with('Z');
    const std::string_view plain = utc ? text.substr(0, text.size() - 1) : text;
    if (plain.size() != 19 || plain[10] != 'T' || plain[13] != ':' || plain[16] != ':') return std::nullopt;
    const auto day = parse_day(plain.substr(0, 10));
    const auto hour = to_integer(plain.substr(11, 2)), minute = to_integer(plain.substr(14, 2)), second = to_integer(plain.substr(17, 2));
    if (!day || !hour || !minute || !second) return std::nullopt;
    if (*hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || *second < 0 || *second > 59) return std::nullopt;
    const std::int64_t seconds = ((*day * 24 + *hour) * 60 + *minute) * 60 + *second;
    return biased(TermTag::DateTime, seconds * 2 + (utc ? 1 : 0));
}
std::string date_time_text(std::int64_t stored) {
    const bool utc = (stored & 1) != 0;
    const std::int64_t seconds = (stored - (utc ? 1 : 0)) / 2;
    std::int64_t day = seconds / 86400;
    if (seconds % 86400 < 0) --day;
    const auto rest = static_cast<unsigned>(seconds - day * 86400);
    return date_text(calendar_day(day)) + 'T' + two_digits(rest / 3600) + ':' + two_digits(rest / 60 % 60) + ':' + two_digits(rest % 60) + (utc ? "Z" : "");
}

/// Bytes from the left, so that ids order as strings do, then the length.
std::optional<TermId> inline_string(std::string_view text) {
    if (text.size() > kLongestShortString) return std::nullopt;
    std::uint64_t payload = 0;
    for (std::size_t i = 0; i < kLongestShortString; ++i) {
        payload = (payload << 8U) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    }
    return TermId::inlined(TermTag::ShortString, (payload << 4U) | text.size());
}
std::string string_text(TermId id) {
    std::string text(id.payload() & 15U, '\0');
    for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>((id.payload() >> (52 - 8 * i)) & 0xFFU);
    return text;
}

struct InlineRow {
    TermTag tag;
    std::string_view datatype;
    std::optional<TermId> (*encode)(std::string_view);
    std::string (*decode)(TermId);
};
constexpr std::array kInline{
    InlineRow{TermTag::Boolean, vocabulary::xsd::kBoolean, inline_boolean, [](TermId id) { return std::string(id.payload() != 0 ? "true" : "false"); }},
    InlineRow{TermTag::Integer, vocabulary::xsd::kInteger, inline_integer, [](TermId id) { return std::to_string(unbiased(id)); }},
    InlineRow{TermTag::Double, vocabulary::xsd::kDouble, inline_double, double_text},
    InlineRow{TermTag::Decimal, vocabulary::xsd::kDecimal, inline_decimal, [](TermId id) { return decimal_text(unbiased(id)); }},
    InlineRow{TermTag::DateTime, vocabulary::xsd::kDateTime, inline_date_time, [](TermId id) { return date_time_text(unbiased(id)); }},
    InlineRow{TermTag::Date, vocabulary::xsd::kDate, inline_date, [](TermId id) { return date_text(calendar_day(unbiased(id))); }},
    InlineRow{TermTag::ShortString, vocabulary::xsd::kString, inline_string, string_text},
};

}  // namespace

std::optional<TermId> inline_id(const TermView& term) {
    if (term.kind != TermKind::Literal || !term.language.empty()) return std::nullopt;
    for (const InlineRow& row : kInline) {
        if (row.datatype == term.datatype) return row.encode(term.value);
    }
    return std::nullopt;
}

Term inline_term(TermId id) {
    for (const InlineRow& row : kInline) {
        if (row.tag == id.tag()) return Term::typed_literal(row.decode(id), std::string(row.datatype));
    }
    return {};
}

std::int64_t inline_integer_value(TermId id) noexcept { return unbiased(id); }
std::int64_t inline_decimal_value(TermId id) noexcept { return unbiased(id); }
double inline_double_value(TermId id) noexcept {
    // The low four bits were zero; in the negative half they were stored complemented.
    const bool negative = (id.payload() >> 59U) == 0;
    return from_ordered_bits((id.payload() << 4U) | (negative ? 15U : 0U));
}
std::optional<TermId> inline_integer_id(std::int64_t value) noexcept { return biased(TermTag::Integer, value); }

}  // namespace tercet

#include <array>

#include "engine/exec/functions.hpp"
#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

std::optional<Term> castable(FunctionContext& context, const Value& value) {
    Term term = context.reader.term(value);
    return term.is_literal() && term.language.empty() ? std::optional(std::move(term)) : std::nullopt;
}

/// What a boolean or a duration is as a string.
std::optional<std::string> canonical_form(const Term& term) {
    if (term.datatype == vocabulary::xsd::kBoolean && (term.value == "1" || term.value == "0")) return term.value == "1" ? "true" : "false";
    const auto duration = Duration::parse(term.value, term.datatype);
    return duration ? std::optional(duration->to_string()) : std::nullopt;
}

Value to_string(FunctionContext& context, Arguments a) {
    Term term = context.reader.term(a[0]);
    if (term.is_iri()) return Text{std::move(term.value), {}, {}};
    if (!term.is_literal() || !term.language.empty()) return {};
    if (const auto canonical = canonical_form(term)) return Text{*canonical, {}, {}};
    const auto number = Numeric::parse(term.value, term.datatype);
    if (number && number->is_exact()) {
        std::string text = number->to_string();
        if (text.ends_with(".0")) text.resize(text.size() - 2);
        return Text{std::move(text), {}, {}};
    }
    if (number) {
        // XPath writes doubles of moderate size as decimals, without a needless point.
        const double magnitude = number->absolute().to_double();
        const auto decimal = number->as(Numeric::Type::Decimal);
        if (decimal && (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e6))) {
            std::string text = decimal->to_string();
            if (text.ends_with(".0")) text.resize(text.size() - 2);
            return Text{std::move(text), {}, {}};
        }
        return Text{number->to_string(), {}, {}};
    }
    return Text{std::move(term.value), {}, {}};
}

Value to_boolean(FunctionContext& context, Arguments a) {
    const auto term = castable(context, a[0]);
    if (!term) return {};
    if (const auto number = Numeric::parse(term->value, term->datatype)) return !number->is_zero() && !number->is_nan();
    if (term->datatype != vocabulary::xsd::kString && term->datatype != vocabulary::xsd::kBoolean) return {};
    if (term->value == "true" || term->value == "1") return true;
    if (term->value == "false" || term->value == "0") return false;
    return {};
}

Value to_number(FunctionContext& context, const Value& value, Numeric::Type type, std::string_view datatype) {
    const auto term = castable(context, value);
    if (!term) return {};
    std::optional<Numeric> number = Numeric::parse(term->value, term->datatype);
    if (number) {
        number = number->as(type);
    } else if (term->datatype == vocabulary::xsd::kBoolean) {
        const auto truth = context.reader.truth(value);
        number = Numeric::integer(truth.value_or(false) ? 1 : 0).as(type);
    } else if (term->datatype == vocabulary::xsd::kString) {
        number = Numeric::parse(term->value, datatype);
    }
    return number ? Value(std::move(*number)) : Value{};
}

Value to_integer(FunctionContext& c, Arguments a) { return to_number(c, a[0], Numeric::Type::Integer, vocabulary::xsd::kInteger); }
Value to_decimal(FunctionContext& c, Arguments a) { return to_number(c, a[0], Numeric::Type::Decimal, vocabulary::xsd::kDecimal); }
Value to_float(FunctionContext& c, Arguments a) { return to_number(c, a[0], Numeric::Type::Float, vocabulary::xsd::kFloat); }
Value to_double(FunctionContext& c, Arguments a) { return to_number(c, a[0], Numeric::Type::Double, vocabulary::xsd::kDouble); }

Value to_date_time(FunctionContext& context, Arguments a) {
    const auto term = castable(context, a[0]);
    if (!term) return {};
    if (term->datatype == vocabulary::xsd::kDate && DateTime::parse(term->value, term->datatype)) {
        const std::size_t zone = term->value.find_first_of("Z+", 10) != std::string::npos ? term->value.find_first_of("Z+", 10)
                                                                                          : term->value.find('-', 10);
        const std::size_t end = zone == std::string::npos ? term->value.size() : zone;
        return Term::typed_literal(term->value.substr(0, end) + "T00:00:00" + term->value.substr(end), std::string(vocabulary::xsd::kDateTime));
    }
    const bool source_fits = term->datatype == vocabulary::xsd::kString || term->datatype == vocabulary::xsd::kDateTime;
    if (!source_fits || !DateTime::parse(term->value, vocabulary::xsd::kDateTime)) return {};
    return Term::typed_literal(term->value, std::string(vocabulary::xsd::kDateTime));
}

Value to_date(FunctionContext& context, Arguments a) {
    const auto term = castable(context, a[0]);
    if (!term) return {};
    const auto date_time = DateTime::parse(term->value, vocabulary::xsd::kDateTime);
    if (date_time && (term->datatype == vocabulary::xsd::kDateTime || term->datatype == vocabulary::xsd::kString)) {
        return Term::typed_literal(term->value.substr(0, term->value.find('T')) + date_time->zone, std::string(vocabulary::xsd::kDate));
    }
    const bool source_fits = term->datatype == vocabulary::xsd::kString || term->datatype == vocabulary::xsd::kDate;
    if (!source_fits || !DateTime::parse(term->value, vocabulary::xsd::kDate)) return {};
    return Term::typed_literal(term->value, std::string(vocabulary::xsd::kDate));
}

/// A time, year or month is cut out of a dateTime or a date that has it (XPath functions, 19.1.5).
Value to_date_part(FunctionContext& context, const Value& value, std::string_view datatype, DateTime::Form form) {
    const auto term = castable(context, value);
    if (!term) return {};
    if (term->datatype == vocabulary::xsd::kString || term->datatype == datatype) {
        return DateTime::parse(term->value, datatype) ? Value(Term::typed_literal(term->value, std::string(datatype))) : Value{};
    }
    auto date = DateTime::parse(term->value, term->datatype);
    const bool whole = date && (date->form == DateTime::Form::DateTime || (date->form == DateTime::Form::Date && form != DateTime::Form::Time));
    if (!whole) return {};
    date->form = form;
    return Term::typed_literal(date->to_string(), std::string(datatype));
}
Value to_time(FunctionContext& c, Arguments a) { return to_date_part(c, a[0], vocabulary::xsd::kTime, DateTime::Form::Time); }
Value to_year(FunctionContext& c, Arguments a) { return to_date_part(c, a[0], vocabulary::xsd::kGYear, DateTime::Form::Year); }
Value to_year_month(FunctionContext& c, Arguments a) { return to_date_part(c, a[0], vocabulary::xsd::kGYearMonth, DateTime::Form::YearMonth); }

/// Between durations, what the target cannot hold falls away.
Value to_duration(FunctionContext& context, const Value& value, std::string_view datatype, Duration::Type type) {
    const auto term = castable(context, value);
    if (!term) return {};
    const auto duration = Duration::parse(term->value, term->datatype == vocabulary::xsd::kString ? datatype : std::string_view(term->datatype));
    return duration ? Value(duration->as(type).to_term()) : Value{};
}
Value to_any_duration(FunctionContext& c, Arguments a) { return to_duration(c, a[0], vocabulary::xsd::kDuration, Duration::Type::Any); }
Value to_months(FunctionContext& c, Arguments a) { return to_duration(c, a[0], vocabulary::xsd::kYearMonthDuration, Duration::Type::YearMonth); }
Value to_seconds(FunctionContext& c, Arguments a) { return to_duration(c, a[0], vocabulary::xsd::kDayTimeDuration, Duration::Type::DayTime); }

constexpr std::array kRows{
    FunctionRow{vocabulary::xsd::kString, 1, 1, to_string},     FunctionRow{vocabulary::xsd::kBoolean, 1, 1, to_boolean},
    FunctionRow{vocabulary::xsd::kInteger, 1, 1, to_integer},   FunctionRow{vocabulary::xsd::kDecimal, 1, 1, to_decimal},
    FunctionRow{vocabulary::xsd::kFloat, 1, 1, to_float},       FunctionRow{vocabulary::xsd::kDouble, 1, 1, to_double},
    FunctionRow{vocabulary::xsd::kDateTime, 1, 1, to_date_time}, FunctionRow{vocabulary::xsd::kDate, 1, 1, to_date},
    FunctionRow{vocabulary::xsd::kTime, 1, 1, to_time},
    FunctionRow{vocabulary::xsd::kGYear, 1, 1, to_year},
    FunctionRow{vocabulary::xsd::kGYearMonth, 1, 1, to_year_month},
    FunctionRow{vocabulary::xsd::kDuration, 1, 1, to_any_duration},
    FunctionRow{vocabulary::xsd::kYearMonthDuration, 1, 1, to_months},
    FunctionRow{vocabulary::xsd::kDayTimeDuration, 1, 1, to_seconds},
};

}  // namespace

std::span<const FunctionRow> cast_functions() { return kRows; }

}  // namespace tercet::exec

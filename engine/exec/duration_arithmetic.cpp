#include "engine/exec/duration_arithmetic.hpp"

namespace tercet::exec {
namespace {

/// A year or a month alone has no moment to count from.
std::optional<DateTime> moment(FunctionContext& context, const Value& value) {
    auto date = context.reader.date_time(value);
    const bool fits = date && date->form != DateTime::Form::Year && date->form != DateTime::Form::YearMonth;
    return fits ? date : std::nullopt;
}

Value shifted(FunctionContext& context, const Value& date, const Duration& by) {
    const auto start = moment(context, date);
    const auto moved = start ? *start + by : std::nullopt;
    return moved ? Value(Term::typed_literal(moved->to_string(), context.reader.term(date).datatype)) : Value{};
}

Value sum(const Duration& x, const Duration& y) {
    if (x.type != y.type || x.type == Duration::Type::Any) return {};
    return Duration{x.type, x.months + y.months, x.seconds + y.seconds}.to_term();
}

/// Months are whole: a half goes up.
Value scaled(const Duration& duration, std::optional<Numeric> months, std::optional<Numeric> seconds) {
    if (duration.type == Duration::Type::Any || !months || !seconds) return {};
    const auto whole = months->rounded(Numeric::Rounding::Nearest).as(Numeric::Type::Integer);
    const auto count = whole ? whole->small_integer() : std::nullopt;
    const auto exact = seconds->as(Numeric::Type::Decimal);
    if (!count || !exact) return {};
    return Duration{duration.type, *count, *exact}.to_term();
}

}  // namespace

Value add_durations(FunctionContext& context, Arguments a) {
    const auto x = context.reader.duration(a[0]), y = context.reader.duration(a[1]);
    if (x && y) return sum(*x, *y);
    if (x) return shifted(context, a[1], *x);
    return y ? shifted(context, a[0], *y) : Value{};
}

Value subtract_durations(FunctionContext& context, Arguments a) {
    const auto x = context.reader.duration(a[0]), y = context.reader.duration(a[1]);
    if (x && y) return sum(*x, y->negated());
    if (y) return shifted(context, a[0], y->negated());
    const auto end = moment(context, a[0]), start = moment(context, a[1]);
    if (!start || !end || start->form != end->form) return {};
    const auto difference = between(*start, *end);
    return difference ? Value(difference->to_term()) : Value{};
}

Value multiply_durations(FunctionContext& context, Arguments a) {
    const bool first = context.reader.duration(a[0]).has_value();
    const auto duration = context.reader.duration(a[first ? 0 : 1]);
    const auto factor = context.reader.number(a[first ? 1 : 0]);
    if (!duration || !factor) return {};
    return scaled(*duration, Numeric::integer(duration->months) * *factor, duration->seconds * *factor);
}

Value divide_durations(FunctionContext& context, Arguments a) {
    const auto x = context.reader.duration(a[0]), y = context.reader.duration(a[1]);
    if (!x) return {};
    if (const auto divisor = context.reader.number(a[1])) {
        return scaled(*x, Numeric::divide(Numeric::integer(x->months), *divisor), Numeric::divide(x->seconds, *divisor));
    }
    if (!y || x->type != y->type || x->type == Duration::Type::Any) return {};
    const auto quotient = x->type == Duration::Type::YearMonth ? Numeric::divide(Numeric::integer(x->months), Numeric::integer(y->months))
                                                               : Numeric::divide(x->seconds, y->seconds);
    return quotient ? Value(*quotient) : Value{};
}

}  // namespace tercet::exec

#include <array>
#include <random>

#include "engine/exec/duration_arithmetic.hpp"
#include "engine/exec/functions.hpp"

namespace tercet::exec {
namespace {

using Operation = std::optional<Numeric> (*)(const Numeric&, const Numeric&);
using Fallback = Value (*)(FunctionContext&, Arguments);

/// Of numbers; `kElse` has its try at dates and durations.
template <Operation kOperation, Fallback kElse>
Value arithmetic(FunctionContext& context, Arguments a) {
    const auto x = context.reader.number(a[0]), y = context.reader.number(a[1]);
    if (!x || !y) return kElse(context, a);
    auto result = kOperation(*x, *y);
    return result ? Value(std::move(*result)) : Value{};
}

std::optional<Numeric> add(const Numeric& x, const Numeric& y) { return x + y; }
std::optional<Numeric> subtract(const Numeric& x, const Numeric& y) { return x - y; }
std::optional<Numeric> multiply(const Numeric& x, const Numeric& y) { return x * y; }

using Change = Numeric (*)(const Numeric&);

template <Change kChange>
Value change(FunctionContext& context, Arguments a) {
    const auto x = context.reader.number(a[0]);
    return x ? Value(kChange(*x)) : Value{};
}

Numeric same(const Numeric& x) { return x; }
Numeric absolute(const Numeric& x) { return x.absolute(); }
Numeric round_nearest(const Numeric& x) { return x.rounded(Numeric::Rounding::Nearest); }
Numeric round_up(const Numeric& x) { return x.rounded(Numeric::Rounding::Up); }
Numeric round_down(const Numeric& x) { return x.rounded(Numeric::Rounding::Down); }

/// -1, 0, 1 of two values, put to a test.
template <typename Test>
Value compared(FunctionContext& context, Arguments a, Test test) {
    const auto order = context.reader.compare(a[0], a[1]);
    if (order) return test(*order);
    const auto x = context.reader.number(a[0]), y = context.reader.number(a[1]);
    return x && y ? Value(false) : Value{};  // NaN is neither less nor greater
}

Value less(FunctionContext& c, Arguments a) { return compared(c, a, [](int order) { return order < 0; }); }
Value greater(FunctionContext& c, Arguments a) { return compared(c, a, [](int order) { return order > 0; }); }
Value at_most(FunctionContext& c, Arguments a) { return compared(c, a, [](int order) { return order <= 0; }); }
Value at_least(FunctionContext& c, Arguments a) { return compared(c, a, [](int order) { return order >= 0; }); }

Value equals(FunctionContext& context, Arguments a) {
    const auto equal = context.reader.equal(a[0], a[1]);
    return equal ? Value(*equal) : Value{};
}
Value differs(FunctionContext& context, Arguments a) {
    const auto equal = context.reader.equal(a[0], a[1]);
    return equal ? Value(!*equal) : Value{};
}
Value opposite(FunctionContext& context, Arguments a) {
    if (const auto x = context.reader.number(a[0])) return x->negated();
    const auto duration = context.reader.duration(a[0]);
    return duration ? Value(duration->negated().to_term()) : Value{};
}
Value negation(FunctionContext& context, Arguments a) {
    const auto truth = context.reader.truth(a[0]);
    return truth ? Value(!*truth) : Value{};
}

Value random_number(FunctionContext& context, Arguments) {
    return Numeric::floating(std::uniform_real_distribution<double>(0, 1)(context.session.random));
}

constexpr std::array kOperators{
    FunctionRow{"+", 2, 2, arithmetic<add, add_durations>},
    FunctionRow{"-", 2, 2, arithmetic<subtract, subtract_durations>},
    FunctionRow{"*", 2, 2, arithmetic<multiply, multiply_durations>},
    FunctionRow{"/", 2, 2, arithmetic<Numeric::divide, divide_durations>},
    FunctionRow{"u+", 1, 1, change<same>},     FunctionRow{"u-", 1, 1, opposite},
    FunctionRow{"<", 2, 2, less},              FunctionRow{">", 2, 2, greater},
    FunctionRow{"<=", 2, 2, at_most},          FunctionRow{">=", 2, 2, at_least},
    FunctionRow{"=", 2, 2, equals},            FunctionRow{"!=", 2, 2, differs},
    FunctionRow{"!", 1, 1, negation},
};
constexpr std::array kNumeric{
    FunctionRow{"ABS", 1, 1, change<absolute>},   FunctionRow{"ROUND", 1, 1, change<round_nearest>},
    FunctionRow{"CEIL", 1, 1, change<round_up>},  FunctionRow{"FLOOR", 1, 1, change<round_down>},
    FunctionRow{"RAND", 0, 0, random_number},
};

}  // namespace

std::span<const FunctionRow> operator_functions() { return kOperators; }
std::span<const FunctionRow> numeric_functions() { return kNumeric; }

}  // namespace tercet::exec

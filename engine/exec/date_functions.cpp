#include <array>
#include <cstdlib>

#include "engine/exec/functions.hpp"
#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

bool is_any(DateTime::Form) { return true; }
bool has_day(DateTime::Form form) { return form != DateTime::Form::Time; }
bool has_time(DateTime::Form form) { return form == DateTime::Form::Time || form == DateTime::Form::DateTime; }

/// A part of the day, or of the year, only where the datatype has it.
template <typename Get>
Value part(FunctionContext& context, Arguments a, bool (*has)(DateTime::Form), Get get) {
    const auto date = context.reader.date_time(a[0]);
    return date && has(date->form) ? get(*date) : Value{};
}

Value year(FunctionContext& c, Arguments a) { return part(c, a, has_day, [](const DateTime& d) -> Value { return Numeric::integer(d.year); }); }
Value month(FunctionContext& c, Arguments a) { return part(c, a, has_day, [](const DateTime& d) -> Value { return Numeric::integer(d.month); }); }
Value day(FunctionContext& c, Arguments a) { return part(c, a, has_day, [](const DateTime& d) -> Value { return Numeric::integer(d.day); }); }
Value hours(FunctionContext& c, Arguments a) { return part(c, a, has_time, [](const DateTime& d) -> Value { return Numeric::integer(d.hour); }); }
Value minutes(FunctionContext& c, Arguments a) { return part(c, a, has_time, [](const DateTime& d) -> Value { return Numeric::integer(d.minute); }); }

Value seconds(FunctionContext& context, Arguments a) {
    return part(context, a, has_time, [](const DateTime& d) -> Value {
        const auto number = Numeric::parse(d.seconds, vocabulary::xsd::kDecimal);
        return number ? Value(Term::decimal(number->to_string().ends_with(".0") ? number->rounded(Numeric::Rounding::Down).as(Numeric::Type::Integer)->to_string()
                                                                                : number->to_string()))
                      : Value{};
    });
}

Value zone(FunctionContext& context, Arguments a) {
    return part(context, a, is_any, [](const DateTime& d) -> Value { return Text{d.zone, {}, {}}; });
}

Value time_zone(FunctionContext& context, Arguments a) {
    return part(context, a, is_any, [](const DateTime& d) -> Value {
        if (!d.zone_minutes) return {};
        return Term::typed_literal(zone_duration(*d.zone_minutes), std::string(vocabulary::xsd::kDayTimeDuration));
    });
}

/// ADJUST(?date, "PT2H"^^xsd:dayTimeDuration) says the same moment in another time zone (XPath's fn:adjust-dateTime-to-timezone);
/// "" takes the zone away.
Value adjust(FunctionContext& context, Arguments a) {
    const auto date = context.reader.date_time(a[0]);
    if (!date) return {};
    std::optional<int> minutes;
    if (const auto zone = context.reader.duration(a[1])) {
        const auto seconds = zone->seconds.as(Numeric::Type::Integer)->small_integer();
        if (zone->months != 0 || !seconds || *seconds % 60 != 0 || std::abs(*seconds) > 14 * 3600) return {};
        minutes = static_cast<int>(*seconds / 60);
    } else if (context.reader.plain_text(a[1]) != "") {
        return {};
    }
    const auto moved = date->in_zone(minutes);
    return moved ? Value(Term::typed_literal(moved->to_string(), context.reader.term(a[0]).datatype)) : Value{};
}

Value now(FunctionContext& context, Arguments) {
    return Term::typed_literal(context.session.now, std::string(vocabulary::xsd::kDateTime));
}

constexpr std::array kRows{
    FunctionRow{"YEAR", 1, 1, year},       FunctionRow{"MONTH", 1, 1, month},     FunctionRow{"DAY", 1, 1, day},
    FunctionRow{"HOURS", 1, 1, hours},     FunctionRow{"MINUTES", 1, 1, minutes}, FunctionRow{"SECONDS", 1, 1, seconds},
    FunctionRow{"TZ", 1, 1, zone},         FunctionRow{"TIMEZONE", 1, 1, time_zone}, FunctionRow{"NOW", 0, 0, now},
    FunctionRow{"ADJUST", 2, 2, adjust},
};

}  // namespace

std::span<const FunctionRow> date_functions() { return kRows; }

}  // namespace tercet::exec

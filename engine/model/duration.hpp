#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/date_time.hpp"
#include "engine/model/numeric.hpp"

namespace tercet {

/// A value of xsd:duration, xsd:yearMonthDuration or xsd:dayTimeDuration: months and exact seconds, both of one sign.
struct Duration {
    enum class Type { Any, YearMonth, DayTime };

    Type type = Type::Any;
    std::int64_t months = 0;
    Numeric seconds = Numeric::integer(0);

    /// Nothing if the datatype is none of these, the form is not of it, or it takes more than 64 bits.
    [[nodiscard]] static std::optional<Duration> parse(std::string_view lexical_form, std::string_view datatype);

    /// The canonical lexical form: "P1Y2M", "-PT1.5S", "PT0S".
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] Term to_term() const;
    [[nodiscard]] Duration as(Type type) const;
    [[nodiscard]] Duration negated() const { return {type, -months, seconds.negated()}; }

    [[nodiscard]] static bool equal(const Duration& a, const Duration& b);
    /// -1, 0, 1 of two durations of months alone or of seconds alone; nothing for others, which have no total order.
    [[nodiscard]] static std::optional<int> compare(const Duration& a, const Duration& b);
};

/// The moment later by a duration (XSD 1.1 part 2, E.3.3): months first, at the latest day that the month has.
/// Nothing if a time would move by months, or the result is out of range.
[[nodiscard]] std::optional<DateTime> operator+(const DateTime& start, const Duration& duration);
/// From `start` to `end` as a dayTimeDuration; nothing if one has a time zone and the other has none.
[[nodiscard]] std::optional<Duration> between(const DateTime& start, const DateTime& end);

}  // namespace tercet

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tercet {

/// A value of xsd:dateTime, xsd:date, xsd:time, xsd:gYear, xsd:gYearMonth, with or without a time zone.
struct DateTime {
    enum class Form { DateTime, Date, Time, Year, YearMonth };
    Form form = Form::DateTime;
    std::int64_t year = 1972;  ///< what a time lacks is that of 1972-12-31, as XSD compares times
    unsigned month = 12;
    unsigned day = 31;
    unsigned hour = 0;
    unsigned minute = 0;
    std::string seconds = "00";           ///< with its fraction, as written
    std::optional<int> zone_minutes;      ///< east of Greenwich
    std::string zone;                     ///< as written: "Z", "+01:00", or empty

    /// Nothing if the datatype is none of these or the form is not of it.
    [[nodiscard]] static std::optional<DateTime> parse(std::string_view lexical_form, std::string_view datatype);

    /// -1, 0, 1; nothing where one has a time zone, the other has none, and fourteen hours decide (XSD 1.1 part 2, 3.3.7).
    [[nodiscard]] static std::optional<int> compare(const DateTime& a, const DateTime& b);

    /// Seconds and nanoseconds since 1970 in UTC, or in local time where there is no zone.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> instant() const;

    /// The lexical form, with the fraction of seconds as far as it is not zero. The end of a day is written as the next one's start.
    [[nodiscard]] std::string to_string() const;
    /// The same day of another month, or that month's last.
    [[nodiscard]] DateTime plus_months(std::int64_t months) const;
    /// Later by so much, in the same time zone; a time goes round the clock. Nothing past the years that can be written.
    [[nodiscard]] std::optional<DateTime> plus(std::int64_t seconds, std::int64_t nanoseconds) const;
    /// The same moment in another time zone; nothing: the same digits without one.
    [[nodiscard]] std::optional<DateTime> in_zone(std::optional<int> minutes) const;
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar, and back.
struct CalendarDay {
    std::int64_t year;
    unsigned month;
    unsigned day;
};
[[nodiscard]] std::int64_t days_since_epoch(const CalendarDay& date) noexcept;
[[nodiscard]] CalendarDay calendar_day(std::int64_t days_since_epoch) noexcept;
/// Of a number below a hundred.
[[nodiscard]] std::string two_digits(std::int64_t value);
/// YYYY-MM-DD, with more digits of the year and a minus where it takes them.
[[nodiscard]] std::string date_text(const CalendarDay& date);

/// The offset as an xsd:dayTimeDuration: "PT0S", "-PT8H", "PT5H30M".
[[nodiscard]] std::string zone_duration(int zone_minutes);

/// The current time as xsd:dateTime in UTC, with milliseconds.
[[nodiscard]] std::string current_date_time();

}  // namespace tercet

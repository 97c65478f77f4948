#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tercet {

/// A value of xsd:dateTime, xsd:date, xsd:time, xsd:gYear, xsd:gYearMonth, with or without a time zone.
struct DateTime {
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
    [[nodiscard]] static bool is_date_datatype(std::string_view datatype);

    /// -1, 0, 1; nothing where one has a time zone, the other has none, and fourteen hours decide (XSD 1.1 part 2, 3.3.7).
    [[nodiscard]] static std::optional<int> compare(const DateTime& a, const DateTime& b);

    /// Seconds and nanoseconds since 1970 in UTC, or in local time where there is no zone.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> instant() const;
};

/// The offset as an xsd:dayTimeDuration: "PT0S", "-PT8H", "PT5H30M".
[[nodiscard]] std::string zone_duration(int zone_minutes);

/// The current time as xsd:dateTime in UTC, with milliseconds.
[[nodiscard]] std::string current_date_time();

}  // namespace tercet

#include "engine/model/date_time.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "engine/model/vocabulary.hpp"

namespace tercet {
namespace {

/// Reads pieces off the front of a text; once something does not fit, ok stays false.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    unsigned digits(std::size_t count) {
        unsigned value = 0;
        if (!ok || rest.size() < count) return fail();
        for (std::size_t i = 0; i < count; ++i) {
            if (rest[i] < '0' || rest[i] > '9') return fail();
            value = value * 10 + static_cast<unsigned>(rest[i] - '0');
        }
        rest.remove_prefix(count);
        return value;
    }
    void literal(char c) {
        if (!ok || rest.empty() || rest.front() != c) fail();
        else rest.remove_prefix(1);
    }
    unsigned fail() {
        ok = false;
        return 0;
    }
};

unsigned days_in_month(std::int64_t year, unsigned month) {
    if (month == 2) return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void read_year(Scanner& in, DateTime& value) {
    const bool negative = !in.rest.empty() && in.rest.front() == '-';
    if (negative) in.rest.remove_prefix(1);
    std::size_t count = 0;
    while (count < in.rest.size() && in.rest[count] >= '0' && in.rest[count] <= '9') ++count;
    if (count < 4 || count > 9 || (count > 4 && in.rest.front() == '0')) {
        in.fail();
        return;
    }
    value.year = in.digits(count);
    if (negative) value.year = -value.year;
}

void read_month(Scanner& in, DateTime& value) {
    in.literal('-');
    value.month = in.digits(2);
    if (value.month < 1 || value.month > 12) in.fail();
}

void read_day(Scanner& in, DateTime& value) {
    in.literal('-');
    value.day = in.digits(2);
    if (in.ok && (value.day < 1 || value.day > days_in_month(value.year, value.month))) in.fail();
}

void read_time(Scanner& in, DateTime& value) {
    value.hour = in.digits(2);
    in.literal(':');
    value.minute = in.digits(2);
    in.literal(':');
    const std::string_view start = in.rest;
    const unsigned whole = in.digits(2);
    if (in.ok && !in.rest.empty() && in.rest.front() == '.') {
        in.rest.remove_prefix(1);
        std::size_t count = 0;
        while (count < in.rest.size() && in.rest[count] >= '0' && in.rest[count] <= '9') ++count;
        if (count == 0) in.fail();
        in.rest.remove_prefix(count);
    }
    value.seconds = start.substr(0, start.size() - in.rest.size());
    const bool end_of_day = value.hour == 24 && value.minute == 0 && whole == 0;
    if ((value.hour > 23 && !end_of_day) || value.minute > 59 || whole > 59) in.fail();
}

void read_zone(Scanner& in, DateTime& value) {
    value.zone = in.rest;
    if (!in.ok || in.rest.empty()) return;
    if (in.rest == "Z") {
        value.zone_minutes = 0;
        in.rest = {};
        return;
    }
    const bool negative = in.rest.front() == '-';
    if (!negative && in.rest.front() != '+') {
        in.fail();
        return;
    }
    in.rest.remove_prefix(1);
    const unsigned hours = in.digits(2);
    in.literal(':');
    const unsigned minutes = in.digits(2);
    if (hours > 14 || minutes > 59 || (hours == 14 && minutes != 0)) in.fail();
    value.zone_minutes = static_cast<int>(hours * 60 + minutes) * (negative ? -1 : 1);
}

std::int64_t days_since_epoch(std::int64_t y, unsigned m, unsigned d) {
    using namespace std::chrono;
    return sys_days(year(static_cast<int>(std::clamp<std::int64_t>(y, -32767, 32767))) / month(m) / day(d)).time_since_epoch().count();
}

}  // namespace

bool DateTime::is_date_datatype(std::string_view datatype) {
    if (!datatype.starts_with(vocabulary::kXsd)) return false;
    const std::string_view name = datatype.substr(vocabulary::kXsd.size());
    return name == "dateTime" || name == "date" || name == "time" || name == "gYear" || name == "gYearMonth" || name == "dateTimeStamp";
}

std::optional<DateTime> DateTime::parse(std::string_view lexical_form, std::string_view datatype) {
    if (!is_date_datatype(datatype)) return std::nullopt;
    const std::string_view name = datatype.substr(vocabulary::kXsd.size());
    DateTime value;
    Scanner in{lexical_form};
    if (name == "time") {
        read_time(in, value);
    } else {
        read_year(in, value);
        value.month = value.day = 1;
        if (name != "gYear") read_month(in, value);
        if (name != "gYear" && name != "gYearMonth") read_day(in, value);
        if (name == "dateTime" || name == "dateTimeStamp") {
            in.literal('T');
            read_time(in, value);
        }
    }
    read_zone(in, value);
    if (!in.ok || !in.rest.empty()) return std::nullopt;
    return value;
}

std::pair<std::int64_t, std::int64_t> DateTime::instant() const {
    std::int64_t total = ((days_since_epoch(year, month, day) * 24 + hour) * 60 + minute - zone_minutes.value_or(0)) * 60;
    total += std::strtol(seconds.c_str(), nullptr, 10);
    std::string fraction = seconds.size() > 3 ? seconds.substr(3) : "";
    fraction.resize(9, '0');
    return {total, std::strtol(fraction.c_str(), nullptr, 10)};
}

std::optional<int> DateTime::compare(const DateTime& a, const DateTime& b) {
    const auto x = a.instant(), y = b.instant();
    if (a.zone_minutes.has_value() != b.zone_minutes.has_value()) {
        constexpr std::int64_t kFourteenHours = 14 * 3600;
        if (x.first + kFourteenHours < y.first) return -1;
        if (y.first + kFourteenHours < x.first) return 1;
        return std::nullopt;
    }
    return x < y ? -1 : x == y ? 0 : 1;
}

std::string zone_duration(int zone_minutes) {
    if (zone_minutes == 0) return "PT0S";
    const int hours = std::abs(zone_minutes) / 60, minutes = std::abs(zone_minutes) % 60;
    std::string text = zone_minutes < 0 ? "-PT" : "PT";
    if (hours != 0) text += std::to_string(hours) + 'H';
    if (minutes != 0) text += std::to_string(minutes) + 'M';
    return text;
}

std::string current_date_time() {
    using namespace std::chrono;
    const auto now = floor<milliseconds>(system_clock::now());
    const auto today = floor<days>(now);
    const year_month_day date(today);
    const hh_mm_ss time(now - today);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                  static_cast<int>(time.subseconds().count()));
    return text;
}

}  // namespace tercet

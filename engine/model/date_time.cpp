#include "engine/model/date_time.hpp"

#include <algorithm>
#include <array>
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

constexpr std::int64_t kSecondsOfDay = 86400;
constexpr std::int64_t kNanoseconds = 1'000'000'000;
constexpr std::int64_t kMostYears = 999'999'999;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

struct FormRow {
    std::string_view name;
    DateTime::Form form;
};
constexpr std::array kForms{
    FormRow{"dateTime", DateTime::Form::DateTime}, FormRow{"dateTimeStamp", DateTime::Form::DateTime}, FormRow{"date", DateTime::Form::Date},
    FormRow{"time", DateTime::Form::Time},         FormRow{"gYear", DateTime::Form::Year},             FormRow{"gYearMonth", DateTime::Form::YearMonth},
};

const FormRow* form_of(std::string_view datatype) {
    if (!datatype.starts_with(vocabulary::kXsd)) return nullptr;
    const auto found = std::find_if(kForms.begin(), kForms.end(), [&](const FormRow& row) { return row.name == datatype.substr(vocabulary::kXsd.size()); });
    return found == kForms.end() ? nullptr : &*found;
}

std::string zone_text(std::optional<int> minutes) {
    if (!minutes) return {};
    if (*minutes == 0) return "Z";
    const int size = std::abs(*minutes);
    return (*minutes < 0 ? "-" : "+") + two_digits(size / 60) + ':' + two_digits(size % 60);
}

}  // namespace

std::string two_digits(std::int64_t value) { return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)}; }

// H. Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t days_since_epoch(const CalendarDay& date) noexcept {
    const unsigned m = date.month, d = date.day;
    const std::int64_t y = date.year - (m <= 2 ? 1 : 0);
    const std::int64_t era = floor_divide(y, 400);
    const auto year_of_era = static_cast<unsigned>(y - era * 400);
    const unsigned day_of_year = (153 * (m + (m > 2 ? -3U : 9U)) + 2) / 5 + d - 1;
    const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

CalendarDay calendar_day(std::int64_t days) noexcept {
    days += 719468;
    const std::int64_t era = floor_divide(days, 146097);
    const auto day_of_era = static_cast<unsigned>(days - era * 146097);
    const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const unsigned shifted_month = (5 * day_of_year + 2) / 153;
    const unsigned month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

std::string date_text(const CalendarDay& date) {
    std::string digits = std::to_string(date.year < 0 ? -date.year : date.year);
    if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
    return (date.year < 0 ? "-" : "") + digits + '-' + two_digits(date.month) + '-' + two_digits(date.day);
}

std::optional<DateTime> DateTime::parse(std::string_view lexical_form, std::string_view datatype) {
    const FormRow* row = form_of(datatype);
    if (row == nullptr) return std::nullopt;
    DateTime value;
    value.form = row->form;
    Scanner in{lexical_form};
    if (value.form == Form::Time) {
        read_time(in, value);
    } else {
        read_year(in, value);
        value.month = value.day = 1;
        if (value.form != Form::Year) read_month(in, value);
        if (value.form == Form::Date || value.form == Form::DateTime) read_day(in, value);
        if (value.form == Form::DateTime) {
            in.literal('T');
            read_time(in, value);
        }
    }
    read_zone(in, value);
    if (!in.ok || !in.rest.empty()) return std::nullopt;
    if (row->name == "dateTimeStamp" && !value.zone_minutes) return std::nullopt;
    return value;
}

std::pair<std::int64_t, std::int64_t> DateTime::instant() const {
    std::int64_t total = ((days_since_epoch({year, month, day}) * 24 + hour) * 60 + minute - zone_minutes.value_or(0)) * 60;
    total += std::strtol(seconds.c_str(), nullptr, 10);
    std::string fraction = seconds.size() > 3 ? seconds.substr(3) : "";
    fraction.resize(9, '0');
    return {total, std::strtol(fraction.c_str(), nullptr, 10)};
}

std::string DateTime::to_string() const {
    const std::string date = date_text({year, month, day});
    if (form == Form::Date) return date + zone;
    if (form == Form::YearMonth) return date.substr(0, date.size() - 3) + zone;
    if (form == Form::Year) return date.substr(0, date.size() - 6) + zone;
    std::string second = seconds;
    if (second.size() > 2) second.resize(std::max<std::size_t>(second.find_last_not_of('0') + 1, 3));
    if (second.ends_with('.')) second.pop_back();
    const std::string time = two_digits(hour) + ':' + two_digits(minute) + ':' + second + zone;
    return form == Form::Time ? time : date + 'T' + time;
}

DateTime DateTime::plus_months(std::int64_t months) const {
    DateTime moved = *this;
    const std::int64_t total = year * 12 + (static_cast<std::int64_t>(month) - 1) + months;
    moved.year = floor_divide(total, 12);
    moved.month = static_cast<unsigned>(total - moved.year * 12) + 1;
    moved.day = std::min(day, days_in_month(moved.year, moved.month));
    return moved;
}

std::optional<DateTime> DateTime::plus(std::int64_t more, std::int64_t nanoseconds) const {
    auto [total, fraction] = instant();
    if (std::abs(more) > kMostYears * 366 * kSecondsOfDay) return std::nullopt;
    fraction += nanoseconds;
    total += more + floor_divide(fraction, kNanoseconds) + zone_minutes.value_or(0) * 60;
    fraction -= floor_divide(fraction, kNanoseconds) * kNanoseconds;
    const std::int64_t days = floor_divide(total, kSecondsOfDay);
    const auto rest = static_cast<unsigned>(total - days * kSecondsOfDay);
    DateTime moved = *this;
    if (form != Form::Time) {
        const CalendarDay date = calendar_day(days);
        if (std::abs(date.year) > kMostYears) return std::nullopt;
        moved.year = date.year;
        moved.month = date.month;
        moved.day = date.day;
    }
    if (form != Form::Time && form != Form::DateTime) return moved;
    moved.hour = rest / 3600;
    moved.minute = rest / 60 % 60;
    moved.seconds = two_digits(rest % 60);
    if (fraction != 0) moved.seconds += '.' + std::to_string(kNanoseconds + fraction).substr(1);
    return moved;
}

std::optional<DateTime> DateTime::in_zone(std::optional<int> minutes) const {
    const int change = zone_minutes && minutes ? *minutes - *zone_minutes : 0;
    DateTime same = *this;
    same.zone_minutes.reset();
    auto moved = change == 0 ? std::optional(same) : same.plus(std::int64_t{change} * 60, 0);
    if (!moved) return std::nullopt;
    moved->zone_minutes = minutes;
    moved->zone = zone_text(minutes);
    return moved;
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

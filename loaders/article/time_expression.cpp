#include "loaders/article/time_expression.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <vector>

#include "engine/model/vocabulary.hpp"
#include "loaders/article/dateline.hpp"
#include "loaders/article/lexicon.hpp"
#include "loaders/article/quantity.hpp"
#include "loaders/article/text.hpp"
#include "loaders/article/word_set.hpp"

namespace tercet::article {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr auto kPartsOfDay = word_set("morning", "afternoon", "evening", "night", "noon", "midnight", "early", "late", "on", "in", "the", "this", "of", "last", "past", "next");
constexpr int kMostAgo = 3000;

std::string iso_day(year_month_day day) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return buffer;
}
std::string iso_month(year_month_day day) { return iso_day(day).substr(0, 7); }
std::string iso_year(year_month_day day) { return iso_day(day).substr(0, 4); }

std::optional<year_month_day> parse_day(std::string_view iso) {
    if (datatype_of_time(iso) != vocabulary::xsd::kDate) return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t size) { return std::stoi(std::string(iso.substr(at, size))); };
    return std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
}

/// The first of the month, so many months away.
year_month_day month_away(year_month_day day, int count) { return (day.year() / day.month() / 1) + months(count); }

/// The day of that name next to the article's, on the side of the tense.
std::string weekday(sys_days today, int wanted, Tense tense) {
    const int now = static_cast<int>(std::chrono::weekday(today).iso_encoding()) - 1;
    const int away = tense == Tense::Future ? (wanted - now + 7) % 7 : -((now - wanted + 7) % 7);
    return iso_day(today + days(away));
}

/// A month, or a day of one, without its year: the nearest on the side of the tense.
std::string in_year_of(year_month_day today, int month, int day, Tense tense) {
    const auto in = [&](std::chrono::year year) { return year / month / std::max(day, 1); };
    const auto key = [&](year_month_day date) { return day > 0 ? iso_day(date) : iso_month(date); };
    year_month_day then = in(today.year());
    if (tense == Tense::Past && key(then) > key(today)) then = in(today.year() - years(1));
    if (tense == Tense::Future && key(then) < key(today)) then = in(today.year() + years(1));
    return then.ok() ? key(then) : std::string();
}

/// "last year", "next month".
std::string named_stretch(const std::vector<std::string>& words, year_month_day today) {
    if (words.size() < 2) return {};
    const std::string& which = words[words.size() - 2];
    const int away = which == "last" ? -1 : which == "next" ? 1 : 0;
    if (away == 0 && which != "this") return {};
    if (words.back() == "year") return iso_year(today + years(away));
    return words.back() == "month" ? iso_month(month_away(today, away)) : std::string();
}

/// "two days ago", "a year ago".
std::string ago(const std::string& words, year_month_day today) {
    if (!words.ends_with(" ago")) return {};
    std::string phrase = words.substr(0, words.size() - 4);
    for (const std::string_view article : {"a ", "an "}) {
        if (phrase.starts_with(article)) phrase = "one " + phrase.substr(article.size());
    }
    const auto quantity = read_quantity(phrase);
    if (!quantity || quantity->bound != Quantity::Bound::Exact || quantity->value.size() > 4 || quantity->value.find('.') != std::string::npos) return {};
    const int count = std::stoi(quantity->value);
    if (count > kMostAgo) return {};
    const std::string& unit = quantity->unit;
    if (unit == "day" || unit == "days") return iso_day(sys_days(today) - days(count));
    if (unit == "week" || unit == "weeks") return iso_day(sys_days(today) - days(7 * count));
    if (unit == "month" || unit == "months") return iso_month(month_away(today, -count));
    return (unit == "year" || unit == "years") && count < 1500 ? iso_year(today - years(count)) : std::string();
}

bool is_year(std::string_view word) {
    return word.size() == 4 && std::ranges::all_of(word, text::is_digit) && (word.starts_with("1") || word.starts_with("20"));
}

/// Months, days and years by name and number; every other word must be one that changes nothing.
struct Parts {
    int month = 0;
    int day = 0;
    int weekday = -1;
    std::string year;
    bool is_sure = true;

    explicit Parts(const std::vector<std::string>& words) {
        for (const std::string& word : words) read(word);
    }
    void read(const std::string& word) {
        const bool digits = std::ranges::all_of(word, text::is_digit);
        const bool capital = text::is_upper(word.front());
        if (is_year(word) && year.empty()) year = word;
        else if (digits && word.size() <= 2 && day == 0) day = std::stoi(word);
        else if (capital && lexicon::month_number(word) > 0 && month == 0) month = lexicon::month_number(word);
        else if (capital && lexicon::weekday_number(word) >= 0 && weekday < 0) weekday = lexicon::weekday_number(word);
        else is_sure = is_sure && kPartsOfDay.has(text::lower(word));
    }
};

std::string by_parts(const Parts& parts, const std::optional<year_month_day>& today, Tense tense) {
    if (!parts.is_sure || (parts.day > 0 && parts.month == 0)) return {};
    if (!parts.year.empty()) {
        if (parts.month == 0) return parts.weekday < 0 ? parts.year : std::string();
        const year_month_day first = std::chrono::year(std::stoi(parts.year)) / parts.month / std::max(parts.day, 1);
        if (!first.ok()) return {};
        return parts.day > 0 ? iso_day(first) : iso_month(first);
    }
    if (!today) return {};
    if (parts.month > 0) return in_year_of(*today, parts.month, parts.day, tense);
    return parts.weekday >= 0 && tense != Tense::Unknown ? weekday(*today, parts.weekday, tense) : std::string();
}

std::string by_adverb(const std::string& words, sys_days today) {
    if (words == "today" || words == "tonight" || words == "this morning" || words == "this afternoon" || words == "this evening") return iso_day(today);
    if (words == "yesterday" || words == "last night") return iso_day(today - days(1));
    return words == "tomorrow" ? iso_day(today + days(1)) : std::string();
}

std::vector<std::string> clean_words(std::string_view phrase) {
    std::vector<std::string> words;
    for (std::string_view word : text::words(phrase)) {
        while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
        if (!word.empty()) words.emplace_back(word);
    }
    return words;
}

}  // namespace

std::string normal_time(std::string_view phrase, std::string_view article_date, Tense tense) {
    if (std::string date = find_date(phrase); !date.empty()) return date;
    const std::vector<std::string> words = clean_words(phrase);
    if (words.empty()) return std::string(phrase);
    const std::optional<year_month_day> today = parse_day(article_date);
    std::vector<std::string> lowered;
    for (const std::string& word : words) lowered.push_back(text::lower(word));
    const std::string joined = text::lower(text::squeeze(phrase));
    if (today) {
        for (std::string found : {by_adverb(joined, *today), ago(joined, *today), named_stretch(lowered, *today)}) {
            if (!found.empty()) return found;
        }
    }
    const bool last_or_next = lowered.front() == "last" || lowered.front() == "next";  // "last Friday" is said both ways
    std::string found = last_or_next ? std::string() : by_parts(Parts(words), today, tense);
    return found.empty() ? std::string(phrase) : found;
}

std::string_view datatype_of_time(std::string_view time) {
    const auto shaped = [&](std::string_view shape) {
        return std::ranges::equal(time, shape, [](char c, char s) { return s == '0' ? text::is_digit(c) : c == s; });
    };
    if (shaped("0000-00-00")) return vocabulary::xsd::kDate;
    if (shaped("0000-00")) return vocabulary::xsd::kGYearMonth;
    return shaped("0000") ? vocabulary::xsd::kGYear : vocabulary::xsd::kString;
}

}  // namespace tercet::article

#include "loaders/article/dateline.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <vector>

#include "loaders/article/lexicon.hpp"
#include "loaders/article/text.hpp"

namespace tercet::article {
namespace {

constexpr std::size_t kLongestDateline = 70;

/// Numbers and words of a line, the punctuation between them left out.
std::vector<std::string_view> date_tokens(std::string_view line) {
    std::vector<std::string_view> tokens;
    for (std::size_t at = 0; at < line.size();) {
        const bool digit = text::is_digit(line[at]);
        if (!digit && !text::is_letter(line[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        const auto same_kind = [&](char c) { return digit ? text::is_digit(c) : text::is_letter(c); };
        while (at < line.size() && same_kind(line[at])) ++at;
        tokens.push_back(line.substr(begin, at - begin));
    }
    return tokens;
}

std::optional<int> number(std::string_view token) {
    if (token.empty() || token.size() > 4 || !std::ranges::all_of(token, text::is_digit)) return std::nullopt;
    return std::stoi(std::string(token));
}

std::string iso(int year, int month, int day) {
    if (year < 100) year += year < 70 ? 2000 : 1900;
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || year < 1800) return {};
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", year, month, day);
    return buffer;
}

/// Reads three tokens as a date, in whichever of the usual orders fits.
std::string date_of(std::string_view a, std::string_view b, std::string_view c) {
    const auto x = number(a);
    const auto y = number(b);
    const auto z = number(c);
    if (x && y && z) {
        if (a.size() == 4) return iso(*x, *y, *z);
        if (c.size() != 4 && c.size() != 2) return {};
        return *y <= 12 ? iso(*z, *y, *x) : iso(*z, *x, *y);
    }
    if (x && z && c.size() == 4 && lexicon::month_number(b) > 0) return iso(*z, lexicon::month_number(b), *x);
    if (y && z && c.size() == 4 && lexicon::month_number(a) > 0) return iso(*z, lexicon::month_number(a), *y);
    return {};
}

/// Place names, dates and agencies only: every word is capitalised, a number, or a month.
bool is_place_line(std::string_view head) {
    const auto words = text::words(head);
    if (words.empty() || words.size() > 8) return false;
    return std::ranges::all_of(words, [](std::string_view word) {
        while (!word.empty() && (word.front() == '(' || word.front() == '/')) word.remove_prefix(1);
        return word.empty() || text::is_capitalised(word);
    });
}

std::size_t after_blanks(std::string_view paragraph, std::size_t at) {
    while (at < paragraph.size() && text::is_space(paragraph[at])) ++at;
    return at;
}

}  // namespace

std::size_t dateline_length(std::string_view paragraph) {
    const std::string_view head = paragraph.substr(0, kLongestDateline);
    // "Place/date/Agency:"
    const auto colon = head.find(':');
    if (colon != head.npos && std::ranges::count(head.substr(0, colon), '/') >= 1 &&
        is_place_line(head.substr(0, colon))) {
        return after_blanks(paragraph, colon + 1);
    }
    for (const std::string_view dash : {" - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " -- ", "\xE2\x80\x94"}) {
        const auto at = head.find(dash);
        if (at == head.npos || at == 0 || !is_place_line(head.substr(0, at))) continue;
        const std::string_view place = head.substr(0, at);
        const bool agency = place.ends_with(')');
        const bool shouted = text::is_acronym(text::words(place).front().substr(0, place.find(',')));
        const bool dated = std::ranges::any_of(place, text::is_digit);
        if (agency || shouted || dated) return after_blanks(paragraph, at + dash.size());
    }
    return 0;
}

std::size_t length_without_credit(std::string_view paragraph) {
    for (const std::string_view verb : {" reports.", " reported.", " writes.", " informs."}) {
        if (!paragraph.ends_with(verb)) continue;
        const auto comma = paragraph.rfind(", ", paragraph.size() - verb.size());
        if (comma == paragraph.npos || paragraph.size() - comma > kLongestDateline || comma < kLongestDateline)
            continue;
        const std::string_view who = paragraph.substr(comma + 2, paragraph.size() - comma - 2 - verb.size());
        const auto last = paragraph[comma - 1];
        const bool quoted =
            last == '"' || last == '\'' || static_cast<unsigned char>(last) >= 0x80;  // then it is the speaker
        const auto words = text::words(who);
        const bool plain = words.size() <= 6 && std::ranges::any_of(words, text::is_capitalised);
        if (plain && !quoted) return comma;
    }
    return paragraph.size();
}

std::string find_date(std::string_view line) {
    const auto tokens = date_tokens(line);
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (std::string date = date_of(tokens[i], tokens[i + 1], tokens[i + 2]); !date.empty()) return date;
    }
    return {};
}

}  // namespace tercet::article

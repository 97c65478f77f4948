#include "loaders/article/text.hpp"

#include <algorithm>
#include <array>

namespace tercet::article::text {
namespace {

using Kind = QuoteMark::Kind;

struct MarkRow {
    std::string_view bytes;
    Kind kind;
    char family;
};
constexpr std::array kMarks{
    MarkRow{"\"", Kind::Either, '"'},
    MarkRow{"\xE2\x80\x9C", Kind::Open, '"'},
    MarkRow{"\xE2\x80\x9D", Kind::Close, '"'},
    MarkRow{"\xE2\x80\x9E", Kind::Open, '"'},
    MarkRow{"'", Kind::Either, '\''},
    MarkRow{"\xE2\x80\x98", Kind::Open, '\''},
    MarkRow{"\xE2\x80\x99", Kind::Either, '\''},
    MarkRow{"\xC2\xAB", Kind::Open, '<'},
    MarkRow{"\xC2\xBB", Kind::Close, '<'},
};

bool is_word_byte(std::string_view text, std::size_t at) noexcept {
    return at < text.size() && (is_letter(text[at]) || is_digit(text[at]));
}

/// A straight mark, or an apostrophe-like one: what stands around it tells what it does.
Kind by_neighbours(std::string_view text, std::size_t at, const MarkRow& row) noexcept {
    const bool word_before = at > 0 && !is_space(text[at - 1]) && text[at - 1] != '(' && text[at - 1] != '-';
    const bool word_after = is_word_byte(text, at + row.bytes.size());
    if (row.family == '\'' && at > 0 && is_word_byte(text, at - 1) && word_after) return Kind::None;
    if (!word_before) return at + row.bytes.size() < text.size() ? Kind::Open : Kind::Close;
    return Kind::Close;
}

}  // namespace

std::string lower(std::string_view word) {
    std::string result(word);
    for (char& c : result) {
        if (is_upper(c)) c = static_cast<char>(c + ('a' - 'A'));
    }
    return result;
}

std::string_view trim(std::string_view line) noexcept {
    while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
    while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
    return line;
}

std::string squeeze(std::string_view phrase) {
    std::string result;
    for (const std::string_view word : words(phrase)) {
        if (!result.empty()) result += ' ';
        result += word;
    }
    return result;
}

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> result;
    for (std::size_t at = 0; at < line.size();) {
        if (is_space(line[at])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        while (at < line.size() && !is_space(line[at])) ++at;
        result.push_back(line.substr(begin, at - begin));
    }
    return result;
}

bool is_capitalised(std::string_view word) noexcept {
    if (word.empty()) return false;
    if (is_upper(word[0]) || is_digit(word[0])) return true;
    if (word.size() < 2) return false;
    const auto lead = static_cast<unsigned char>(word[0]);
    const auto next = static_cast<unsigned char>(word[1]);
    if (lead == 0xC3) return next >= 0x80 && next <= 0x9E;   // À to Þ
    return (lead == 0xC4 || lead == 0xC5) && next % 2 == 0;  // Latin Extended-A alternates
}

bool is_acronym(std::string_view word) noexcept {
    const auto capitals = std::ranges::count_if(word, is_upper);
    return capitals >= 2 && std::ranges::none_of(word, [](char c) { return is_letter(c) && !is_upper(c); });
}

QuoteMark quote_mark(std::string_view text, std::size_t at) noexcept {
    for (const MarkRow& row : kMarks) {
        if (!text.substr(at).starts_with(row.bytes)) continue;
        const Kind kind = row.kind == Kind::Either ? by_neighbours(text, at, row) : row.kind;
        return {kind, row.bytes.size(), row.family};
    }
    return {};
}

}  // namespace tercet::article::text

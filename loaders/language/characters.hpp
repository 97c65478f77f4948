#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace tercet::language {

/// Bytes of characters beyond ASCII count as letters.
[[nodiscard]] inline bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] inline bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
[[nodiscard]] inline bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (is_upper(c)) c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

template <typename List>
[[nodiscard]] bool is_one_of(std::string_view text, const List& list) {
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

/// How many bytes from there on are in the set; `predicate` is asked of each.
template <typename Predicate>
[[nodiscard]] std::size_t run_length(std::string_view text, std::size_t from, Predicate predicate) {
    std::size_t end = from;
    while (end < text.size() && predicate(text[end])) ++end;
    return end - from;
}

}  // namespace tercet::language

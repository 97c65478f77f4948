#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Small questions about bytes of English text. ASCII decides; other bytes count as letters.
namespace tercet::article::text {

[[nodiscard]] inline bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
[[nodiscard]] inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] inline bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] inline bool is_letter(char c) noexcept {
    return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
[[nodiscard]] std::string lower(std::string_view word);
[[nodiscard]] std::string_view trim(std::string_view line) noexcept;
/// Runs of white space become one blank; none at the ends.
[[nodiscard]] std::string squeeze(std::string_view phrase);
[[nodiscard]] std::vector<std::string_view> words(std::string_view line);
/// Starts with a capital letter, also one beyond ASCII in the Latin blocks, or with a digit.
[[nodiscard]] bool is_capitalised(std::string_view word) noexcept;
/// All letters are capitals, and there are at least two of them: NATO, U.S.
[[nodiscard]] bool is_acronym(std::string_view word) noexcept;

/// A quotation mark at a place in a text.
struct QuoteMark {
    enum class Kind { None, Open, Close, Either };
    Kind kind = Kind::None;
    std::size_t size = 0;  ///< bytes
    char family = 0;       ///< marks of one family pair up: '"' double, '\'' single, '<' angle
};
/// The mark that starts at `at`. Apostrophes are no marks; straight marks are Open or Close by their neighbours.
[[nodiscard]] QuoteMark quote_mark(std::string_view text, std::size_t at) noexcept;

}  // namespace tercet::article::text

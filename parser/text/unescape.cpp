#include "parser/text/unescape.hpp"

#include <charconv>
#include <stdexcept>

namespace tercet::grammar {
namespace {

std::uint32_t hex(std::string_view digits) {
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

/// Reads the escape at text[i] (a backslash and u or U), appends it, and returns its length.
std::size_t append_uchar(std::string& out, std::string_view text, std::size_t i) {
    const std::size_t digits = text[i + 1] == 'u' ? 4 : 8;
    if (i + 2 + digits > text.size()) throw std::invalid_argument("the escape \\" + std::string(1, text[i + 1]) + " is cut short");
    const std::string_view code = text.substr(i + 2, digits);
    const std::uint32_t code_point = hex(code);
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        throw std::invalid_argument("\\" + std::string(text.substr(i + 1, digits + 1)) + " is not a Unicode character");
    }
    append_utf8(out, code_point);
    return digits + 2;
}

char echar(char letter) {
    switch (letter) {
        case 't': return '\t';
        case 'b': return '\b';
        case 'n': return '\n';
        case 'r': return '\r';
        case 'f': return '\f';
        default: return letter;
    }
}

bool is_forbidden_in_iri(unsigned char c) {
    return c <= 0x20 || std::string_view("<>\"{}|^`\\").find(static_cast<char>(c)) != std::string_view::npos;
}

}  // namespace

void append_utf8(std::string& out, std::uint32_t c) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6U));
        byte(0x80 | (c & 0x3FU));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12U));
        byte(0x80 | ((c >> 6U) & 0x3FU));
        byte(0x80 | (c & 0x3FU));
    } else {
        byte(0xF0 | (c >> 18U));
        byte(0x80 | ((c >> 12U) & 0x3FU));
        byte(0x80 | ((c >> 6U) & 0x3FU));
        byte(0x80 | (c & 0x3FU));
    }
}

std::string unescape_string(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i++];
        } else if (text[i + 1] == 'u' || text[i + 1] == 'U') {
            i += append_uchar(out, text, i);
        } else {
            out += echar(text[i + 1]);
            i += 2;
        }
    }
    return out;
}

std::string unescape_iri(std::string_view text) {
    if (text.find('\\') == std::string_view::npos) return std::string(text);
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i++];
            continue;
        }
        const std::size_t before = out.size();
        i += append_uchar(out, text, i);
        if (is_forbidden_in_iri(static_cast<unsigned char>(out[before]))) {
            throw std::invalid_argument("an escape in the IRI <" + std::string(text) + "> stands for a character that no IRI may hold");
        }
    }
    return out;
}

std::string unescape_local_name(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        out += text[i];
    }
    return out;
}

std::string string_value(std::string_view quoted) {
    const bool is_long = quoted.size() >= 6 && quoted[0] == quoted[1] && quoted[1] == quoted[2];
    const std::size_t marks = is_long ? 3 : 1;
    return unescape_string(quoted.substr(marks, quoted.size() - 2 * marks));
}

LanguageTag language_tag(std::string_view text) {
    LanguageTag tag;
    text.remove_prefix(1);
    const std::size_t dashes = text.find("--");
    tag.language = text.substr(0, dashes);
    std::size_t run = 0;
    for (const char c : tag.language) {
        run = c == '-' ? 0 : run + 1;
        if (run > 8) throw std::invalid_argument("the language tag " + tag.language + " has a part of more than eight characters");
    }
    if (dashes == std::string_view::npos) return tag;
    const std::string_view direction = text.substr(dashes + 2);
    if (direction == "ltr") tag.direction = BaseDirection::LeftToRight;
    else if (direction == "rtl") tag.direction = BaseDirection::RightToLeft;
    else throw std::invalid_argument("the base direction '" + std::string(direction) + "' is neither ltr nor rtl");
    return tag;
}

std::size_t find_invalid_utf8(std::string_view text) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned char first = byte(i);
        if (first < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || i + length > text.size()) return i;
        for (std::size_t k = 1; k < length; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) return i;
        }
        const unsigned char second = byte(i + 1);
        const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
        const bool surrogate = first == 0xED && second >= 0xA0;
        if (overlong || surrogate || (first == 0xF4 && second >= 0x90)) return i;
        i += length;
    }
    return std::string_view::npos;
}

}  // namespace tercet::grammar

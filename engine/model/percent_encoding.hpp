#pragma once

#include <charconv>
#include <string>
#include <string_view>

namespace tercet {

/// Writes every byte that `keeps(char)` does not keep as %XX (RFC 3986, section 2.1).
template <typename Keeps>
[[nodiscard]] std::string percent_encoded(std::string_view text, const Keeps& keeps) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (keeps(c))
            out += c;
        else
            out.append({'%', kDigits[byte >> 4U], kDigits[byte & 15U]});
    }
    return out;
}

/// Replaces each %XX by its byte; a sign without two digits stays.
[[nodiscard]] inline std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        const char* digits = text.data() + i + 1;
        const bool encoded = text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
        out += encoded ? static_cast<char>(byte) : text[i];
        if (encoded) i += 2;
    }
    return out;
}

}  // namespace tercet

#pragma once

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

}  // namespace tercet

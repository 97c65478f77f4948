#pragma once

#include <string>
#include <string_view>

namespace tercet::grammar {

/// The type and subtype of a Content-Type, in lower case: "Text/Turtle; charset=utf-8" is "text/turtle".
[[nodiscard]] inline std::string media_type(std::string_view content_type) {
    std::string type;
    for (const char c : content_type.substr(0, content_type.find(';'))) {
        if (c != ' ' && c != '\t') type += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return type;
}

}  // namespace tercet::grammar

#pragma once

#include <string>
#include <string_view>

#include "tercet/error.hpp"

namespace tercet::results {

/// Where a reader is in its text: lines and, in code points, columns, both from 1.
class TextPlace {
public:
    void pass(char c) noexcept {
        if (c == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++column_;
        }
    }
    void pass(std::string_view text) noexcept {
        for (const char c : text) pass(c);
    }
    [[nodiscard]] TextPosition position(const std::string& source) const { return {source, line_, column_, {}}; }

private:
    std::size_t line_ = 1;
    std::size_t column_ = 1;
};

}  // namespace tercet::results

#include "parser/sparql/locator.hpp"

#include <utility>

namespace tercet::sparql {
namespace {

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

void Locator::forward_to(std::size_t offset) {
    for (; offset_ < offset; ++offset_) {
        if (text_[offset_] == '\n') {
            ++line_;
            column_ = 1;
        } else if (starts_code_point(text_[offset_])) {
            ++column_;
        }
    }
}

void Locator::backward_to(std::size_t offset) {
    while (offset_ > offset) {
        --offset_;
        if (text_[offset_] != '\n') {
            if (starts_code_point(text_[offset_])) --column_;
            continue;
        }
        --line_;
        const std::size_t newline = offset_;
        offset_ = offset_ == 0 ? 0 : text_.rfind('\n', offset_ - 1) + 1;
        column_ = 1;
        const std::size_t target = offset < offset_ ? offset_ : offset;
        forward_to(target < newline ? target : newline);
    }
}

Position Locator::at(const char* place) {
    const auto offset = static_cast<std::size_t>(place - text_.data());
    if (offset >= offset_) {
        forward_to(offset);
    } else {
        backward_to(offset);
    }
    return {static_cast<std::uint32_t>(line_), static_cast<std::uint32_t>(column_)};
}

TextPosition Locator::describe(const char* place, std::string source) {
    const Position position = at(place);
    const auto offset = static_cast<std::size_t>(place - text_.data());
    const std::size_t begin = offset == 0 ? 0 : text_.rfind('\n', offset - 1) + 1;
    std::string_view line = text_.substr(begin, text_.find('\n', offset) - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return {std::move(source), position.line, position.column, std::string(line)};
}

}  // namespace tercet::sparql

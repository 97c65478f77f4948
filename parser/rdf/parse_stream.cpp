#include "parser/rdf/parse_stream.hpp"

namespace tercet::rdf {
namespace {

constexpr std::size_t kLongestLineShown = 400;

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
    return count;
}

}  // namespace

TextPosition text_position(const std::string& source, std::size_t line, std::size_t byte_column, std::size_t byte,
                           std::string_view recent, std::size_t read) {
    TextPosition position{source, line, byte_column, {}};
    const std::size_t from_end = read - byte;
    if (from_end + byte_column - 1 > recent.size()) return position;
    const std::size_t at = recent.size() - from_end;
    const std::size_t start = at - (byte_column - 1);
    const std::string_view text = recent.substr(start, recent.substr(start).find_first_of("\r\n"));
    position.column = code_points(recent.substr(start, at - start)) + 1;
    if (text.size() <= kLongestLineShown) position.line_text = text;
    return position;
}

}  // namespace tercet::rdf

#include "parser/rdf/line_reader.hpp"

#include <algorithm>

#include "parser/rdf/readers.hpp"
#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20U;

/// Where the last line that starts behind `from` ends; a line feed is what counts, but there are documents without any.
std::size_t last_line_end(const std::string& text, std::size_t from) {
    for (const char line_end : {'\n', '\r'}) {
        const std::size_t found = text.rfind(line_end);
        if (found != std::string::npos && found >= from) return found + 1;
    }
    return 0;
}

}  // namespace

bool LineReader::next(Lines& lines) {
    lines.text.clear();
    lines.text.swap(rest_);
    lines.first = line_;
    std::size_t looked_at = lines.text.size();
    while (read_more(lines.text) != 0) {
        if (const std::size_t end = last_line_end(lines.text, looked_at); end != 0) {
            rest_.assign(lines.text, end);
            lines.text.resize(end);
            break;
        }
        looked_at = lines.text.size();
        if (looked_at > options_.longest_statement) throw statement_too_long(options_, line_);
    }
    line_ += static_cast<std::size_t>(std::count(lines.text.begin(), lines.text.end(), '\n'));
    return !lines.text.empty();
}

std::size_t LineReader::read_more(std::string& text) {
    const std::size_t before = text.size();
    text.resize(before + kPiece);
    in_.read(text.data() + before, kPiece);
    const auto got = static_cast<std::size_t>(in_.gcount());
    text.resize(before + got);
    if (in_.bad()) throw Error(ErrorCode::Io, "reading " + options_.source + " failed");
    return got;
}

}  // namespace tercet::rdf

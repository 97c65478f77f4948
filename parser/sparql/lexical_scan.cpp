#include "parser/sparql/lexical_scan.hpp"

#include <algorithm>
#include <vector>

namespace tercet::sparql {
namespace {

/// Length of the string at the start of the rest, up to the end of the text if it is not closed.
std::size_t string_length(std::string_view rest) {
    const std::string_view quote = rest.substr(0, rest.starts_with("\"\"\"") || rest.starts_with("'''") ? 3 : 1);
    for (std::size_t i = quote.size(); i < rest.size(); ++i) {
        if (rest[i] == '\\') {
            ++i;
        } else if (rest.substr(i).starts_with(quote)) {
            return i + quote.size();
        }
    }
    return rest.size();
}

/// Length of the IRI at the start of the rest, or 1 if it is a comparison.
std::size_t iri_length(std::string_view rest) {
    const std::size_t end = rest.find_first_of(" \t\r\n<>\"{}|^`", 1);
    return end != std::string_view::npos && rest[end] == '>' ? end + 1 : 1;
}

/// Length of what starts here and is opaque to brackets; 1 for any other character.
std::size_t token_length(std::string_view rest) {
    switch (rest.front()) {
        case '"':
        case '\'': return string_length(rest);
        case '<': return iri_length(rest);
        case '#': return std::min(rest.find('\n'), rest.size());
        case '\\': return std::min<std::size_t>(2, rest.size());
        default: return 1;
    }
}

}  // namespace

std::optional<std::size_t> last_open_bracket(std::string_view text) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < text.size(); i += token_length(text.substr(i))) {
        const char c = text[i];
        if (c == '{' || c == '[' || c == '(') open.push_back(i);
        if ((c == '}' || c == ']' || c == ')') && !open.empty()) open.pop_back();
    }
    if (open.empty()) return std::nullopt;
    return open.back();
}

std::string single_spaced(std::string_view text) {
    std::string spaced;
    bool space = false;
    for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
        length = token_length(text.substr(i));
        const char c = text[i];
        const bool brace = c == '{' || c == '}';
        space = space || brace;
        if (c == '#' || std::string_view(" \t\r\n").find(c) != std::string_view::npos) {
            space = true;
            continue;
        }
        if (space && !spaced.empty()) spaced += ' ';
        spaced += text.substr(i, length);
        space = brace;
    }
    return spaced;
}

}  // namespace tercet::sparql

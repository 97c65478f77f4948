#include "parser/sparql/messages.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "parser/sparql/hints.hpp"
#include "parser/sparql/spelling.hpp"

namespace tercet::sparql {
namespace {

/// What stands there, short enough for a message.
std::string found(const Stuck& stuck) {
    if (stuck.at_end()) return "the text ends here";
    constexpr std::size_t kLongest = 30;
    const std::string_view rest = stuck.rest();
    std::size_t length = rest.find_first_of(" \t\r\n", 1);
    if (!word_at(rest).empty()) length = word_at(rest).size();
    if (std::string_view("{}()[];,.").find(rest.front()) != std::string_view::npos) length = 1;
    std::string_view word = rest.substr(0, length);
    if (word.size() <= kLongest) return "found " + quoted(word);
    word = word.substr(0, kLongest);
    while (!word.empty() && (static_cast<unsigned char>(rest[word.size()]) & 0xC0U) == 0x80U) word.remove_suffix(1);
    return "found " + quoted(word) + "...";
}

/// What may nearly always follow; said only where nothing else may.
constexpr std::array<std::string_view, 28> kMinorLabels{
    "~",  "{|", ",", ";",  "*",  "/",  "+",   "-",  "|", "^",        "?",       "=",    "!=",     "<=",
    ">=", "<",  ">", "&&", "||", "IN", "NOT", "^^", "a", "DISTINCT", "REDUCED", "BASE", "PREFIX", "VERSION"};

std::vector<std::string_view> worth_saying(const std::vector<std::string_view>& labels) {
    std::vector<std::string_view> kept;
    std::copy_if(labels.begin(), labels.end(), std::back_inserter(kept), [](std::string_view label) {
        return std::find(kMinorLabels.begin(), kMinorLabels.end(), label) == kMinorLabels.end();
    });
    return kept.empty() ? labels : kept;
}

std::string join(const std::vector<std::string_view>& labels) {
    std::string text;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (i != 0) text += i + 1 == labels.size() ? " or " : ", ";
        text += labels[i];
    }
    return text;
}

}  // namespace

bool Stuck::expects(std::string_view label) const {
    return std::find(expected.begin(), expected.end(), label) != expected.end();
}

std::string message_for(const Stuck& stuck) {
    std::string message = "expected " + join(worth_saying(stuck.expected)) + ", " + found(stuck);
    const std::optional<std::string> hint = hint_for(stuck);
    return hint ? message + "; " + *hint : message;
}

bool is_open_string(std::string_view rest) {
    for (const std::string_view quote :
         {std::string_view("\"\"\""), std::string_view("'''"), std::string_view("\""), std::string_view("'")}) {
        if (!rest.starts_with(quote)) continue;
        for (std::size_t i = quote.size(); i < rest.size(); ++i) {
            if (rest[i] == '\\') {
                ++i;
            } else if (rest.substr(i).starts_with(quote)) {
                return false;
            } else if (quote.size() == 1 && rest[i] == '\n') {
                return true;
            }
        }
        return true;
    }
    return false;
}

}  // namespace tercet::sparql

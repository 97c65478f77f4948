#include "parser/sparql/messages.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "parser/sparql/functions.hpp"
#include "parser/sparql/lexical_scan.hpp"
#include "parser/sparql/spelling.hpp"

namespace tercet::sparql {
namespace {

constexpr std::array<std::string_view, 74> kKeywords{
    "SELECT",   "CONSTRUCT", "DESCRIBE",     "ASK",       "WHERE",  "PREFIX",  "BASE",     "VERSION", "DISTINCT",
    "REDUCED",  "FROM",      "NAMED",        "GRAPH",     "GROUP",  "BY",      "HAVING",   "ORDER",   "ASC",
    "DESC",     "LIMIT",     "OFFSET",       "VALUES",    "UNDEF",  "FILTER",  "OPTIONAL", "MINUS",   "UNION",
    "SERVICE",  "SILENT",    "BIND",         "AS",        "EXISTS", "NOT",     "IN",       "INSERT",  "DELETE",
    "DATA",     "WITH",      "USING",        "LOAD",      "CLEAR",  "DROP",    "CREATE",   "ADD",     "MOVE",
    "COPY",     "INTO",      "TO",           "DEFAULT",   "ALL",    "COUNT",   "SUM",      "MIN",     "MAX",
    "AVG",      "SAMPLE",    "GROUP_CONCAT", "SEPARATOR", "CALL",   "YIELD",   "UNFOLD",   "ANY",     "SHORTEST",
    "CHEAPEST", "GROUPS",    "WALK",         "TRAIL",     "SIMPLE", "ACYCLIC", "COST",     "TRUE",    "FALSE",
    "IF",       "COALESCE"};

std::string quoted(std::string_view word) { return std::string("'").append(word).append("'"); }

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Letters at the start of the rest, unless they are the prefix of a name.
std::string_view word_at(std::string_view rest) {
    const auto* end = std::find_if_not(rest.begin(), rest.end(), is_word_character);
    const std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    return rest.substr(word.size()).starts_with(':') ? std::string_view{} : word;
}

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

// --- hints: the first that applies is taken -------------------------------------------------------------------

using Hint = std::optional<std::string>;

Hint open_string(const Stuck& stuck) {
    if (!is_open_string(stuck.rest())) return {};
    return "the string that begins here is not closed";
}

Hint open_iri(const Stuck& stuck) {
    if (!stuck.rest().starts_with('<') || stuck.rest().starts_with("<<")) return {};
    const std::size_t end = stuck.rest().find_first_of(" >\n\"{}|^`", 1);
    if (end != std::string_view::npos && stuck.rest()[end] == '>') return {};
    return "an IRI in angle brackets ends with > and has no spaces, quotes or braces in it";
}

Hint open_bracket(const Stuck& stuck) {
    if (!stuck.at_end()) return {};
    const std::optional<std::size_t> open = last_open_bracket(stuck.text);
    if (!open) return {};
    const auto line = 1 + std::count(stuck.text.begin(), stuck.text.begin() + static_cast<std::ptrdiff_t>(*open), '\n');
    return "the " + quoted(stuck.text.substr(*open, 1)) + " of line " + std::to_string(line) + " is not closed";
}

Hint surplus_bracket(const Stuck& stuck) {
    if (stuck.at_end() || std::string_view(")]}").find(stuck.rest().front()) == std::string_view::npos) return {};
    if (last_open_bracket(stuck.before())) return {};
    return "this " + quoted(stuck.rest().substr(0, 1)) + " closes nothing";
}

Hint misspelt(const Stuck& stuck) {
    const std::string_view word = word_at(stuck.rest());
    if (word.size() < 2 || stuck.rest().starts_with('?')) return {};
    const std::string upper = upper_case(word);
    std::vector<std::string_view> candidates(kKeywords.begin(), kKeywords.end());
    for (const BuiltIn& function : built_ins()) candidates.push_back(function.name);
    const std::string_view near = nearest(upper, candidates);
    if (near.empty() || near == upper) return {};
    return "did you mean " + std::string(near) + "?";
}

Hint unparenthesised_expression(const Stuck& stuck) {
    const std::string_view word = word_at(stuck.rest());
    const bool is_function = find_built_in(word) != nullptr || is_aggregate(word);
    if (!is_function || !stuck.expects("( expression AS ?name )")) return {};
    return "write expressions in SELECT as (" + upper_case(word) + "(...) AS ?name)";
}

Hint prefix_without_colon(const Stuck& stuck) {
    if (!stuck.expects("a prefix such as ex:")) return {};
    return "a prefix ends with a colon: PREFIX ex: <http://...>";
}

Hint bare_iri(const Stuck& stuck) {
    if (!stuck.expects("an IRI in angle brackets")) return {};
    const std::string_view rest = stuck.rest();
    return "write <" + std::string(rest.substr(0, rest.find_first_of(" \t\r\n"))) + ">";
}

Hint comma_in_select(const Stuck& stuck) {
    if (!stuck.rest().starts_with(',') || !stuck.expects("( expression AS ?name )")) return {};
    return "variables stand side by side, without commas";
}

/// A string whose end is there but which did not fit: one of its escapes is wrong.
Hint bad_escape(const Stuck& stuck) {
    const std::string_view rest = stuck.rest();
    if (!rest.starts_with('"') && !rest.starts_with('\'')) return {};
    const std::size_t backslash = rest.find('\\');
    if (backslash == std::string_view::npos || backslash > rest.find('\n')) return {};
    return quoted(rest.substr(backslash, 2)) + " is not an escape; a backslash itself is written \\\\";
}

Hint pattern_without_braces(const Stuck& stuck) {
    if (stuck.expected.size() != 1 || !stuck.expects("{")) return {};
    return "the pattern stands in braces: { ... }";
}

Hint bare_filter(const Stuck& stuck) {
    if (!stuck.expects("a condition in parentheses or a function call")) return {};
    return "put the condition in parentheses: FILTER (...)";
}

Hint missing_as(const Stuck& stuck) {
    if (!stuck.expects("AS")) return {};
    if (stuck.rest().starts_with(')')) return "give the value a name: (... AS ?name)";
    if (stuck.rest().starts_with('?')) return "write AS before the name";
    return {};
}

Hint bare_word(const Stuck& stuck) {
    const std::string word(word_at(stuck.rest()));
    if (word.empty() || stuck.expects("a whole number") || (word.front() >= '0' && word.front() <= '9')) return {};
    if (std::find(kKeywords.begin(), kKeywords.end(), upper_case(word)) != kKeywords.end()) return {};
    return "a variable is written ?" + word + ", a name with its prefix :" + word + ", a text \"" + word + "\"";
}

Hint missing_dot(const Stuck& stuck) {
    if (stuck.at_end() || !stuck.expects(".")) return {};
    if (std::string_view("?$<:_\"'([").find(stuck.rest().front()) == std::string_view::npos &&
        word_at(stuck.rest()).empty() && stuck.rest().find(':') == std::string_view::npos) {
        return {};
    }
    return "is a '.' missing between two triples?";
}

/// Signs of other languages.
struct ForeignSign {
    std::string_view sign;
    std::string_view advice;
};
constexpr std::array kForeignSigns{
    ForeignSign{"==", "equality is written ="},
    ForeignSign{"<>", "inequality is written !="},
    ForeignSign{"&", "and is written &&"},
    ForeignSign{"|", "or is written ||"},
    ForeignSign{"%", "there is no remainder operator"},
    ForeignSign{"`", "texts stand in \" or '"},
    ForeignSign{"--", "comments begin with #"},
    ForeignSign{"//", "comments begin with #"},
    ForeignSign{"/*", "comments begin with #"},
};
Hint foreign_sign(const Stuck& stuck) {
    for (std::size_t back = 0; back <= 1 && back <= stuck.offset; ++back) {
        for (const auto& [sign, advice] : kForeignSigns) {
            if (stuck.text.substr(stuck.offset - back).starts_with(sign) && (back == 0 || sign.size() > 1))
                return std::string(advice);
        }
    }
    return {};
}

Hint stray_semicolon(const Stuck& stuck) {
    if (!stuck.rest().starts_with(';') || !stuck.expects("the end of the query")) return {};
    return "a query has no ';' at its end";
}

constexpr std::array kHints{open_string,
                            bad_escape,
                            foreign_sign,
                            prefix_without_colon,
                            bare_iri,
                            open_iri,
                            open_bracket,
                            surplus_bracket,
                            stray_semicolon,
                            comma_in_select,
                            missing_as,
                            unparenthesised_expression,
                            misspelt,
                            bare_filter,
                            pattern_without_braces,
                            bare_word,
                            missing_dot};

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
    for (const auto& hint : kHints) {
        if (const Hint text = hint(stuck)) return message + "; " + *text;
    }
    return message;
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

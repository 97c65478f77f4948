#include "parser/sparql/hints.hpp"

#include <algorithm>
#include <array>

#include "parser/sparql/foreign_habits.hpp"
#include "parser/sparql/functions.hpp"
#include "parser/sparql/lexical_scan.hpp"
#include "parser/sparql/locator.hpp"
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

}  // namespace

std::string quoted(std::string_view word) { return std::string("'").append(word).append("'"); }

namespace {

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
    const Position place = Locator(stuck.text).at(stuck.text.data() + *open);
    return "the " + quoted(stuck.text.substr(*open, 1)) + " of line " + std::to_string(place.line) + ", column " +
           std::to_string(place.column) + " is not closed";
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

Hint stray_semicolon(const Stuck& stuck) {
    if (!stuck.rest().starts_with(';') || !stuck.expects("the end of the query")) return {};
    return "a query has no ';' at its end";
}

/// ?x = 3 or ?x > 3 where a predicate should stand.
Hint comparison_among_triples(const Stuck& stuck) {
    if (!stuck.expects("a predicate: an IRI, a variable, a path or the word a")) return {};
    if (stuck.at_end() || std::string_view("=<>!").find(stuck.rest().front()) == std::string_view::npos) return {};
    if (stuck.rest().find(' ') > 2) return {};
    return "a comparison stands in a filter: FILTER(?x = 3)";
}

/// The clauses at the end of a query, in their order.
constexpr std::array<std::string_view, 6> kModifiers{"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"};
Hint modifier_too_late(const Stuck& stuck) {
    const std::string word = upper_case(word_at(stuck.rest()));
    if (!stuck.expects("the end of the query") || std::find(kModifiers.begin(), kModifiers.end(), word) == kModifiers.end()) return {};
    return word + " comes too late; the order is GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET, VALUES";
}

/// FILTER and its kin after the closing brace.
constexpr std::array<std::string_view, 8> kInsideBraces{"FILTER", "OPTIONAL", "MINUS", "UNION", "BIND", "GRAPH", "SERVICE", "WHERE"};
Hint pattern_after_brace(const Stuck& stuck) {
    const std::string word = upper_case(word_at(stuck.rest()));
    if (!stuck.expects("the end of the query") || std::find(kInsideBraces.begin(), kInsideBraces.end(), word) == kInsideBraces.end()) return {};
    return word + " belongs inside the braces; is a '}' too early?";
}

/// The last word before the place, in upper case.
std::string word_before(std::string_view text) {
    const std::size_t end = text.find_last_not_of(" \t\r\n");
    if (end == std::string_view::npos) return {};
    std::size_t begin = end + 1;
    while (begin > 0 && is_word_character(text[begin - 1])) --begin;
    return upper_case(text.substr(begin, end + 1 - begin));
}

/// ORDER BY DESC ?x, and ORDER BY ?x DESC at the end of the text: a parenthesis is missing after the direction.
Hint direction_without_parentheses(const Stuck& stuck) {
    const std::string word = word_before(stuck.before());
    if ((word != "DESC" && word != "ASC") || !stuck.expects("(")) return {};
    return "the direction stands before what it orders, which is in parentheses: " + word + "(?x)";
}

/// VALUES ?x (1 2).
Hint values_in_parentheses(const Stuck& stuck) {
    const std::size_t clause = upper_case(stuck.before()).rfind("VALUES");
    if (clause == std::string::npos || !stuck.rest().starts_with('(') || !stuck.expects("{")) return {};
    const std::string_view variables = stuck.before().substr(clause);
    if (variables.find('{') != std::string_view::npos) return {};
    return "the values of one variable stand in braces: VALUES ?x { 1 2 }";
}

/// INSERT { ... } and nothing after it.
Hint data_forgotten(const Stuck& stuck) {
    if (!stuck.expects("WHERE") || !stuck.expects("USING")) return {};
    const std::size_t close = stuck.before().find_last_not_of(" \t\r\n");
    const bool is_at_end = stuck.at_end() || stuck.rest().starts_with(';');
    if (!is_at_end || close == std::string_view::npos || stuck.text[close] != '}') return {};
    const std::string before = upper_case(stuck.before());
    const bool inserts = before.rfind("INSERT") != std::string::npos;
    return "triples without a pattern are given by " + std::string(inserts ? "INSERT" : "DELETE") + " DATA { ... }; after a template comes WHERE { ... }";
}

/// ORDER BY ?x DESC.
Hint direction_after_key(const Stuck& stuck) {
    const std::string word = upper_case(word_at(stuck.rest()));
    if ((word != "DESC" && word != "ASC") || !stuck.expects("a variable, ASC(...), DESC(...) or an expression in parentheses")) {
        return {};
    }
    return "the direction stands before what it orders: " + word + "(?x)";
}

/// A declaration that ends with a dot, as in Turtle.
Hint dot_after_declaration(const Stuck& stuck) {
    if (!stuck.rest().starts_with('.') || !stuck.expects("SELECT, CONSTRUCT, DESCRIBE or ASK")) return {};
    return "a declaration has no '.' at its end";
}

/// ?first-name
Hint hyphen_in_variable(const Stuck& stuck) {
    if (!stuck.rest().starts_with('-') || stuck.offset == 0 || !is_word_character(stuck.text[stuck.offset - 1])) return {};
    if (word_at(stuck.rest().substr(1)).empty()) return {};
    return "names of variables have letters, digits and _, no '-'";
}

Hint comma_between_values(const Stuck& stuck) {
    if (!stuck.rest().starts_with(',') || !stuck.expects("a value: an IRI, a literal, <<( s p o )>> or UNDEF")) return {};
    return "values stand side by side, without commas";
}

Hint missing_comma(const Stuck& stuck) {
    if (stuck.at_end() || !stuck.expects(",") || !stuck.expects(")")) return {};
    const bool is_value = std::string_view("?$\"'<:").find(stuck.rest().front()) != std::string_view::npos;
    return is_value ? Hint("arguments are parted by commas") : Hint{};
}

Hint limit_with_comma(const Stuck& stuck) {
    if (!stuck.rest().starts_with(',') || !stuck.expects("OFFSET")) return {};
    return "rows are passed over by OFFSET: LIMIT 10 OFFSET 20";
}

constexpr std::array kHints{data_forgotten,
                            direction_without_parentheses,
                            values_in_parentheses,
                            open_string,
                            bad_escape,
                            comparison_among_triples,
                            foreign_habit,
                            prefix_without_colon,
                            bare_iri,
                            open_iri,
                            open_bracket,
                            surplus_bracket,
                            stray_semicolon,
                            dot_after_declaration,
                            modifier_too_late,
                            pattern_after_brace,
                            direction_after_key,
                            limit_with_comma,
                            comma_between_values,
                            hyphen_in_variable,
                            comma_in_select,
                            missing_as,
                            unparenthesised_expression,
                            misspelt,
                            bare_filter,
                            pattern_without_braces,
                            missing_comma,
                            bare_word,
                            missing_dot};

}  // namespace

std::optional<std::string> hint_for(const Stuck& stuck) {
    for (const auto& hint : kHints) {
        if (Hint text = hint(stuck)) return text;
    }
    return std::nullopt;
}

}  // namespace tercet::sparql

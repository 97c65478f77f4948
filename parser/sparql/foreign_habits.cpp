#include "parser/sparql/foreign_habits.hpp"

#include <algorithm>
#include <array>

#include "parser/sparql/spelling.hpp"

namespace tercet::sparql {
namespace {

/// Something that is written otherwise in SPARQL.
struct Habit {
    std::string_view written;
    std::string_view advice;
};

constexpr std::string_view kQuoteAdvice = "this is a typographic quote; texts stand in straight ones: \" or '";
constexpr std::string_view kSpaceAdvice = "this looks like a space and is none; type a plain space";
constexpr std::string_view kDashAdvice = "this is a typographic dash; minus is written -";
constexpr std::string_view kCommentAdvice = "comments begin with #";
constexpr std::array kSigns{
    Habit{"\u201C", kQuoteAdvice},
    Habit{"\u201D", kQuoteAdvice},
    Habit{"\u201E", kQuoteAdvice},
    Habit{"\u2018", kQuoteAdvice},
    Habit{"\u2019", kQuoteAdvice},
    Habit{"\u00AB", kQuoteAdvice},
    Habit{"\u00BB", kQuoteAdvice},
    Habit{"\u00A0", kSpaceAdvice},
    Habit{"\u200B", kSpaceAdvice},
    Habit{"\uFEFF", kSpaceAdvice},
    Habit{"\u2013", kDashAdvice},
    Habit{"\u2014", kDashAdvice},
    Habit{"\u2212", kDashAdvice},
    Habit{"\u2260", "inequality is written !="},
    Habit{"\u2264", "this is written <="},
    Habit{"\u2265", "this is written >="},
    Habit{"==", "equality is written ="},
    Habit{"<>", "inequality is written !="},
    Habit{"&", "and is written &&"},
    Habit{"|", "or is written ||"},
    Habit{"%", "there is no remainder operator"},
    Habit{"`", "texts stand in \" or '"},
    Habit{"--", kCommentAdvice},
    Habit{"//", kCommentAdvice},
    Habit{"/*", kCommentAdvice},
    Habit{"@prefix", "that is Turtle; here it is PREFIX ex: <http://...> without @ and without a dot"},
    Habit{"@base", "that is Turtle; here it is BASE <http://...> without @ and without a dot"},
};

/// Words, in upper case. Those after which a bracket must follow are functions.
constexpr std::string_view kCypherAdvice = "that is Cypher; here it is SELECT ?a ?b { ?a :KNOWS ?b }";
constexpr std::string_view kUpdateAdvice = "that is SQL; here it is DELETE { ... } INSERT { ... } WHERE { ... }";
constexpr std::string_view kNullAdvice = "there is no NULL; ask with BOUND(?x), or write UNDEF in VALUES";
constexpr std::string_view kIfAdvice = "a choice is written IF(condition, then, else)";
constexpr std::array kWords{
    Habit{"MATCH", kCypherAdvice},
    Habit{"RETURN", kCypherAdvice},
    Habit{"UNWIND", "that is Cypher; a list of values is VALUES ?x { ... }"},
    Habit{"MERGE", kUpdateAdvice},
    Habit{"UPDATE", kUpdateAdvice},
    Habit{"SET", kUpdateAdvice},
    Habit{"TOP", "the number of rows stands at the end: LIMIT 10"},
    Habit{"FETCH", "the number of rows stands at the end: LIMIT 10"},
    Habit{"JOIN", "patterns that stand side by side are joined: { ?x :p ?y . ?y :q ?z }"},
    Habit{"LEFT", "what may be missing stands in OPTIONAL { ... }"},
    Habit{"EXCEPT", "solutions are taken away by MINUS { ... }"},
    Habit{"AND", "and is written && between conditions, . between triples"},
    Habit{"OR", "or is written || between conditions, UNION between patterns: { ... } UNION { ... }"},
    Habit{"LIKE", "texts are compared by CONTAINS(?x, \"part\"), STRSTARTS or REGEX"},
    Habit{"ILIKE", "texts are compared by REGEX(?x, \"part\", \"i\")"},
    Habit{"BETWEEN", "a range is written ?x >= 1 && ?x <= 9"},
    Habit{"IS", "whether a variable has a value is BOUND(?x), or !BOUND(?x)"},
    Habit{"NULL", kNullAdvice},
    Habit{"CASE", kIfAdvice},
    Habit{"WHEN", kIfAdvice},
    Habit{"THEN", kIfAdvice},
    Habit{"LENGTH", "the length of a text is STRLEN(?x)"},
    Habit{"LEN", "the length of a text is STRLEN(?x)"},
    Habit{"SUBSTRING", "a part of a text is SUBSTR(?x, 1, 3)"},
    Habit{"UPPER", "this function is UCASE(?x)"},
    Habit{"LOWER", "this function is LCASE(?x)"},
    Habit{"AVERAGE", "this function is AVG(?x)"},
    Habit{"STARTSWITH", "this function is STRSTARTS(?x, \"begin\")"},
    Habit{"ENDSWITH", "this function is STRENDS(?x, \"end\")"},
    Habit{"IFNULL", "this function is COALESCE(?x, 0)"},
    Habit{"CAST", "a cast is written xsd:integer(?x)"},
};

/// A sign may have been taken in part: the second = of ==.
std::optional<std::string> foreign_sign(const Stuck& stuck) {
    for (std::size_t back = 0; back <= 1 && back <= stuck.offset; ++back) {
        for (const auto& [sign, advice] : kSigns) {
            if (stuck.text.substr(stuck.offset - back).starts_with(sign) && (back == 0 || sign.size() == 2)) return std::string(advice);
        }
    }
    return std::nullopt;
}

std::optional<std::string> foreign_word(const Stuck& stuck) {
    const std::string upper = upper_case(word_at(stuck.rest()));
    const auto* found = std::find_if(kWords.begin(), kWords.end(), [&](const Habit& habit) { return habit.written == upper; });
    return found == kWords.end() ? std::nullopt : std::optional<std::string>(found->advice);
}

}  // namespace

std::optional<std::string> foreign_habit(const Stuck& stuck) {
    if (auto advice = foreign_sign(stuck)) return advice;
    return foreign_word(stuck);
}

}  // namespace tercet::sparql

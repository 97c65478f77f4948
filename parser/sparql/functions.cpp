#include "parser/sparql/functions.hpp"

#include <algorithm>
#include <array>

#include "parser/sparql/spelling.hpp"

namespace tercet::sparql {
namespace {

constexpr std::array kBuiltIns{
    BuiltIn{"STR", 1, 1},
    BuiltIn{"LANG", 1, 1},
    BuiltIn{"LANGMATCHES", 2, 2},
    BuiltIn{"LANGDIR", 1, 1},
    BuiltIn{"DATATYPE", 1, 1},
    BuiltIn{"BOUND", 1, 1},
    BuiltIn{"IRI", 1, 1},
    BuiltIn{"URI", 1, 1},
    BuiltIn{"BNODE", 0, 1},
    BuiltIn{"RAND", 0, 0},
    BuiltIn{"ABS", 1, 1},
    BuiltIn{"CEIL", 1, 1},
    BuiltIn{"FLOOR", 1, 1},
    BuiltIn{"ROUND", 1, 1},
    BuiltIn{"CONCAT", 0, kAnyNumber},
    BuiltIn{"SUBSTR", 2, 3},
    BuiltIn{"STRLEN", 1, 1},
    BuiltIn{"REPLACE", 3, 4},
    BuiltIn{"UCASE", 1, 1},
    BuiltIn{"LCASE", 1, 1},
    BuiltIn{"ENCODE_FOR_URI", 1, 1},
    BuiltIn{"CONTAINS", 2, 2},
    BuiltIn{"STRSTARTS", 2, 2},
    BuiltIn{"STRENDS", 2, 2},
    BuiltIn{"STRBEFORE", 2, 2},
    BuiltIn{"STRAFTER", 2, 2},
    BuiltIn{"YEAR", 1, 1},
    BuiltIn{"MONTH", 1, 1},
    BuiltIn{"DAY", 1, 1},
    BuiltIn{"HOURS", 1, 1},
    BuiltIn{"MINUTES", 1, 1},
    BuiltIn{"SECONDS", 1, 1},
    BuiltIn{"TIMEZONE", 1, 1},
    BuiltIn{"ADJUST", 2, 2},
    BuiltIn{"TZ", 1, 1},
    BuiltIn{"NOW", 0, 0},
    BuiltIn{"UUID", 0, 0},
    BuiltIn{"STRUUID", 0, 0},
    BuiltIn{"MD5", 1, 1},
    BuiltIn{"SHA1", 1, 1},
    BuiltIn{"SHA256", 1, 1},
    BuiltIn{"SHA384", 1, 1},
    BuiltIn{"SHA512", 1, 1},
    BuiltIn{"COALESCE", 0, kAnyNumber},
    BuiltIn{"IF", 3, 3},
    BuiltIn{"STRLANG", 2, 2},
    BuiltIn{"STRLANGDIR", 3, 3},
    BuiltIn{"STRDT", 2, 2},
    BuiltIn{"SAMETERM", 2, 2},
    BuiltIn{"ISIRI", 1, 1},
    BuiltIn{"ISURI", 1, 1},
    BuiltIn{"ISBLANK", 1, 1},
    BuiltIn{"ISLITERAL", 1, 1},
    BuiltIn{"ISNUMERIC", 1, 1},
    BuiltIn{"HASLANG", 1, 1},
    BuiltIn{"HASLANGDIR", 1, 1},
    BuiltIn{"REGEX", 2, 3},
    BuiltIn{"ISTRIPLE", 1, 1},
    BuiltIn{"TRIPLE", 3, 3},
    BuiltIn{"SUBJECT", 1, 1},
    BuiltIn{"PREDICATE", 1, 1},
    BuiltIn{"OBJECT", 1, 1},
};

constexpr std::array<std::string_view, 7> kAggregates{"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"};

}  // namespace

std::span<const BuiltIn> built_ins() noexcept { return kBuiltIns; }

const BuiltIn* find_built_in(std::string_view name) {
    const std::string upper = upper_case(name);
    const auto* found =
        std::find_if(kBuiltIns.begin(), kBuiltIns.end(), [&](const BuiltIn& b) { return b.name == upper; });
    return found == kBuiltIns.end() ? nullptr : found;
}

bool is_aggregate(std::string_view name) {
    const std::string upper = upper_case(name);
    return std::find(kAggregates.begin(), kAggregates.end(), upper) != kAggregates.end();
}

}  // namespace tercet::sparql

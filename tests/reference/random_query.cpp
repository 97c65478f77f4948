#include <array>

#include "tests/reference/random_part.hpp"
#include "tests/reference/random_terms.hpp"

namespace tercet::reference {
namespace {

/// Follows the grammar down. Kinds: e elements, g groups, t triples, x expressions, h paths.
class QueryMaker {
public:
    explicit QueryMaker(Dice& dice) : dice_(dice) {}

    Part query() {
        const std::size_t form = dice_.below(100);
        if (form < 8) return row(' ', "", "\n", "", {word("ASK"), group(3)});
        if (form < 16) return construct();
        if (form < 32) return grouped(3);
        return select(3);
    }

private:
    // --- terms ---
    std::string variable() { return std::string(dice_.one_of(kVariables)); }
    std::string constant() {
        if (dice_.chance(50)) return std::string(dice_.one_of(kNodes));
        return std::string(dice_.chance(15) ? dice_.one_of(kTripleTerms) : dice_.one_of(kLiterals));
    }
    std::string fresh() { return "?n" + std::to_string(++fresh_); }
    std::string subject() {
        if (dice_.chance(8)) return "_:b" + std::to_string(blanks_);
        return dice_.chance(88) ? variable() : std::string(dice_.one_of(kNodes));
    }
    std::string object() {
        if (dice_.chance(4)) return "<<( " + variable() + " " + (dice_.chance(50) ? variable() : ":p") + " " + variable() + " )>>";
        if (dice_.chance(8)) return "_:b" + std::to_string(blanks_);
        return dice_.chance(85) ? variable() : constant();
    }

    // --- patterns ---
    Part path(int depth) {
        const std::string predicate(dice_.one_of(kPredicates));
        if (depth == 0 || dice_.chance(25)) return word(predicate, 'h');
        switch (dice_.below(8)) {
            case 0: return row('h', "^(", "", ")", {path(depth - 1)});
            case 1: case 2: return row('h', "(", "/", ")", {path(depth - 1), path(depth - 1)});
            case 3: return row('h', "(", "|", ")", {path(depth - 1), path(depth - 1)});
            case 4: return row('h', "(", "", ")*", {path(depth - 1)});
            case 5: return row('h', "(", "", ")+", {path(depth - 1)});
            case 6: return row('h', "(", "", ")?", {path(depth - 1)});
            default: return word(dice_.one_of(std::array<std::string, 5>{"!:p", "!(:p|:q)", "!(^:p)", "!(:q|^:r)", "!(:p|^:q|^:r)"}), 'h');
        }
    }
    Part triple() {
        std::vector<Part> parts{word(subject())};
        if (dice_.chance(22)) {
            // ends without blank nodes and triple terms
            parts = {word(dice_.chance(70) ? variable() : std::string(dice_.one_of(kNodes))), path(3),
                     word(dice_.chance(80) ? variable() : constant())};
        } else {
            parts.push_back(word(dice_.chance(25) ? variable() : std::string(dice_.one_of(kPredicates))));
            parts.push_back(word(object()));
        }
        return removable(row('t', "", " ", " .", std::move(parts)));
    }
    Part triples(std::size_t most) {
        ++blanks_;
        Part block = row('e', "", " ", "", {});
        for (std::size_t i = 1 + dice_.below(most); i > 0; --i) block.parts.push_back(triple());
        return block;
    }
    Part group(int depth) {
        Part made = row('g', "{ ", "\n", " }", {});
        if (dice_.chance(75)) made.parts.push_back(removable(triples(2)));
        for (std::size_t i = dice_.below(3); i > 0; --i) made.parts.push_back(removable(element(depth)));
        return made;
    }
    Part element(int depth) {
        if (depth > 0 && dice_.chance(12)) return joined_by_value(depth);
        if (depth == 0 || dice_.chance(50)) return triples(2);
        switch (dice_.below(in_exists_ ? 7 : 10)) {
            case 0: return row('e', "OPTIONAL ", "", "", {group(depth - 1)});
            case 1: return row('e', "", " UNION ", "", {removable(group(depth - 1)), removable(group(depth - 1))});
            case 2: case 3: return row('e', "FILTER(", "", ")", {dice_.chance(35) && depth > 0 ? exists(depth) : expression(1 + static_cast<int>(dice_.below(3)), depth)});
            case 4: return row('e', "GRAPH " + (dice_.chance(60) ? variable() : std::string(dice_.one_of(kGraphs))) + " ", "", "", {group(depth - 1)});
            case 5: return row('e', "", "", "", {group(depth - 1)});
            case 6: return values();
            case 7: return row('e', "BIND(", "", " AS " + (dice_.chance(70) ? fresh() : variable()) + ")", {expression(2, depth)});
            case 8: return row('e', "MINUS ", "", "", {group(depth - 1)});
            default: return row('e', "{ ", "", " }", {dice_.chance(30) ? grouped(depth - 1) : select(depth - 1, true)});
        }
    }
    /// Two patterns that equal values connect, and maybe nothing else.
    Part joined_by_value(int depth) {
        const auto pattern = [&](const std::string& node, const std::string& value) {
            return removable(word(node + " " + std::string(dice_.one_of(kPredicates)) + " " + value + " .", 't'));
        };
        const auto side = [&](const std::string& value) { return word(dice_.chance(80) ? value : "STR(" + value + ")", 'x'); };
        const std::string other = dice_.chance(70) ? "?d" : variable();
        const bool same = dice_.chance(15);
        Part condition = row('e', "FILTER(", " && ", ")", {row('x', same ? "sameTerm(" : "(", same ? ", " : " = ", ")", {side("?b"), side(other)})});
        if (dice_.chance(25)) condition.parts.push_back(removable(expression(2, depth)));
        if (dice_.chance(60)) return row('e', "", " ", "", {pattern("?a", "?b"), pattern("?c", other), condition});
        return row('e', "", " OPTIONAL { ", " }", {pattern("?a", "?b"), row('e', "", " ", "", {pattern("?c", other), condition})});
    }
    Part values() {
        const std::size_t width = 1 + dice_.below(2);
        std::string head = "VALUES (?a";
        if (width == 2) head += " ?b";
        if (dice_.chance(30)) head = width == 2 ? "VALUES (?c ?d" : "VALUES (?g";
        Part made = row('e', head + ") { ", " ", " }", {});
        for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
            std::string line = "(";
            for (std::size_t c = 0; c < width; ++c) line += (dice_.chance(25) ? "UNDEF" : dice_.chance(60) ? std::string(dice_.one_of(kNodes)) : constant()) + (c + 1 < width ? " " : "");
            made.parts.push_back(removable(word(line + ")")));
        }
        return made;
    }

    // --- expressions ---
    Part expression(int size, int depth) {
        if (size == 0 || dice_.chance(12)) return word(dice_.chance(65) ? variable() : constant(), 'x');
        const auto inner = [&] { return expression(size - 1, depth); };
        const std::string op = dice_.one_of(std::array<std::string, 6>{" = ", " != ", " < ", " > ", " <= ", " >= "});
        switch (dice_.below(16)) {
            case 0: case 1: case 2: return row('x', "(", op, ")", {inner(), inner()});
            case 3: return row('x', "(", " && ", ")", {removable(inner()), removable(inner())});
            case 4: return row('x', "(", " || ", ")", {removable(inner()), removable(inner())});
            case 5: return row('x', "(!", "", ")", {inner()});
            case 6: return word("BOUND(" + variable() + ")", 'x');
            case 7: case 8: return depth > 0 && dice_.chance(70) ? exists(depth) : row('x', "sameTerm(", ", ", ")", {inner(), inner()});
            case 9: return row('x', "(" + variable() + dice_.one_of(std::array<std::string, 2>{" IN (", " NOT IN ("}), ", ", "))", {removable(inner()), inner()});
            case 10: return row('x', "IF(", ", ", ")", {inner(), inner(), inner()});
            case 11: return row('x', "COALESCE(", ", ", ")", {removable(inner()), inner()});
            case 12: return row('x', "(", dice_.one_of(std::array<std::string, 4>{" + ", " - ", " * ", " / "}), ")", {inner(), inner()});
            default: {
                static const std::array<std::string, 22> kOne{"STR", "LANG", "DATATYPE", "isIRI", "isBlank", "isLiteral", "isNumeric", "isTRIPLE",
                    "STRLEN", "UCASE", "ABS", "FLOOR", "SUBJECT", "OBJECT", "xsd:integer", "xsd:string", "xsd:boolean", "xsd:double", "YEAR", "LANGDIR", "ROUND", "hasLANG"};
                return row('x', dice_.one_of(kOne) + "(", "", ")", {inner()});
            }
        }
    }
    Part exists(int depth) {
        const bool before = std::exchange(in_exists_, true);
        Part made = row('x', dice_.chance(50) ? "EXISTS " : "NOT EXISTS ", "", "", {group(depth - 1)});
        in_exists_ = before;
        return made;
    }

    // --- queries ---
    Part select(int depth, bool inner = false) {
        Part made = row('q', dice_.chance(25) ? "SELECT DISTINCT " : "SELECT ", " ", "", {});
        if (!inner && dice_.chance(6)) made.open = "SELECT REDUCED ";
        std::vector<std::string> seen;
        if (dice_.chance(40)) {
            made.parts.push_back(word("*"));
        } else {
            for (const auto& name : kVariables) {
                if (dice_.chance(50)) seen.emplace_back(name);
            }
            if (seen.empty()) seen.emplace_back("?a");
            for (const auto& name : seen) made.parts.push_back(word(name));
            if (dice_.chance(20)) made.parts.push_back(removable(row(' ', "(", "", " AS " + fresh() + ")", {expression(2, 0)})));
        }
        if (!inner) dataset(made);
        made.parts.push_back(row(' ', "WHERE ", "", "", {group(depth)}));
        modifiers(made, seen, inner);
        return made;
    }
    void dataset(Part& query) {
        if (!dice_.chance(6)) return;
        for (std::size_t i = 1 + dice_.below(3); i > 0; --i) {
            query.parts.push_back(removable(word((dice_.chance(50) ? "FROM " : "FROM NAMED ") + std::string(dice_.one_of(kGraphs)))));
        }
    }
    void modifiers(Part& query, const std::vector<std::string>& seen, bool inner) {
        const bool sliced = dice_.chance(inner ? 25 : 15);
        if (dice_.chance(sliced ? 85 : 10)) {
            Part order = row(' ', "ORDER BY ", " ", "", {});
            if (seen.empty()) order.parts.push_back(word(dice_.chance(50) ? "DESC(?a)" : "?a"));
            for (const auto& name : seen) order.parts.push_back(removable(word(dice_.chance(30) ? "DESC(" + name + ")" : name)));
            query.parts.push_back(removable(order));
        }
        if (sliced) {
            query.parts.push_back(removable(word("LIMIT " + std::to_string(dice_.below(8)))));
            if (dice_.chance(40)) query.parts.push_back(removable(word("OFFSET " + std::to_string(dice_.below(4)))));
        }
        if (dice_.chance(6)) query.parts.push_back(removable(values()));
    }
    std::string aggregate() {
        const std::string name = dice_.one_of(std::array<std::string, 7>{"COUNT", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE"});
        if (dice_.chance(15)) return dice_.chance(50) ? "COUNT(*)" : "COUNT(DISTINCT *)";
        const std::string distinct = dice_.chance(30) ? "DISTINCT " : "";
        if (dice_.chance(8)) return "STRLEN(GROUP_CONCAT(" + distinct + "STR(" + variable() + "); SEPARATOR=\"--\"))";
        return name + "(" + distinct + (dice_.chance(75) ? variable() : expression(2, 0).text()) + ")";
    }
    Part grouped(int depth) {
        Part made = row('q', "SELECT ", " ", "", {}), by = row(' ', "GROUP BY ", " ", "", {});
        for (const auto& name : kVariables) {
            if (by.parts.size() == 2 || !dice_.chance(25)) continue;
            by.parts.push_back(word(std::string(name)));
            made.parts.push_back(word(std::string(name)));
        }
        if (dice_.chance(15)) {
            const std::string name = fresh();
            by.parts.push_back(row(' ', "(", "", " AS " + name + ")", {expression(2, 0)}));
            made.parts.push_back(word(name));
        }
        for (std::size_t i = 1 + dice_.below(2); i > 0; --i) made.parts.push_back(removable(word("(" + aggregate() + " AS " + fresh() + ")")));
        made.parts.push_back(row(' ', "WHERE ", "", "", {group(depth)}));
        if (!by.parts.empty()) made.parts.push_back(by);
        if (dice_.chance(20)) made.parts.push_back(removable(word("HAVING (" + aggregate() + dice_.one_of(std::array<std::string, 3>{" > ", " = ", " <= "}) + constant() + ")")));
        return made;
    }
    Part construct() {
        Part pattern = row(' ', "CONSTRUCT { ", " ", " }", {});
        for (std::size_t i = 1 + dice_.below(2); i > 0; --i) pattern.parts.push_back(removable(word(variable() + " " + (dice_.chance(50) ? variable() : ":q") + " " + variable() + " .")));
        return row(' ', "", "\n", "", {pattern, row(' ', "WHERE ", "", "", {group(3)})});
    }

    Dice& dice_;
    int fresh_ = 0;
    int blanks_ = 0;
    bool in_exists_ = false;
};

}  // namespace

Part random_query(Dice& dice) { return QueryMaker(dice).query(); }

}  // namespace tercet::reference

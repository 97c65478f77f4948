#include "w3c/facts.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace tercet::w3c {
namespace {

using Colours = std::map<std::string, std::string>;  ///< of blank nodes, by label

constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

/// Without plus sign, leading zeros, and zeros at the end of a fraction.
std::string canonical_decimal(std::string text) {
    const bool negative = text.starts_with('-');
    if (text.starts_with('-') || text.starts_with('+')) text.erase(0, 1);
    if (text.find('.') != std::string::npos) {
        while (text.ends_with('0')) text.pop_back();
        if (text.ends_with('.')) text.pop_back();
    }
    while (text.size() > 1 && text[0] == '0' && text[1] != '.') text.erase(0, 1);
    if (text.empty() || text.front() == '.') text.insert(0, "0");
    return negative && text != "0" ? '-' + text : text;
}

std::string canonical_double(const std::string& text) {
    char written[64];
    std::snprintf(written, sizeof written, "%.9g", std::strtod(text.c_str(), nullptr));
    return written;
}

void collect_blanks(const Term& term, std::set<std::string>& labels) {
    if (term.is_blank_node()) labels.insert(term.value);
    if (!term.is_triple_term()) return;
    for (const Term* part : {&term.triple().subject, &term.triple().predicate, &term.triple().object}) collect_blanks(*part, labels);
}

std::set<std::string> blanks_of(const Fact& fact) {
    std::set<std::string> labels;
    for (const Term& term : fact) collect_blanks(term, labels);
    return labels;
}

std::string text_of(const Term& term, const Colours& colours, const std::string& self) {
    if (term.is_blank_node()) return term.value == self ? "self" : '_' + colours.at(term.value);
    if (!term.is_triple_term()) return term.is_defined() ? term.to_string() : "-";
    const Triple& t = term.triple();
    return '(' + text_of(t.subject, colours, self) + ' ' + text_of(t.predicate, colours, self) + ' ' + text_of(t.object, colours, self) + ')';
}

std::string text_of(const Fact& fact, const Colours& colours, const std::string& self = {}) {
    std::string text;
    for (const Term& term : fact) text += text_of(term, colours, self) + ' ';
    return text;
}

/// Facts, and which of them each blank node stands in.
struct Side {
    explicit Side(Facts all) : facts(std::move(all)) {
        for (std::size_t i = 0; i < facts.size(); ++i) {
            for (const std::string& label : blanks_of(facts[i])) mentions[label].push_back(i);
        }
    }
    /// A blank node is told by what stands around it: colours are refined until no more nodes come apart.
    [[nodiscard]] Colours refined(Colours colours) const {
        for (std::size_t classes = 0;;) {
            Colours next;
            std::set<std::string> different;
            for (const auto& [label, where] : mentions) {
                std::vector<std::string> around;
                for (const std::size_t i : where) around.push_back(text_of(facts[i], colours, label));
                std::sort(around.begin(), around.end());
                std::string all = colours.at(label);
                for (const std::string& each : around) all += '|' + each;
                next[label] = std::to_string(std::hash<std::string>{}(all));
                different.insert(next[label]);
            }
            if (different.size() == classes) return next;
            classes = different.size();
            colours = std::move(next);
        }
    }
    [[nodiscard]] std::multiset<std::string> texts(const Colours& colours) const {
        std::multiset<std::string> all;
        for (const Fact& fact : facts) all.insert(text_of(fact, colours));
        return all;
    }

    Facts facts;
    std::map<std::string, std::vector<std::size_t>> mentions;
};

/// Nodes that look alike are matched by trying: one of them with each of its likes.
bool match(const Side& a, const Side& b, const Colours& seed_a, const Colours& seed_b, std::size_t depth) {
    const Colours colours_a = a.refined(seed_a), colours_b = b.refined(seed_b);
    if (a.texts(colours_a) != b.texts(colours_b)) return false;
    std::map<std::string, std::vector<std::string>> groups;
    for (const auto& [label, colour] : colours_a) groups[colour].push_back(label);
    const auto open = std::find_if(groups.begin(), groups.end(), [](const auto& group) { return group.second.size() > 1; });
    if (open == groups.end()) return true;
    const std::string fixed = "fixed" + std::to_string(depth);
    Colours next_a = colours_a;
    next_a[open->second.front()] = fixed;
    return std::any_of(colours_b.begin(), colours_b.end(), [&](const auto& other) {
        if (other.second != open->first) return false;
        Colours next_b = colours_b;
        next_b[other.first] = fixed;
        return match(a, b, next_a, next_b, depth + 1);
    });
}

Colours plain(const Side& side) {
    Colours colours;
    for (const auto& mention : side.mentions) colours[mention.first] = "0";
    return colours;
}

}  // namespace

Facts facts_of_solutions(const std::vector<std::string>& variables, const std::vector<std::vector<Term>>& rows) {
    Facts facts;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const Term solution = Term::blank_node("solution " + std::to_string(r));
        facts.push_back({solution});
        for (std::size_t v = 0; v < variables.size(); ++v) {
            if (rows[r][v].is_defined()) facts.push_back({solution, Term::literal(variables[v]), canonical(rows[r][v])});
        }
    }
    return facts;
}

Term canonical(const Term& term) {
    if (term.is_triple_term()) {
        const Triple& t = term.triple();
        return Term::triple_term({canonical(t.subject), canonical(t.predicate), canonical(t.object)});
    }
    static constexpr std::array<std::string_view, 9> kNumbers{"integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger"};
    if (!term.is_literal() || !term.datatype.starts_with(kXsd)) return term;
    const std::string_view type = std::string_view(term.datatype).substr(kXsd.size());
    const bool number = std::find(kNumbers.begin(), kNumbers.end(), type) != kNumbers.end();
    const bool plain = !term.value.empty() && term.value.find_first_not_of("+-.0123456789eE") == std::string::npos;
    if (!number || !plain) return term;
    const bool binary = type == "double" || type == "float";
    return Term::typed_literal(binary ? canonical_double(term.value) : canonical_decimal(term.value), term.datatype);
}

bool isomorphic(Facts a, Facts b) {
    const Side left(std::move(a)), right(std::move(b));
    return left.facts.size() == right.facts.size() && left.mentions.size() == right.mentions.size() &&
           match(left, right, plain(left), plain(right), 0);
}

}  // namespace tercet::w3c

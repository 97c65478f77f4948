#include "tercet/saved_query.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "engine/model/numeric.hpp"
#include "engine/model/vocabulary.hpp"
#include "loaders/input/input_file.hpp"
#include "tercet/database.hpp"

namespace tercet {
namespace {

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    return begin == std::string::npos ? std::string() : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

struct TypeRow {
    std::string_view name;
    bool (*fits)(const Term&);
    std::string_view example;
};
bool has_datatype(const Term& term, std::string_view datatype) { return term.is_literal() && term.datatype == datatype; }

constexpr std::array kTypes{
    TypeRow{"iri", [](const Term& t) { return t.is_iri(); }, ":Miller or <http://example.org/x>"},
    TypeRow{"string", [](const Term& t) { return has_datatype(t, vocabulary::xsd::kString); }, "\"text\""},
    TypeRow{"integer", [](const Term& t) { return has_datatype(t, vocabulary::xsd::kInteger); }, "42"},
    TypeRow{"decimal", [](const Term& t) { return t.is_literal() && Numeric::is_numeric_datatype(t.datatype); }, "1.5"},
    TypeRow{"date", [](const Term& t) { return has_datatype(t, vocabulary::xsd::kDate); }, "\"2026-11-23\"^^xsd:date"},
    TypeRow{"term", [](const Term&) { return true; }, "any term"},
};

const TypeRow* type_of(std::string_view name) {
    const auto found = std::find_if(kTypes.begin(), kTypes.end(), [&](const TypeRow& row) { return row.name == name; });
    return found == kTypes.end() ? nullptr : &*found;
}

/// "who: iri = :Miller"
SavedQuery::Parameter parse_parameter(const std::string& text, const TextPosition& place) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) throw Error(ErrorCode::Syntax, "expected '# param NAME: TYPE = DEFAULT'", place);
    std::string rest = text.substr(colon + 1);
    SavedQuery::Parameter parameter;
    parameter.name = trimmed(text.substr(0, colon));
    const std::size_t sign = rest.find('=');
    if (sign != std::string::npos) {
        parameter.default_text = trimmed(rest.substr(sign + 1));
        rest = rest.substr(0, sign);
    }
    parameter.type = trimmed(rest);
    if (type_of(parameter.type) == nullptr) {
        throw Error(ErrorCode::Syntax, "there is no parameter type '" + parameter.type + "'; there are iri, string, integer, decimal, date and term", place);
    }
    return parameter;
}

Term typed_value(const Database& database, const SavedQuery::Parameter& parameter, const std::string& text) {
    const TypeRow& type = *type_of(parameter.type);
    Term term;
    try {
        term = database.parse_term(text);
    } catch (const Error& error) {
        if (parameter.type == "string" && text.find_first_of("\"'<>") == std::string::npos) return Term::literal(text);
        throw Error(ErrorCode::InvalidArgument, "the parameter " + parameter.name + " cannot be read as a term: " + text + " (" + error.message() + ")");
    }
    if (type.fits(term)) return term;
    throw Error(ErrorCode::InvalidArgument, "the parameter " + parameter.name + " is of type " + parameter.type + ", such as " +
                                                std::string(type.example) + "; got " + text);
}

}  // namespace

SavedQuery SavedQuery::read(const std::string& file) {
    input::InputFile in(file);
    return parse(in.read_all(), file);
}

SavedQuery SavedQuery::parse(std::string_view text, std::string file) {
    SavedQuery query;
    query.file = std::move(file);
    query.text = text;
    std::istringstream lines(query.text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const std::string comment = trimmed(line);
        if (comment.empty()) continue;
        if (comment.front() != '#') break;
        const std::string content = trimmed(comment.substr(1));
        if (content.starts_with("title:")) query.title = trimmed(content.substr(6));
        else if (content.starts_with("description:")) query.description = trimmed(content.substr(12));
        else if (content.starts_with("param ")) query.parameters.push_back(parse_parameter(trimmed(content.substr(6)), {query.file, number, 1, line}));
    }
    return query;
}

std::vector<std::pair<std::string, Term>> SavedQuery::bind(const Database& database,
                                                           const std::vector<std::pair<std::string, std::string>>& given) const {
    std::vector<std::pair<std::string, Term>> values;
    for (const auto& [name, text] : given) {
        const auto known = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == name; });
        const Parameter parameter = known == parameters.end() ? Parameter{name, "term", std::nullopt} : *known;
        if (known == parameters.end() && !parameters.empty()) {
            throw Error(ErrorCode::InvalidArgument, "the query has no parameter " + name);
        }
        values.emplace_back(name, typed_value(database, parameter, text));
    }
    for (const Parameter& parameter : parameters) {
        const auto same = [&](const auto& value) { return value.first == parameter.name; };
        if (std::any_of(values.begin(), values.end(), same)) continue;
        if (!parameter.default_text) {
            throw Error(ErrorCode::InvalidArgument, "the parameter " + parameter.name + " (" + parameter.type + ") must be given: --param " + parameter.name + "=...");
        }
        values.emplace_back(parameter.name, typed_value(database, parameter, *parameter.default_text));
    }
    return values;
}

}  // namespace tercet

#include "engine/algebra/named_projections.hpp"

#include <algorithm>

#include "parser/sparql/spelling.hpp"
#include "tercet/error.hpp"

namespace tercet::algebra {

std::string ProjectionDefinition::key() const {
    std::string key = declarations + text;
    for (const auto& [name, values] : parameters) {
        key += "\n$" + name + " =";
        for (const Term& value : values) key += ' ' + value.to_string();
    }
    return key;
}

void NamedProjections::define(const std::string& name, Definition definition) {
    const std::scoped_lock lock(mutex_);
    definitions_.insert_or_assign(name, std::move(definition));
}

NamedProjections::Definition NamedProjections::find(std::string_view name) const {
    const std::scoped_lock lock(mutex_);
    if (const auto found = definitions_.find(name); found != definitions_.end()) return found->second;
    std::vector<std::pair<std::size_t, std::string>> names;
    for (const auto& [known, definition] : definitions_) names.emplace_back(sparql::edit_distance(name, known), known);
    std::sort(names.begin(), names.end());
    std::string message = "there is no projection \"" + std::string(name) + "\"; ";
    if (names.empty()) message += "CALL algo:project(?s ?o { ?s ?p ?o } ; name \"" + std::string(name) + "\") YIELD (?nodes) makes one";
    else message += "there are ";
    for (const auto& [distance, known] : names) message += (known == names.front().second ? "\"" : ", \"") + known + '"';
    throw Error(ErrorCode::Query, message);
}

std::vector<std::pair<std::string, NamedProjections::Definition>> NamedProjections::all() const {
    const std::scoped_lock lock(mutex_);
    return {definitions_.begin(), definitions_.end()};
}

}  // namespace tercet::algebra

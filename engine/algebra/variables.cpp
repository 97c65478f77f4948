#include "engine/algebra/algebra.hpp"

namespace tercet::algebra {

VariableId Variables::id(std::string_view name) {
    const auto [found, is_new] = ids_.try_emplace(std::string(name), static_cast<VariableId>(names_.size()));
    if (is_new) names_.emplace_back(name);
    return found->second;
}

VariableId Variables::use(const sparql::Variable& variable) {
    const VariableId known = id(variable.name);
    if (!keeps_places_) return known;
    if (places_.size() <= known) places_.resize(known + std::size_t{1});
    places_[known].emplace(variable.position.line, variable.position.column);
    return known;
}

sparql::Position Variables::first_use(VariableId id) const {
    if (uses(id) == 0) return {};
    const auto [line, column] = *places_[id].begin();
    return {line, column};
}

VariableId Variables::fresh(std::string_view purpose) {
    return id('.' + std::string(purpose) + std::to_string(names_.size()));
}

std::optional<VariableId> Variables::find(std::string_view name) const {
    const auto found = ids_.find(std::string(name));
    return found == ids_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace tercet::algebra

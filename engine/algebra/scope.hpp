#pragma once

#include <vector>

#include "engine/algebra/algebra.hpp"

namespace tercet::algebra {

/// The variables of a pattern that its solutions may bind, in the order in which they appear (SPARQL 1.2 section 18.2.1).
[[nodiscard]] std::vector<VariableId> in_scope(const Node& node);

/// Those of them that every solution binds.
[[nodiscard]] std::vector<VariableId> surely_bound(const Node& node);

/// Variables that expressions inside the pattern look at, whether or not the pattern binds them; EXISTS patterns included.
[[nodiscard]] std::vector<VariableId> used_in_expressions(const Node& node);

/// The variables of an expression, those of EXISTS patterns included.
void collect_variables(const Expression& expression, std::vector<VariableId>& variables);
[[nodiscard]] bool contains_exists(const Expression& expression);

}  // namespace tercet::algebra

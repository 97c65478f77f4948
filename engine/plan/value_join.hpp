#pragma once

#include <string_view>
#include <vector>

#include "engine/plan/nodes.hpp"

/// Joins of patterns that share no variable, but that a condition such as ?x = ?y connects: each side gets a hidden column with the
/// key of its value (kValueKey), which is the same wherever "=" is true, and the join is one by that column. Different values may
/// have one key, so the condition is still to be looked at.
namespace tercet::plan {

/// A function that no query can name: what a value is joined by (exec::value_key).
inline constexpr std::string_view kValueKey = "VALUE KEY";

/// Expressions that are equal where a condition holds: one of what the left side binds, one of what the right side binds.
struct Equality {
    ExpressionPtr left, right;
};
using Equalities = std::vector<Equality>;

/// Those that the conditions ask for, at most a few.
[[nodiscard]] Equalities equalities_between(const std::vector<ExpressionPtr>& conditions, const Node& left, const Node& right);

/// The rows of both sides whose values have equal keys.
[[nodiscard]] NodePtr make_value_join(NodePtr left, NodePtr right, const Equalities& equal, double rows, algebra::Variables& variables);

/// The left join with a condition, by the equalities in it, if there are any.
[[nodiscard]] NodePtr make_conditional_join(NodePtr left, NodePtr right, const ExpressionPtr& condition, algebra::Variables& variables);

}  // namespace tercet::plan

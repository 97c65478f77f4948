#pragma once

#include <functional>

#include "engine/algebra/algebra.hpp"

/// Trees are immutable; these make changed copies of one node, sharing what stays.
namespace tercet::algebra {

using NodeMap = std::function<NodePtr(const NodePtr&)>;
using ExpressionMap = std::function<ExpressionPtr(const ExpressionPtr&)>;

/// The node over changed inputs; patterns of EXISTS are not inputs.
[[nodiscard]] NodePtr with_inputs(const NodePtr& node, const NodeMap& change);

/// The node with changed expressions: conditions, sort keys, arguments of aggregates.
[[nodiscard]] NodePtr with_expressions(const NodePtr& node, const ExpressionMap& change);

/// The expression over changed arguments; the patterns of EXISTS are changed by `pattern`.
[[nodiscard]] ExpressionPtr with_arguments(const ExpressionPtr& expression, const ExpressionMap& change, const NodeMap& pattern);

}  // namespace tercet::algebra

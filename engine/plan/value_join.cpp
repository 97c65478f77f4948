#include "engine/plan/value_join.hpp"

#include <algorithm>
#include <utility>

#include "engine/algebra/scope.hpp"
#include "engine/plan/passes.hpp"

namespace tercet::plan {
namespace {

/// Each is one more column to fill and to hash.
constexpr std::size_t kMostEqualities = 4;

ExpressionPtr call(std::string_view function, std::vector<ExpressionPtr> arguments) {
    return algebra::make_expression(algebra::Call{std::string(function), false, std::move(arguments)});
}

/// Variables that have the same value in a row of `side` and in a row that it is joined to.
VariableList settled(const Node& side, const Node& other) {
    VariableList variables = side.variables;
    std::erase_if(variables, [&](VariableId v) { return contains(side.maybe_unbound, v) && contains(other.variables, v); });
    return variables;
}

bool looks_only_at(const ExpressionPtr& expression, const VariableList& variables) {
    VariableList used;
    algebra::collect_variables(*expression, used);
    return !used.empty() && is_movable(*expression) && common(used, variables).size() == used.size();
}

bool has_value_in_every_row(const ExpressionPtr& expression, const Node& node) {
    const auto* variable = std::get_if<algebra::Var>(&expression->node);
    return variable != nullptr && contains(certain(node), variable->id);
}

NodePtr with_key(NodePtr node, VariableId key, ExpressionPtr expression, bool has_value) {
    node = make_extend(std::move(node), key, std::move(expression));
    if (has_value) std::erase(node->maybe_unbound, key);
    return node;
}

/// Rows without a value equal nothing, and go.
NodePtr with_needed_key(NodePtr node, VariableId key, const ExpressionPtr& value) {
    const bool has_value = has_value_in_every_row(value, *node);
    node = with_key(std::move(node), key, call(kValueKey, {value}), has_value);
    if (has_value) return node;
    const double rows = node->estimated_rows;
    node = make_filter(std::move(node), call("BOUND", {algebra::make_expression(algebra::Var{key})}));
    std::erase(node->maybe_unbound, key);
    node->estimated_rows = rows;
    return node;
}

/// Rows without a value stay, with a key that no value has.
NodePtr with_key_or_none(NodePtr node, VariableId key, const ExpressionPtr& value) {
    const bool has_value = has_value_in_every_row(value, *node);
    ExpressionPtr expression = call(kValueKey, {value});
    if (!has_value) expression = call("COALESCE", {std::move(expression), algebra::make_expression(Term::iri({}))});
    return with_key(std::move(node), key, std::move(expression), true);
}

void hide(Node& node, const VariableList& keys) {
    for (VariableList* list : {&node.variables, &node.maybe_unbound}) std::erase_if(*list, [&](VariableId v) { return contains(keys, v); });
}

}  // namespace

Equalities equalities_between(const std::vector<ExpressionPtr>& conditions, const Node& left, const Node& right) {
    const VariableList of_left = settled(left, right), of_right = settled(right, left);
    Equalities found;
    for (const ExpressionPtr& condition : conditions) {
        const auto* equals = std::get_if<algebra::Call>(&condition->node);
        if (equals == nullptr || (equals->function != "=" && equals->function != "SAMETERM") || found.size() == kMostEqualities) continue;
        ExpressionPtr a = equals->arguments[0], b = equals->arguments[1];
        if (!looks_only_at(a, of_left)) std::swap(a, b);
        if (looks_only_at(a, of_left) && looks_only_at(b, of_right)) found.push_back({std::move(a), std::move(b)});
    }
    return found;
}

NodePtr make_value_join(NodePtr left, NodePtr right, const Equalities& equal, double rows, algebra::Variables& variables) {
    VariableList keys;
    for (const Equality& each : equal) {
        const VariableId key = keys.emplace_back(variables.fresh("key"));
        left = with_needed_key(std::move(left), key, each.left);
        right = with_needed_key(std::move(right), key, each.right);
    }
    // The table is built on the right, so the smaller side goes there.
    if (right->estimated_rows > left->estimated_rows) std::swap(left, right);
    NodePtr node = make_hash_join(std::move(left), std::move(right), rows);
    hide(*node, keys);
    return node;
}

NodePtr make_conditional_join(NodePtr left, NodePtr right, const ExpressionPtr& condition, algebra::Variables& variables) {
    VariableList keys;
    for (const Equality& each : equalities_between(conjuncts(condition), *left, *right)) {
        const VariableId key = keys.emplace_back(variables.fresh("key"));
        left = with_key_or_none(std::move(left), key, each.left);
        right = with_needed_key(std::move(right), key, each.right);
    }
    NodePtr node = make_left_join(std::move(left), std::move(right), condition);
    hide(*node, keys);
    return node;
}

}  // namespace tercet::plan

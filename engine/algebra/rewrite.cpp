#include "engine/algebra/rewrite.hpp"

namespace tercet::algebra {
namespace {

template <typename Operation>
void change_inputs(Operation& n, const NodeMap& change) {
    const auto apply = [&](NodePtr& input) {
        if (input) input = change(input);
    };
    if constexpr (requires { n.left; }) {
        apply(n.left);
        apply(n.right);
    } else if constexpr (requires { n.inputs; }) {
        for (NodePtr& input : n.inputs) apply(input);
    } else if constexpr (requires { n.input; }) {
        apply(n.input);
    } else if constexpr (requires { n.pattern; }) {
        apply(n.pattern);
    }
}

template <typename Operation>
void change_expressions(Operation& n, const ExpressionMap& change) {
    const auto apply = [&](ExpressionPtr& expression) {
        if (expression) expression = change(expression);
    };
    if constexpr (requires { n.condition; }) apply(n.condition);
    if constexpr (requires { n.expression; }) apply(n.expression);
    if constexpr (requires { n.where; }) apply(n.where);
    if constexpr (requires { n.cost; }) apply(n.cost);
    if constexpr (std::is_same_v<Operation, OrderBy>) {
        for (OrderBy::Key& key : n.keys) apply(key.expression);
    }
    if constexpr (std::is_same_v<Operation, Group>) {
        for (Aggregate& aggregate : n.aggregates) apply(aggregate.argument);
    }
}

}  // namespace

NodePtr with_inputs(const NodePtr& node, const NodeMap& change) {
    Node copy = *node;
    std::visit([&](auto& n) { change_inputs(n, change); }, copy.node);
    return std::make_shared<const Node>(std::move(copy));
}

NodePtr with_expressions(const NodePtr& node, const ExpressionMap& change) {
    Node copy = *node;
    std::visit([&](auto& n) { change_expressions(n, change); }, copy.node);
    return std::make_shared<const Node>(std::move(copy));
}

ExpressionPtr with_arguments(const ExpressionPtr& expression, const ExpressionMap& change, const NodeMap& pattern) {
    if (const Call* call = std::get_if<Call>(&expression->node)) {
        Call copy = *call;
        for (ExpressionPtr& argument : copy.arguments) argument = change(argument);
        return make_expression(std::move(copy), expression->position);
    }
    if (const Exists* exists = std::get_if<Exists>(&expression->node)) {
        return make_expression(Exists{pattern(exists->pattern), exists->negated}, expression->position);
    }
    return expression;
}

}  // namespace tercet::algebra

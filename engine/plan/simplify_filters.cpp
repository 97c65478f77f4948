#include <optional>

#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/passes.hpp"

namespace tercet::plan {
namespace {

using algebra::Call;
using algebra::ExpressionPtr;
using algebra::NodePtr;

/// The value of a boolean constant.
std::optional<bool> truth(const ExpressionPtr& expression) {
    const Term* term = std::get_if<Term>(&expression->node);
    if (term == nullptr || !term->is_literal() || term->datatype != vocabulary::xsd::kBoolean) return std::nullopt;
    if (term->value == "true" || term->value == "1") return true;
    if (term->value == "false" || term->value == "0") return false;
    return std::nullopt;
}

ExpressionPtr constant(bool value) { return algebra::make_expression(Term::boolean(value)); }

/// One operand may decide the whole, even beside an error: false && x, true || x.
ExpressionPtr simplified_logic(const Call& call, const ExpressionPtr& expression) {
    const bool decisive = call.function == "||";
    bool all_known = true;
    for (const ExpressionPtr& argument : call.arguments) {
        const auto value = truth(argument);
        if (value == decisive) return constant(decisive);
        all_known = all_known && value.has_value();
    }
    return all_known ? constant(!decisive) : expression;
}

ExpressionPtr simplified_negation(const Call& call, const ExpressionPtr& expression) {
    const ExpressionPtr& inner = call.arguments.front();
    if (const auto value = truth(inner)) return constant(!*value);
    const Call* negated = std::get_if<Call>(&inner->node);
    if (negated == nullptr || (negated->function != "=" && negated->function != "!=")) return expression;
    return algebra::make_expression(Call{negated->function == "=" ? "!=" : "=", false, negated->arguments}, expression->position);
}

ExpressionPtr simplified(const ExpressionPtr& expression) {
    const ExpressionPtr inner = algebra::with_arguments(expression, simplified, [](const NodePtr& pattern) { return pattern; });
    const Call* call = std::get_if<Call>(&inner->node);
    if (call == nullptr || call->is_iri) return inner;
    if (call->function == "&&" || call->function == "||") return simplified_logic(*call, inner);
    return call->function == "!" ? simplified_negation(*call, inner) : inner;
}

/// What is left to check; nothing at all if the filter lets no row through.
std::optional<std::vector<ExpressionPtr>> conditions_of(const ExpressionPtr& condition) {
    std::vector<ExpressionPtr> left;
    for (ExpressionPtr& part : conjuncts(simplified(condition))) {
        const auto value = truth(part);
        if (value == false) return std::nullopt;
        if (!value) left.push_back(std::move(part));
    }
    return left;
}

}  // namespace

algebra::NodePtr simplify_filters(const algebra::NodePtr& node, PassContext& context) {
    algebra::NodePtr made = algebra::with_inputs(node, [&](const algebra::NodePtr& input) { return simplify_filters(input, context); });
    const auto* filter = std::get_if<algebra::Filter>(&made->node);
    if (filter == nullptr) return made;
    const auto conditions = conditions_of(filter->condition);
    if (!conditions) return algebra::make_node(algebra::Values{algebra::in_scope(*filter->input), {}});
    return filtered(filter->input, *conditions);
}

}  // namespace tercet::plan

#include <string>
#include <utility>

#include "engine/algebra/translator.hpp"

namespace tercet::algebra {

ExpressionPtr Translator::expression(const sparql::Expression& e) {
    return std::visit([&](const auto& node) { return expression(node, e.position); }, e.node);
}

ExpressionPtr Translator::expression(const sparql::Variable& v, sparql::Position position) {
    return make_expression(variable(v), position);
}

ExpressionPtr Translator::expression(const sparql::Constant& c, sparql::Position position) {
    return make_expression(c.term, position);
}

ExpressionPtr Translator::expression(const sparql::FunctionCall& call, sparql::Position position) {
    Call made{call.name, call.is_iri, {}};
    for (const auto& argument : call.arguments) made.arguments.push_back(expression(*argument));
    return make_expression(std::move(made), position);
}

ExpressionPtr Translator::expression(const sparql::ExistsExpression& exists, sparql::Position position) {
    return make_expression(Exists{group(*exists.pattern), exists.negated}, position);
}

ExpressionPtr Translator::expression(const sparql::TripleTermExpression& triple, sparql::Position position) {
    Call made{"TRIPLE", false, {}};
    for (const auto& part : {triple.subject, triple.predicate, triple.object}) made.arguments.push_back(expression(*part));
    return make_expression(std::move(made), position);
}

ExpressionPtr Translator::expression(const sparql::AggregateExpression& aggregate, sparql::Position position) {
    if (aggregates_ == nullptr) {
        fail("an aggregate such as " + aggregate.name + " can stand in SELECT, HAVING and ORDER BY only", position);
    }
    constexpr std::size_t kMostAggregates = 1000;
    if (aggregates_->size() == kMostAggregates) {
        fail("the query computes more than " + std::to_string(kMostAggregates) + " aggregates; use sub-selects", position);
    }
    std::vector<Aggregate>* outer = std::exchange(aggregates_, nullptr);  // no aggregate within an aggregate
    ExpressionPtr argument = aggregate.argument ? expression(*aggregate.argument) : nullptr;
    aggregates_ = outer;
    const VariableId output = variables_.fresh("aggregate");
    aggregates_->push_back({aggregate.name, aggregate.distinct, std::move(argument), aggregate.separator.value_or(" "), output});
    return make_expression(Var{output}, position);
}

}  // namespace tercet::algebra

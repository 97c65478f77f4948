#include "parser/sparql/expression_builder.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "parser/sparql/functions.hpp"

namespace tercet::sparql {
namespace {

std::string arguments_wanted(const BuiltIn& function) {
    if (function.min_arguments == function.max_arguments) {
        return std::to_string(function.min_arguments) + (function.min_arguments == 1 ? " argument" : " arguments");
    }
    return std::to_string(function.min_arguments) + " to " + std::to_string(function.max_arguments) + " arguments";
}

void check_arguments(const std::string& name, const std::vector<ExpressionPtr>& arguments) {
    const BuiltIn* const function = find_built_in(name);
    if (function == nullptr) return;
    if (arguments.size() < function->min_arguments || arguments.size() > function->max_arguments) {
        throw std::invalid_argument(name + " takes " + arguments_wanted(*function) + ", not " +
                                    std::to_string(arguments.size()));
    }
    if (name == "BOUND" && !std::holds_alternative<Variable>(arguments.front()->node)) {
        throw std::invalid_argument("BOUND takes a variable, such as BOUND(?x)");
    }
}

}  // namespace

template <typename Node>
void ExpressionBuilder::push(Node node, Position position, std::size_t depth) {
    if (depth > kMaxTreeDepth) {
        throw std::invalid_argument("the expression is too long: more than " + std::to_string(kMaxTreeDepth) +
                                    " operators apply to one another; split it with BIND");
    }
    operands_.push_back({std::make_shared<Expression>(Expression{std::move(node), position}), depth});
}

ExpressionBuilder::Operand ExpressionBuilder::pop_operand() {
    Operand operand = std::move(operands_.back());
    operands_.pop_back();
    return operand;
}

ExpressionPtr ExpressionBuilder::pop() { return pop_operand().expression; }

void ExpressionBuilder::push_variable(Variable variable) {
    const Position position = variable.position;
    push(std::move(variable), position);
}

void ExpressionBuilder::push_constant(Constant constant) {
    const Position position = constant.position;
    push(std::move(constant), position);
}

void ExpressionBuilder::push_exists(FinishedGroup pattern, bool negated, Position position) {
    push(ExistsExpression{std::move(pattern.group), negated}, position, pattern.depth);
}

void ExpressionBuilder::unary(std::string_view name, Position position) {
    Operand operand = pop_operand();
    push(FunctionCall{std::string(name), false, false, {std::move(operand.expression)}}, position, operand.depth + 1);
}

void ExpressionBuilder::binary(std::string_view name) {
    Operand right = pop_operand();
    Operand left = pop_operand();
    const Position position = left.expression->position;
    push(FunctionCall{std::string(name), false, false, {std::move(left.expression), std::move(right.expression)}},
         position, std::max(left.depth, right.depth) + 1);
}

ExpressionBuilder::Operand ExpressionBuilder::balanced(std::string_view name, std::size_t first, std::size_t last) {
    if (last - first == 1) return operands_[first];
    const std::size_t middle = first + (last - first) / 2;
    Operand left = balanced(name, first, middle);
    Operand right = balanced(name, middle, last);
    const Position position = left.expression->position;
    FunctionCall call{std::string(name), false, false, {std::move(left.expression), std::move(right.expression)}};
    return {std::make_shared<Expression>(Expression{std::move(call), position}), std::max(left.depth, right.depth) + 1};
}

void ExpressionBuilder::fold(std::string_view name, std::size_t mark) {
    if (operands_.size() == mark + 1) return;
    Operand joined = balanced(name, mark, operands_.size());
    operands_.resize(mark);
    operands_.push_back(std::move(joined));
}

void ExpressionBuilder::triple_term(Position position) {
    Operand object = pop_operand();
    Operand predicate = pop_operand();
    Operand subject = pop_operand();
    push(TripleTermExpression{std::move(subject.expression), std::move(predicate.expression),
                              std::move(object.expression)},
         position, std::max({subject.depth, predicate.depth, object.depth}) + 1);
}

void ExpressionBuilder::open_call(std::string name, bool is_iri, Position position) {
    calls_.push_back({std::move(name), is_iri, false, false, {}, operands_.size(), position});
}

void ExpressionBuilder::open_membership(std::string_view name) {
    calls_.push_back(
        {std::string(name), false, false, false, {}, operands_.size() - 1, operands_.back().expression->position});
}

ExpressionBuilder::Call ExpressionBuilder::pop_call() {
    Call call = std::move(calls_.back());
    calls_.pop_back();
    return call;
}

std::vector<ExpressionPtr> ExpressionBuilder::take_arguments(std::size_t mark, std::size_t& depth) {
    std::vector<ExpressionPtr> arguments;
    for (std::size_t i = mark; i < operands_.size(); ++i) {
        depth = std::max(depth, operands_[i].depth);
        arguments.push_back(std::move(operands_[i].expression));
    }
    operands_.resize(mark);
    return arguments;
}

void ExpressionBuilder::close_call() {
    Call call = pop_call();
    std::size_t depth = 0;
    std::vector<ExpressionPtr> arguments = take_arguments(call.mark, depth);
    if (!call.is_iri) check_arguments(call.name, arguments);
    push(FunctionCall{std::move(call.name), call.is_iri, call.distinct, std::move(arguments)}, call.position,
         depth + 1);
}

void ExpressionBuilder::open_aggregate(std::string name, Position position) {
    if (aggregates.inside) throw std::invalid_argument("an aggregate cannot stand inside another; use a sub-select");
    if (!aggregates.allowed) {
        throw std::invalid_argument(name + " is an aggregate: it may stand in SELECT, HAVING and ORDER BY only");
    }
    aggregates.inside = true;
    saw_aggregate_ = true;
    open_call(std::move(name), false, position);
}

void ExpressionBuilder::close_aggregate() {
    Call call = pop_call();
    aggregates.inside = false;
    AggregateExpression aggregate{std::move(call.name), call.distinct, nullptr, std::move(call.separator)};
    std::size_t depth = 0;
    if (!call.counts_all) aggregate.argument = std::move(take_arguments(call.mark, depth).front());
    push(std::move(aggregate), call.position, depth + 1);
}

}  // namespace tercet::sparql

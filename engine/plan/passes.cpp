#include "engine/plan/passes.hpp"

#include <algorithm>
#include <array>

#include "engine/algebra/rewrite.hpp"

namespace tercet::plan {

std::span<const Pass> passes() {
    static constexpr std::array kPasses{
        Pass{"resolve_names", "constants of the name space stand for what goes by them", resolve_names},
        Pass{"simplify_filters", "conditions that need no row to be decided", simplify_filters},
        Pass{"push_filters", "filters next to what they filter", push_filters},
        Pass{"distribute_unions", "small patterns into the branches of a union beside them", distribute_unions},
        Pass{"bind_equalities", "equality with a constant as a value to start from", bind_equalities},
        Pass{"count_from_statistics", "COUNT(*) that needs no scan", count_from_statistics},
    };
    return kPasses;
}

bool changes_by_call(const algebra::Call& call) {
    static constexpr std::array<std::string_view, 4> kChanging{"RAND", "UUID", "STRUUID", "BNODE"};
    return std::find(kChanging.begin(), kChanging.end(), call.function) != kChanging.end();
}

bool is_movable(const algebra::Expression& expression) {
    if (std::holds_alternative<algebra::Exists>(expression.node)) return false;
    const auto* call = std::get_if<algebra::Call>(&expression.node);
    if (call == nullptr) return true;
    const auto& arguments = call->arguments;
    return !changes_by_call(*call) && std::all_of(arguments.begin(), arguments.end(), [](const auto& argument) { return is_movable(*argument); });
}

namespace {

bool is_repeatable_expression(const algebra::ExpressionPtr& expression) {
    const auto* call = std::get_if<algebra::Call>(&expression->node);
    bool repeatable = call == nullptr || (!changes_by_call(*call) && call->function != "NOW");
    const auto argument = [&](const algebra::ExpressionPtr& e) { return repeatable = repeatable && is_repeatable_expression(e), e; };
    const auto pattern = [&](const algebra::NodePtr& n) { return repeatable = repeatable && is_repeatable(n), n; };
    static_cast<void>(algebra::with_arguments(expression, argument, pattern));
    return repeatable;
}

}  // namespace

bool is_repeatable(const algebra::NodePtr& pattern) {
    if (!pattern) return true;
    bool repeatable = !std::holds_alternative<algebra::Service>(pattern->node);
    const auto input = [&](const algebra::NodePtr& n) { return repeatable = repeatable && is_repeatable(n), n; };
    const auto part = [&](const algebra::ExpressionPtr& e) { return repeatable = repeatable && is_repeatable_expression(e), e; };
    static_cast<void>(algebra::with_inputs(pattern, input));
    static_cast<void>(algebra::with_expressions(pattern, part));
    return repeatable;
}

std::vector<algebra::ExpressionPtr> conjuncts(const algebra::ExpressionPtr& condition) {
    const auto* call = std::get_if<algebra::Call>(&condition->node);
    if (call == nullptr || call->function != "&&") return {condition};
    std::vector<algebra::ExpressionPtr> all;
    for (const algebra::ExpressionPtr& argument : call->arguments) {
        for (algebra::ExpressionPtr& part : conjuncts(argument)) all.push_back(std::move(part));
    }
    return all;
}

algebra::NodePtr filtered(algebra::NodePtr node, const std::vector<algebra::ExpressionPtr>& conditions) {
    if (conditions.empty()) return node;
    algebra::ExpressionPtr all = conditions.size() == 1 ? conditions.front() : algebra::make_expression(algebra::Call{"&&", false, conditions});
    return algebra::make_node(algebra::Filter{std::move(node), std::move(all)});
}

}  // namespace tercet::plan

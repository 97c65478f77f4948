#include "engine/plan/passes.hpp"

#include <array>

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

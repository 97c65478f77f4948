#include <algorithm>

#include "engine/algebra/scope.hpp"
#include "engine/plan/tree_planner.hpp"
#include "tercet/error.hpp"

namespace tercet::plan {
namespace {

bool is_missing(const algebra::Expression& expression, const algebra::Node& input, const VariableList& wanted) {
    VariableList used;
    algebra::collect_variables(expression, used);
    const VariableList inside = algebra::in_scope(input);
    return std::any_of(used.begin(), used.end(), [&](VariableId v) { return contains(wanted, v) && !contains(inside, v); });
}

/// Whether an inner group looks at a variable that only another part of the pattern, or the row outside, binds.
class Hides {
public:
    explicit Hides(const VariableList& variables) : variables_(variables) {}

    bool operator()(const algebra::NodePtr& node) const { return std::visit([this](const auto& n) { return in(n); }, node->node); }

private:
    bool in(const algebra::Filter& n) const { return is_missing(*n.condition, *n.input, variables_) || (*this)(n.input); }
    bool in(const algebra::Extend& n) const { return is_missing(*n.expression, *n.input, variables_) || (*this)(n.input); }
    bool in(const algebra::Join& n) const { return (*this)(n.left) || (*this)(n.right); }
    bool in(const algebra::LeftJoin& n) const { return (*this)(n.left) || (*this)(n.right); }
    bool in(const algebra::Minus& n) const { return (*this)(n.left) || (*this)(n.right); }
    bool in(const algebra::Union& n) const { return std::any_of(n.inputs.begin(), n.inputs.end(), *this); }
    template <typename Other>
    bool in(const Other&) const { return false; }

    const VariableList& variables_;
};

}  // namespace

void TreePlanner::prepare_exists(const ExpressionPtr& expression, const algebra::Node& input) {
    if (const auto* call = std::get_if<algebra::Call>(&expression->node)) {
        for (const ExpressionPtr& argument : call->arguments) prepare_exists(argument, input);
    }
    if (const auto* exists = std::get_if<algebra::Exists>(&expression->node)) plan_exists(*exists, input);
}

/// A pattern that looks at a variable from outside which it does not bind itself is correlated: it runs for every row.
void TreePlanner::plan_exists(const algebra::Exists& exists, const algebra::Node& input) {
    const algebra::NodePtr& pattern = exists.pattern;
    const VariableList visible = merged(algebra::in_scope(input), outer_.variables), inside = algebra::in_scope(*pattern);
    VariableList correlated;
    for (const VariableId variable : algebra::used_in_expressions(*pattern)) {
        if (contains(visible, variable)) add_to(correlated, variable);
    }
    const bool looks_out = std::any_of(correlated.begin(), correlated.end(), [&](VariableId v) { return !contains(inside, v); });
    if (!looks_out && !Hides(correlated)(pattern) && outer_.graph == kNoVariable) {
        const Outer before = std::exchange(outer_, {});
        plan_.exists[pattern.get()] = plan(pattern);
        outer_ = before;
        return;
    }
    correlated = merged(correlated, common(inside, visible));
    add_to(correlated, outer_.graph);
    plan_correlated(pattern, std::move(correlated), input);
}

void TreePlanner::plan_correlated(const algebra::NodePtr& pattern, VariableList correlated, const algebra::Node& input) {
    VariableList sure = algebra::surely_bound(input);
    add_to(sure, outer_.graph);
    VariableList unsure = correlated;
    std::erase_if(unsure, [&](VariableId v) { return contains(sure, v); });
    const Outer before = std::exchange(outer_, {correlated, unsure, outer_.graph});
    JoinGroup group;
    group.plans.push_back(outer_row());
    collect(pattern, group);
    plan_.exists[pattern.get()] = order_joins(std::move(group), pool_);
    plan_.correlated[pattern.get()] = std::move(correlated);
    outer_ = before;
}

void TreePlanner::prepare_steps(const algebra::PathSearch& search, const Slot& graph) {
    // The one row that a step is: the path's variable, bound to its triple, and the graph that is walked in.
    VariableList variables{search.variable};
    if (graph.variable != kNoVariable) variables.push_back(graph.variable);
    const algebra::Node step{algebra::Values{variables, {{variables.size(), Term::iri({})}}}};
    if (search.cost && algebra::contains_exists(*search.cost) && graph.variable != kNoVariable)
        throw Error(ErrorCode::Unsupported, "EXISTS in the COST of a path inside GRAPH ?g is not evaluated; name the graph");
    if (search.cost) prepare_exists(search.cost, step);
    if (!search.where) return;
    plan_correlated(std::get<algebra::Exists>(search.where->node).pattern, std::move(variables), step);
}

bool TreePlanner::needs_outer(const algebra::Expression& expression, const algebra::Node& input) const {
    return !outer_.variables.empty() && is_missing(expression, input, outer_.variables);
}

NodePtr TreePlanner::outer_row() const { return make_node(OuterRow{}, outer_.variables, outer_.maybe_unbound, 1, 1); }

NodePtr TreePlanner::with_outer(const ExpressionPtr& expression, const algebra::NodePtr& input) {
    if (!needs_outer(*expression, *input)) return plan(input);
    JoinGroup group;
    group.plans.push_back(outer_row());
    collect(input, group);
    return order_joins(std::move(group), pool_);
}

}  // namespace tercet::plan

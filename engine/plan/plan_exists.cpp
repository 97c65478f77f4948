#include <algorithm>

#include "engine/algebra/scope.hpp"
#include "engine/plan/tree_planner.hpp"
#include "tercet/error.hpp"

namespace tercet::plan {
namespace {

/// Whether the expression looks at one of these variables where its input may leave it open, so that the row outside has a say.
bool is_missing(const algebra::Expression& expression, const algebra::Node& input, const VariableList& wanted) {
    VariableList used;
    algebra::collect_variables(expression, used);
    const VariableList inside = algebra::surely_bound(input);
    return std::any_of(used.begin(), used.end(), [&](VariableId v) { return contains(wanted, v) && !contains(inside, v); });
}

/// Whether the right side of an OPTIONAL mentions one of these variables that the left side may leave open: if the row outside binds it,
/// the right side has to fit that value, and where it does not the left side stands alone.
bool completes(const algebra::LeftJoin& optional, const VariableList& variables) {
    const VariableList right = common(algebra::in_scope(*optional.right), variables), bound = algebra::surely_bound(*optional.left);
    return std::any_of(right.begin(), right.end(), [&](VariableId v) { return !contains(bound, v); });
}

/// Whether an inner group looks at a variable that only another part of the pattern, or the row outside, binds.
class Hides {
public:
    /// `visible`: what the row outside may bind.
    Hides(const VariableList& variables, const VariableList& visible) : variables_(variables), visible_(visible) {}

    bool operator()(const algebra::NodePtr& node) const { return std::visit([this](const auto& n) { return in(n); }, node->node); }

private:
    bool in(const algebra::Filter& n) const { return is_missing(*n.condition, *n.input, variables_) || (*this)(n.input); }
    bool in(const algebra::Extend& n) const { return is_missing(*n.expression, *n.input, variables_) || (*this)(n.input); }
    bool in(const algebra::Join& n) const { return (*this)(n.left) || (*this)(n.right); }
    bool in(const algebra::LeftJoin& n) const { return completes(n, visible_) || (*this)(n.left) || (*this)(n.right); }
    bool in(const algebra::Minus& n) const { return (*this)(n.left) || (*this)(n.right); }
    bool in(const algebra::EachGraph& n) const { return (*this)(n.pattern); }
    bool in(const algebra::Union& n) const { return std::any_of(n.inputs.begin(), n.inputs.end(), *this); }
    template <typename Other>
    bool in(const Other&) const { return false; }

    const VariableList& variables_;
    const VariableList& visible_;
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
    if (!looks_out && !Hides(correlated, visible)(pattern) && outer_.graph == kNoVariable) {
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
    plan_.exists[pattern.get()] = order_joins(std::move(group), pool_, plan_.variables);
    plan_.correlated[pattern.get()] = std::move(correlated);
    outer_ = before;
}

void TreePlanner::prepare_steps(const algebra::PathSearch& search, const Slot& graph) {
    // The one row that a step is: the path's variable, bound to its triple, and the graph that is walked in.
    VariableList variables{search.variable};
    if (graph.variable != kNoVariable) variables.push_back(graph.variable);
    const algebra::NodePtr step = algebra::make_node(algebra::Values{variables, {std::vector<Term>(variables.size(), Term::iri({}))}});
    const algebra::NodePtr where = search.where ? std::get<algebra::Exists>(search.where->node).pattern : nullptr;
    if (search.cost) prepare_cost(search.cost, where ? algebra::make_node(algebra::Join{step, where}) : step, graph.variable);
    if (where) plan_correlated(where, std::move(variables), *step);
}

/// EXISTS in COST is asked in the graph that is walked.
void TreePlanner::prepare_cost(const ExpressionPtr& cost, const algebra::NodePtr& row, VariableId graph) {
    const VariableId outer_graph = outer_.graph;
    const bool reads_outer_graph = reads_outer_graph_;
    if (graph != kNoVariable) outer_.graph = graph;
    prepare_exists(cost, *row);
    outer_.graph = outer_graph;
    reads_outer_graph_ = reads_outer_graph;
}

bool TreePlanner::needs_outer(const algebra::Expression& expression, const algebra::Node& input) const {
    return !outer_.variables.empty() && is_missing(expression, input, outer_.variables);
}

NodePtr TreePlanner::outer_row() const { return make_node(OuterRow{}, outer_.variables, outer_.maybe_unbound, 1, 1); }

NodePtr TreePlanner::with_outer(const ExpressionPtr& expression, const algebra::NodePtr& input) {
    return needs_outer(*expression, *input) ? plan_beside_outer_row(input) : plan(input);
}

bool TreePlanner::completes_outer_row(const algebra::LeftJoin& optional) const { return completes(optional, outer_.variables); }

NodePtr TreePlanner::plan_beside_outer_row(const algebra::NodePtr& input) {
    JoinGroup group;
    group.plans.push_back(outer_row());
    collect(input, group);
    return order_joins(std::move(group), pool_, plan_.variables);
}

}  // namespace tercet::plan

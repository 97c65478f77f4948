#include "engine/plan/tree_planner.hpp"

#include <algorithm>

#include "engine/algebra/named_projections.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/plan/passes.hpp"
#include "engine/plan/value_join.hpp"

namespace tercet::plan {
namespace {

/// ORDER BY below a LIMIT needs to keep only so many rows; a projection between them does not matter.
void mark_top(Node& node, std::uint64_t rows) {
    if (auto* order = std::get_if<OrderBy>(&node.operation)) order->top = rows;
    if (auto* project = std::get_if<Project>(&node.operation)) mark_top(*project->input, rows);
}

/// What a call projects, and of which graph; nothing for GRAPH ?g, which may stand for another each time.
std::string cache_key(const algebra::CallProcedure& call) {
    if (!call.definition || std::holds_alternative<algebra::Var>(call.graph)) return {};
    const Term* graph = std::get_if<Term>(&call.graph);
    return (graph != nullptr ? graph->to_string() : std::string()) + '\n' + call.definition->key();
}

}  // namespace

TreePlanner::TreePlanner(Plan& plan, const sparql::DatasetClause& dataset, TermPool& pool)
    : plan_(plan), pool_(pool), has_dataset_(!dataset.empty()) {
    for (const std::string& graph : dataset.from) default_graphs_.push_back(pool.intern(Term::iri(graph)));
    for (const std::string& graph : dataset.from_named) named_graphs_.push_back(pool.intern(Term::iri(graph)));
}

NodePtr TreePlanner::plan(const algebra::NodePtr& node) {
    return std::visit([&](const auto& n) { return plan_node(n, node); }, node->node);
}

NodePtr TreePlanner::plan_node(const algebra::LeftJoin& n, const algebra::NodePtr&) {
    if (n.condition) prepare_exists(n.condition, algebra::Node{algebra::Join{n.left, n.right}});
    else if (const auto* service = std::get_if<algebra::Service>(&n.right->node)) return service_call(plan(n.left), *service, true);
    NodePtr left = completes_outer_row(n) ? plan_beside_outer_row(n.left) : plan(n.left), right = plan(n.right);
    if (!n.condition && is_worth_looking_up(*left, *right)) return make_optional_lookup(std::move(left), std::get<Scan>(right->operation));
    if (n.condition) return make_conditional_join(std::move(left), std::move(right), n.condition, plan_.variables);
    return make_left_join(std::move(left), std::move(right), nullptr);
}

NodePtr TreePlanner::plan_node(const algebra::Union& n, const algebra::NodePtr&) {
    std::vector<NodePtr> inputs;
    for (const auto& input : n.inputs) inputs.push_back(plan(input));
    return make_union(std::move(inputs));
}

NodePtr TreePlanner::plan_node(const algebra::Minus& n, const algebra::NodePtr&) {
    NodePtr left = plan(n.left), right = plan(n.right);
    // What the right side only looks at, in the row outside, is no variable of its solutions.
    VariableList own = common(right->variables, algebra::in_scope(*n.right));
    if (own.size() < right->variables.size()) right = make_project(std::move(right), std::move(own));
    if (common(left->variables, right->variables).empty()) return left;
    return make_minus(std::move(left), std::move(right));
}

NodePtr TreePlanner::plan_node(const algebra::Extend& n, const algebra::NodePtr&) {
    prepare_exists(n.expression, *n.input);
    return make_extend(with_outer(n.expression, n.input), n.variable, n.expression);
}

NodePtr TreePlanner::plan_node(const algebra::Values& n, const algebra::NodePtr&) {
    std::vector<std::vector<TermId>> rows;
    for (const auto& row : n.rows) {
        std::vector<TermId> ids;
        for (const Term& term : row) ids.push_back(pool_.intern(term));
        rows.push_back(std::move(ids));
    }
    return make_values(n.variables, std::move(rows));
}

NodePtr TreePlanner::plan_node(const algebra::Project& n, const algebra::NodePtr&) { return make_project(plan(n.input), n.variables); }

NodePtr TreePlanner::plan_node(const algebra::Distinct& n, const algebra::NodePtr&) {
    return n.reduced ? plan(n.input) : make_distinct(plan(n.input));
}

NodePtr TreePlanner::plan_node(const algebra::OrderBy& n, const algebra::NodePtr&) {
    std::vector<OrderBy::Key> keys;
    for (const auto& key : n.keys) {
        prepare_exists(key.expression, *n.input);
        keys.push_back({key.expression, key.descending});
    }
    return make_order_by(plan(n.input), std::move(keys));
}

NodePtr TreePlanner::plan_node(const algebra::Slice& n, const algebra::NodePtr&) {
    NodePtr input = plan(n.input);
    if (n.limit) mark_top(*input, n.offset + *n.limit);
    return make_slice(std::move(input), n.offset, n.limit);
}

NodePtr TreePlanner::plan_node(const algebra::Group& n, const algebra::NodePtr&) {
    for (const auto& aggregate : n.aggregates) {
        if (aggregate.argument) prepare_exists(aggregate.argument, *n.input);
    }
    return make_group(plan(n.input), n.keys, n.aggregates);
}

NodePtr TreePlanner::plan_node(const algebra::Unfold& n, const algebra::NodePtr&) {
    prepare_exists(n.expression, *n.input);
    NodePtr input = plan(n.input);
    VariableList variables = input->variables, unbound = input->maybe_unbound;
    add_to(variables, n.element);
    if (n.index) add_to(variables, *n.index);
    const double rows = input->estimated_rows * 3, cost = input->cost + rows;
    return make_node(Unfold{std::move(input), n.expression, n.element, n.index.value_or(kNoVariable)}, std::move(variables),
                     std::move(unbound), rows, cost);
}

/// The pattern sees the row outside, too, with the graph that it is at.
NodePtr TreePlanner::plan_node(const algebra::EachGraph& n, const algebra::NodePtr&) {
    const Outer before = outer_;
    const bool reads = std::exchange(reads_outer_graph_, false);
    add_to(outer_.variables, n.inner);
    outer_.graph = n.inner;
    NodePtr pattern = plan(n.pattern);
    VariableList seen = outer_.variables;
    outer_ = before;
    reads_outer_graph_ = reads;
    const GraphScope scope = graph(algebra::Var{n.graph}).second;
    const auto graphs = static_cast<double>(pool_.source().graphs().size());
    VariableList variables = pattern->variables, unbound = pattern->maybe_unbound;
    for (const VariableId hidden : {n.inner, before.graph}) std::erase(variables, hidden);
    add_to(variables, n.graph);
    std::erase(unbound, n.graph);
    const double rows = pattern->estimated_rows * graphs, cost = pattern->cost * graphs;
    return make_node(EachGraph{std::move(pattern), n.graph, n.inner, std::move(seen), scope}, std::move(variables), std::move(unbound), rows, cost);
}

NodePtr TreePlanner::plan_node(const algebra::CallProcedure& n, const algebra::NodePtr&) {
    CallProcedure call{nullptr, n.projection, n.procedure, n.arguments, n.yields, n.position, n.definition, {}};
    if (outer_.variables.empty() && is_repeatable(n.pattern)) call.cache_key = cache_key(n);
    call.pattern = n.pattern ? plan(n.pattern) : default_projection(call.projection);
    VariableList variables;
    for (const auto& yield : n.yields) add_to(variables, yield.variable);
    const double rows = std::max(1.0, call.pattern->estimated_rows / 2), cost = call.pattern->cost + 40 * rows;
    VariableList unbound = variables;
    return make_node(std::move(call), std::move(variables), std::move(unbound), rows, cost);
}

/// Every triple of the default graph; the call leaves out literals.
NodePtr TreePlanner::default_projection(std::vector<VariableId>& projection) {
    while (projection.size() < 2) projection.push_back(plan_.variables.fresh("end"));
    const auto [graph_slot, graphs] = graph(algebra::DefaultGraph{});
    JoinGroup group;
    group.patterns.push_back({{Slot{TermId::any(), projection[0]}, Slot{}, Slot{TermId::any(), projection[1]}, graph_slot}, graphs});
    return order_joins(std::move(group), pool_, plan_.variables);
}

}  // namespace tercet::plan

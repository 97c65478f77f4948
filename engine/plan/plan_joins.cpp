#include <algorithm>

#include "engine/algebra/scope.hpp"
#include "engine/plan/passes.hpp"
#include "engine/plan/tree_planner.hpp"

namespace tercet::plan {
namespace {

/// Rows that an endpoint answers to each that it is sent, and what waiting for it costs.
constexpr double kRowsOfService = 10;
constexpr double kCostOfService = 100'000;
/// Rows that a path finds are hard to guess: a few for every start.
constexpr double kRowsOfPath = 20;
constexpr double kCostOfStart = 100;

struct StepColumns {
    VariableList variables, maybe_unbound;
};

/// The columns of an operation that binds `slots` beside its input.
StepColumns columns_after(const NodePtr& input, std::span<const Slot> slots) {
    StepColumns columns{variables_of(slots), {}};
    if (!input) return columns;
    columns.maybe_unbound = input->maybe_unbound;
    std::erase_if(columns.maybe_unbound, [&](VariableId v) { return contains(columns.variables, v); });
    columns.variables = merged(input->variables, columns.variables);
    return columns;
}

}  // namespace

NodePtr TreePlanner::plan_node(const algebra::Filter& n, const algebra::NodePtr&) {
    std::vector<ExpressionPtr> conditions = conjuncts(n.condition);
    for (const ExpressionPtr& condition : conditions) prepare_exists(condition, *n.input);
    return plan_join(n.input, std::move(conditions));
}

NodePtr TreePlanner::plan_join(const algebra::NodePtr& node, std::vector<ExpressionPtr> filters) {
    JoinGroup group;
    const bool reads_before = std::exchange(reads_outer_graph_, false);
    bool looks_out = false;
    for (const ExpressionPtr& filter : filters) looks_out = looks_out || needs_outer(*filter, *node);
    group.filters = std::move(filters);
    collect(node, group);
    if (looks_out || reads_outer_graph_) group.plans.push_back(outer_row());
    const bool hides_graph = std::exchange(reads_outer_graph_, reads_before) || looks_out;
    NodePtr made = order_joins(std::move(group), pool_, plan_.variables);
    if (!hides_graph || outer_.graph == kNoVariable) return made;
    VariableList visible = made->variables;  // the graph's name stays inside, where nothing can be joined by it
    std::erase(visible, outer_.graph);
    return make_project(std::move(made), std::move(visible));
}

void TreePlanner::collect(const algebra::NodePtr& node, JoinGroup& group) {
    if (const auto* join = std::get_if<algebra::Join>(&node->node)) {
        collect(join->left, group);
        collect(join->right, group);
    } else if (const auto* bgp = std::get_if<algebra::Bgp>(&node->node)) {
        for (const auto& triple : bgp->triples) add_pattern(triple, bgp->graph, group);
    } else if (const auto* path = std::get_if<algebra::PathPattern>(&node->node)) {
        add_path(*path, group);
    } else if (const auto* search = std::get_if<algebra::PathSearch>(&node->node)) {
        add_search(*search, group);
    } else if (const auto* service = std::get_if<algebra::Service>(&node->node)) {
        // What needs no values from here is asked at the end, too: who is asked last is told the most.
        VariableList variables = service->variables;
        if (const auto* endpoint = std::get_if<algebra::Var>(&service->endpoint)) add_to(variables, endpoint->id);
        group.steps.push_back({{}, std::move(variables), [this, service = *service](NodePtr input) { return service_call(std::move(input), service, false); }});
    } else if (const auto* names = std::get_if<algebra::GraphNames>(&node->node)) {
        group.plans.push_back(graph_names(*names));
    } else if (const auto* filter = std::get_if<algebra::Filter>(&node->node)) {
        collect(*filter, node, group);
    } else {
        group.plans.push_back(plan(node));
    }
}

/// A filter on what its own pattern binds in every row may as well wait among the filters of the join around it.
void TreePlanner::collect(const algebra::Filter& filter, const algebra::NodePtr& node, JoinGroup& group) {
    VariableList used;
    algebra::collect_variables(*filter.condition, used);
    const VariableList bound = algebra::surely_bound(*filter.input);
    const bool is_local = std::all_of(used.begin(), used.end(), [&](VariableId v) { return contains(bound, v); });
    if (!is_local || algebra::contains_exists(*filter.condition)) {
        group.plans.push_back(plan(node));
        return;
    }
    for (ExpressionPtr& condition : conjuncts(filter.condition)) group.filters.push_back(std::move(condition));
    collect(filter.input, group);
}

// --- leaves -------------------------------------------------------------------------------------------------------

Slot TreePlanner::slot(const algebra::PatternTerm& term, JoinGroup& group) {
    if (const auto* variable = std::get_if<algebra::Var>(&term)) return {TermId::any(), variable->id};
    if (const auto* value = std::get_if<Term>(&term)) return {pool_.intern(*value), kNoVariable};
    const auto& triple = *std::get<std::shared_ptr<const algebra::TripleTermNode>>(term);
    const VariableId whole = plan_.variables.fresh("triple");
    const TripleTermItem item{whole, {slot(triple.subject, group), slot(triple.predicate, group), slot(triple.object, group)}};
    group.triple_terms.push_back(item);
    return {TermId::any(), whole};
}

std::pair<Slot, GraphScope> TreePlanner::graph(const algebra::GraphRef& graph) {
    using Kind = GraphScope::Kind;
    if (std::holds_alternative<algebra::DefaultGraph>(graph)) {
        if (!has_dataset_) return {{TermId{}, kNoVariable}, {Kind::One, {}}};
        if (default_graphs_.size() == 1) return {{default_graphs_.front(), kNoVariable}, {Kind::One, {}}};
        return {{TermId::any(), kNoVariable}, {Kind::Merge, default_graphs_}};
    }
    const GraphScope named = has_dataset_ ? GraphScope{Kind::Among, named_graphs_} : GraphScope{Kind::NamedAll, {}};
    if (const auto* variable = std::get_if<algebra::Var>(&graph)) {
        reads_outer_graph_ = reads_outer_graph_ || variable->id == outer_.graph;
        return {{TermId::any(), variable->id}, named};
    }
    const TermId id = pool_.intern(std::get<Term>(graph));
    return {{id, kNoVariable}, has_dataset_ ? named : GraphScope{Kind::One, {}}};
}

/// Where a graph is named, the path of no step is in it only if the graph is; the default graph is always there.
std::pair<Slot, GraphScope> TreePlanner::walked_graph(const algebra::GraphRef& ref) {
    auto walked = graph(ref);
    if (std::holds_alternative<Term>(ref) && walked.second.kind == GraphScope::Kind::One) {
        walked.second = {GraphScope::Kind::Among, {walked.first.constant}};
    }
    return walked;
}

NodePtr TreePlanner::graph_names(const algebra::GraphNames& names) {
    auto [graph_slot, graphs] = graph(names.graph);
    VariableList variables;
    add_to(variables, graph_slot.variable);
    const auto count = static_cast<double>(pool_.source().graphs().size());
    return make_node(GraphNames{graph_slot, std::move(graphs)}, std::move(variables), {}, count, count);
}

void TreePlanner::add_pattern(const algebra::TriplePattern& triple, const algebra::GraphRef& ref, JoinGroup& group) {
    const auto [graph_slot, graphs] = graph(ref);
    group.patterns.push_back({{slot(triple.subject, group), slot(triple.predicate, group), slot(triple.object, group), graph_slot}, graphs});
}

void TreePlanner::add_path(const algebra::PathPattern& path, JoinGroup& group) {
    const Slot subject = slot(path.subject, group), object = slot(path.object, group);
    const auto [graph_slot, graphs] = walked_graph(path.graph);
    const std::array<Slot, 3> slots{subject, object, graph_slot};
    const bool anchored = !subject.constant.is_any() || !object.constant.is_any();
    VariableList needs;
    if (!anchored) add_to(needs, subject.variable);
    if (graph_slot.variable != kNoVariable && graph_slot.variable == outer_.graph) add_to(needs, graph_slot.variable);
    group.steps.push_back({needs, variables_of(slots), [=, path = path.path](NodePtr input) {
        StepColumns columns = columns_after(input, slots);
        const double rows = kRowsOfPath * (input ? std::max(1.0, input->estimated_rows) : 1);
        const double cost = input ? input->cost + kRowsOfPath * rows : kCostOfStart;
        return make_node(PathScan{std::move(input), subject, object, path, graph_slot, graphs}, std::move(columns.variables),
                         std::move(columns.maybe_unbound), rows, cost);
    }});
}

void TreePlanner::add_search(const algebra::PathSearch& search, JoinGroup& group) {
    const Slot subject = slot(search.subject, group), object = slot(search.object, group);
    const auto [graph_slot, graphs] = walked_graph(search.graph);
    const std::array<Slot, 4> slots{subject, object, graph_slot, Slot{TermId::any(), search.variable}};
    VariableList needs;
    add_to(needs, subject.variable);
    add_to(needs, object.variable);
    prepare_steps(search, graph_slot);
    VariableList variables = variables_of(slots);
    for (const ExpressionPtr& expression : {search.where, search.cost}) {
        if (expression) algebra::collect_variables(*expression, variables);
    }
    group.steps.push_back({needs, std::move(variables), [=, search = search](NodePtr input) {
        StepColumns columns = columns_after(input, slots);
        const double rows = input ? std::max(1.0, input->estimated_rows) : 1;
        const double cost = (input ? input->cost : 0) + kCostOfStart * rows;
        return make_node(PathSearch{std::move(input), subject, object, search.selector, search.k, search.mode, search.path,
                                    search.variable, search.where, search.cost, graph_slot, graphs},
                         std::move(columns.variables), std::move(columns.maybe_unbound), rows, cost);
    }});
}

NodePtr TreePlanner::service_call(NodePtr input, const algebra::Service& service, bool optional) {
    ServiceCall call{nullptr, {}, service.declarations, service.group, service.variables, {}, service.silent, optional, service.position};
    const auto* variable = std::get_if<algebra::Var>(&service.endpoint);
    call.endpoint = variable != nullptr ? Slot{TermId::any(), variable->id} : Slot{pool_.intern(std::get<Term>(service.endpoint)), kNoVariable};
    if (input) call.shared = common(input->variables, service.variables);
    // Nothing to send along: it is asked once, and joined with everything.
    if (input && call.shared.empty() && variable == nullptr) {
        NodePtr alone = service_call(nullptr, service, false);
        if (optional) return make_left_join(std::move(input), std::move(alone), nullptr);
        const double rows = input->estimated_rows * alone->estimated_rows;
        return make_hash_join(std::move(input), std::move(alone), rows);
    }
    VariableList variables = input ? merged(input->variables, service.variables) : service.variables;
    add_to(variables, call.endpoint.variable);
    VariableList unbound = variables;
    if (input) std::erase_if(unbound, [known = certain(*input)](VariableId v) { return contains(known, v); });
    const double rows = kRowsOfService * (input ? std::max(1.0, input->estimated_rows) : kRowsOfService);
    const double cost = (input ? input->cost : 0) + kCostOfService + rows;
    call.input = std::move(input);
    return make_node(std::move(call), std::move(variables), std::move(unbound), rows, cost);
}

}  // namespace tercet::plan

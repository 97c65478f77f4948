#include "engine/plan/nodes.hpp"

#include <algorithm>

#include "engine/plan/join_parts.hpp"

namespace tercet::plan {
namespace {

VariableList without(VariableList list, const VariableList& removed) {
    std::erase_if(list, [&](VariableId v) { return contains(removed, v); });
    return list;
}

}  // namespace

bool contains(const VariableList& list, VariableId variable) { return std::find(list.begin(), list.end(), variable) != list.end(); }

void add_to(VariableList& list, VariableId variable) {
    if (variable != kNoVariable && !contains(list, variable)) list.push_back(variable);
}

VariableList merged(const VariableList& a, const VariableList& b) {
    VariableList all = a;
    for (const VariableId variable : b) add_to(all, variable);
    return all;
}

VariableList common(const VariableList& a, const VariableList& b) {
    VariableList both;
    for (const VariableId variable : a) {
        if (contains(b, variable)) both.push_back(variable);
    }
    return both;
}

VariableList certain(const Node& node) { return without(node.variables, node.maybe_unbound); }

VariableList variables_of(std::span<const Slot> slots) {
    VariableList found;
    for (const Slot& slot : slots) add_to(found, slot.variable);
    return found;
}

NodePtr make_node(Operation operation, VariableList variables, VariableList maybe_unbound, double rows, double cost) {
    auto node = std::make_unique<Node>();
    node->operation = std::move(operation);
    node->variables = std::move(variables);
    node->maybe_unbound = std::move(maybe_unbound);
    node->estimated_rows = rows;
    node->cost = cost;
    return node;
}

NodePtr make_unit() { return make_values({}, {{}}); }

NodePtr make_empty(VariableList variables) { return make_values(std::move(variables), {}); }

NodePtr make_scan(Scan scan, double rows) {
    VariableList sorted;
    for (const std::size_t slot : scan.order->position) {
        if (!scan.slots[slot].constant.is_any()) continue;
        if (scan.slots[slot].variable == kNoVariable) break;
        add_to(sorted, scan.slots[slot].variable);
    }
    VariableList variables = variables_of(scan.slots);
    NodePtr node = make_node(std::move(scan), std::move(variables), {}, rows, rows);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_lookup_join(NodePtr input, std::array<Slot, 4> slots, GraphScope graphs, double rows) {
    VariableList variables = merged(input->variables, variables_of(slots));
    VariableList sorted = input->sorted_by;
    VariableList unbound = input->maybe_unbound;
    const double cost = input->cost + input->estimated_rows * kLookupCost + rows;
    NodePtr node = make_node(LookupJoin{std::move(input), slots, std::move(graphs)}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_optional_lookup(NodePtr input, const Scan& scan) {
    const VariableList bound = variables_of(scan.slots), sure = certain(*input);
    VariableList variables = merged(input->variables, bound);
    VariableList unbound = without(merged(input->maybe_unbound, bound), sure);
    VariableList sorted = common(input->sorted_by, sure);
    const bool keeps_order = sorted.size() == input->sorted_by.size();
    const double rows = std::max(input->estimated_rows, 1.0), cost = input->cost + input->estimated_rows * kLookupCost + rows;
    NodePtr node = make_node(LookupJoin{std::move(input), scan.slots, scan.graphs, true}, std::move(variables), std::move(unbound), rows, cost);
    if (keeps_order) node->sorted_by = std::move(sorted);
    return node;
}

bool is_worth_looking_up(const Node& input, const Node& right) {
    const bool shares = !common(input.variables, right.variables).empty();
    return shares && std::holds_alternative<Scan>(right.operation) && input.estimated_rows * kLookupCost < right.cost + kHashCost * right.estimated_rows;
}

NodePtr make_destructure(NodePtr input, VariableId source, std::array<Slot, 3> slots) {
    VariableList variables = merged(input->variables, variables_of(slots));
    VariableList unbound = without(input->maybe_unbound, variables_of(slots));
    const double rows = input->estimated_rows, cost = input->cost + rows;
    return make_node(Destructure{std::move(input), source, slots}, std::move(variables), std::move(unbound), rows, cost);
}

NodePtr make_merge_join(NodePtr left, NodePtr right, VariableId key, double rows) {
    VariableList others = common(left->variables, right->variables);
    std::erase(others, key);
    VariableList variables = merged(left->variables, right->variables);
    VariableList unbound = merged(left->maybe_unbound, right->maybe_unbound);
    VariableList sorted = left->sorted_by;
    const double cost = left->cost + right->cost + rows;
    NodePtr node = make_node(MergeJoin{std::move(left), std::move(right), key, std::move(others)}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_hash_join(NodePtr left, NodePtr right, double rows) {
    VariableList shared = common(left->variables, right->variables);
    VariableList variables = merged(left->variables, right->variables);
    // A variable stays unsure only if no side is sure of it.
    VariableList unbound = without(without(merged(left->maybe_unbound, right->maybe_unbound), certain(*left)), certain(*right));
    VariableList sorted = common(left->sorted_by, certain(*left));
    const double cost = left->cost + right->cost + kHashCost * (left->estimated_rows + 2 * right->estimated_rows) + rows;
    NodePtr node = make_node(HashJoin{std::move(left), std::move(right), std::move(shared)}, std::move(variables), std::move(unbound), rows, cost);
    if (sorted.size() == std::get<HashJoin>(node->operation).left->sorted_by.size()) node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_left_join(NodePtr left, NodePtr right, ExpressionPtr condition) {
    VariableList shared = common(left->variables, right->variables);
    VariableList variables = merged(left->variables, right->variables);
    VariableList unbound = without(merged(left->maybe_unbound, right->variables), certain(*left));
    const double rows = std::max(left->estimated_rows, 1.0), cost = left->cost + right->cost + kHashCost * (left->estimated_rows + right->estimated_rows);
    return make_node(LeftJoin{std::move(left), std::move(right), std::move(shared), std::move(condition)}, std::move(variables), std::move(unbound), rows, cost);
}

NodePtr make_minus(NodePtr left, NodePtr right) {
    VariableList shared = common(left->variables, right->variables);
    VariableList variables = left->variables, unbound = left->maybe_unbound, sorted = left->sorted_by;
    const double rows = left->estimated_rows, cost = left->cost + right->cost + kHashCost * (rows + right->estimated_rows);
    NodePtr node = make_node(Minus{std::move(left), std::move(right), std::move(shared)}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_union(std::vector<NodePtr> inputs) {
    VariableList variables, unbound;
    double rows = 0, cost = 0;
    for (const NodePtr& input : inputs) {
        variables = merged(variables, input->variables);
        unbound = merged(unbound, input->maybe_unbound);
        rows += input->estimated_rows;
        cost += input->cost;
    }
    for (const NodePtr& input : inputs) unbound = merged(unbound, without(variables, input->variables));
    return make_node(Union{std::move(inputs)}, std::move(variables), std::move(unbound), rows, cost);
}

NodePtr make_filter(NodePtr input, ExpressionPtr condition) {
    VariableList variables = input->variables, unbound = input->maybe_unbound, sorted = input->sorted_by;
    const double rows = std::max(1.0, input->estimated_rows * kFilterShare), cost = input->cost + input->estimated_rows;
    NodePtr node = make_node(Filter{std::move(input), std::move(condition)}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_extend(NodePtr input, VariableId variable, ExpressionPtr expression) {
    VariableList variables = input->variables, unbound = input->maybe_unbound, sorted = input->sorted_by;
    add_to(variables, variable);
    add_to(unbound, variable);
    const double rows = input->estimated_rows, cost = input->cost + rows;
    NodePtr node = make_node(Extend{std::move(input), variable, std::move(expression)}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_values(VariableList variables, std::vector<std::vector<TermId>> rows) {
    VariableList unbound;
    for (std::size_t c = 0; c < variables.size(); ++c) {
        const bool undefined = std::any_of(rows.begin(), rows.end(), [c](const auto& row) { return !row[c].is_defined(); });
        if (undefined) add_to(unbound, variables[c]);
    }
    const auto count = static_cast<double>(rows.size());
    VariableList columns = variables;
    return make_node(Values{std::move(variables), std::move(rows)}, std::move(columns), std::move(unbound), count, count);
}

NodePtr make_project(NodePtr input, VariableList variables) {
    if (input->variables == variables) return input;
    VariableList unbound = without(variables, certain(*input));
    VariableList sorted;
    for (const VariableId variable : input->sorted_by) {
        if (!contains(variables, variable)) break;
        sorted.push_back(variable);
    }
    const double rows = input->estimated_rows, cost = input->cost;
    VariableList columns = variables;
    NodePtr node = make_node(Project{std::move(input), std::move(variables)}, std::move(columns), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_distinct(NodePtr input) {
    VariableList variables = input->variables, unbound = input->maybe_unbound, sorted = input->sorted_by;
    const double rows = input->estimated_rows, cost = input->cost + kHashCost * rows;
    NodePtr node = make_node(Distinct{std::move(input)}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_order_by(NodePtr input, std::vector<OrderBy::Key> keys) {
    VariableList variables = input->variables, unbound = input->maybe_unbound;
    const double rows = input->estimated_rows, cost = input->cost + 8 * rows;
    return make_node(OrderBy{std::move(input), std::move(keys), std::nullopt}, std::move(variables), std::move(unbound), rows, cost);
}

NodePtr make_slice(NodePtr input, std::uint64_t offset, std::optional<std::uint64_t> limit) {
    VariableList variables = input->variables, unbound = input->maybe_unbound, sorted = input->sorted_by;
    const double rows = limit ? std::min(input->estimated_rows, static_cast<double>(*limit)) : input->estimated_rows, cost = input->cost;
    NodePtr node = make_node(Slice{std::move(input), offset, limit}, std::move(variables), std::move(unbound), rows, cost);
    node->sorted_by = std::move(sorted);
    return node;
}

NodePtr make_group(NodePtr input, VariableList keys, std::vector<algebra::Aggregate> aggregates) {
    VariableList variables = keys, unbound = common(keys, input->maybe_unbound);
    for (const VariableId key : keys) {
        if (!contains(input->variables, key)) add_to(unbound, key);
    }
    for (const auto& aggregate : aggregates) {
        add_to(variables, aggregate.output);
        add_to(unbound, aggregate.output);
    }
    const double rows = keys.empty() ? 1 : std::max(1.0, input->estimated_rows / 4), cost = input->cost + kHashCost * input->estimated_rows;
    return make_node(Group{std::move(input), std::move(keys), std::move(aggregates), false}, std::move(variables), std::move(unbound), rows, cost);
}

}  // namespace tercet::plan

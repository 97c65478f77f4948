#pragma once

#include <span>
#include <vector>

#include "engine/plan/plan.hpp"

/// Plan nodes with their columns, order and estimates filled in.
namespace tercet::plan {

using VariableList = std::vector<VariableId>;

[[nodiscard]] bool contains(const VariableList& list, VariableId variable);
void add_to(VariableList& list, VariableId variable);
[[nodiscard]] VariableList merged(const VariableList& a, const VariableList& b);
[[nodiscard]] VariableList common(const VariableList& a, const VariableList& b);
/// Bound in every row.
[[nodiscard]] VariableList certain(const Node& node);

[[nodiscard]] NodePtr make_unit();
[[nodiscard]] NodePtr make_empty(VariableList variables);
[[nodiscard]] NodePtr make_scan(Scan scan, double rows);
[[nodiscard]] NodePtr make_lookup_join(NodePtr input, std::array<Slot, 4> slots, GraphScope graphs, double rows);
/// The left join with a scan, by looking its pattern up for each row.
[[nodiscard]] NodePtr make_optional_lookup(NodePtr input, const Scan& scan);
/// Whether that costs less than to put the scan into a table.
[[nodiscard]] bool is_worth_looking_up(const Node& input, const Node& right);
[[nodiscard]] NodePtr make_destructure(NodePtr input, VariableId source, std::array<Slot, 3> slots);
[[nodiscard]] NodePtr make_merge_join(NodePtr left, NodePtr right, VariableId key, double rows);
[[nodiscard]] NodePtr make_hash_join(NodePtr left, NodePtr right, double rows);
[[nodiscard]] NodePtr make_left_join(NodePtr left, NodePtr right, ExpressionPtr condition);
[[nodiscard]] NodePtr make_minus(NodePtr left, NodePtr right);
[[nodiscard]] NodePtr make_union(std::vector<NodePtr> inputs);
[[nodiscard]] NodePtr make_filter(NodePtr input, ExpressionPtr condition);
[[nodiscard]] NodePtr make_extend(NodePtr input, VariableId variable, ExpressionPtr expression);
[[nodiscard]] NodePtr make_values(VariableList variables, std::vector<std::vector<TermId>> rows);
[[nodiscard]] NodePtr make_project(NodePtr input, VariableList variables);
[[nodiscard]] NodePtr make_distinct(NodePtr input);
[[nodiscard]] NodePtr make_order_by(NodePtr input, std::vector<OrderBy::Key> keys);
[[nodiscard]] NodePtr make_slice(NodePtr input, std::uint64_t offset, std::optional<std::uint64_t> limit);
[[nodiscard]] NodePtr make_group(NodePtr input, VariableList keys, std::vector<algebra::Aggregate> aggregates);
/// For operations whose columns are known to the caller.
[[nodiscard]] NodePtr make_node(Operation operation, VariableList variables, VariableList maybe_unbound, double rows, double cost);

/// Calls visit(NodePtr&) for every input of a node, also a const one.
template <typename SomeNode, typename Visit>
void for_each_input(SomeNode& node, Visit visit) {
    std::visit([&](auto& operation) {
        const auto each = [&](auto& input) {
            if (input) visit(input);
        };
        if constexpr (requires { operation.left; }) {
            each(operation.left);
            each(operation.right);
        } else if constexpr (requires { operation.inputs; }) {
            for (auto& input : operation.inputs) each(input);
        } else if constexpr (requires { operation.input; }) {
            each(operation.input);
        } else if constexpr (requires { operation.pattern; }) {
            each(operation.pattern);
        }
    }, node.operation);
}

/// The variables of slots, each once.
[[nodiscard]] VariableList variables_of(std::span<const Slot> slots);

}  // namespace tercet::plan

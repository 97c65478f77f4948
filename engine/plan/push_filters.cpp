#include <algorithm>
#include <iterator>

#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/plan/nodes.hpp"
#include "engine/plan/passes.hpp"

namespace tercet::plan {
namespace {

using algebra::ExpressionPtr;
using algebra::NodePtr;

bool contains_all(const VariableList& list, const VariableList& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](VariableId v) { return contains(list, v); });
}

/// A condition that is on its way down.
struct Condition {
    ExpressionPtr expression;
    VariableList variables;
};
using Conditions = std::vector<Condition>;

/// The conditions for which `goes` holds, taken out of the list.
template <typename Goes>
Conditions take_if(Conditions& conditions, Goes goes) {
    const auto stay = std::stable_partition(conditions.begin(), conditions.end(), [&](const Condition& c) { return !goes(c); });
    Conditions taken(std::make_move_iterator(stay), std::make_move_iterator(conditions.end()));
    conditions.erase(stay, conditions.end());
    return taken;
}

/// Leaves are joined by the planner, which puts filters between them; only what it takes as a whole is worth going into.
bool is_whole(const algebra::Node& node) {
    if (const auto* join = std::get_if<algebra::Join>(&node.node)) return is_whole(*join->left) || is_whole(*join->right);
    if (const auto* filter = std::get_if<algebra::Filter>(&node.node)) return is_whole(*filter->input);
    return std::holds_alternative<algebra::Union>(node.node) || std::holds_alternative<algebra::LeftJoin>(node.node) ||
           std::holds_alternative<algebra::Minus>(node.node) || std::holds_alternative<algebra::Extend>(node.node) ||
           std::holds_alternative<algebra::Project>(node.node) || std::holds_alternative<algebra::Distinct>(node.node);
}

/// Tells the conditions that one side of a join decides alone: the other side binds nothing that they still need.
class DecidedBy {
public:
    DecidedBy(const algebra::Node& side, const algebra::Node& other)
        : bound_(algebra::surely_bound(side)), seen_(algebra::in_scope(side)), elsewhere_(algebra::in_scope(other)) {}

    bool operator()(const Condition& condition) const {
        const VariableList& used = condition.variables;
        return !common(seen_, used).empty() &&
               std::all_of(used.begin(), used.end(), [&](VariableId v) { return contains(bound_, v) || !contains(elsewhere_, v); });
    }

private:
    VariableList bound_, seen_, elsewhere_;
};

/// Puts conditions, all of them movable, as far down in a tree as what is below does not change what they see.
class Pusher {
public:
    NodePtr over(const NodePtr& node, Conditions conditions) const {
        if (conditions.empty()) return node;
        return std::visit([&](const auto& n) { return push(n, node, std::move(conditions)); }, node->node);
    }

    /// A filter of the conditions right here, together with one that is there already.
    static NodePtr here(const NodePtr& node, const Conditions& conditions) {
        if (conditions.empty()) return node;
        const auto* filter = std::get_if<algebra::Filter>(&node->node);
        std::vector<ExpressionPtr> all = filter == nullptr ? std::vector<ExpressionPtr>{} : conjuncts(filter->condition);
        for (const Condition& condition : conditions) all.push_back(condition.expression);
        return filtered(filter == nullptr ? node : filter->input, all);
    }

private:
    template <typename Operation>
    NodePtr below(Operation copy, Conditions conditions) const {
        copy.input = over(copy.input, std::move(conditions));
        return algebra::make_node(std::move(copy));
    }
    template <typename Operation, typename Goes>
    NodePtr below_if(const Operation& n, const NodePtr& node, Conditions conditions, Goes goes) const {
        Conditions down = take_if(conditions, goes);
        return here(down.empty() ? node : below(n, std::move(down)), conditions);
    }

    NodePtr push(const algebra::Filter& n, const NodePtr&, Conditions conditions) const {
        return filtered(over(n.input, std::move(conditions)), {n.condition});
    }
    NodePtr push(const algebra::Join& n, const NodePtr& node, Conditions conditions) const {
        Conditions left, right;
        if (is_whole(*n.left)) left = take_if(conditions, DecidedBy(*n.left, *n.right));
        if (is_whole(*n.right)) right = take_if(conditions, DecidedBy(*n.right, *n.left));
        if (left.empty() && right.empty()) return here(node, conditions);
        return here(algebra::make_node(algebra::Join{over(n.left, std::move(left)), over(n.right, std::move(right))}), conditions);
    }
    NodePtr push(const algebra::LeftJoin& n, const NodePtr& node, Conditions conditions) const {
        Conditions left = take_if(conditions, DecidedBy(*n.left, *n.right));
        if (left.empty()) return here(node, conditions);
        return here(algebra::make_node(algebra::LeftJoin{over(n.left, std::move(left)), n.right, n.condition}), conditions);
    }
    NodePtr push(const algebra::Minus& n, const NodePtr&, Conditions conditions) const {
        return algebra::make_node(algebra::Minus{over(n.left, std::move(conditions)), n.right});
    }
    NodePtr push(const algebra::Union& n, const NodePtr&, const Conditions& conditions) const {
        algebra::Union made;
        for (const NodePtr& input : n.inputs) made.inputs.push_back(over(input, conditions));
        return algebra::make_node(std::move(made));
    }
    NodePtr push(const algebra::Extend& n, const NodePtr& node, Conditions conditions) const {
        return below_if(n, node, std::move(conditions), [&](const Condition& c) { return !contains(c.variables, n.variable); });
    }
    NodePtr push(const algebra::Project& n, const NodePtr& node, Conditions conditions) const {
        return below_if(n, node, std::move(conditions), [&](const Condition& c) { return contains_all(n.variables, c.variables); });
    }
    NodePtr push(const algebra::Distinct& n, const NodePtr&, Conditions conditions) const { return below(n, std::move(conditions)); }
    NodePtr push(const algebra::OrderBy& n, const NodePtr&, Conditions conditions) const { return below(n, std::move(conditions)); }
    NodePtr push(const algebra::Group& n, const NodePtr& node, Conditions conditions) const {
        return below_if(n, node, std::move(conditions),
                        [&](const Condition& c) { return !c.variables.empty() && contains_all(n.keys, c.variables); });
    }
    template <typename Other>
    NodePtr push(const Other&, const NodePtr& node, const Conditions& conditions) const { return here(node, conditions); }
};

}  // namespace

algebra::NodePtr push_filters(const algebra::NodePtr& node, PassContext& context) {
    const algebra::NodePtr made = algebra::with_inputs(node, [&](const algebra::NodePtr& input) { return push_filters(input, context); });
    const auto* filter = std::get_if<algebra::Filter>(&made->node);
    if (filter == nullptr) return made;
    Conditions conditions;
    for (algebra::ExpressionPtr& part : conjuncts(filter->condition)) {
        conditions.push_back({std::move(part), {}});
        algebra::collect_variables(*conditions.back().expression, conditions.back().variables);
    }
    const Conditions fixed = take_if(conditions, [](const Condition& c) { return !is_movable(*c.expression); });
    return Pusher::here(Pusher().over(filter->input, std::move(conditions)), fixed);
}

}  // namespace tercet::plan

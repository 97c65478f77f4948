#include <algorithm>

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

/// One condition that is on its way down. It stops where what is below would change what it sees.
class Condition {
public:
    explicit Condition(ExpressionPtr expression) : expression_(std::move(expression)) {
        algebra::collect_variables(*expression_, variables_);
    }

    NodePtr over(const NodePtr& node) const {
        if (!is_movable(*expression_)) return here(node);
        return std::visit([&](const auto& n) { return push(n, node); }, node->node);
    }

private:
    /// EXISTS keeps its row, and functions that answer differently each time keep their place.
    static bool is_movable(const algebra::Expression& expression) {
        if (std::holds_alternative<algebra::Exists>(expression.node)) return false;
        const auto* call = std::get_if<algebra::Call>(&expression.node);
        if (call == nullptr) return true;
        for (const char* name : {"RAND", "UUID", "STRUUID", "BNODE"}) {
            if (call->function == name) return false;
        }
        return std::all_of(call->arguments.begin(), call->arguments.end(), [](const ExpressionPtr& a) { return is_movable(*a); });
    }

    NodePtr here(const NodePtr& node) const {
        if (const auto* filter = std::get_if<algebra::Filter>(&node->node)) {
            std::vector<ExpressionPtr> all = conjuncts(filter->condition);
            all.push_back(expression_);
            return filtered(filter->input, all);
        }
        return filtered(node, {expression_});
    }

    template <typename Operation>
    NodePtr below(Operation copy) const {
        copy.input = over(copy.input);
        return algebra::make_node(std::move(copy));
    }

    /// Whether `side` alone decides the condition: the other side binds nothing that it still needs.
    bool is_decided_by(const algebra::Node& side, const algebra::Node& other) const {
        const VariableList bound = algebra::surely_bound(side), elsewhere = algebra::in_scope(other);
        const VariableList seen = algebra::in_scope(side);
        return !common(seen, variables_).empty() &&
               std::all_of(variables_.begin(), variables_.end(), [&](VariableId v) { return contains(bound, v) || !contains(elsewhere, v); });
    }

    /// Leaves are joined by the planner, which puts filters between them; only what it takes as a whole is worth going into.
    static bool is_whole(const algebra::Node& node) {
        if (const auto* join = std::get_if<algebra::Join>(&node.node)) return is_whole(*join->left) || is_whole(*join->right);
        if (const auto* filter = std::get_if<algebra::Filter>(&node.node)) return is_whole(*filter->input);
        return std::holds_alternative<algebra::Union>(node.node) || std::holds_alternative<algebra::LeftJoin>(node.node) ||
               std::holds_alternative<algebra::Minus>(node.node) || std::holds_alternative<algebra::Extend>(node.node) ||
               std::holds_alternative<algebra::Project>(node.node) || std::holds_alternative<algebra::Distinct>(node.node);
    }

    NodePtr push(const algebra::Filter& n, const NodePtr&) const { return filtered(over(n.input), {n.condition}); }
    NodePtr push(const algebra::Join& n, const NodePtr& node) const {
        if (is_whole(*n.left) && is_decided_by(*n.left, *n.right)) return algebra::make_node(algebra::Join{over(n.left), n.right});
        if (is_whole(*n.right) && is_decided_by(*n.right, *n.left)) return algebra::make_node(algebra::Join{n.left, over(n.right)});
        return here(node);
    }
    NodePtr push(const algebra::LeftJoin& n, const NodePtr& node) const {
        if (!is_decided_by(*n.left, *n.right)) return here(node);
        return algebra::make_node(algebra::LeftJoin{over(n.left), n.right, n.condition});
    }
    NodePtr push(const algebra::Minus& n, const NodePtr&) const { return algebra::make_node(algebra::Minus{over(n.left), n.right}); }
    NodePtr push(const algebra::Union& n, const NodePtr&) const {
        algebra::Union made;
        for (const NodePtr& input : n.inputs) made.inputs.push_back(over(input));
        return algebra::make_node(std::move(made));
    }
    NodePtr push(const algebra::Extend& n, const NodePtr& node) const { return contains(variables_, n.variable) ? here(node) : below(n); }
    NodePtr push(const algebra::Project& n, const NodePtr& node) const { return contains_all(n.variables, variables_) ? below(n) : here(node); }
    NodePtr push(const algebra::Distinct& n, const NodePtr&) const { return below(n); }
    NodePtr push(const algebra::OrderBy& n, const NodePtr&) const { return below(n); }
    NodePtr push(const algebra::Group& n, const NodePtr& node) const {
        return !variables_.empty() && contains_all(n.keys, variables_) ? below(n) : here(node);
    }
    template <typename Other>
    NodePtr push(const Other&, const NodePtr& node) const { return here(node); }

    ExpressionPtr expression_;
    VariableList variables_;
};

}  // namespace

algebra::NodePtr push_filters(const algebra::NodePtr& node, PassContext& context) {
    const algebra::NodePtr made = algebra::with_inputs(node, [&](const algebra::NodePtr& input) { return push_filters(input, context); });
    const auto* filter = std::get_if<algebra::Filter>(&made->node);
    if (filter == nullptr) return made;
    algebra::NodePtr below = filter->input;
    for (algebra::ExpressionPtr& part : conjuncts(filter->condition)) below = Condition(std::move(part)).over(below);
    return below;
}

}  // namespace tercet::plan

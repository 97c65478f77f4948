#include "engine/plan/drop_columns.hpp"

#include <algorithm>

#include "engine/algebra/scope.hpp"
#include "engine/plan/nodes.hpp"

namespace tercet::plan {
namespace {

VariableList variables_of(const ExpressionPtr& expression) {
    VariableList used;
    if (expression) algebra::collect_variables(*expression, used);
    return used;
}

class ColumnDropper {
public:
    explicit ColumnDropper(const Plan& plan) : plan_(plan) {}

    void visit(NodePtr& node, const VariableList& wanted) {
        if (std::holds_alternative<Extend>(node->operation) && !contains(wanted, std::get<Extend>(node->operation).variable)) {
            NodePtr input = std::move(std::get<Extend>(node->operation).input);
            node = std::move(input);
            return visit(node, wanted);
        }
        const VariableList kept = std::holds_alternative<Distinct>(node->operation) ? node->variables : wanted;
        keep(*node, kept);
        std::visit([&](auto& operation) { inputs(operation, *node, kept); }, node->operation);
    }

private:
    static void keep(Node& node, const VariableList& wanted) {
        const auto unwanted = [&](VariableId v) { return !contains(wanted, v); };
        std::erase_if(node.variables, unwanted);
        std::erase_if(node.maybe_unbound, unwanted);
        node.sorted_by.erase(std::find_if(node.sorted_by.begin(), node.sorted_by.end(), unwanted), node.sorted_by.end());
    }

    /// What an expression looks at, through correlated EXISTS patterns too.
    VariableList read_by(const ExpressionPtr& expression) const {
        VariableList used = variables_of(expression);
        if (!expression || !algebra::contains_exists(*expression)) return used;
        for (const auto& [pattern, correlated] : plan_.correlated) used = merged(used, correlated);
        return used;
    }

    void inputs(LookupJoin& o, const Node&, const VariableList& wanted) { visit(o.input, merged(wanted, plan::variables_of(o.slots))); }
    void inputs(Destructure& o, const Node&, const VariableList& wanted) {
        VariableList more = merged(wanted, plan::variables_of(o.slots));
        add_to(more, o.source);
        visit(o.input, more);
    }
    void inputs(MergeJoin& o, const Node&, const VariableList& wanted) {
        VariableList more = merged(wanted, o.others);
        add_to(more, o.key);
        visit(o.left, more);
        visit(o.right, more);
    }
    void inputs(HashJoin& o, const Node&, const VariableList& wanted) {
        visit(o.left, merged(wanted, o.shared));
        visit(o.right, merged(wanted, o.shared));
    }
    void inputs(LeftJoin& o, const Node&, const VariableList& wanted) {
        const VariableList more = merged(merged(wanted, o.shared), read_by(o.condition));
        visit(o.left, more);
        visit(o.right, more);
    }
    void inputs(Minus& o, const Node&, const VariableList& wanted) {
        visit(o.left, merged(wanted, o.shared));
        visit(o.right, o.shared);
    }
    void inputs(Union& o, const Node&, const VariableList& wanted) {
        for (NodePtr& input : o.inputs) visit(input, wanted);
    }
    void inputs(Filter& o, const Node&, const VariableList& wanted) { visit(o.input, merged(wanted, read_by(o.condition))); }
    void inputs(Extend& o, const Node&, const VariableList& wanted) { visit(o.input, merged(wanted, read_by(o.expression))); }
    void inputs(Project& o, const Node& node, const VariableList&) {
        o.variables = node.variables;
        visit(o.input, o.variables);
    }
    void inputs(Distinct& o, const Node&, const VariableList& wanted) { visit(o.input, wanted); }
    void inputs(OrderBy& o, const Node&, const VariableList& wanted) {
        VariableList more = wanted;
        for (const OrderBy::Key& key : o.keys) more = merged(more, read_by(key.expression));
        visit(o.input, more);
    }
    void inputs(Slice& o, const Node&, const VariableList& wanted) { visit(o.input, wanted); }
    void inputs(Group& o, const Node&, const VariableList&) {
        VariableList more = o.keys;
        for (const algebra::Aggregate& aggregate : o.aggregates) {
            const bool whole_rows = aggregate.distinct && !aggregate.argument;
            more = merged(more, whole_rows ? o.input->variables : read_by(aggregate.argument));
        }
        visit(o.input, more);
    }
    template <typename Path>
    void path_input(Path& o, const VariableList& wanted) {
        if (o.input) visit(o.input, merged(wanted, plan::variables_of(std::array{o.subject, o.object, o.graph})));
    }
    void inputs(PathScan& o, const Node&, const VariableList& wanted) { path_input(o, wanted); }
    void inputs(PathSearch& o, const Node&, const VariableList& wanted) {
        VariableList more = merged(wanted, merged(read_by(o.where), read_by(o.cost)));
        add_to(more, o.variable);
        path_input(o, more);
    }
    void inputs(Unfold& o, const Node&, const VariableList& wanted) {
        VariableList more = merged(wanted, read_by(o.expression));
        add_to(more, o.element);
        add_to(more, o.index);
        visit(o.input, more);
    }
    void inputs(EachGraph& o, const Node&, const VariableList& wanted) {
        VariableList more = wanted;
        add_to(more, o.graph);
        visit(o.pattern, more);
    }
    void inputs(ServiceCall& o, const Node&, const VariableList& wanted) {
        VariableList more = merged(wanted, o.shared);
        std::erase_if(o.asked, [&](VariableId v) { return !contains(more, v); });
        add_to(more, o.endpoint.variable);
        if (o.input) visit(o.input, more);
    }
    void inputs(CallProcedure& o, const Node&, const VariableList&) { visit(o.pattern, o.projection); }
    template <typename Leaf>
    void inputs(Leaf&, const Node&, const VariableList&) {}

    const Plan& plan_;
};

}  // namespace

void drop_columns(Plan& plan) {
    const VariableList wanted = plan.root->variables;
    ColumnDropper(plan).visit(plan.root, wanted);
}

}  // namespace tercet::plan

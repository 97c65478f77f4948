#include "engine/algebra/scope.hpp"

#include <algorithm>

namespace tercet::algebra {
namespace {

class ScopeCollector {
public:
    std::vector<VariableId> found;

    void operator()(const NodePtr& node) {
        if (node) std::visit([this](const auto& n) { visit(n); }, node->node);
    }
    void operator()(const Node& node) { std::visit([this](const auto& n) { visit(n); }, node.node); }

private:
    void add(VariableId variable) {
        if (std::find(found.begin(), found.end(), variable) == found.end()) found.push_back(variable);
    }
    void add(const PatternTerm& term) {
        if (const Var* variable = std::get_if<Var>(&term)) add(variable->id);
        if (const auto* triple = std::get_if<std::shared_ptr<const TripleTermNode>>(&term)) {
            for (const PatternTerm* part : {&(*triple)->subject, &(*triple)->predicate, &(*triple)->object}) add(*part);
        }
    }
    void add(const GraphRef& graph) {
        if (const Var* variable = std::get_if<Var>(&graph)) add(variable->id);
    }
    void visit(const Bgp& n) {
        for (const TriplePattern& triple : n.triples) {
            add(triple.subject);
            add(triple.predicate);
            add(triple.object);
        }
        if (!n.triples.empty()) add(n.graph);
    }
    void visit(const PathPattern& n) { add(n.subject); add(n.object); add(n.graph); }
    void visit(const PathSearch& n) { add(n.subject); add(n.object); add(n.variable); add(n.graph); }
    void visit(const GraphNames& n) { add(n.graph); }
    void visit(const EachGraph& n) {
        ScopeCollector pattern;
        pattern(n.pattern);
        std::erase(pattern.found, n.inner);
        for (const VariableId variable : pattern.found) add(variable);
        add(n.graph);
    }
    void visit(const Join& n) { (*this)(n.left); (*this)(n.right); }
    void visit(const LeftJoin& n) { (*this)(n.left); (*this)(n.right); }
    void visit(const Union& n) { for (const NodePtr& input : n.inputs) (*this)(input); }
    void visit(const Minus& n) { (*this)(n.left); }
    void visit(const Filter& n) { (*this)(n.input); }
    void visit(const Extend& n) { (*this)(n.input); add(n.variable); }
    void visit(const Values& n) { for (const VariableId variable : n.variables) add(variable); }
    void visit(const Project& n) { for (const VariableId variable : n.variables) add(variable); }
    void visit(const Distinct& n) { (*this)(n.input); }
    void visit(const OrderBy& n) { (*this)(n.input); }
    void visit(const Slice& n) { (*this)(n.input); }
    void visit(const Group& n) {
        for (const VariableId variable : n.keys) add(variable);
        for (const Aggregate& aggregate : n.aggregates) add(aggregate.output);
    }
    void visit(const Unfold& n) {
        (*this)(n.input);
        add(n.element);
        if (n.index) add(*n.index);
    }
    void visit(const CallProcedure& n) { for (const auto& yield : n.yields) add(yield.variable); }
    void visit(const Service& n) {
        for (const VariableId variable : n.variables) add(variable);
        if (const Var* variable = std::get_if<Var>(&n.endpoint)) add(variable->id);
    }
};

using VariableList = std::vector<VariableId>;

bool contains(const VariableList& list, VariableId variable) { return std::find(list.begin(), list.end(), variable) != list.end(); }

VariableList both(VariableList a, const VariableList& b) {
    std::erase_if(a, [&](VariableId variable) { return !contains(b, variable); });
    return a;
}

VariableList either(VariableList a, const VariableList& b) {
    for (const VariableId variable : b) {
        if (!contains(a, variable)) a.push_back(variable);
    }
    return a;
}

VariableList surely(const Join& n) { return either(surely_bound(*n.left), surely_bound(*n.right)); }
VariableList surely(const LeftJoin& n) { return surely_bound(*n.left); }
VariableList surely(const Minus& n) { return surely_bound(*n.left); }
VariableList surely(const Union& n) {
    VariableList bound = surely_bound(*n.inputs.front());
    for (const NodePtr& input : n.inputs) bound = both(std::move(bound), surely_bound(*input));
    return bound;
}
VariableList surely(const Extend& n) { return surely_bound(*n.input); }
VariableList surely(const Filter& n) { return surely_bound(*n.input); }
VariableList surely(const Distinct& n) { return surely_bound(*n.input); }
VariableList surely(const OrderBy& n) { return surely_bound(*n.input); }
VariableList surely(const Slice& n) { return surely_bound(*n.input); }
VariableList surely(const Project& n) { return both(n.variables, surely_bound(*n.input)); }
VariableList surely(const Group& n) { return both(n.keys, surely_bound(*n.input)); }
VariableList surely(const Values& n) {
    VariableList bound;
    for (std::size_t c = 0; c < n.variables.size(); ++c) {
        if (std::all_of(n.rows.begin(), n.rows.end(), [c](const auto& row) { return row[c].is_defined(); })) bound.push_back(n.variables[c]);
    }
    return bound;
}
VariableList surely(const Unfold& n) {
    VariableList bound = either(surely_bound(*n.input), {n.element});
    if (n.index) bound = either(std::move(bound), {*n.index});
    return bound;
}
VariableList surely(const EachGraph& n) {
    VariableList bound = either(surely_bound(*n.pattern), {n.graph});
    std::erase(bound, n.inner);
    return bound;
}
VariableList surely(const CallProcedure&) { return {}; }
VariableList surely(const Service&) { return {}; }
/// Leaves bind everything that they have.
template <typename Leaf>
VariableList surely(const Leaf& leaf) { return in_scope(Node{leaf}); }

class ExpressionCollector {
public:
    std::vector<VariableId> found;

    void operator()(const NodePtr& node) {
        if (node) (*this)(*node);
    }
    void operator()(const Node& node) { std::visit([this](const auto& n) { visit(n); }, node.node); }

private:
    void take(const ExpressionPtr& expression) {
        if (expression) collect_variables(*expression, found);
    }
    void visit(const Join& n) { (*this)(n.left); (*this)(n.right); }
    void visit(const LeftJoin& n) { (*this)(n.left); (*this)(n.right); take(n.condition); }
    void visit(const Union& n) { for (const NodePtr& input : n.inputs) (*this)(input); }
    void visit(const Minus& n) { (*this)(n.left); (*this)(n.right); }
    void visit(const Filter& n) { (*this)(n.input); take(n.condition); }
    void visit(const Extend& n) { (*this)(n.input); take(n.expression); }
    void visit(const Unfold& n) { (*this)(n.input); take(n.expression); }
    void visit(const EachGraph& n) { (*this)(n.pattern); }
    template <typename Other>
    void visit(const Other&) {}  // leaves, and sub-selects, which see nothing from outside
};

}  // namespace

std::vector<VariableId> in_scope(const Node& node) {
    ScopeCollector collector;
    collector(node);
    return std::move(collector.found);
}

std::vector<VariableId> surely_bound(const Node& node) {
    return std::visit([](const auto& n) { return surely(n); }, node.node);
}

std::vector<VariableId> used_in_expressions(const Node& node) {
    ExpressionCollector collector;
    collector(node);
    return std::move(collector.found);
}

void collect_variables(const Expression& expression, std::vector<VariableId>& variables) {
    if (const Var* variable = std::get_if<Var>(&expression.node)) variables.push_back(variable->id);
    if (const Call* call = std::get_if<Call>(&expression.node)) {
        for (const ExpressionPtr& argument : call->arguments) collect_variables(*argument, variables);
    }
    if (const Exists* exists = std::get_if<Exists>(&expression.node)) {
        for (const VariableId variable : in_scope(*exists->pattern)) variables.push_back(variable);
        for (const VariableId variable : used_in_expressions(*exists->pattern)) variables.push_back(variable);
    }
}

bool contains_exists(const Expression& expression) {
    if (std::holds_alternative<Exists>(expression.node)) return true;
    const Call* call = std::get_if<Call>(&expression.node);
    return call != nullptr && std::any_of(call->arguments.begin(), call->arguments.end(),
                                          [](const ExpressionPtr& argument) { return contains_exists(*argument); });
}

}  // namespace tercet::algebra

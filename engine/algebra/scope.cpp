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
    void visit(const Service& n) { (*this)(n.pattern); }
};

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
    void visit(const Service& n) { (*this)(n.pattern); }
    template <typename Other>
    void visit(const Other&) {}  // leaves, and sub-selects, which see nothing from outside
};

}  // namespace

std::vector<VariableId> in_scope(const Node& node) {
    ScopeCollector collector;
    collector(node);
    return std::move(collector.found);
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

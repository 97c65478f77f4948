#include "engine/algebra/graph_patterns.hpp"

#include <algorithm>

#include "engine/algebra/scope.hpp"

namespace tercet::algebra {
namespace {

/// Whether ?graph stands for more than the name of the graph: as a term of a pattern, or as a column of VALUES.
class Mentions {
public:
    explicit Mentions(VariableId graph) : graph_(graph) {}

    bool operator()(const NodePtr& node) const { return std::visit([this](const auto& n) { return in(n); }, node->node); }
    bool operator()(const ExpressionPtr& expression) const {
        if (!expression) return false;
        if (const Var* variable = std::get_if<Var>(&expression->node)) return variable->id == graph_;
        if (const Exists* exists = std::get_if<Exists>(&expression->node)) return (*this)(exists->pattern);
        const Call* call = std::get_if<Call>(&expression->node);
        return call != nullptr && std::any_of(call->arguments.begin(), call->arguments.end(), *this);
    }

private:
    bool is(const PatternTerm& term) const {
        if (const Var* variable = std::get_if<Var>(&term)) return variable->id == graph_;
        const auto* triple = std::get_if<std::shared_ptr<const TripleTermNode>>(&term);
        return triple != nullptr && (is((*triple)->subject) || is((*triple)->predicate) || is((*triple)->object));
    }
    bool in(const Bgp& n) const {
        return std::any_of(n.triples.begin(), n.triples.end(),
                           [this](const TriplePattern& t) { return is(t.subject) || is(t.predicate) || is(t.object); });
    }
    bool in(const PathPattern& n) const { return is(n.subject) || is(n.object); }
    bool in(const PathSearch& n) const { return is(n.subject) || is(n.object) || n.variable == graph_ || (*this)(n.where) || (*this)(n.cost); }
    bool in(const Values& n) const { return std::find(n.variables.begin(), n.variables.end(), graph_) != n.variables.end(); }
    bool in(const Extend& n) const { return n.variable == graph_ || (*this)(n.expression) || (*this)(n.input); }
    bool in(const Filter& n) const { return (*this)(n.condition) || (*this)(n.input); }
    bool in(const LeftJoin& n) const { return (*this)(n.condition) || (*this)(n.left) || (*this)(n.right); }
    bool in(const Join& n) const { return (*this)(n.left) || (*this)(n.right); }
    bool in(const Union& n) const { return std::any_of(n.inputs.begin(), n.inputs.end(), *this); }
    bool in(const GraphNames&) const { return false; }
    bool in(const Service& n) const {
        const Var* endpoint = std::get_if<Var>(&n.endpoint);
        return (endpoint != nullptr && endpoint->id == graph_) || std::find(n.variables.begin(), n.variables.end(), graph_) != n.variables.end();
    }
    template <typename Other>
    bool in(const Other&) const { return true; }  // what is evaluated graph by graph anyway

    VariableId graph_;
};

class LeavesCanRead {
public:
    explicit LeavesCanRead(VariableId graph) : graph_(graph), mentions_(graph) {}

    bool operator()(const NodePtr& node) const { return std::visit([this](const auto& n) { return in(n); }, node->node); }
    bool operator()(const Node& node) const { return std::visit([this](const auto& n) { return in(n); }, node.node); }

private:
    [[nodiscard]] bool binds_graph(const Node& node) const {
        const auto bound = surely_bound(node);
        return std::find(bound.begin(), bound.end(), graph_) != bound.end();
    }
    /// An EXISTS within shares ?graph with the row that it is asked for.
    bool allows(const ExpressionPtr& expression) const {
        if (!expression) return true;
        if (const Var* variable = std::get_if<Var>(&expression->node)) return variable->id != graph_;
        if (const Exists* exists = std::get_if<Exists>(&expression->node)) {
            return (*this)(exists->pattern) && !mentions_(exists->pattern) && binds_graph(*exists->pattern);
        }
        const Call* call = std::get_if<Call>(&expression->node);
        return call == nullptr || std::all_of(call->arguments.begin(), call->arguments.end(),
                                              [this](const ExpressionPtr& argument) { return allows(argument); });
    }
    /// The rows that an EXISTS is asked for must say in which graph they are.
    bool tells_graph(const NodePtr& input, const ExpressionPtr& expression) const {
        return !contains_exists(*expression) || binds_graph(*input);
    }
    bool in(const Bgp&) const { return true; }
    bool in(const PathPattern&) const { return true; }
    bool in(const PathSearch& n) const { return !mentions_(n.where) && !mentions_(n.cost); }
    bool in(const GraphNames&) const { return true; }
    bool in(const Values&) const { return true; }
    bool in(const Service&) const { return true; }
    bool in(const Join& n) const { return (*this)(n.left) && (*this)(n.right); }
    bool in(const Union& n) const { return std::all_of(n.inputs.begin(), n.inputs.end(), *this); }
    bool in(const Filter& n) const { return (*this)(n.input) && allows(n.condition) && tells_graph(n.input, n.condition); }
    bool in(const Extend& n) const {
        return (*this)(n.input) && n.variable != graph_ && allows(n.expression) && tells_graph(n.input, n.expression);
    }
    bool in(const LeftJoin& n) const {
        return (*this)(n.left) && binds_graph(*n.left) && (*this)(n.right) && !mentions_(n.right) && allows(n.condition);
    }
    template <typename Other>
    bool in(const Other&) const { return false; }

    VariableId graph_;
    Mentions mentions_;
};

}  // namespace

bool can_read_graph_in_leaves(const Node& pattern, VariableId graph) { return LeavesCanRead(graph)(pattern); }

bool needs_graph(const Node& pattern, const GraphRef& graph) {
    const auto needs = [&](const NodePtr& node) { return needs_graph(*node, graph); };
    if (const Bgp* n = std::get_if<Bgp>(&pattern.node)) return !n->triples.empty() && n->graph == graph;
    if (const PathPattern* n = std::get_if<PathPattern>(&pattern.node)) return n->graph == graph;
    if (const PathSearch* n = std::get_if<PathSearch>(&pattern.node)) return n->graph == graph;
    if (const Filter* n = std::get_if<Filter>(&pattern.node)) return needs(n->input);
    if (const Extend* n = std::get_if<Extend>(&pattern.node)) return needs(n->input);
    if (const LeftJoin* n = std::get_if<LeftJoin>(&pattern.node)) return needs(n->left);
    if (const Join* n = std::get_if<Join>(&pattern.node)) return needs(n->left) || needs(n->right);
    const Union* n = std::get_if<Union>(&pattern.node);
    return n != nullptr && std::all_of(n->inputs.begin(), n->inputs.end(), needs);
}

}  // namespace tercet::algebra

#pragma once

#include <utility>
#include <vector>

#include "engine/model/term_pool.hpp"
#include "engine/plan/join_order.hpp"
#include "engine/plan/nodes.hpp"
#include "engine/plan/plan.hpp"

namespace tercet::plan {

/// Turns algebra into plan nodes, one method for each operation. Joins are gathered into groups and ordered (join_order.hpp).
class TreePlanner {
public:
    TreePlanner(Plan& plan, const sparql::DatasetClause& dataset, TermPool& pool);

    NodePtr plan(const algebra::NodePtr& node);

private:
    // --- joins and their leaves (plan_joins.cpp) --------------------------------------------------------------------

    template <typename Leaf>
    NodePtr plan_node(const Leaf&, const algebra::NodePtr& node) { return plan_join(node, {}); }
    NodePtr plan_node(const algebra::Filter& n, const algebra::NodePtr& node);

    NodePtr plan_join(const algebra::NodePtr& node, std::vector<ExpressionPtr> filters);
    void collect(const algebra::NodePtr& node, JoinGroup& group);
    void collect(const algebra::Filter& filter, const algebra::NodePtr& node, JoinGroup& group);
    Slot slot(const algebra::PatternTerm& term, JoinGroup& group);
    /// The fourth slot, and which graphs it reads.
    std::pair<Slot, GraphScope> graph(const algebra::GraphRef& graph);
    /// The same for a path.
    std::pair<Slot, GraphScope> walked_graph(const algebra::GraphRef& graph);
    NodePtr graph_names(const algebra::GraphNames& names);
    void add_pattern(const algebra::TriplePattern& triple, const algebra::GraphRef& ref, JoinGroup& group);
    void add_path(const algebra::PathPattern& path, JoinGroup& group);
    void add_search(const algebra::PathSearch& search, JoinGroup& group);
    /// What an endpoint answers to the rows of `input`, which may be null.
    NodePtr service_call(NodePtr input, const algebra::Service& service, bool optional);

    // --- everything else (tree_planner.cpp) -------------------------------------------------------------------------

    NodePtr plan_node(const algebra::LeftJoin& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Union& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Minus& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Extend& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Values& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Project& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Distinct& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::OrderBy& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Slice& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Group& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::Unfold& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::EachGraph& n, const algebra::NodePtr&);
    NodePtr plan_node(const algebra::CallProcedure& n, const algebra::NodePtr&);
    NodePtr default_projection(std::vector<VariableId>& projection);

    // --- EXISTS and rows from outside (plan_exists.cpp) -------------------------------------------------------------

    /// Plans the patterns of EXISTS in an expression that looks at rows of `input`.
    void prepare_exists(const ExpressionPtr& expression, const algebra::Node& input);
    void plan_exists(const algebra::Exists& exists, const algebra::Node& input);
    /// What WHERE and COST of a path search ask about each step.
    void prepare_steps(const algebra::PathSearch& search, const Slot& graph);
    /// `row` is what a step binds; `graph`, if there is one, names the graph it is in.
    void prepare_cost(const ExpressionPtr& cost, const algebra::NodePtr& row, VariableId graph);
    /// A pattern that runs again for every row from outside.
    void plan_correlated(const algebra::NodePtr& pattern, VariableList correlated, const algebra::Node& input);
    [[nodiscard]] bool needs_outer(const algebra::Expression& expression, const algebra::Node& input) const;
    [[nodiscard]] bool completes_outer_row(const algebra::LeftJoin& optional) const;
    [[nodiscard]] NodePtr outer_row() const;
    NodePtr plan_beside_outer_row(const algebra::NodePtr& input);
    NodePtr with_outer(const ExpressionPtr& expression, const algebra::NodePtr& input);

    Plan& plan_;
    TermPool& pool_;
    bool has_dataset_;
    std::vector<TermId> default_graphs_, named_graphs_;

    /// The row outside, while the pattern of a correlated EXISTS or of EachGraph is planned.
    struct Outer {
        VariableList variables;
        VariableList maybe_unbound;
        VariableId graph = kNoVariable;  ///< the one that names the graph to read
    };
    Outer outer_;
    bool reads_outer_graph_ = false;  ///< a leaf of the current join group does
};

}  // namespace tercet::plan

#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/algebra/translate.hpp"

namespace tercet::algebra {

/// Turns the syntax tree of one request into algebra (SPARQL 1.2 Query, section 18.3). The parts are in translate_*.cpp.
class Translator {
public:
    Translator(Variables& variables, const Parameters& parameters, const NamedProjections* named = nullptr)
        : variables_(variables), parameters_(parameters), named_(named) {}

    // --- terms (translate_terms.cpp) --------------------------------------------------------------------------------

    /// Every use of a variable comes through here, so that parameters are noticed.
    Var variable(const sparql::Variable& variable);
    PatternTerm pattern_term(const sparql::TermPattern& term);
    TemplateTriple template_triple(const sparql::TriplePattern& triple);
    TemplateQuad template_quad(const sparql::QuadPattern& quad);

    // --- patterns (translate_patterns.cpp) --------------------------------------------------------------------------

    NodePtr group(const sparql::GroupGraphPattern& group);

    // --- queries (translate_queries.cpp) ----------------------------------------------------------------------------

    /// `projection`, if given, receives the columns.
    NodePtr select(const sparql::SelectQuery& query, std::vector<VariableId>* projection = nullptr);
    /// The part of the modifiers before projection: grouping, HAVING, VALUES, select expressions, ORDER BY.
    NodePtr before_projection(NodePtr node, const sparql::SolutionModifier& modifier, const std::optional<sparql::InlineData>& values,
                              const std::vector<sparql::ProjectionItem>& projection);
    /// Projection, DISTINCT, LIMIT.
    static NodePtr projected(NodePtr node, const sparql::SolutionModifier& modifier, std::vector<VariableId> projection,
                             bool distinct = false, bool reduced = false);

private:
    TemplateTerm template_term(const sparql::TermPattern& term);

    // --- expressions (translate_expressions.cpp) --------------------------------------------------------------------

    ExpressionPtr expression(const sparql::Expression& e);
    ExpressionPtr expression(const sparql::Variable& v, sparql::Position position);
    ExpressionPtr expression(const sparql::Constant& c, sparql::Position position);
    ExpressionPtr expression(const sparql::FunctionCall& call, sparql::Position position);
    ExpressionPtr expression(const sparql::ExistsExpression& exists, sparql::Position position);
    ExpressionPtr expression(const sparql::TripleTermExpression& triple, sparql::Position position);
    ExpressionPtr expression(const sparql::AggregateExpression& aggregate, sparql::Position position);

    // --- patterns ---------------------------------------------------------------------------------------------------

    /// A group without its filters, which are collected.
    NodePtr group_parts(const sparql::GroupGraphPattern& group, std::vector<ExpressionPtr>& filters);
    /// Joins the values of the parameters that were mentioned since the group began.
    NodePtr with_mentioned(NodePtr node);
    NodePtr inline_data(const sparql::InlineData& data);

    /// `node` is the group so far.
    NodePtr element_after(NodePtr node, const sparql::TriplesBlock& e);
    NodePtr element_after(NodePtr node, const sparql::GroupOrUnionGraphPattern& e);
    NodePtr element_after(NodePtr node, const sparql::OptionalGraphPattern& e);
    NodePtr element_after(NodePtr node, const sparql::MinusGraphPattern& e);
    NodePtr element_after(NodePtr node, const sparql::GraphGraphPattern& e);
    NodePtr element_after(NodePtr node, const sparql::ServiceGraphPattern& e);
    NodePtr element_after(NodePtr node, const sparql::Filter& e);
    NodePtr element_after(NodePtr node, const sparql::Bind& e);
    NodePtr element_after(NodePtr node, const sparql::InlineData& e);
    NodePtr element_after(NodePtr node, const sparql::SubSelect& e);
    NodePtr element_after(NodePtr node, const sparql::Unfold& e);
    NodePtr element_after(NodePtr node, const sparql::CallClause& e);

    /// The pattern of GRAPH, reading that graph.
    NodePtr graph_pattern(const sparql::GroupGraphPattern& pattern, const GraphRef& graph);
    /// What the CALL projects: its own pattern, or that of the projection it names.
    std::shared_ptr<const ProjectionDefinition> definition_of(const sparql::CallClause& call);
    void project(const ProjectionDefinition& definition, CallProcedure& made);
    /// The argument's constant, or the value of the parameter that it is.
    Term argument_value(const sparql::CallClause::Argument& argument);

    // --- triples and paths (translate_paths.cpp) --------------------------------------------------------------------

    NodePtr triples(const sparql::TriplesBlock& block);
    NodePtr search(PatternTerm subject, const sparql::PathSearch& s, PatternTerm object);
    /// What patterns a path comes to: plain ones in `bgp`, those that are joined with it in `others`.
    struct PathParts {
        Bgp bgp;
        std::vector<NodePtr> others;
    };
    void add_path(PatternTerm subject, const sparql::PathPtr& path, PatternTerm object, PathParts& parts);
    static NodePtr joined(PathParts parts);

    Variables& variables_;
    const Parameters& parameters_;
    const NamedProjections* named_;
    GraphRef graph_ = DefaultGraph{};
    std::map<std::string, VariableId> blank_nodes_;
    std::vector<Aggregate>* aggregates_ = nullptr;  ///< where aggregates of the current level go; null: none may stand here
    std::vector<VariableId> mentioned_;             ///< parameters used in the current group
};

/// The pattern with the one empty solution.
[[nodiscard]] NodePtr unit();
/// A join that leaves out the empty pattern.
[[nodiscard]] NodePtr join(NodePtr left, NodePtr right);
/// All of the conditions, of which there is at least one.
[[nodiscard]] ExpressionPtr conjunction(const std::vector<ExpressionPtr>& conditions);

[[noreturn]] void fail(const std::string& message, sparql::Position position);

}  // namespace tercet::algebra

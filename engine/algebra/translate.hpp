#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/algebra/algebra.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::algebra {

/// A place in a template of CONSTRUCT, INSERT or DELETE; a blank node is a new one for every solution.
struct TemplateTriple;
struct TemplateBlank {
    std::string label;
};
using TemplateTerm = std::variant<Var, Term, TemplateBlank, std::shared_ptr<const TemplateTriple>>;
struct TemplateTriple {
    TemplateTerm subject;
    TemplateTerm predicate;
    TemplateTerm object;
    sparql::Position position = {};  ///< of one that is no triple term
};
struct TemplateQuad {
    TemplateTriple triple;
    std::optional<TemplateTerm> graph;  ///< none: the default graph, or that of WITH
};

enum class QueryForm { Select, Construct, Describe, Ask };

/// A query, ready to be planned.
struct Query {
    QueryForm form = QueryForm::Select;
    Variables variables;
    NodePtr node;
    bool selects_all = false;                   ///< SELECT *
    std::vector<VariableId> projection;         ///< of SELECT; of DESCRIBE the variables to describe
    std::vector<TemplateTriple> construct_template;
    std::vector<Term> resources;                ///< of DESCRIBE
    sparql::DatasetClause dataset;
};

/// The WHERE of an update with its templates.
struct Modification {
    Variables variables;
    NodePtr node;
    std::vector<TemplateQuad> remove;
    std::vector<TemplateQuad> insert;
};

/// Values of parameters; several for a name that stands for several.
using Parameters = std::vector<std::pair<std::string, std::vector<Term>>>;

class NamedProjections;

/// Translates as SPARQL 1.2 Query section 18.3 lays down; `named` are the projections that a CALL may name, null for none.
/// Throws Error (Query) with the place.
[[nodiscard]] Query translate(const sparql::Query& query, const Parameters& parameters = {}, const NamedProjections* named = nullptr);
[[nodiscard]] Modification translate(const sparql::Modify& update, const Parameters& parameters = {}, const NamedProjections* named = nullptr);

/// The quads of INSERT DATA and DELETE DATA as a template without variables.
[[nodiscard]] std::vector<TemplateQuad> translate_data(const std::vector<sparql::QuadPattern>& quads, Variables& variables);

}  // namespace tercet::algebra

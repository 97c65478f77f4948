#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "parser/sparql/syntax_tree.hpp"
#include "tercet/term.hpp"

/// The SPARQL algebra (SPARQL 1.2 Query, section 18.3), with numbered variables and constants still as terms.
namespace tercet::algebra {

/// Numbers the variables of one query; also those that the user cannot write (blank nodes, helpers).
using VariableId = std::uint32_t;

class Variables {
public:
    VariableId id(std::string_view name);              ///< of a written variable
    VariableId use(const sparql::Variable& variable);  ///< the same, and keeps in mind where it stands
    /// Whether use() does so from now on, and did so before; not while the text of another request is read.
    bool keep_places(bool keep) noexcept { return std::exchange(keeps_places_, keep); }
    VariableId fresh(std::string_view purpose);        ///< never visible; its name starts with '.'
    [[nodiscard]] const std::string& name(VariableId id) const { return names_[id]; }
    [[nodiscard]] bool is_hidden(VariableId id) const { return names_[id].front() == '.'; }
    [[nodiscard]] std::optional<VariableId> find(std::string_view name) const;
    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }

    /// At how many places of the request it stands, and the first of them.
    [[nodiscard]] std::size_t uses(VariableId id) const { return id < places_.size() ? places_[id].size() : 0; }
    [[nodiscard]] sparql::Position first_use(VariableId id) const;

private:
    std::vector<std::string> names_;
    std::vector<std::set<std::pair<std::uint32_t, std::uint32_t>>> places_;  ///< by id: line and column
    std::unordered_map<std::string, VariableId> ids_;
    bool keeps_places_ = true;
};

struct Var {
    VariableId id = 0;
    friend bool operator==(Var, Var) = default;
};

struct TripleTermNode;
/// A place in a pattern. Blank nodes have become hidden variables.
using PatternTerm = std::variant<Var, Term, std::shared_ptr<const TripleTermNode>>;
struct TripleTermNode {
    PatternTerm subject;
    PatternTerm predicate;
    PatternTerm object;
};

/// Which graph a pattern reads. Inside GRAPH ?g the graph is a variable over the named graphs of the dataset.
struct DefaultGraph {
    friend bool operator==(DefaultGraph, DefaultGraph) = default;
};
using GraphRef = std::variant<DefaultGraph, Var, Term>;

struct Node;
using NodePtr = std::shared_ptr<const Node>;

// --- expressions ----------------------------------------------------------------------------------------------

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Names as in sparql::FunctionCall; the built-in TRIPLE stands for triple-term expressions too.
struct Call {
    std::string function;
    bool is_iri = false;
    std::vector<ExpressionPtr> arguments;
};
/// True if the pattern has a solution that is compatible with the current row.
struct Exists {
    NodePtr pattern;
    bool negated = false;
};
struct Expression {
    std::variant<Var, Term, Call, Exists> node;
    sparql::Position position;
};

/// One aggregate of a Group; its result is bound to `output`.
struct Aggregate {
    std::string name;          ///< COUNT, SUM, MIN, MAX, AVG, SAMPLE, GROUP_CONCAT
    bool distinct = false;
    ExpressionPtr argument;    ///< null: COUNT(*)
    std::string separator;
    VariableId output = 0;
};

// --- patterns -------------------------------------------------------------------------------------------------

struct TriplePattern {
    PatternTerm subject;
    PatternTerm predicate;
    PatternTerm object;
    sparql::Position position;
};
struct Bgp {
    std::vector<TriplePattern> triples;  ///< empty: the one empty solution
    GraphRef graph;
};
/// A property path that is not a plain predicate; sequences and such are not yet taken apart.
struct PathPattern {
    PatternTerm subject;
    sparql::PathPtr path;
    PatternTerm object;
    GraphRef graph;
};
/// Tercet: binds `path` to walks; see sparql::PathSearch.
struct PathSearch {
    PatternTerm subject;
    PatternTerm object;
    sparql::PathSearch::Selector selector;
    std::uint64_t k = 1;
    sparql::PathMode mode;
    sparql::PathPtr path;
    VariableId variable = 0;
    ExpressionPtr where;  ///< null, or an Exists
    ExpressionPtr cost;
    GraphRef graph;
};
/// One row per named graph: what GRAPH ?g { } means.
struct GraphNames {
    GraphRef graph;
};
/// GRAPH ?graph around a pattern that must be answered graph by graph; its leaves read the graph ?inner, which is hidden.
struct EachGraph {
    VariableId graph = 0;
    VariableId inner = 0;
    NodePtr pattern;
};
struct Join {
    NodePtr left, right;
};
struct LeftJoin {
    NodePtr left, right;
    ExpressionPtr condition;  ///< null: true
};
struct Union {
    std::vector<NodePtr> inputs;
};
struct Minus {
    NodePtr left, right;
};
struct Filter {
    NodePtr input;
    ExpressionPtr condition;
};
struct Extend {
    NodePtr input;
    VariableId variable = 0;
    ExpressionPtr expression;
};
/// Rows of constants; an undefined Term is UNDEF.
struct Values {
    std::vector<VariableId> variables;
    std::vector<std::vector<Term>> rows;
};
struct Project {
    NodePtr input;
    std::vector<VariableId> variables;
};
struct Distinct {
    NodePtr input;
    bool reduced = false;
};
struct OrderBy {
    struct Key {
        ExpressionPtr expression;
        bool descending = false;
    };
    NodePtr input;
    std::vector<Key> keys;
};
struct Slice {
    NodePtr input;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> limit;
};
/// Keys are variables (an Extend below computes the others). No keys: one group of everything, even of nothing.
struct Group {
    NodePtr input;
    std::vector<VariableId> keys;
    std::vector<Aggregate> aggregates;
};
/// Tercet: one row per element of a path (a triple term, index from 1) for every input row.
struct Unfold {
    NodePtr input;
    ExpressionPtr expression;
    VariableId element = 0;
    std::optional<VariableId> index;
};
struct ProjectionDefinition;
/// Tercet: an algorithm over a projection; see sparql::CallClause.
struct CallProcedure {
    struct Argument {
        std::string name;
        Term value;
    };
    struct Yield {
        std::string output;
        VariableId variable = 0;
    };
    std::string procedure;
    NodePtr pattern;  ///< null: every triple of the default graph whose object is not a literal
    std::vector<VariableId> projection;
    std::shared_ptr<const ProjectionDefinition> definition;
    GraphRef graph;  ///< that the CALL stands in
    std::vector<Argument> arguments;
    std::vector<Yield> yields;
    sparql::Position position;
};
/// A pattern that an endpoint answers: its text, which is sent as it was written, and the variables that it binds.
struct Service {
    std::variant<Var, Term> endpoint;
    std::string declarations;  ///< BASE and PREFIX lines
    std::string group;         ///< with its braces
    std::vector<VariableId> variables;
    bool silent = false;
    sparql::Position position;
};

struct Node {
    std::variant<Bgp, PathPattern, PathSearch, GraphNames, EachGraph, Join, LeftJoin, Union, Minus, Filter, Extend, Values,
                 Project, Distinct, OrderBy, Slice, Group, Unfold, CallProcedure, Service>
        node;
};

template <typename T>
[[nodiscard]] NodePtr make_node(T node) {
    return std::make_shared<const Node>(Node{std::move(node)});
}
template <typename T>
[[nodiscard]] ExpressionPtr make_expression(T node, sparql::Position position = {}) {
    return std::make_shared<const Expression>(Expression{std::move(node), position});
}

}  // namespace tercet::algebra

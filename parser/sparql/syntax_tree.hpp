#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "tercet/term.hpp"

/// What a SPARQL request says, as data.
///
/// Names follow the productions of the SPARQL 1.1/1.2 grammar. Prefixed names are already IRIs and relative IRIs
/// are resolved. Abbreviations are written out as triples: collections, blank node property lists, reified
/// triples and annotations. Our own additions (path values, UNFOLD, CALL) are marked "Tercet".
namespace tercet::sparql {

/// Where something stands in the request; both count from 1, columns in code points.
struct Position {
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

struct Variable {
    std::string name;  ///< without ? or $
    Position position;
};

/// A blank node of a pattern or template: an unnamed variable in a pattern, a fresh node per solution in a
/// template. Labels of [] and of written-out abbreviations start with '.', which no written label does.
struct BlankNode {
    std::string label;
};

/// A constant that stood in the text.
struct Constant {
    Term term;
    Position position;
};

struct TripleTermPattern;
using TermPattern = std::variant<Variable, BlankNode, Constant, std::shared_ptr<const TripleTermPattern>>;

/// <<( s p o )>> with patterns inside.
struct TripleTermPattern {
    TermPattern subject;
    TermPattern predicate;
    TermPattern object;
};

// --- property paths -------------------------------------------------------------------------------------------

struct Path;
using PathPtr = std::shared_ptr<const Path>;

struct PathIri {
    std::string iri;
};
struct PathInverse {
    PathPtr path;
};
struct PathSequence {
    std::vector<PathPtr> parts;
};
struct PathAlternative {
    std::vector<PathPtr> parts;
};
/// path*, path+, path? and (Tercet) path{n,m}.
struct PathRepeat {
    PathPtr path;
    std::uint64_t min = 0;
    std::optional<std::uint64_t> max;
};
/// !(a|^b); !() is every predicate. `inverse` says that the step goes against the arrow.
struct PathNegatedSet {
    std::vector<std::string> forward;
    std::vector<std::string> backward;
    bool has_forward = true;   ///< false for !(^a): steps against the arrow only
    bool has_backward = false;
};
struct Path {
    std::variant<PathIri, PathInverse, PathSequence, PathAlternative, PathRepeat, PathNegatedSet> node;
    Position position;
};

// --- expressions ----------------------------------------------------------------------------------------------

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;
struct GroupGraphPattern;
using GroupPtr = std::shared_ptr<const GroupGraphPattern>;

/// Operators ("||", "&&", "!", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", and "u-", "u+" for the unary
/// ones), built-ins by their upper-case keyword ("STRLEN", "IF", "COALESCE", "IN", "NOT IN": first argument, then
/// the list), and functions by IRI.
struct FunctionCall {
    std::string name;
    bool is_iri = false;
    bool distinct = false;  ///< of an IRI function that may be an aggregate
    std::vector<ExpressionPtr> arguments;
};
struct ExistsExpression {
    GroupPtr pattern;
    bool negated = false;
};
/// COUNT, SUM, MIN, MAX, AVG, SAMPLE, GROUP_CONCAT.
struct AggregateExpression {
    std::string name;
    bool distinct = false;
    ExpressionPtr argument;  ///< null: COUNT(*)
    std::optional<std::string> separator;
};
/// <<( ... )>> in an expression.
struct TripleTermExpression {
    ExpressionPtr subject;
    ExpressionPtr predicate;
    ExpressionPtr object;
};
struct Expression {
    std::variant<Variable, Constant, FunctionCall, ExistsExpression, AggregateExpression, TripleTermExpression> node;
    Position position;
};

// --- graph patterns -------------------------------------------------------------------------------------------

enum class PathMode { Walk, Trail, Simple, Acyclic };

/// Tercet: ANY SHORTEST ( path AS ?p ) and its kin in place of a verb.
struct PathSearch {
    enum class Selector { Any, All, AnyShortest, AllShortest, ShortestK, ShortestKGroups, AnyCheapest, CheapestK };
    Selector selector = Selector::AnyShortest;
    std::uint64_t k = 1;
    PathMode mode = PathMode::Walk;
    PathPtr path;
    Variable variable;
    ExpressionPtr where;  ///< null, or EXISTS of what each step must fit
    ExpressionPtr cost;   ///< null unless CHEAPEST
    Position position;
};

using Verb = std::variant<TermPattern, PathPtr, PathSearch>;

struct TriplePattern {
    TermPattern subject;
    Verb verb;
    TermPattern object;
    Position position;
};

struct TriplesBlock {
    std::vector<TriplePattern> triples;
};
struct GroupOrUnionGraphPattern {
    std::vector<GroupPtr> alternatives;  ///< one: a plain group
};
struct OptionalGraphPattern {
    GroupPtr pattern;
};
struct MinusGraphPattern {
    GroupPtr pattern;
};
using VarOrIri = std::variant<Variable, Constant>;
struct GraphGraphPattern {
    VarOrIri graph;
    GroupPtr pattern;
};
struct ServiceGraphPattern {
    VarOrIri endpoint;
    GroupPtr pattern;
    bool silent = false;
    std::string text;                  ///< the group as it was written, braces included
    std::string declarations;          ///< BASE and PREFIX lines that the text needs
    std::vector<std::string> visible;  ///< variables of the pattern that are in scope outside, sorted
    Position position;
};
struct Filter {
    ExpressionPtr expression;
};
struct Bind {
    ExpressionPtr expression;
    Variable variable;
};
struct InlineData {
    std::vector<Variable> variables;
    std::vector<std::vector<std::optional<Term>>> rows;  ///< nothing: UNDEF
};
/// Tercet: UNFOLD( expression AS ?element [, ?index] ).
struct Unfold {
    ExpressionPtr expression;
    Variable element;
    std::optional<Variable> index;
};
/// Tercet: CALL algo:name( ?source ?target [?weight [?number]] { pattern } ; parameter value ... ) YIELD ( ?output [AS ?variable], ... ).
struct CallClause {
    std::string procedure;  ///< IRI
    struct Argument {
        std::string name;
        ExpressionPtr value;
    };
    struct Yield {
        std::string output;
        Variable variable;
    };
    std::vector<Variable> projection;  ///< source, target, weight, number of the source
    GroupPtr pattern;                  ///< null: every triple whose object is not a literal
    std::string text;                  ///< of the variables and the pattern, single-spaced
    std::string declarations;          ///< BASE and PREFIX lines that the text needs
    std::vector<Argument> arguments;
    std::vector<Yield> yields;
    Position position;
};
struct SelectQuery;
struct SubSelect {
    std::shared_ptr<const SelectQuery> query;
};

using PatternElement =
    std::variant<TriplesBlock, GroupOrUnionGraphPattern, OptionalGraphPattern, MinusGraphPattern, GraphGraphPattern,
                 ServiceGraphPattern, Filter, Bind, InlineData, Unfold, CallClause, SubSelect>;

struct GroupGraphPattern {
    std::vector<PatternElement> elements;  ///< a SubSelect is the only element of its group
    Position position;
};

// --- queries --------------------------------------------------------------------------------------------------

struct DatasetClause {
    std::vector<std::string> from;
    std::vector<std::string> from_named;
    [[nodiscard]] bool empty() const noexcept { return from.empty() && from_named.empty(); }
};

struct ProjectionItem {
    ExpressionPtr expression;  ///< null: the variable itself
    Variable variable;
};
struct GroupCondition {
    ExpressionPtr expression;
    std::optional<Variable> variable;  ///< of ( expression AS ?variable )
};
struct OrderCondition {
    ExpressionPtr expression;
    bool descending = false;
};
struct SolutionModifier {
    std::vector<GroupCondition> group_by;
    std::vector<ExpressionPtr> having;
    std::vector<OrderCondition> order_by;
    std::optional<std::uint64_t> limit;
    std::optional<std::uint64_t> offset;
};

/// A SELECT, or the sub-select of a group.
struct SelectQuery {
    bool distinct = false;
    bool reduced = false;
    bool all = false;  ///< SELECT *
    std::vector<ProjectionItem> projection;
    GroupPtr where;
    SolutionModifier modifier;
    std::optional<InlineData> values;
    Position position;
};
struct ConstructQuery {
    std::vector<TriplePattern> construct_template;
    GroupPtr where;
    SolutionModifier modifier;
    std::optional<InlineData> values;
};
struct DescribeQuery {
    bool all = false;
    std::vector<VarOrIri> resources;
    GroupPtr where;  ///< may be null
    SolutionModifier modifier;
    std::optional<InlineData> values;
};
struct AskQuery {
    GroupPtr where;
    SolutionModifier modifier;
    std::optional<InlineData> values;
};

struct PrefixDeclaration {
    std::string name;  ///< without the colon
    std::string iri;
};
struct Prologue {
    std::string base;
    std::vector<PrefixDeclaration> prefixes;  ///< those written in the request
    std::string version;
};

struct Query {
    Prologue prologue;
    DatasetClause dataset;
    std::variant<SelectQuery, ConstructQuery, DescribeQuery, AskQuery> form;
};

// --- updates --------------------------------------------------------------------------------------------------

/// DEFAULT, NAMED, ALL, or one graph.
struct GraphTarget {
    enum class Kind { Default, Named, All, Graph };
    Kind kind = Kind::Default;
    std::string iri;  ///< of Kind::Graph
};
/// A quad pattern or a quad of data. No graph: the default graph, or that of WITH.
struct QuadPattern {
    TriplePattern triple;
    std::optional<VarOrIri> graph;
};

struct Load {
    std::string source;
    std::optional<std::string> into;
    bool silent = false;
};
struct Clear {
    GraphTarget target;
    bool silent = false;
};
struct Drop {
    GraphTarget target;
    bool silent = false;
};
struct Create {
    std::string graph;
    bool silent = false;
};
/// ADD, MOVE, COPY.
struct Transfer {
    enum class Kind { Add, Move, Copy };
    Kind kind = Kind::Add;
    GraphTarget from;
    GraphTarget to;
    bool silent = false;
};
struct InsertData {
    std::vector<QuadPattern> quads;
};
struct DeleteData {
    std::vector<QuadPattern> quads;
};
/// DELETE/INSERT ... WHERE; DELETE WHERE has the same quads as pattern and template.
struct Modify {
    std::optional<std::string> with;
    std::vector<QuadPattern> remove;
    std::vector<QuadPattern> insert;
    DatasetClause using_clause;
    GroupPtr where;
};

using UpdateOperation = std::variant<Load, Clear, Drop, Create, Transfer, InsertData, DeleteData, Modify>;

struct Update {
    std::vector<UpdateOperation> operations;
};

}  // namespace tercet::sparql

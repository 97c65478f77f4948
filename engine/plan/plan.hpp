#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/algebra/algebra.hpp"
#include "engine/model/quad.hpp"

/// What will be done, in which order and by which method: the tree that the optimiser hands to execution.
namespace tercet::plan {

using algebra::VariableId;
using algebra::ExpressionPtr;

inline constexpr VariableId kNoVariable = std::numeric_limits<VariableId>::max();

/// One place of a scan: a constant, or a variable to bind; the same variable twice means equality.
struct Slot {
    TermId constant = TermId::any();     ///< any(): a variable or ignored
    VariableId variable = kNoVariable;   ///< kNoVariable with constant any(): matches everything and binds nothing
};

/// Which quads of the store a pattern reads (the dataset of the query, applied).
struct GraphScope {
    enum class Kind {
        One,       ///< the graph of slot 3 (the undefined id: the default graph)
        NamedAll,  ///< every named graph; slot 3 may bind a variable
        Merge,     ///< several graphs read as one, without duplicates (FROM a FROM b)
        Among,     ///< one of several named graphs (FROM NAMED); slot 3 may bind a variable
    };
    Kind kind = Kind::One;
    std::vector<TermId> graphs;  ///< of Merge and Among
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

struct Scan {
    std::array<Slot, 4> slots;
    GraphScope graphs;
    const IndexOrder* order = nullptr;
};
/// For every input row, the matching quads (index nested loop); input rows come in batches and are sorted for locality.
struct LookupJoin {
    NodePtr input;
    std::array<Slot, 4> slots;  ///< variables bound by the input are looked up, the others bound
    GraphScope graphs;
    bool optional = false;      ///< rows without a match stay
};
/// Takes triple terms apart: keeps rows whose `source` is a triple term that fits the slots.
struct Destructure {
    NodePtr input;
    VariableId source = 0;
    std::array<Slot, 3> slots;
};
/// Both inputs sorted by `key`.
struct MergeJoin {
    NodePtr left, right;
    VariableId key = 0;
    std::vector<VariableId> others;  ///< further shared variables, compared after the key
};
/// Builds on the right. Shared variables may be unbound on either side; no shared variable: the product.
struct HashJoin {
    NodePtr left, right;
    std::vector<VariableId> shared;
};
struct LeftJoin {
    NodePtr left, right;
    std::vector<VariableId> shared;
    ExpressionPtr condition;  ///< null: true
};
struct Minus {
    NodePtr left, right;
    std::vector<VariableId> shared;
};
struct Union {
    std::vector<NodePtr> inputs;
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
struct Values {
    std::vector<VariableId> variables;
    std::vector<std::vector<TermId>> rows;  ///< undefined id: UNDEF
};
struct Project {
    NodePtr input;
    std::vector<VariableId> variables;
};
struct Distinct {
    NodePtr input;
};
struct OrderBy {
    struct Key {
        ExpressionPtr expression;
        bool descending = false;
    };
    NodePtr input;
    std::vector<Key> keys;
    std::optional<std::uint64_t> top;  ///< only that many rows are wanted
};
struct Slice {
    NodePtr input;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> limit;
};
struct Group {
    NodePtr input;
    std::vector<VariableId> keys;
    std::vector<algebra::Aggregate> aggregates;
    bool sorted = false;  ///< the input is sorted so that equal keys are neighbours
};
/// A property path evaluated as a whole (the transitive ones). Ends that the input binds are looked up.
struct PathScan {
    NodePtr input;  ///< null: stands alone
    Slot subject, object;
    sparql::PathPtr path;
    Slot graph;
    GraphScope graphs;
};
struct PathSearch {
    NodePtr input;  ///< null: stands alone
    Slot subject, object;
    sparql::PathSearch::Selector selector;
    std::uint64_t k = 1;
    sparql::PathMode mode;
    sparql::PathPtr path;
    VariableId variable = 0;
    ExpressionPtr where;  ///< null, or an Exists; its plan runs for every step, with the triple as `variable`
    ExpressionPtr cost;
    Slot graph;
    GraphScope graphs;
};
struct GraphNames {
    Slot graph;
    GraphScope graphs;
};
struct Unfold {
    NodePtr input;
    ExpressionPtr expression;
    VariableId element = 0;
    VariableId index = kNoVariable;
};
struct CallProcedure {
    NodePtr pattern;  ///< rows of source, target and maybe weight
    std::vector<VariableId> projection;
    std::string procedure;
    std::vector<algebra::CallProcedure::Argument> arguments;
    std::vector<algebra::CallProcedure::Yield> yields;
    sparql::Position position;
    std::shared_ptr<const algebra::ProjectionDefinition> definition = {};
    std::string cache_key = {};  ///< equal for equal projections of one snapshot and dataset; empty: it is another each time
};

/// For the rows of the input, what an endpoint answers; it is sent the input's values for the shared variables, many at a time.
struct ServiceCall {
    NodePtr input;  ///< null: stands alone
    Slot endpoint;
    std::string declarations, group;
    std::vector<VariableId> asked;   ///< variables of the pattern
    std::vector<VariableId> shared;  ///< those of them that the input has, too
    bool silent = false;
    bool optional = false;           ///< rows without an answer stay
    sparql::Position position;
};

/// The pattern once for every named graph, whose name it finds in its outer row as `inner`; rows that bind `graph` to another are
/// left out.
struct EachGraph {
    NodePtr pattern;
    VariableId graph = 0;
    VariableId inner = 0;
    std::vector<VariableId> outer;  ///< the columns of that row: those of the row outside, too
    GraphScope graphs;
};

/// One row: the current one of the query around a correlated EXISTS pattern, or of the graphs that EachGraph goes through.
struct OuterRow {};

using Operation = std::variant<OuterRow, Scan, LookupJoin, Destructure, MergeJoin, HashJoin, LeftJoin, Minus, Union, Filter, Extend,
                               Values, Project, Distinct, OrderBy, Slice, Group, PathScan, PathSearch, GraphNames, EachGraph,
                               Unfold, CallProcedure, ServiceCall>;

struct Node {
    Operation operation;
    std::vector<VariableId> variables;    ///< the columns of its batches, in this order
    std::vector<VariableId> sorted_by;    ///< rows ascend by the ids of these, most significant first; may be empty
    std::vector<VariableId> maybe_unbound; ///< those of `variables` that may be undefined in some row
    double estimated_rows = 0;
    double cost = 0;
    std::uint32_t id = 0;                 ///< numbers the nodes for EXPLAIN
};

/// How long a step of planning took; EXPLAIN shows it.
struct PassTime {
    std::string name;
    double milliseconds = 0;
};

/// A planned query: the tree, the names, and the plans of the EXISTS patterns by algebra node.
struct Plan {
    NodePtr root;
    algebra::Variables variables;
    std::unordered_map<const algebra::Node*, NodePtr> exists;
    /// Patterns of EXISTS that look at variables from outside, and those variables. They run once per row.
    std::unordered_map<const algebra::Node*, std::vector<VariableId>> correlated;
    std::vector<std::string> notes;  ///< what was assumed: names that stood for several, constants not in the store
    std::vector<PassTime> passes;
};

}  // namespace tercet::plan

#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/exec/functions.hpp"
#include "parser/sparql/syntax_tree.hpp"
#include "tests/reference/solutions.hpp"

namespace tercet::reference {

/// Nothing: an error, or an unbound variable.
using Result = std::optional<Term>;

/// What the specification says about the answer; where it leaves a choice, the choice is not made.
struct Answer {
    Multiset rows;                ///< before OFFSET and LIMIT, in no order
    std::vector<sparql::OrderCondition> order;
    std::optional<std::uint64_t> limit;
    std::uint64_t offset = 0;
    bool reduced = false;
    bool boolean = false;         ///< of ASK
    std::set<std::string> triples;  ///< of CONSTRUCT
    bool ambiguous = false;       ///< an inner LIMIT, or MIN, could have chosen otherwise
};

class Evaluator {
public:
    explicit Evaluator(const Dataset& dataset);
    ~Evaluator();

    [[nodiscard]] Answer evaluate(const sparql::Query& query);

    /// Tercet: the least cost of a step along a triple in a path search; nothing if its WHERE and COST do not let it pass.
    [[nodiscard]] std::optional<double> step_cost(const sparql::PathSearch& search, const Triple& triple, const Graph& graph);

    /// a before b in ORDER BY: -1, 0 for equal, 1; nothing where the specification lays down no order.
    [[nodiscard]] std::optional<int> order(const Result& a, const Result& b);
    /// The same for solutions and the keys of an ORDER BY.
    [[nodiscard]] std::optional<int> order(const Solution& a, const Solution& b, const std::vector<sparql::OrderCondition>& keys);

private:
    /// Where a pattern is evaluated: the active graph, and the row that EXISTS joins to every triple pattern
    /// (what SPARQL 1.1 means by substitution, with blank nodes as what they are).
    struct Scope {
        const Graph& graph;
        const Solution& outer;
    };
    using Pairs = std::vector<std::pair<Term, Term>>;

    // --- patterns (evaluator.cpp) ---
    Multiset group(const sparql::GroupGraphPattern& group, const Scope& scope);
    /// Without its filters, which are collected.
    Multiset group_parts(const sparql::GroupGraphPattern& group, const Scope& scope, std::vector<sparql::ExpressionPtr>& filters);
    Multiset element(Multiset so_far, const sparql::PatternElement& element, const Scope& scope);
    Multiset triples(const std::vector<sparql::TriplePattern>& triples, const Scope& scope);
    Multiset triple(const sparql::TriplePattern& triple, const Scope& scope);
    Multiset left_join(const Multiset& left, const sparql::GroupGraphPattern& right, const Scope& scope);
    Multiset in_graph(const sparql::GraphGraphPattern& graph, const Scope& scope);
    bool all_hold(const std::vector<sparql::ExpressionPtr>& conditions, const Solution& solution, const Scope& scope);

    // --- property paths (paths.cpp); an end that is a variable is nothing ---
    Pairs path(const sparql::Path& path, const Result& from, const Result& to, const Graph& graph);
    Pairs sequence(const std::vector<sparql::PathPtr>& parts, std::size_t first, const Result& from, const Result& to, const Graph& graph);
    Pairs repeated(const sparql::PathRepeat& path, const Result& from, const Result& to, const Graph& graph);
    Pairs negated_set(const sparql::PathNegatedSet& path, const Result& from, const Result& to, const Graph& graph);

    // --- expressions (expressions.cpp); `group` is what aggregates look at ---
    Result expression(const sparql::Expression& e, const Solution& solution, const Scope& scope, const Multiset* group = nullptr);
    Result call(const sparql::FunctionCall& call, const Solution& solution, const Scope& scope, const Multiset* group);
    Result apply(const std::string& function, const std::vector<Term>& arguments);
    Result aggregate(const sparql::AggregateExpression& aggregate, const Multiset& group, const Scope& scope);
    Result extreme(const std::vector<Term>& values, int wanted);
    std::optional<bool> truth(const Result& value);
    bool is_true(const std::string& function, const Term& a, const Term& b);

    // --- queries (queries.cpp) ---
    Multiset before_projection(Multiset rows, const sparql::SolutionModifier& modifier, const std::optional<sparql::InlineData>& values,
                               const std::vector<sparql::ProjectionItem>& projection, const Scope& scope);
    Multiset grouped(const Multiset& rows, const sparql::SolutionModifier& modifier, const std::optional<sparql::InlineData>& values,
                     const std::vector<sparql::ProjectionItem>& projection, const Scope& scope);
    Multiset select(const sparql::SelectQuery& query, const Scope& scope);
    Multiset sub_select(const sparql::SelectQuery& query, const Scope& scope);
    void construct(const sparql::ConstructQuery& query, const Scope& scope, Answer& answer);
    Result filled(const sparql::TermPattern& term, const Solution& solution);

    Dataset dataset_;
    bool ambiguous_ = false;
    struct Functions;
    std::unique_ptr<Functions> functions_;
};

/// What FROM and FROM NAMED make of a dataset.
[[nodiscard]] Dataset described(const Dataset& dataset, const sparql::DatasetClause& clause);

[[nodiscard]] Multiset join(const Multiset& left, const Multiset& right);
[[nodiscard]] Multiset distinct(const Multiset& rows);
[[nodiscard]] Multiset data_rows(const sparql::InlineData& data);

}  // namespace tercet::reference

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parser/sparql/expression_builder.hpp"
#include "parser/sparql/group_builder.hpp"
#include "parser/sparql/select_rules.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

/// A query on its way. All four forms share the parts of a SELECT; the others add their own.
struct QueryDraft {
    SelectQuery select;
    VariableNames visible;  ///< variables of WHERE
    bool has_aggregates = false;
    bool outer_saw_aggregate = false;
    std::vector<TriplePattern> construct_template;
    std::vector<VarOrIri> resources;
};

/// Builds queries; sub-selects make it a stack.
class QueryBuilder {
public:
    explicit QueryBuilder(ExpressionBuilder& expressions) noexcept : expressions_(expressions) {}

    void open(Position position);
    [[nodiscard]] QueryDraft& draft() { return drafts_.back(); }
    [[nodiscard]] SolutionModifier& modifier() { return drafts_.back().select.modifier; }
    void where(FinishedGroup group);
    /// The draft and what is wrong with it, if anything.
    [[nodiscard]] std::pair<QueryDraft, std::optional<Offence>> close();

    DatasetClause dataset;
    std::variant<SelectQuery, ConstructQuery, DescribeQuery, AskQuery> form;

private:
    ExpressionBuilder& expressions_;
    std::vector<QueryDraft> drafts_;
};

/// Builds VALUES.
class InlineDataBuilder {
public:
    /// Throws std::invalid_argument for a variable named twice.
    void open(std::vector<Variable> variables);
    void open_row() { data_.rows.emplace_back(); }
    void add(std::optional<Term> value) { data_.rows.back().push_back(std::move(value)); }
    /// Throws std::invalid_argument unless there is a value for each variable.
    void close_row() const;
    [[nodiscard]] InlineData take() { return std::exchange(data_, {}); }

private:
    InlineData data_;
};

}  // namespace tercet::sparql

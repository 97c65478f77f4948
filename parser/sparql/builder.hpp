#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parser/sparql/expression_builder.hpp"
#include "parser/sparql/failures.hpp"
#include "parser/sparql/group_builder.hpp"
#include "parser/sparql/locator.hpp"
#include "parser/sparql/names.hpp"
#include "parser/sparql/parser.hpp"
#include "parser/sparql/path_builder.hpp"
#include "parser/sparql/query_builder.hpp"
#include "parser/sparql/syntax_tree.hpp"
#include "parser/sparql/term_stack.hpp"
#include "parser/sparql/triples_builder.hpp"
#include "parser/sparql/update_builder.hpp"

namespace tercet::sparql {

/// What the actions of the grammar work on: one builder for each part of the language, all for one request.
struct Builder {
    Builder(std::string_view request, const ParseOptions& parse_options);
    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;

    const std::string_view text;
    const ParseOptions& options;
    Locator locator;
    Failures failures;
    Names names;
    TermStack terms;
    GroupBuilder groups;
    TriplesBuilder triples;
    ExpressionBuilder expressions;
    PathBuilder paths;
    InlineDataBuilder values;
    QueryBuilder queries;
    UpdateBuilder updates;

    CancelCheck cancel{options.cancel};
    std::string lexical_form;                        ///< of the string that was read last
    std::uint64_t number = 0;                        ///< read last: LIMIT 10, {2,3}, SHORTEST 3
    PathRepeat bounds;                               ///< of path{n,m}
    std::optional<Variable> group_alias;             ///< of GROUP BY (expression AS ?x)
    std::vector<std::size_t> marks;                  ///< sizes of stacks when a list began
    std::vector<std::vector<FinishedGroup>> unions;  ///< alternatives so far
    std::vector<ServiceGraphPattern> services;
    std::vector<Unfold> unfolds;                   ///< Tercet
    std::vector<CallClause> calls;                 ///< Tercet
    std::vector<AggregateState> outer_aggregates;  ///< of the groups that are open

    [[nodiscard]] bool extensions_are_on() const { return options.extensions; }
    [[nodiscard]] bool paths_are_allowed() const { return triples.paths_are_allowed(); }

    [[nodiscard]] Position at(const char* place) { return locator.at(place); }
    [[noreturn]] void fail(const char* place, std::string message);
    [[noreturn]] void fail(const Offence& offence);

    /// The expression that was read last, for an element of the open group or the query in it.
    [[nodiscard]] ExpressionPtr take_expression();
    /// Moves the variable or constant on top of the terms over to the expressions.
    void term_becomes_operand();

    void mark(std::size_t size) { marks.push_back(size); }
    [[nodiscard]] std::size_t take_mark();

    /// One more level of nesting for as long as it lives. Throws beyond kMaxDepth levels.
    class Descent {
    public:
        static constexpr std::size_t kMaxDepth = 500;
        Descent(Builder& builder, const char* place);
        ~Descent() { --builder_.depth_; }
        Descent(const Descent&) = delete;
        Descent& operator=(const Descent&) = delete;

    private:
        Builder& builder_;
    };

private:
    std::size_t depth_ = 0;
};

}  // namespace tercet::sparql

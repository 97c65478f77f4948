#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/sparql/group_builder.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::sparql {

/// Whether an aggregate may stand here.
struct AggregateState {
    bool allowed = false;
    bool inside = false;  ///< of another aggregate
};

/// Builds expressions on a stack: operands are pushed, operators take them.
/// Throws std::invalid_argument for wrong numbers of arguments and misplaced aggregates.
class ExpressionBuilder {
public:
    AggregateState aggregates;

    void push_variable(Variable variable);
    void push_constant(Constant constant);
    void push_exists(FinishedGroup pattern, bool negated, Position position);

    void unary(std::string_view name, Position position);
    void binary(std::string_view name);
    void triple_term(Position position);
    /// Joins the operands above `mark` by one associative operator, as a balanced tree: long lists stay shallow.
    void fold(std::string_view name, std::size_t mark);

    void open_call(std::string name, bool is_iri, Position position);
    /// IN and NOT IN: the operand on top is the first argument.
    void open_membership(std::string_view name);
    void call_is_distinct() { calls_.back().distinct = true; }
    void close_call();

    void open_aggregate(std::string name, Position position);
    void count_all() { calls_.back().counts_all = true; }
    void separator(std::string text) { calls_.back().separator = std::move(text); }
    void close_aggregate();
    /// Whether an aggregate was read since the last call.
    [[nodiscard]] bool take_saw_aggregate() { return std::exchange(saw_aggregate_, false); }
    void restore_saw_aggregate(bool saw) noexcept { saw_aggregate_ = saw; }

    [[nodiscard]] ExpressionPtr pop();
    /// Of the tree on top.
    [[nodiscard]] std::size_t depth() const { return operands_.back().depth; }
    [[nodiscard]] std::size_t size() const noexcept { return operands_.size(); }

private:
    struct Operand {
        ExpressionPtr expression;
        std::size_t depth = 0;
    };
    struct Call {
        std::string name;
        bool is_iri = false;
        bool distinct = false;
        bool counts_all = false;
        std::optional<std::string> separator;
        std::size_t mark = 0;  ///< arguments lie above it
        Position position;
    };

    template <typename Node>
    void push(Node node, Position position, std::size_t depth = 0);
    [[nodiscard]] Operand pop_operand();
    [[nodiscard]] Call pop_call();
    [[nodiscard]] std::vector<ExpressionPtr> take_arguments(std::size_t mark, std::size_t& depth);
    [[nodiscard]] Operand balanced(std::string_view name, std::size_t first, std::size_t last);

    std::vector<Operand> operands_;
    std::vector<Call> calls_;
    bool saw_aggregate_ = false;
};

}  // namespace tercet::sparql

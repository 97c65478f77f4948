#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/algebra/algebra.hpp"
#include "engine/exec/functions.hpp"
#include "engine/exec/operator.hpp"

namespace tercet::exec {

/// An expression, compiled for rows of a known layout. One thread at a time.
class Evaluator {
public:
    virtual ~Evaluator() = default;
    [[nodiscard]] virtual Value evaluate(const Batch& batch, std::size_t row, FunctionContext& context) = 0;
};
using EvaluatorPtr = std::unique_ptr<Evaluator>;

/// Compiles an expression over the columns `variables`; variables that are not among them are unbound. EXISTS patterns run by
/// their plans in the context. Throws Error (Query) for unknown functions and wrong numbers of arguments.
[[nodiscard]] EvaluatorPtr compile(const algebra::Expression& expression, const std::vector<VariableId>& variables, Context& context);

/// Whether the condition holds: its effective boolean value is true.
[[nodiscard]] inline bool holds(Evaluator& condition, const Batch& batch, std::size_t row, FunctionContext& context) {
    return context.reader.truth(condition.evaluate(batch, row, context)).value_or(false);
}

}  // namespace tercet::exec

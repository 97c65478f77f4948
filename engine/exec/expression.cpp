#include "engine/exec/expression.hpp"

#include <algorithm>
#include <array>

#include "engine/exec/exists.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

class ColumnValue final : public Evaluator {
public:
    explicit ColumnValue(std::size_t column) : column_(column) {}
    Value evaluate(const Batch& batch, std::size_t row, FunctionContext&) override {
        const TermId id = batch.column(column_)[row];
        return id.is_defined() ? Value(id) : Value{};
    }

private:
    std::size_t column_;
};

class ConstantValue final : public Evaluator {
public:
    explicit ConstantValue(Value value) : value_(std::move(value)) {}
    Value evaluate(const Batch&, std::size_t, FunctionContext&) override { return value_; }

private:
    Value value_;
};

/// A function of the registry: an error among the arguments is an error.
class FunctionValue final : public Evaluator {
public:
    FunctionValue(const FunctionRow& function, std::vector<EvaluatorPtr> arguments)
        : function_(function), arguments_(std::move(arguments)), values_(arguments_.size()) {}

    Value evaluate(const Batch& batch, std::size_t row, FunctionContext& context) override {
        for (std::size_t i = 0; i < arguments_.size(); ++i) {
            values_[i] = arguments_[i]->evaluate(batch, row, context);
            if (is_error(values_[i])) return {};
        }
        return function_.apply(context, values_);
    }

private:
    const FunctionRow& function_;
    std::vector<EvaluatorPtr> arguments_;
    std::vector<Value> values_;
};

using Lazy = Value (*)(std::vector<EvaluatorPtr>& arguments, const Batch& batch, std::size_t row, FunctionContext& context);

/// A form that decides itself which of its arguments it looks at.
class LazyValue final : public Evaluator {
public:
    LazyValue(Lazy form, std::vector<EvaluatorPtr> arguments) : form_(form), arguments_(std::move(arguments)) {}
    Value evaluate(const Batch& batch, std::size_t row, FunctionContext& context) override {
        return form_(arguments_, batch, row, context);
    }

private:
    Lazy form_;
    std::vector<EvaluatorPtr> arguments_;
};

/// SPARQL 1.2 section 17.2: one false makes && false and one true makes || true, even beside an error.
template <bool kDecides>
Value junction(std::vector<EvaluatorPtr>& arguments, const Batch& batch, std::size_t row, FunctionContext& context) {
    bool error = false;
    for (const EvaluatorPtr& argument : arguments) {
        const auto truth = context.reader.truth(argument->evaluate(batch, row, context));
        if (truth && *truth == kDecides) return kDecides;
        error = error || !truth;
    }
    return error ? Value{} : Value(!kDecides);
}

Value conditional(std::vector<EvaluatorPtr>& arguments, const Batch& batch, std::size_t row, FunctionContext& context) {
    const auto truth = context.reader.truth(arguments[0]->evaluate(batch, row, context));
    if (!truth) return {};
    return arguments[*truth ? 1 : 2]->evaluate(batch, row, context);
}

Value coalesce(std::vector<EvaluatorPtr>& arguments, const Batch& batch, std::size_t row, FunctionContext& context) {
    for (const EvaluatorPtr& argument : arguments) {
        Value value = argument->evaluate(batch, row, context);
        if (!is_error(value)) return value;
    }
    return {};
}

Value bound(std::vector<EvaluatorPtr>& arguments, const Batch& batch, std::size_t row, FunctionContext& context) {
    return !is_error(arguments[0]->evaluate(batch, row, context));
}

/// x IN (a, b): as x = a || x = b.
template <bool kNegated>
Value member(std::vector<EvaluatorPtr>& arguments, const Batch& batch, std::size_t row, FunctionContext& context) {
    const Value value = arguments[0]->evaluate(batch, row, context);
    if (is_error(value)) return {};
    bool error = false;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const auto equal = context.reader.equal(value, arguments[i]->evaluate(batch, row, context));
        if (equal && *equal) return !kNegated;
        error = error || !equal;
    }
    return error ? Value{} : Value(kNegated);
}

struct LazyRow {
    std::string_view name;
    std::size_t min_arguments;
    std::size_t max_arguments;
    Lazy form;
};
constexpr std::array kLazy{
    LazyRow{"||", 1, kAnyNumber, junction<true>},   LazyRow{"&&", 1, kAnyNumber, junction<false>},
    LazyRow{"IF", 3, 3, conditional},               LazyRow{"COALESCE", 0, kAnyNumber, coalesce},
    LazyRow{"BOUND", 1, 1, bound},                  LazyRow{"IN", 1, kAnyNumber, member<false>},
    LazyRow{"NOT IN", 1, kAnyNumber, member<true>},
};

class ExistsValue final : public Evaluator {
public:
    ExistsValue(std::unique_ptr<ExistsCheck> check, bool negated) : check_(std::move(check)), negated_(negated) {}
    Value evaluate(const Batch& batch, std::size_t row, FunctionContext&) override { return check_->holds(batch, row) != negated_; }

private:
    std::unique_ptr<ExistsCheck> check_;
    bool negated_;
};

class Compiler {
public:
    Compiler(const std::vector<VariableId>& variables, Context& context) : variables_(variables), context_(context) {}

    EvaluatorPtr operator()(const algebra::Expression& expression) {
        position_ = expression.position;
        return std::visit([this](const auto& node) { return build(node); }, expression.node);
    }

private:
    EvaluatorPtr build(algebra::Var variable) {
        const auto found = std::find(variables_.begin(), variables_.end(), variable.id);
        if (found == variables_.end()) return std::make_unique<ConstantValue>(Value{});
        return std::make_unique<ColumnValue>(static_cast<std::size_t>(found - variables_.begin()));
    }
    EvaluatorPtr build(const Term& term) { return std::make_unique<ConstantValue>(context_.pool.intern(term)); }
    EvaluatorPtr build(const algebra::Exists& exists) {
        return std::make_unique<ExistsValue>(make_exists_check(*exists.pattern, variables_, context_), exists.negated);
    }
    EvaluatorPtr build(const algebra::Call& call) {
        const auto place = position_;
        std::vector<EvaluatorPtr> arguments;
        for (const auto& argument : call.arguments) arguments.push_back((*this)(*argument));
        for (const LazyRow& row : kLazy) {
            if (row.name != call.function) continue;
            check_count(call, row.min_arguments, row.max_arguments, place);
            return std::make_unique<LazyValue>(row.form, std::move(arguments));
        }
        const FunctionRow* row = find_function(call.function);
        if (row == nullptr) fail(call, call.is_iri ? "there is no function <" + call.function + ">" : "the function " + call.function + " is not known", place);
        check_count(call, row->min_arguments, row->max_arguments, place);
        return std::make_unique<FunctionValue>(*row, std::move(arguments));
    }

    static void check_count(const algebra::Call& call, std::size_t least, std::size_t most, sparql::Position place) {
        if (call.arguments.size() >= least && call.arguments.size() <= most) return;
        fail(call, call.function + " takes " + std::to_string(least) + (most == least ? "" : " or more") + " arguments, not " +
                       std::to_string(call.arguments.size()), place);
    }
    [[noreturn]] static void fail(const algebra::Call&, const std::string& message, sparql::Position place) {
        throw Error(ErrorCode::Query, message, {{}, place.line, place.column, {}});
    }

    const std::vector<VariableId>& variables_;
    Context& context_;
    sparql::Position position_;
};

}  // namespace

EvaluatorPtr compile(const algebra::Expression& expression, const std::vector<VariableId>& variables, Context& context) {
    return Compiler(variables, context)(expression);
}

}  // namespace tercet::exec

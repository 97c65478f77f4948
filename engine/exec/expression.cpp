#include "engine/exec/expression.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/algebra/scope.hpp"
#include "engine/base/large_allocator.hpp"
#include "engine/exec/exists.hpp"
#include "engine/plan/passes.hpp"
#include "engine/plan/value_join.hpp"
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

/// Remembers what a dear expression of one column came to: a column has the same values again and again, above all behind a join.
class RememberedValue final : public Evaluator {
public:
    RememberedValue(EvaluatorPtr expression, std::size_t column, MemoryBudget& memory)
        : expression_(std::move(expression)), column_(column), share_(memory, "values of expressions") {}

    Value evaluate(const Batch& batch, std::size_t row, FunctionContext& context) override {
        if (++asked_ == kFewRows) make_room();
        if (slots_.empty()) return expression_->evaluate(batch, row, context);
        const TermId id = batch.column(column_)[row];
        std::size_t at = place_of(id);
        if (slots_[at].value != kFree) return values_[slots_[at].value];
        Value value = expression_->evaluate(batch, row, context);
        if (!is_small(value)) return value;
        if (2 * values_.size() == slots_.size()) {
            make_room();
            if (slots_.empty()) return value;
            at = place_of(id);
        }
        slots_[at] = {id, static_cast<std::uint32_t>(values_.size())};
        values_.push_back(value);
        return value;
    }

private:
    static constexpr std::size_t kFewRows = 64;
    static constexpr std::size_t kFirstSlots = 1024, kGrowth = 8, kMostSlots = kFirstSlots * kGrowth * kGrowth;
    static constexpr std::size_t kLongText = 256;
    static constexpr std::uint32_t kFree = static_cast<std::uint32_t>(-1);

    struct Slot {
        TermId id;
        std::uint32_t value = kFree;
    };
    static bool is_small(const Value& value) {
        const auto* text = std::get_if<Text>(&value);
        return !std::holds_alternative<Term>(value) && (text == nullptr || text->text.size() <= kLongText);
    }
    /// The slot of an id, or the free one where it would go.
    [[nodiscard]] std::size_t place_of(TermId id) const {
        std::size_t at = mix(id.bits()) % slots_.size();
        while (slots_[at].value != kFree && slots_[at].id != id) at = (at + 1) % slots_.size();
        return at;
    }
    /// Forgets everything, to remember as much or more; gives up where most rows had another value.
    void make_room() {
        const bool grows = slots_.empty() || asked_ < slots_.size();
        const std::size_t size = slots_.empty() ? kFirstSlots : grows ? slots_.size() * kGrowth : slots_.size();
        asked_ = kFewRows;
        values_.clear();
        slots_.clear();
        if (size <= kMostSlots && share_.try_resize(size * sizeof(Slot) + size / 2 * sizeof(Value))) slots_.resize(size, Slot{});
    }

    EvaluatorPtr expression_;
    std::size_t column_;
    MemoryShare share_;
    LargeVector<Slot> slots_;  ///< open addressing; none: nothing is remembered
    std::vector<Value> values_;
    std::size_t asked_ = 0;  ///< rows since the last make_room()
};

/// How many functions an expression calls, and whether one of them is dear by itself or gives another value each time.
struct Calls {
    std::size_t count = 0;
    bool is_dear = false, changes = false;

    void add(const algebra::Expression& expression) {
        if (std::holds_alternative<algebra::Exists>(expression.node)) changes = true;
        const auto* call = std::get_if<algebra::Call>(&expression.node);
        if (call == nullptr) return;
        ++count;
        changes = changes || plan::changes_by_call(*call);
        is_dear = is_dear || call->function == plan::kValueKey;
        for (const auto& rows : {string_functions(), hash_functions(), cast_functions()}) {
            is_dear = is_dear || std::any_of(rows.begin(), rows.end(), [&](const FunctionRow& row) { return row.name == call->function; });
        }
        for (const auto& argument : call->arguments) add(*argument);
    }
};

class Compiler {
public:
    Compiler(const std::vector<VariableId>& variables, Context& context) : variables_(variables), context_(context) {}

    EvaluatorPtr operator()(const algebra::Expression& expression) {
        position_ = expression.position;
        const std::optional<std::size_t> column = remembers_ ? std::nullopt : dear_column(expression);
        if (!column) return std::visit([this](const auto& node) { return build(node); }, expression.node);
        remembers_ = true;
        EvaluatorPtr made = std::visit([this](const auto& node) { return build(node); }, expression.node);
        remembers_ = false;
        return std::make_unique<RememberedValue>(std::move(made), *column, context_.memory);
    }

private:
    /// The only column that the expression looks at, if it is worth remembering what it comes to.
    [[nodiscard]] std::optional<std::size_t> dear_column(const algebra::Expression& expression) const {
        Calls calls;
        calls.add(expression);
        if (calls.changes || (!calls.is_dear && calls.count < 2)) return std::nullopt;
        std::vector<VariableId> used;
        algebra::collect_variables(expression, used);
        std::optional<std::size_t> column;
        for (std::size_t c = 0; c < variables_.size(); ++c) {
            if (std::find(used.begin(), used.end(), variables_[c]) == used.end()) continue;
            if (column) return std::nullopt;
            column = c;
        }
        return column;
    }

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
    bool remembers_ = false;  ///< what is being compiled is part of what is remembered
};

}  // namespace

EvaluatorPtr compile(const algebra::Expression& expression, const std::vector<VariableId>& variables, Context& context) {
    return Compiler(variables, context)(expression);
}

}  // namespace tercet::exec

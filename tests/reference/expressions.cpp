#include "engine/model/vocabulary.hpp"
#include "engine/storage/memory_store.hpp"
#include "tests/reference/evaluator.hpp"

namespace tercet::reference {
namespace {

/// A float equals all decimals that are rounded to it, though these differ from one another: no order has all of that.
bool may_be_rounded(const Term& a, const Term& b) {
    using namespace vocabulary;
    return (a.datatype == xsd::kFloat && b.datatype == xsd::kDecimal) || (a.datatype == xsd::kDecimal && b.datatype == xsd::kFloat);
}

}  // namespace

/// What the engine's functions need: an empty store gives them a pool of terms.
struct Evaluator::Functions {
    storage::MemoryStore store;
    exec::TermPool pool{store.snapshot()};
    exec::Session session;
    exec::FunctionContext context{exec::ValueReader(pool), session};
};

Evaluator::Evaluator(const Dataset& dataset) : dataset_(dataset), functions_(std::make_unique<Functions>()) {}
Evaluator::~Evaluator() = default;

Result Evaluator::apply(const std::string& function, const std::vector<Term>& arguments) {
    const exec::FunctionRow* row = exec::find_function(function);
    if (row == nullptr) throw std::logic_error("there is no function " + function);
    std::vector<exec::Value> values;
    for (const Term& term : arguments) values.emplace_back(term);
    const Term term = functions_->context.reader.term(row->apply(functions_->context, values));
    return term.is_defined() ? Result(term) : Result{};
}

std::optional<bool> Evaluator::truth(const Result& value) {
    return value ? functions_->context.reader.truth(*value) : std::nullopt;
}

bool Evaluator::is_true(const std::string& function, const Term& a, const Term& b) { return truth(apply(function, {a, b})).value_or(false); }

Result Evaluator::expression(const sparql::Expression& e, const Solution& solution, const Scope& scope, const Multiset* group_) {
    if (const auto* constant = std::get_if<sparql::Constant>(&e.node)) return constant->term;
    if (const auto* function = std::get_if<sparql::FunctionCall>(&e.node)) return call(*function, solution, scope, group_);
    if (const auto* variable = std::get_if<sparql::Variable>(&e.node)) {
        if (const auto found = solution.find(variable->name); found != solution.end()) return found->second;
        const auto outside = scope.outer.find(variable->name);
        return outside == scope.outer.end() ? Result{} : Result(outside->second);
    }
    if (const auto* exists = std::get_if<sparql::ExistsExpression>(&e.node)) {
        const Solution substituted = merged(solution, scope.outer);
        return Term::boolean(group(*exists->pattern, {scope.graph, substituted}).empty() == exists->negated);
    }
    if (const auto* aggregate_ = std::get_if<sparql::AggregateExpression>(&e.node)) {
        if (group_ == nullptr) throw std::logic_error("an aggregate outside a group");
        return aggregate(*aggregate_, *group_, scope);
    }
    const auto& triple = std::get<sparql::TripleTermExpression>(e.node);
    return call({"TRIPLE", false, false, {triple.subject, triple.predicate, triple.object}}, solution, scope, group_);
}

/// The forms that look at their arguments themselves (section 17.4.1), then the functions of the registry.
Result Evaluator::call(const sparql::FunctionCall& call, const Solution& solution, const Scope& scope, const Multiset* group) {
    const auto value = [&](std::size_t i) { return expression(*call.arguments[i], solution, scope, group); };
    const std::string& name = call.name;
    if (name == "BOUND") return Term::boolean(value(0).has_value());
    if (name == "COALESCE") {
        for (std::size_t i = 0; i < call.arguments.size(); ++i) {
            if (const Result found = value(i)) return found;
        }
        return {};
    }
    if (name == "IF") {
        const auto decision = truth(value(0));
        return decision ? value(*decision ? 1 : 2) : Result{};
    }
    if (name == "||" || name == "&&") {
        const bool decides = name == "||";
        bool error = false;
        for (std::size_t i = 0; i < call.arguments.size(); ++i) {
            const auto part = truth(value(i));
            if (part && *part == decides) return Term::boolean(decides);
            error = error || !part;
        }
        return error ? Result{} : Result(Term::boolean(!decides));
    }
    if (name == "IN" || name == "NOT IN") {
        const Result wanted = value(0);
        bool error = false;
        for (std::size_t i = 1; i < call.arguments.size(); ++i) {
            const Result member = value(i);
            const auto same = wanted && member ? truth(apply("=", {*wanted, *member})) : std::nullopt;
            if (same && *same) return Term::boolean(name == "IN");
            error = error || !same;
        }
        return error ? Result{} : Result(Term::boolean(name == "NOT IN"));
    }
    std::vector<Term> arguments;
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        const Result argument = value(i);
        if (!argument) return {};
        arguments.push_back(*argument);
    }
    return apply(name, arguments);
}

/// Section 18.5.1. An error among the values makes SUM, AVG and GROUP_CONCAT errors; the others leave it out.
Result Evaluator::aggregate(const sparql::AggregateExpression& aggregate, const Multiset& group, const Scope& scope) {
    if (!aggregate.argument) return Term::integer(static_cast<std::int64_t>(aggregate.distinct ? distinct(group).size() : group.size()));
    std::vector<Term> values;
    std::set<std::string> seen;
    bool error = false;
    for (const Solution& row : group) {
        const Result value = expression(*aggregate.argument, row, scope);
        error = error || !value;
        if (value && (!aggregate.distinct || seen.insert(value->to_string()).second)) values.push_back(*value);
    }
    const Term count = Term::integer(static_cast<std::int64_t>(values.size()));
    if (aggregate.name == "COUNT") return count;
    if (aggregate.name == "MIN") return extreme(values, -1);
    if (aggregate.name == "MAX") return extreme(values, 1);
    if (aggregate.name == "SAMPLE") return extreme(values, 0);
    if (error) return {};
    if (aggregate.name == "GROUP_CONCAT") {
        std::string text;
        for (const Term& value : values) {
            if (!value.is_iri() && !value.is_literal()) return {};
            text += (&value == &values.front() ? "" : aggregate.separator.value_or(" ")) + value.value;
        }
        std::set<std::string> texts;
        for (const Term& value : values) texts.insert(value.value);
        ambiguous_ = ambiguous_ || texts.size() > 1;  // in which order is nobody's promise
        return Term::literal(text);
    }
    Result sum = Term::integer(0);
    for (const Term& value : values) sum = sum ? apply("+", {*sum, value}) : Result{};
    if (aggregate.name == "SUM" || !sum || values.empty()) return sum;
    return apply("/", {*sum, count});
}

/// The first or last in the order of ORDER BY; any for 0. Terms that are none of them, but might be, make the answer ambiguous.
Result Evaluator::extreme(const std::vector<Term>& values, int wanted) {
    if (values.empty()) return {};
    Term best = values.front();
    for (const Term& value : values) {
        if (wanted != 0 && order(value, best) == wanted) best = value;
    }
    for (const Term& value : values) {
        if (!(value == best) && (wanted == 0 || order(value, best) != -wanted)) ambiguous_ = true;
    }
    return best;
}

std::optional<int> Evaluator::order(const Result& a, const Result& b) {
    const auto kind = [](const Result& value) {
        if (!value) return 0;
        if (value->is_blank_node()) return 1;
        if (value->is_iri()) return 2;
        return value->is_literal() ? 3 : 4;
    };
    if (kind(a) != kind(b)) return kind(a) < kind(b) ? -1 : 1;
    if (!a || *a == *b) return 0;
    if (a->is_iri()) return a->value < b->value ? -1 : 1;
    if (!a->is_literal()) return std::nullopt;
    if (is_true("<", *a, *b)) return -1;
    if (is_true("<", *b, *a)) return 1;
    if (is_true("=", *a, *b) && !may_be_rounded(*a, *b)) return 0;
    return std::nullopt;
}

std::optional<int> Evaluator::order(const Solution& a, const Solution& b, const std::vector<sparql::OrderCondition>& keys) {
    static const Solution kNothing;
    for (const auto& key : keys) {
        const Scope scope{dataset_.default_graph, kNothing};
        const auto order_ = order(expression(*key.expression, a, scope), expression(*key.expression, b, scope));
        if (!order_) return std::nullopt;
        if (*order_ != 0) return key.descending ? -*order_ : *order_;
    }
    return 0;
}

}  // namespace tercet::reference

#include "parser/sparql/select_rules.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tercet::sparql {
namespace {

/// The first variable outside aggregates that is not in `allowed`.
const Variable* find_ungrouped(const Expression& expression, const VariableNames& allowed);

struct UngroupedFinder {
    const VariableNames& allowed;

    const Variable* operator()(const Variable& variable) const {
        return allowed.contains(variable.name) ? nullptr : &variable;
    }
    const Variable* operator()(const FunctionCall& call) const {
        for (const ExpressionPtr& argument : call.arguments) {
            if (const Variable* found = find_ungrouped(*argument, allowed)) return found;
        }
        return nullptr;
    }
    const Variable* operator()(const TripleTermExpression& triple) const {
        for (const ExpressionPtr& part : {triple.subject, triple.predicate, triple.object}) {
            if (const Variable* found = find_ungrouped(*part, allowed)) return found;
        }
        return nullptr;
    }
    const Variable* operator()(const Constant& /*constant*/) const { return nullptr; }
    const Variable* operator()(const ExistsExpression& /*pattern*/) const { return nullptr; }
    const Variable* operator()(const AggregateExpression& /*aggregate*/) const { return nullptr; }
};

const Variable* find_ungrouped(const Expression& expression, const VariableNames& allowed) {
    return std::visit(UngroupedFinder{allowed}, expression.node);
}

VariableNames group_keys(const SelectQuery& query) {
    VariableNames keys;
    for (const GroupCondition& condition : query.modifier.group_by) {
        if (condition.variable) {
            keys.insert(condition.variable->name);
        } else if (const auto* variable = std::get_if<Variable>(&condition.expression->node)) {
            keys.insert(variable->name);
        }
    }
    return keys;
}

Offence ungrouped(const Variable& variable) {
    return {variable.position, "?" + variable.name +
                                   " is neither a GROUP BY variable nor inside an aggregate; add it to GROUP BY, "
                                   "or wrap it: SAMPLE(?" +
                                   variable.name + ")"};
}

}  // namespace

std::size_t computed_columns(const SelectQuery& query) {
    const auto computed = std::count_if(query.projection.begin(), query.projection.end(),
                                        [](const ProjectionItem& item) { return item.expression != nullptr; });
    return static_cast<std::size_t>(computed) + query.modifier.group_by.size();
}

std::optional<Offence> offence_of(const SelectQuery& query, const VariableNames& visible, bool has_aggregates) {
    if (computed_columns(query) > kMaxTreeDepth) {
        return Offence{query.position,
                       "SELECT and GROUP BY compute more than " + std::to_string(kMaxTreeDepth) + " columns; use sub-selects"};
    }
    const bool is_grouped = has_aggregates || !query.modifier.group_by.empty();
    if (is_grouped && query.all) {
        return Offence{query.position, "SELECT * cannot go with GROUP BY or aggregates; name the variables"};
    }
    VariableNames known = is_grouped ? group_keys(query) : visible;
    VariableNames projected_so_far;
    for (const ProjectionItem& item : query.projection) {
        const auto& [expression, variable] = item;
        if (expression == nullptr) {
            if (is_grouped && !known.contains(variable.name)) return ungrouped(variable);
            projected_so_far.insert(variable.name);
            continue;
        }
        if (is_grouped) {
            if (const Variable* found = find_ungrouped(*expression, known)) return ungrouped(*found);
        }
        if (known.contains(variable.name) || !projected_so_far.insert(variable.name).second) {
            return Offence{
                variable.position,
                "AS ?" + variable.name + " gives a value to a variable that already has one; choose another name"};
        }
        known.insert(variable.name);
    }
    return std::nullopt;
}

VariableNames projected(const SelectQuery& query, const VariableNames& visible) {
    VariableNames names;
    if (query.all) {
        names = visible;
        if (query.values) {
            for (const Variable& variable : query.values->variables) names.insert(variable.name);
        }
        return names;
    }
    for (const ProjectionItem& item : query.projection) names.insert(item.variable.name);
    return names;
}

}  // namespace tercet::sparql

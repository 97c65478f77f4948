#include <algorithm>

#include "tests/reference/evaluator.hpp"

namespace tercet::reference {
namespace {

bool has_aggregate(const sparql::Expression& e) {
    if (std::holds_alternative<sparql::AggregateExpression>(e.node)) return true;
    const auto* call = std::get_if<sparql::FunctionCall>(&e.node);
    return call != nullptr && std::any_of(call->arguments.begin(), call->arguments.end(), [](const auto& a) { return has_aggregate(*a); });
}

Multiset projected(Multiset rows, const std::vector<sparql::ProjectionItem>& items) {
    for (Solution& row : rows) {
        std::erase_if(row, [&](const auto& entry) {
            return std::none_of(items.begin(), items.end(), [&](const auto& item) { return item.variable.name == entry.first; });
        });
    }
    return rows;
}

const Solution kNothing;

}  // namespace

Dataset described(const Dataset& all, const sparql::DatasetClause& clause) {
    if (clause.empty()) return all;
    Dataset wanted;
    std::set<std::string> seen;
    for (const std::string& name : clause.from) {
        const auto found = all.named.find(name);
        if (found == all.named.end()) continue;
        for (const Triple& t : found->second) {
            if (seen.insert(Term::triple_term(t).to_string()).second) wanted.default_graph.push_back(t);
        }
    }
    for (const std::string& name : clause.from_named) {
        if (const auto found = all.named.find(name); found != all.named.end()) wanted.named.insert(*found);
    }
    return wanted;
}

Multiset distinct(const Multiset& rows) {
    Multiset kept;
    std::set<std::string> seen;
    for (const Solution& row : rows) {
        if (seen.insert(text_of(row)).second) kept.push_back(row);
    }
    return kept;
}

/// Section 18.2.4: grouping, HAVING, VALUES, expressions of the SELECT clause.
Multiset Evaluator::before_projection(Multiset rows, const sparql::SolutionModifier& modifier, const std::optional<sparql::InlineData>& values,
                                      const std::vector<sparql::ProjectionItem>& projection, const Scope& scope) {
    const bool aggregates = std::any_of(projection.begin(), projection.end(), [](const auto& i) { return i.expression && has_aggregate(*i.expression); });
    if (aggregates || !modifier.group_by.empty() || !modifier.having.empty()) return grouped(rows, modifier, values, projection, scope);
    if (values) rows = join(rows, data_rows(*values));
    for (Solution& row : rows) {
        for (const auto& item : projection) {
            if (!item.expression) continue;
            if (const Result value = expression(*item.expression, row, scope)) row.emplace(item.variable.name, *value);
        }
    }
    return rows;
}

Multiset Evaluator::grouped(const Multiset& rows, const sparql::SolutionModifier& modifier, const std::optional<sparql::InlineData>& values,
                            const std::vector<sparql::ProjectionItem>& projection, const Scope& scope) {
    std::map<std::string, std::pair<Solution, Multiset>> groups;
    if (modifier.group_by.empty()) groups[""];
    for (Solution row : rows) {
        std::string name;
        Solution key;
        for (const auto& condition : modifier.group_by) {
            const Result value = expression(*condition.expression, row, scope);
            const auto* plain = std::get_if<sparql::Variable>(&condition.expression->node);
            const std::string variable = condition.variable ? condition.variable->name : plain != nullptr ? plain->name : std::string();
            if (value && !variable.empty()) key.emplace(variable, *value);
            if (value && condition.variable) row.emplace(variable, *value);
            name += (value ? value->to_string() : "-") + ' ';
        }
        auto& group = groups[name];
        group.first = key;
        group.second.push_back(std::move(row));
    }
    Multiset all;
    for (auto& [name, group] : groups) {
        bool kept = true;
        for (const auto& condition : modifier.having) {
            kept = kept && truth(expression(*condition, group.first, scope, &group.second)).value_or(false);
        }
        if (!kept) continue;
        for (Solution& row : values ? join({group.first}, data_rows(*values)) : Multiset{group.first}) {
            for (const auto& item : projection) {
                if (!item.expression) continue;
                if (const Result value = expression(*item.expression, row, scope, &group.second)) row.emplace(item.variable.name, *value);
            }
            add(all, std::move(row));
        }
    }
    return all;
}

/// Up to DISTINCT.
Multiset Evaluator::select(const sparql::SelectQuery& query, const Scope& scope) {
    const Multiset all = query.where ? group(*query.where, scope) : Multiset{Solution{}};
    Multiset rows = before_projection(all, query.modifier, query.values, query.projection, scope);
    if (!query.all) rows = projected(std::move(rows), query.projection);
    return query.distinct ? distinct(rows) : rows;
}

/// A row of a LIMIT is in if every order that ORDER BY allows has it in.
Multiset Evaluator::sub_select(const sparql::SelectQuery& query, const Scope& scope) {
    const Multiset rows = select(query, {scope.graph, kNothing});
    const auto& modifier = query.modifier;
    if (query.reduced) ambiguous_ = ambiguous_ || distinct(rows).size() != rows.size();
    if (!modifier.limit && !modifier.offset) return rows;
    if (rows.size() > 100) throw TooLarge();
    const std::size_t first = modifier.offset.value_or(0), end = modifier.limit ? first + *modifier.limit : rows.size();
    Multiset kept;
    for (const Solution& row : rows) {
        std::size_t before = 0, after = 0;
        for (const Solution& other : rows) {
            const auto order_ = order(other, row, modifier.order_by);
            before += order_ == -1 ? 1 : 0;
            after += order_ == 1 ? 1 : 0;
        }
        const std::size_t earliest = before, latest = rows.size() - 1 - after;
        if (earliest >= first && latest < end) kept.push_back(row);
        else if (latest >= first && earliest < end) ambiguous_ = true;
    }
    return kept;
}

Result Evaluator::filled(const sparql::TermPattern& term, const Solution& solution) {
    if (const auto* constant = std::get_if<sparql::Constant>(&term)) return constant->term;
    const auto* variable = std::get_if<sparql::Variable>(&term);
    if (variable == nullptr) throw std::logic_error("a template of the reference evaluator has variables and constants only");
    const auto found = solution.find(variable->name);
    return found == solution.end() ? Result{} : Result(found->second);
}

void Evaluator::construct(const sparql::ConstructQuery& query, const Scope& scope, Answer& answer) {
    answer.rows = before_projection(group(*query.where, scope), query.modifier, query.values, {}, scope);
    for (const Solution& row : answer.rows) {
        for (const auto& pattern : query.construct_template) {
            const Result s = filled(pattern.subject, row), p = filled(std::get<sparql::TermPattern>(pattern.verb), row), o = filled(pattern.object, row);
            if (!s || !p || !o || s->is_literal() || s->is_triple_term() || !p->is_iri()) continue;
            answer.triples.insert(Term::triple_term({*s, *p, *o}).to_string());
        }
    }
}

Answer Evaluator::evaluate(const sparql::Query& query) {
    Answer answer;
    dataset_ = described(dataset_, query.dataset);
    const Scope scope{dataset_.default_graph, kNothing};
    if (const auto* select_ = std::get_if<sparql::SelectQuery>(&query.form)) {
        answer.rows = select(*select_, scope);
        answer.order = select_->modifier.order_by;
        answer.limit = select_->modifier.limit;
        answer.offset = select_->modifier.offset.value_or(0);
        answer.reduced = select_->reduced;
    } else if (const auto* ask = std::get_if<sparql::AskQuery>(&query.form)) {
        answer.boolean = !before_projection(group(*ask->where, scope), ask->modifier, ask->values, {}, scope).empty();
    } else if (const auto* construct_ = std::get_if<sparql::ConstructQuery>(&query.form)) {
        construct(*construct_, scope, answer);
    } else {
        throw std::logic_error("DESCRIBE is not defined by the specification");
    }
    answer.ambiguous = ambiguous_;
    return answer;
}

}  // namespace tercet::reference

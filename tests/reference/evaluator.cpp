#include "tests/reference/evaluator.hpp"

namespace tercet::reference {
namespace {

std::string variable_of(const sparql::TermPattern& term) {
    if (const auto* variable = std::get_if<sparql::Variable>(&term)) return variable->name;
    if (const auto* blank = std::get_if<sparql::BlankNode>(&term)) return '.' + blank->label;
    return {};
}

/// Extends the mapping so that the pattern becomes the term; false if that cannot be.
bool match(const sparql::TermPattern& pattern, const Term& term, Solution& solution) {
    if (const std::string name = variable_of(pattern); !name.empty()) return solution.emplace(name, term).first->second == term;
    if (const auto* constant = std::get_if<sparql::Constant>(&pattern)) return constant->term == term;
    if (!term.is_triple_term()) return false;
    const auto& inner = *std::get<std::shared_ptr<const sparql::TripleTermPattern>>(pattern);
    const Triple& triple = term.triple();
    return match(inner.subject, triple.subject, solution) && match(inner.predicate, triple.predicate, solution) &&
           match(inner.object, triple.object, solution);
}

/// The term at the end of a path. A variable that EXISTS has a value for stays a variable: the row outside is joined in.
Result end_of(const sparql::TermPattern& pattern) {
    const auto* constant = std::get_if<sparql::Constant>(&pattern);
    return constant == nullptr ? Result{} : Result(constant->term);
}

/// Blank nodes of a pattern are seen in their group alone.
Multiset without_blank_nodes(Multiset rows) {
    for (Solution& row : rows) std::erase_if(row, [](const auto& entry) { return entry.first.front() == '.'; });
    return rows;
}

Multiset minus(const Multiset& left, const Multiset& right) {
    Multiset kept;
    for (const Solution& a : left) {
        bool stays = true;
        for (const Solution& b : right) stays = stays && (!compatible(a, b) || !share_a_variable(a, b));
        if (stays) add(kept, a);
    }
    return kept;
}

}  // namespace

Multiset join(const Multiset& left, const Multiset& right) {
    Multiset all;
    for (const Solution& a : left) {
        for (const Solution& b : right) {
            if (compatible(a, b)) add(all, merged(a, b));
        }
    }
    return all;
}

Multiset data_rows(const sparql::InlineData& data) {
    Multiset rows;
    for (const auto& row : data.rows) {
        Solution solution;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i]) solution.emplace(data.variables[i].name, *row[i]);
        }
        add(rows, std::move(solution));
    }
    return rows;
}

Multiset Evaluator::group(const sparql::GroupGraphPattern& group, const Scope& scope) {
    std::vector<sparql::ExpressionPtr> filters;
    Multiset kept;
    for (const Solution& row : group_parts(group, scope, filters)) {
        if (all_hold(filters, row, scope)) add(kept, row);
    }
    return without_blank_nodes(std::move(kept));
}

Multiset Evaluator::group_parts(const sparql::GroupGraphPattern& group, const Scope& scope, std::vector<sparql::ExpressionPtr>& filters) {
    Multiset rows{Solution{}};
    for (const auto& part : group.elements) {
        if (const auto* filter = std::get_if<sparql::Filter>(&part)) filters.push_back(filter->expression);
        else rows = element(std::move(rows), part, scope);
    }
    return rows;
}

Multiset Evaluator::element(Multiset so_far, const sparql::PatternElement& element, const Scope& scope) {
    if (const auto* e = std::get_if<sparql::TriplesBlock>(&element)) return join(so_far, triples(e->triples, scope));
    if (const auto* e = std::get_if<sparql::OptionalGraphPattern>(&element)) return left_join(so_far, *e->pattern, scope);
    if (const auto* e = std::get_if<sparql::MinusGraphPattern>(&element)) return minus(so_far, group(*e->pattern, scope));
    if (const auto* e = std::get_if<sparql::GraphGraphPattern>(&element)) return join(so_far, in_graph(*e, scope));
    if (const auto* e = std::get_if<sparql::SubSelect>(&element)) return join(so_far, sub_select(*e->query, scope));
    if (const auto* e = std::get_if<sparql::GroupOrUnionGraphPattern>(&element)) {
        Multiset all;
        for (const auto& alternative : e->alternatives) {
            for (Solution& row : group(*alternative, scope)) add(all, std::move(row));
        }
        return join(so_far, all);
    }
    if (const auto* e = std::get_if<sparql::InlineData>(&element)) {
        Multiset rows = data_rows(*e);
        std::erase_if(rows, [&](const Solution& row) { return !compatible(row, scope.outer); });
        return join(so_far, rows);
    }
    if (const auto* e = std::get_if<sparql::Bind>(&element)) {
        for (Solution& row : so_far) {
            if (const Result value = expression(*e->expression, row, scope)) row.emplace(e->variable.name, *value);
        }
        return so_far;
    }
    throw std::logic_error("the reference evaluator does not know this element");
}

Multiset Evaluator::triples(const std::vector<sparql::TriplePattern>& triples, const Scope& scope) {
    Multiset rows{Solution{}};
    for (const auto& pattern : triples) rows = join(rows, triple(pattern, scope));
    return rows;
}

Multiset Evaluator::triple(const sparql::TriplePattern& pattern, const Scope& scope) {
    Multiset rows;
    const auto take = [&](Solution row, bool fits) {
        if (fits && compatible(row, scope.outer)) add(rows, std::move(row));
    };
    if (const auto* verb = std::get_if<sparql::TermPattern>(&pattern.verb)) {
        for (const Triple& t : scope.graph) {
            Solution row;
            const bool fits = match(pattern.subject, t.subject, row) && match(*verb, t.predicate, row) && match(pattern.object, t.object, row);
            take(std::move(row), fits);
        }
        return rows;
    }
    const auto& verb = *std::get<sparql::PathPtr>(pattern.verb);
    for (const auto& [from, to] : path(verb, end_of(pattern.subject), end_of(pattern.object), scope.graph)) {
        Solution row;
        const bool fits = match(pattern.subject, from, row) && match(pattern.object, to, row);
        take(std::move(row), fits);
    }
    return rows;
}

/// LeftJoin(left, right, F): its filters see both sides (section 18.2.2.6).
Multiset Evaluator::left_join(const Multiset& left, const sparql::GroupGraphPattern& right, const Scope& scope) {
    std::vector<sparql::ExpressionPtr> filters;
    const Multiset others = without_blank_nodes(group_parts(right, scope, filters));
    Multiset rows;
    for (const Solution& a : left) {
        bool alone = true;
        for (const Solution& b : others) {
            if (!compatible(a, b) || !all_hold(filters, merged(a, b), scope)) continue;
            add(rows, merged(a, b));
            alone = false;
        }
        if (alone) add(rows, a);
    }
    return rows;
}

Multiset Evaluator::in_graph(const sparql::GraphGraphPattern& pattern, const Scope& scope) {
    const auto* variable = std::get_if<sparql::Variable>(&pattern.graph);
    Multiset all;
    for (const auto& [name, graph] : dataset_.named) {
        const Term iri = Term::iri(name);
        if (variable == nullptr && !(std::get<sparql::Constant>(pattern.graph).term == iri)) continue;
        Solution bound;
        if (variable != nullptr) bound.emplace(variable->name, iri);
        if (!compatible(bound, scope.outer)) continue;
        for (Solution& row : join(group(*pattern.pattern, {graph, scope.outer}), {bound})) add(all, std::move(row));
    }
    return all;
}

bool Evaluator::all_hold(const std::vector<sparql::ExpressionPtr>& conditions, const Solution& solution, const Scope& scope) {
    for (const auto& condition : conditions) {
        if (!truth(expression(*condition, solution, scope)).value_or(false)) return false;
    }
    return true;
}

}  // namespace tercet::reference

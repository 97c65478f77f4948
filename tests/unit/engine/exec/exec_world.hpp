#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/exec/expression.hpp"
#include "engine/exec/operator.hpp"
#include "engine/model/term_view.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/storage/memory_store.hpp"

/// A store in memory, and what it takes to run hand-made plans over it.
namespace tercet::exec::test {

using Rows = std::vector<std::vector<std::string>>;

inline Term iri(const std::string& name) { return Term::iri("http://example.org/" + name); }
/// A literal whose datatype is the one of that name in XML Schema.
inline Term typed(const std::string& text, const std::string& type) { return Term::typed_literal(text, std::string(vocabulary::kXsd) + type); }

/// The last part of an IRI, the lexical form of a literal, "-" for unbound.
inline std::string brief(const Term& term) {
    if (!term.is_defined()) return "-";
    if (term.is_iri()) return term.value.substr(term.value.rfind('/') + 1);
    return term.is_literal() ? term.value : term.to_string();
}

struct World {
    storage::MemoryStore store;

    /// Subjects, predicates and graphs by name; an object that starts with a digit is an integer. No graph: the default one.
    void add(const std::vector<std::array<std::string, 4>>& quads) {
        auto transaction = store.begin();
        for (const auto& [s, p, o, g] : quads) {
            const Term subject = iri(s), predicate = iri(p), graph = g.empty() ? Term{} : iri(g);
            const Term object = o[0] >= '0' && o[0] <= '9' ? Term::integer(std::stoll(o)) : iri(o);
            const TermViewHolder a(subject), b(predicate), c(object), d(graph);
            transaction->add(QuadView{a.view(), b.view(), c.view(), d.view()});
        }
        transaction->commit();
    }
};

/// One running query over a World's snapshot.
struct Run {
    explicit Run(const World& world, std::size_t memory_limit = MemoryBudget::kUnlimited)
        : pool(world.store.snapshot()), memory(memory_limit) {}

    TermPool pool;
    plan::Plan plan;
    MemoryBudget memory;
    Session session;
    Context context{pool, plan, {}, memory, session, nullptr};

    TermId id(const Term& term) { return pool.intern(term); }
    TermId id(const std::string& name) { return id(iri(name)); }
    TermId id(int number) { return id(Term::integer(number)); }

    [[nodiscard]] Rows rows(const plan::Node& node) {
        const OperatorPtr tree = build(node, context);
        return rows(*tree);
    }
    [[nodiscard]] Rows rows(Operator& tree) {
        Rows found;
        Batch batch(tree.variables().size());
        while (tree.next(batch)) {
            for (std::size_t r = 0; r < batch.size; ++r) {
                std::vector<std::string> row;
                for (std::size_t c = 0; c < batch.width(); ++c) row.push_back(brief(pool.term(batch.column(c)[r])));
                found.push_back(std::move(row));
            }
        }
        return found;
    }
    [[nodiscard]] std::size_t count(const plan::Node& node) {
        const OperatorPtr tree = build(node, context);
        Batch batch(tree->variables().size());
        std::size_t rows = 0;
        while (tree->next(batch)) rows += batch.size;
        return rows;
    }
};

inline Rows sorted(Rows rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
}

// --- plans ----------------------------------------------------------------------------------------------------

template <typename Operation>
plan::NodePtr node(Operation operation, std::vector<VariableId> variables) {
    auto made = std::make_unique<plan::Node>();
    made->operation = std::move(operation);
    made->variables = std::move(variables);
    return made;
}

inline plan::Slot variable(VariableId id) { return {TermId::any(), id}; }
inline plan::Slot constant(TermId id) { return {id, plan::kNoVariable}; }

inline plan::NodePtr values(std::vector<VariableId> variables, std::vector<std::vector<TermId>> rows) {
    return node(plan::Values{variables, std::move(rows)}, variables);
}

/// ?s predicate ?o of the default graph, ascending by the subject.
inline plan::NodePtr scan(TermId predicate, VariableId s, VariableId o) {
    plan::Scan scan;
    scan.slots = {variable(s), constant(predicate), variable(o), constant({})};
    scan.order = &kIndexOrders[3];
    return node(std::move(scan), {s, o});
}

// --- expressions ----------------------------------------------------------------------------------------------

using algebra::ExpressionPtr;

inline ExpressionPtr expression(decltype(algebra::Expression::node) content) {
    return std::make_shared<const algebra::Expression>(algebra::Expression{std::move(content), {}});
}
inline ExpressionPtr var(VariableId id) { return expression(algebra::Var{id}); }
inline ExpressionPtr term(Term value) { return expression(std::move(value)); }
inline ExpressionPtr call(std::string function, std::vector<ExpressionPtr> arguments, bool is_iri = false) {
    return expression(algebra::Call{std::move(function), is_iri, std::move(arguments)});
}

}  // namespace tercet::exec::test

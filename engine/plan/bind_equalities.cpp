#include <algorithm>
#include <optional>

#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/nodes.hpp"
#include "engine/plan/passes.hpp"

namespace tercet::plan {
namespace {

using algebra::Call;
using algebra::ExpressionPtr;
using algebra::NodePtr;

/// Terms for which "=" is the same as being the same term.
bool is_equal_only_to_itself(const Term& term) { return term.is_iri() || (term.is_literal() && term.datatype == vocabulary::xsd::kString); }

struct Binding {
    VariableId variable = 0;
    std::vector<Term> terms;
};

/// What a condition says of a variable, if that is all it says: ?x = term, sameTerm(?x, term), ?x IN (terms).
std::optional<Binding> binding_of(const ExpressionPtr& condition) {
    const Call* call = std::get_if<Call>(&condition->node);
    if (call == nullptr || call->is_iri || call->arguments.size() < 2) return std::nullopt;
    const bool same = call->function == "SAMETERM";
    if (!same && call->function != "=" && call->function != "IN") return std::nullopt;
    std::vector<ExpressionPtr> arguments = call->arguments;
    if (call->function != "IN" && !std::holds_alternative<algebra::Var>(arguments.front()->node)) std::swap(arguments[0], arguments[1]);
    const auto* variable = std::get_if<algebra::Var>(&arguments.front()->node);
    if (variable == nullptr) return std::nullopt;
    Binding made{variable->id, {}};
    for (auto argument = arguments.begin() + 1; argument != arguments.end(); ++argument) {
        const Term* term = std::get_if<Term>(&(*argument)->node);
        if (term == nullptr || (!same && !is_equal_only_to_itself(*term))) return std::nullopt;
        if (std::find(made.terms.begin(), made.terms.end(), *term) == made.terms.end()) made.terms.push_back(*term);
    }
    return made;
}

NodePtr values_of(const Binding& binding) {
    algebra::Values values{{binding.variable}, {}};
    for (const Term& term : binding.terms) values.rows.push_back({term});
    return algebra::make_node(std::move(values));
}

}  // namespace

algebra::NodePtr bind_equalities(const algebra::NodePtr& node, PassContext& context) {
    algebra::NodePtr made = algebra::with_inputs(node, [&](const algebra::NodePtr& input) { return bind_equalities(input, context); });
    const auto* filter = std::get_if<algebra::Filter>(&made->node);
    if (filter == nullptr) return made;
    const VariableList bound = algebra::surely_bound(*filter->input);
    algebra::NodePtr input = filter->input;
    std::vector<algebra::ExpressionPtr> rest;
    for (algebra::ExpressionPtr& part : conjuncts(filter->condition)) {
        const auto binding = binding_of(part);
        // A variable that may be unbound would be bound by the join, where the filter drops the row.
        if (binding && contains(bound, binding->variable)) input = algebra::make_node(algebra::Join{values_of(*binding), std::move(input)});
        else rest.push_back(std::move(part));
    }
    return filtered(std::move(input), rest);
}

}  // namespace tercet::plan

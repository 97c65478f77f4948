#include "parser/sparql/term_stack.hpp"

#include <iterator>
#include <utility>

namespace tercet::sparql {
namespace {

/// Variables have no value; callers have none here.
Term ground(const TermPattern& term) {
    if (const auto* constant = std::get_if<Constant>(&term)) return constant->term;
    if (const auto* blank = std::get_if<BlankNode>(&term)) return Term::blank_node(blank->label);
    if (const auto* triple = std::get_if<std::shared_ptr<const TripleTermPattern>>(&term)) {
        return Term::triple_term({ground((*triple)->subject), ground((*triple)->predicate), ground((*triple)->object)});
    }
    return {};
}

}  // namespace

void TermStack::push(TermPattern term) { terms_.push_back(std::move(term)); }

void TermStack::push_iri(std::string iri, Position position) { push(Constant{Term::iri(std::move(iri)), position}); }

TermPattern TermStack::pop() {
    TermPattern term = std::move(terms_.back());
    terms_.pop_back();
    return term;
}

Variable TermStack::pop_variable() { return std::get<Variable>(pop()); }

std::string TermStack::pop_iri() { return pop_constant().value; }

Term TermStack::pop_constant() { return std::get<Constant>(pop()).term; }

Term TermStack::pop_ground_term() { return ground(pop()); }

VarOrIri TermStack::pop_var_or_iri() {
    TermPattern term = pop();
    if (auto* variable = std::get_if<Variable>(&term)) return std::move(*variable);
    return std::get<Constant>(std::move(term));
}

std::vector<TermPattern> TermStack::take_from(std::size_t mark) {
    const auto first = terms_.begin() + static_cast<std::ptrdiff_t>(mark);
    std::vector<TermPattern> taken(std::make_move_iterator(first), std::make_move_iterator(terms_.end()));
    terms_.erase(first, terms_.end());
    return taken;
}

std::vector<Variable> TermStack::take_variables_from(std::size_t mark) {
    std::vector<Variable> variables;
    for (TermPattern& term : take_from(mark)) variables.push_back(std::get<Variable>(std::move(term)));
    return variables;
}

}  // namespace tercet::sparql

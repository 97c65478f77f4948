#include "engine/algebra/translator.hpp"

namespace tercet::algebra {

Var Translator::variable(const sparql::Variable& variable) {
    const VariableId id = variables_.use(variable);
    for (const auto& [name, values] : parameters_) {
        if (name == variable.name) mentioned_.push_back(id);
    }
    return {id};
}

PatternTerm Translator::pattern_term(const sparql::TermPattern& term) {
    if (const auto* v = std::get_if<sparql::Variable>(&term)) return variable(*v);
    if (const auto* c = std::get_if<sparql::Constant>(&term)) return c->term;
    if (const auto* b = std::get_if<sparql::BlankNode>(&term)) {
        const auto [found, is_new] = blank_nodes_.try_emplace(b->label);
        if (is_new) found->second = variables_.fresh("blank");
        return Var{found->second};
    }
    const auto& triple = *std::get<std::shared_ptr<const sparql::TripleTermPattern>>(term);
    const PatternTerm s = pattern_term(triple.subject), p = pattern_term(triple.predicate), o = pattern_term(triple.object);
    const auto* x = std::get_if<Term>(&s);
    const auto* y = std::get_if<Term>(&p);
    const auto* z = std::get_if<Term>(&o);
    if (x != nullptr && y != nullptr && z != nullptr) return Term::triple_term({*x, *y, *z});
    return std::make_shared<const TripleTermNode>(TripleTermNode{s, p, o});
}

TemplateTerm Translator::template_term(const sparql::TermPattern& term) {
    if (const auto* v = std::get_if<sparql::Variable>(&term)) return variable(*v);
    if (const auto* c = std::get_if<sparql::Constant>(&term)) return c->term;
    if (const auto* b = std::get_if<sparql::BlankNode>(&term)) return TemplateBlank{b->label};
    const auto& triple = *std::get<std::shared_ptr<const sparql::TripleTermPattern>>(term);
    return std::make_shared<const TemplateTriple>(
        TemplateTriple{template_term(triple.subject), template_term(triple.predicate), template_term(triple.object), {}});
}

TemplateTriple Translator::template_triple(const sparql::TriplePattern& triple) {
    const auto* verb = std::get_if<sparql::TermPattern>(&triple.verb);
    if (verb == nullptr) fail("a template cannot hold a property path", triple.position);
    return {template_term(triple.subject), template_term(*verb), template_term(triple.object), triple.position};
}

TemplateQuad Translator::template_quad(const sparql::QuadPattern& quad) {
    TemplateQuad made{template_triple(quad.triple), std::nullopt};
    if (!quad.graph) return made;
    if (const auto* v = std::get_if<sparql::Variable>(&*quad.graph)) made.graph = variable(*v);
    else made.graph = std::get<sparql::Constant>(*quad.graph).term;
    return made;
}

}  // namespace tercet::algebra

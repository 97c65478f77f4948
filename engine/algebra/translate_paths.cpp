#include <utility>

#include "engine/algebra/translator.hpp"

namespace tercet::algebra {

NodePtr Translator::triples(const sparql::TriplesBlock& block) {
    PathParts parts{{{}, graph_}, {}};
    for (const auto& triple : block.triples) {
        PatternTerm subject = pattern_term(triple.subject), object = pattern_term(triple.object);
        if (const auto* verb = std::get_if<sparql::TermPattern>(&triple.verb)) {
            parts.bgp.triples.push_back({std::move(subject), pattern_term(*verb), std::move(object), triple.position});
        } else if (const auto* path = std::get_if<sparql::PathPtr>(&triple.verb)) {
            add_path(std::move(subject), *path, std::move(object), parts);
        } else {
            parts.others.push_back(search(std::move(subject), std::get<sparql::PathSearch>(triple.verb), std::move(object)));
        }
    }
    return joined(std::move(parts));
}

NodePtr Translator::joined(PathParts parts) {
    NodePtr node = parts.bgp.triples.empty() ? unit() : make_node(std::move(parts.bgp));
    for (NodePtr& other : parts.others) node = join(std::move(node), std::move(other));
    return node;
}

NodePtr Translator::search(PatternTerm subject, const sparql::PathSearch& s, PatternTerm object) {
    return make_node(PathSearch{std::move(subject), std::move(object), s.selector, s.k, s.mode, s.path, variables_.use(s.variable),
                                s.where ? expression(*s.where) : nullptr, s.cost ? expression(*s.cost) : nullptr, graph_});
}

/// Takes apart what needs no search: SPARQL 1.2 section 18.3.2.4.
void Translator::add_path(PatternTerm subject, const sparql::PathPtr& path, PatternTerm object, PathParts& parts) {
    if (const auto* iri = std::get_if<sparql::PathIri>(&path->node)) {
        parts.bgp.triples.push_back({std::move(subject), Term::iri(iri->iri), std::move(object), path->position});
    } else if (const auto* inverse = std::get_if<sparql::PathInverse>(&path->node)) {
        add_path(std::move(object), inverse->path, std::move(subject), parts);
    } else if (const auto* sequence = std::get_if<sparql::PathSequence>(&path->node)) {
        for (std::size_t i = 0; i < sequence->parts.size(); ++i) {
            const bool last = i + 1 == sequence->parts.size();
            PatternTerm next = last ? object : PatternTerm(Var{variables_.fresh("step")});
            add_path(std::move(subject), sequence->parts[i], next, parts);
            subject = std::move(next);
        }
    } else if (const auto* alternative = std::get_if<sparql::PathAlternative>(&path->node)) {
        Union made;
        for (const auto& part : alternative->parts) {
            PathParts branch{{{}, graph_}, {}};
            add_path(subject, part, object, branch);
            made.inputs.push_back(joined(std::move(branch)));
        }
        parts.others.push_back(make_node(std::move(made)));
    } else {
        parts.others.push_back(make_node(PathPattern{std::move(subject), path, std::move(object), graph_}));
    }
}

}  // namespace tercet::algebra

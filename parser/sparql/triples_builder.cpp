#include "parser/sparql/triples_builder.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "engine/model/vocabulary.hpp"

namespace tercet::sparql {
namespace {

struct PlaceRules {
    std::string_view name;
    bool paths;
    bool variables;
    bool blank_nodes;
    bool owns_labels;  ///< a label used here may not be used anywhere else
};

/// In the order of Place.
constexpr std::array kPlaceRules{
    PlaceRules{"a pattern", true, true, true, true},
    PlaceRules{"the template of CONSTRUCT", false, true, true, false},
    PlaceRules{"CONSTRUCT WHERE", false, true, true, true},
    PlaceRules{"the template of INSERT", false, true, true, false},
    PlaceRules{"the template of DELETE", false, true, false, false},
    PlaceRules{"INSERT DATA", false, false, true, true},
    PlaceRules{"DELETE DATA", false, false, false, false},
    PlaceRules{"DELETE WHERE", false, true, false, false},
};

const PlaceRules& rules_of(Place place) { return kPlaceRules[static_cast<std::size_t>(place)]; }

Constant rdf(std::string_view iri, Position position) { return {Term::iri(std::string(iri)), position}; }

/// Constants make a constant.
TermPattern triple_term(TermPattern subject, TermPattern predicate, TermPattern object, Position position) {
    const auto* s = std::get_if<Constant>(&subject);
    const auto* p = std::get_if<Constant>(&predicate);
    const auto* o = std::get_if<Constant>(&object);
    if (s != nullptr && p != nullptr && o != nullptr) {
        return Constant{Term::triple_term({s->term, p->term, o->term}), position};
    }
    return std::make_shared<const TripleTermPattern>(
        TripleTermPattern{std::move(subject), std::move(predicate), std::move(object)});
}

}  // namespace

void TriplesBuilder::enter(Place place) {
    outer_places_.push_back(std::exchange(place_, place));
    if (place != Place::Pattern && rules_of(place).owns_labels) data_scope_ = names_.new_label_scope();
}

void TriplesBuilder::leave() {
    place_ = outer_places_.back();
    outer_places_.pop_back();
}

bool TriplesBuilder::paths_are_allowed() const { return rules_of(place_).paths; }

void TriplesBuilder::push_variable(std::string name, Position position) {
    if (!rules_of(place_).variables) {
        throw std::invalid_argument("?" + name + " cannot stand in " + std::string(rules_of(place_).name) +
                                    ", which takes no variables; write a term, or use INSERT or DELETE with WHERE");
    }
    terms_.push(Variable{std::move(name), position});
}

std::size_t TriplesBuilder::label_scope() const {
    if (!rules_of(place_).owns_labels) return 0;
    return place_ == Place::Pattern ? groups_.label_scope() : data_scope_;
}

void TriplesBuilder::push_blank_node(std::string label) {
    check_blank_nodes_allowed();
    names_.use_label(label, label_scope());
    terms_.push(BlankNode{std::move(label)});
}

void TriplesBuilder::push_anonymous() { terms_.push(fresh_blank_node()); }

TermPattern TriplesBuilder::fresh_blank_node() {
    check_blank_nodes_allowed();
    return BlankNode{names_.fresh_blank_label()};
}

void TriplesBuilder::check_blank_nodes_allowed() const {
    if (!rules_of(place_).blank_nodes) {
        throw std::invalid_argument("a blank node cannot stand in " + std::string(rules_of(place_).name) +
                                    "; name the node by an IRI, or find it by a variable in WHERE");
    }
}

void TriplesBuilder::emit(TermPattern subject, Verb verb, TermPattern object, Position position) {
    TriplePattern triple{std::move(subject), std::move(verb), std::move(object), position};
    if (place_ == Place::Pattern) {
        groups_.add_triple(std::move(triple));
    } else {
        quads_.push_back({std::move(triple), graph_});
    }
}

void TriplesBuilder::subject_done(Position position) { frames_.push_back({terms_.pop(), {}, {}, {}, position}); }

void TriplesBuilder::object_done() {
    Frame& frame = frames_.back();
    frame.object = terms_.pop();
    frame.reifier.reset();
    emit(frame.subject, frame.verb, frame.object, frame.position);
}

void TriplesBuilder::open_blank_node(Position position) {
    frames_.push_back({fresh_blank_node(), {}, {}, {}, position});
}

void TriplesBuilder::close_blank_node() {
    terms_.push(std::move(frames_.back().subject));
    frames_.pop_back();
}

void TriplesBuilder::open_collection() { collections_.push_back(terms_.size()); }

void TriplesBuilder::close_collection(Position position) {
    std::vector<TermPattern> members = terms_.take_from(collections_.back());
    collections_.pop_back();
    const TermPattern head = fresh_blank_node();
    TermPattern node = head;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const bool is_last = i + 1 == members.size();
        TermPattern rest = is_last ? TermPattern(rdf(vocabulary::rdf::kNil, position)) : fresh_blank_node();
        emit(node, TermPattern(rdf(vocabulary::rdf::kFirst, position)), std::move(members[i]), position);
        emit(node, TermPattern(rdf(vocabulary::rdf::kRest, position)), rest, position);
        node = std::move(rest);
    }
    terms_.push(head);
}

void TriplesBuilder::make_triple_term(Position position) {
    TermPattern object = terms_.pop();
    TermPattern predicate = terms_.pop();
    TermPattern subject = terms_.pop();
    terms_.push(triple_term(std::move(subject), std::move(predicate), std::move(object), position));
}

TermPattern TriplesBuilder::take_reifier() {
    if (!reifier_) return fresh_blank_node();
    return *std::exchange(reifier_, std::nullopt);
}

void TriplesBuilder::reify(const TermPattern& reifier, TermPattern triple, Position position) {
    emit(reifier, TermPattern(rdf(vocabulary::rdf::kReifies, position)), std::move(triple), position);
}

void TriplesBuilder::make_reified_triple(Position position) {
    make_triple_term(position);
    TermPattern triple = terms_.pop();
    TermPattern reifier = take_reifier();
    reify(reifier, std::move(triple), position);
    terms_.push(std::move(reifier));
}

TermPattern TriplesBuilder::annotated_triple_term(Position position) const {
    const Frame& frame = frames_.back();
    const auto* predicate = std::get_if<TermPattern>(&frame.verb);
    if (predicate == nullptr) {
        throw std::invalid_argument(
            "a path cannot be annotated: ~ and {| |} stand after a triple with a plain predicate");
    }
    return triple_term(frame.subject, *predicate, frame.object, position);
}

void TriplesBuilder::annotate_with_reifier(Position position) {
    TermPattern triple = annotated_triple_term(position);
    TermPattern reifier = take_reifier();
    reify(reifier, std::move(triple), position);
    frames_.back().reifier = std::move(reifier);
}

void TriplesBuilder::open_annotation(Position position) {
    if (!frames_.back().reifier) annotate_with_reifier(position);
    TermPattern reifier = *std::exchange(frames_.back().reifier, std::nullopt);
    frames_.push_back({std::move(reifier), {}, {}, {}, position});
}

}  // namespace tercet::sparql

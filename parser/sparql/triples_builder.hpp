#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parser/sparql/group_builder.hpp"
#include "parser/sparql/names.hpp"
#include "parser/sparql/term_stack.hpp"

namespace tercet::sparql {

/// Where triples stand; it decides what they may contain.
enum class Place : std::uint8_t {
    Pattern,
    ConstructTemplate,
    ConstructWhere,
    InsertTemplate,
    DeleteTemplate,
    InsertData,
    DeleteData,
    DeleteWhere,
};

/// Writes out the abbreviations of triples. Inside a group they go to the group, elsewhere they are kept as quads.
/// Throws std::invalid_argument for what may not stand at the current place.
class TriplesBuilder {
public:
    TriplesBuilder(Names& names, TermStack& terms, GroupBuilder& groups) noexcept
        : names_(names), terms_(terms), groups_(groups) {}

    /// Changes the place; the former one comes back by leave().
    void enter(Place place);
    void leave();
    [[nodiscard]] bool paths_are_allowed() const;

    void push_variable(std::string name, Position position);
    void push_blank_node(std::string label);
    void push_anonymous();

    void subject_done(Position position);  ///< the term on top is the subject of what follows
    void verb_done(Verb verb) { frames_.back().verb = std::move(verb); }
    void object_done();  ///< the term on top is an object: one triple
    void subject_left() { frames_.pop_back(); }

    void open_blank_node(Position position);   ///< [
    void close_blank_node();                   ///< ]
    void open_collection();                    ///< (
    void close_collection(Position position);  ///< )

    void make_triple_term(Position position);
    void name_reifier() { reifier_ = terms_.pop(); }
    void make_reified_triple(Position position);
    void annotate_with_reifier(Position position);
    void open_annotation(Position position);  ///< {|
    void close_annotation() { frames_.pop_back(); }

    void enter_graph(VarOrIri graph) { graph_ = std::move(graph); }
    void leave_graph() { graph_.reset(); }
    [[nodiscard]] std::vector<QuadPattern> take_quads() { return std::exchange(quads_, {}); }

private:
    struct Frame {
        TermPattern subject;
        Verb verb;
        TermPattern object;
        std::optional<TermPattern> reifier;  ///< written by ~ and not yet taken by an annotation block
        Position position;
    };

    void emit(TermPattern subject, Verb verb, TermPattern object, Position position);
    void reify(const TermPattern& reifier, TermPattern triple_term, Position position);
    [[nodiscard]] TermPattern annotated_triple_term(Position position) const;
    [[nodiscard]] TermPattern take_reifier();
    [[nodiscard]] TermPattern fresh_blank_node();
    void check_blank_nodes_allowed() const;
    [[nodiscard]] std::size_t label_scope() const;

    Names& names_;
    TermStack& terms_;
    GroupBuilder& groups_;
    std::vector<Place> outer_places_;
    Place place_ = Place::Pattern;
    std::size_t data_scope_ = 0;
    std::vector<Frame> frames_;
    std::vector<std::size_t> collections_;
    std::optional<TermPattern> reifier_;
    std::optional<VarOrIri> graph_;
    std::vector<QuadPattern> quads_;
};

}  // namespace tercet::sparql

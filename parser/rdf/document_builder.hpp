#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/quad_sink.hpp"
#include "parser/rdf/reader.hpp"
#include "tercet/term.hpp"

namespace tercet::rdf {

/// What the grammars' actions tell: terms as they are read, and the brackets around them. Pushes quads into the sink.
///
/// Every open bracket is a frame; the last complete term waits until somebody takes it. Methods throw
/// std::invalid_argument for text that follows the grammar and means nothing; the reader adds the place.
class DocumentBuilder {
public:
    DocumentBuilder(const ReadOptions& options, QuadSink& sink);

    // terms
    void iri(std::string_view text);            ///< between the angle brackets, escapes and all
    void absolute_iri(std::string_view text);   ///< the same, where a relative one is a mistake
    void prefixed_name(std::string_view text);
    void known_iri(std::string_view iri) { term_ = Term::iri(std::string(iri)); }
    void blank_node(std::string_view label);    ///< without "_:"
    void anonymous() { term_ = fresh(); }
    void string(std::string_view quoted);       ///< a plain literal, until a tag or datatype follows
    void language(std::string_view tag);
    void datatype();                            ///< the last term is the datatype of the string before it
    void typed(std::string_view lexical_form, std::string_view datatype);

    // directives
    void prefix_name(std::string_view name) { prefix_name_ = name.substr(0, name.size() - 1); }
    void prefix_iri();
    void base_iri() { base_ = std::move(term_.value); }
    void version(std::string_view quoted) const;

    // statements
    void begin_triples() { open(); }
    void end_triples() { frames_.pop_back(); }
    void subject() { top().subject = std::move(term_); }
    void verb() { top().predicate = std::move(term_); }
    void object();
    void end_statement();                       ///< of N-Triples and N-Quads, whose object waits for the graph
    void graph() { graph_ = std::move(term_); }
    void default_graph() { graph_ = {}; }
    void forget_statement();                    ///< after a mistake in it

    // brackets
    void open_property_list();
    void close_property_list();
    void open_collection() { open(); }
    void collection_item();
    void close_collection();
    void open_triple() { open(); }
    void triple_object() { top().object = std::move(term_); }
    void close_triple_term();
    void close_reified_triple();
    void begin_reifier() { top().reifier = {}; }       ///< '~': a blank node, unless a term follows
    void reifier() { top().reifier = std::move(term_); }
    void end_reifier();
    void open_annotation();
    void close_annotation() { frames_.pop_back(); }

    // whole statements, from readers that make their own terms
    void add(const QuadView& quad);
    [[nodiscard]] Term fresh();                 ///< a blank node that the document does not name
    void emit(const Term& subject, const Term& predicate, const Term& object);
    void declare_prefix(std::string_view name, std::string_view iri) { sink_.declare_prefix(name, iri); }

    [[nodiscard]] std::uint64_t quads() const noexcept { return quads_; }

private:
    struct Frame {
        Term subject, predicate, object;
        Term reifier;   ///< named by '~' and not yet used
        Term list_end;  ///< of a collection: its last node
    };

    void open();
    [[nodiscard]] Frame& top() { return frames_.back(); }
    void emit_reification(const Frame& frame, const Term& reifier);

    const ReadOptions& options_;
    QuadSink& sink_;
    std::string base_;
    std::map<std::string, std::string, std::less<>> prefixes_;
    std::string prefix_name_;
    Term term_;
    std::string string_;  ///< waits for its datatype
    Term graph_;
    std::vector<Frame> frames_;
    std::uint64_t quads_ = 0;
    std::uint64_t blank_nodes_ = 0;
};

}  // namespace tercet::rdf

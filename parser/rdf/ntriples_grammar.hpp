#pragma once

#include "parser/terminals.hpp"

/// N-Triples 1.2 and N-Quads 1.2: one statement a line.
namespace tercet::rdf::ntriples {

using namespace tao::pegtl;
namespace g = tercet::grammar;

struct gap : star<one<' ', '\t'>> {};
template <typename... Rules>
struct token : seq<Rules..., gap> {};

struct IRIREF : g::IRIREF {};
struct iri : token<IRIREF> {};
struct BLANK_NODE_LABEL : g::BLANK_NODE_LABEL {};
struct BlankNode : token<BLANK_NODE_LABEL> {};
struct STRING_LITERAL_QUOTE : g::STRING_LITERAL_QUOTE {};
struct LANG_DIR : g::LANG_DIR {};
struct datatype_iri : seq<iri> {};
struct literal : seq<STRING_LITERAL_QUOTE, gap, opt<sor<token<LANG_DIR>, if_must<string<'^', '^'>, gap, datatype_iri>>>> {};

struct subject : sor<iri, BlankNode> {};
struct predicate : seq<iri> {};
struct triple_open : token<string<'<', '<', '('>> {};
struct triple_close : token<string<')', '>', '>'>> {};
struct tripleTerm;
struct ttObject_slot : sor<tripleTerm, iri, BlankNode, literal> {};
struct tripleTerm : if_must<triple_open, subject, predicate, ttObject_slot, triple_close> {};
struct object : sor<tripleTerm, iri, BlankNode, literal> {};
struct graph_label : sor<iri, BlankNode> {};

struct full_stop : token<one<'.'>> {};
struct triples_begin : success {};
struct triples_end : success {};
struct triple : seq<triples_begin, subject, must<predicate, object, full_stop>, triples_end> {};
/// The graph comes last, so the object waits for it.
struct quad_object : seq<object> {};
struct quad_end : success {};
struct quad : seq<triples_begin, subject, must<predicate, quad_object>, opt<graph_label>, must<full_stop>, quad_end> {};

struct version_text : sor<g::STRING_LITERAL_QUOTE, g::STRING_LITERAL_SINGLE_QUOTE> {};
struct version : if_must<token<istring<'v', 'e', 'r', 's', 'i', 'o', 'n'>>, version_text, gap> {};

struct line_end : sor<plus<one<'\n', '\r'>>, eof> {};
template <typename Statement>
struct line : seq<gap, opt<sor<version, Statement>>, opt<g::comment>> {};
template <typename Statement>
struct document : until<eof, line<Statement>, must<line_end>, discard> {};

struct ntriplesDoc : document<triple> {};
struct nquadsDoc : document<quad> {};

}  // namespace tercet::rdf::ntriples

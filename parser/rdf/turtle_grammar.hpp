#pragma once

#include "parser/terminals.hpp"

/// Turtle 1.2 and TriG 1.2, by the names of their productions. What follows a token that settles the matter is a must, so that
/// no text is read twice, actions may push at once, and a failure is told at its place.
namespace tercet::rdf::turtle {

using namespace tao::pegtl;
namespace g = tercet::grammar;
using g::ignored;

template <typename... Rules>
struct token : seq<Rules..., ignored> {};
template <char... C>
struct sign : token<string<C...>> {};

struct name_end : not_at<sor<g::PN_CHARS, one<':'>>> {};
template <char... C>
struct keyword : token<istring<C...>, name_end> {};

// terms
struct IRIREF : g::IRIREF {};
struct PrefixedName : g::PrefixedName {};
struct iri : token<sor<IRIREF, PrefixedName>> {};
struct BLANK_NODE_LABEL : g::BLANK_NODE_LABEL {};
struct ANON : seq<one<'['>, ignored, one<']'>> {};
struct BlankNode : token<sor<BLANK_NODE_LABEL, ANON>> {};
struct String : g::String {};
struct LANG_DIR : g::LANG_DIR {};
struct datatype_iri : seq<iri> {};
struct datatype : if_must<string<'^', '^'>, ignored, datatype_iri> {};
struct RDFLiteral : seq<String, ignored, opt<sor<seq<LANG_DIR, ignored>, datatype>>> {};
struct signs : opt<one<'+', '-'>> {};
struct DOUBLE : seq<signs, g::DOUBLE> {};
struct DECIMAL : seq<signs, g::DECIMAL> {};
struct INTEGER : seq<signs, g::INTEGER> {};
struct NumericLiteral : token<sor<DOUBLE, DECIMAL, INTEGER>> {};
struct BooleanLiteral : seq<sor<string<'t', 'r', 'u', 'e'>, string<'f', 'a', 'l', 's', 'e'>>, name_end> {};
struct literal : sor<RDFLiteral, NumericLiteral, token<BooleanLiteral>> {};

// verbs
struct verb_iri : seq<iri> {};
struct a : token<one<'a'>, name_end> {};
struct verb : sor<verb_iri, a> {};

// brackets
struct predicateObjectList;
struct object_term;
struct property_list_open : sign<'['> {};
struct property_list_close : sign<']'> {};
struct blankNodePropertyList : if_must<property_list_open, predicateObjectList, property_list_close> {};
struct collection_open : sign<'('> {};
struct collection_close : sign<')'> {};
struct collection_item : seq<object_term> {};
struct collection : if_must<collection_open, until<collection_close, must<collection_item>>> {};

struct triple_open : sign<'<', '<', '('> {};
struct triple_close : sign<')', '>', '>'> {};
struct tripleTerm;
struct part_subject : sor<iri, BlankNode> {};
struct part_subject_slot : seq<part_subject> {};
struct ttObject : sor<tripleTerm, iri, BlankNode, literal> {};
struct ttObject_slot : seq<ttObject> {};
struct tripleTerm : if_must<triple_open, part_subject_slot, verb, ttObject_slot, triple_close> {};

struct reified_open : seq<string<'<', '<'>, not_at<one<'('>>, ignored> {};
struct reified_close : sign<'>', '>'> {};
struct reifier_sign : sign<'~'> {};
struct reifier_id : sor<iri, BlankNode> {};
struct reifier : seq<reifier_sign, opt<reifier_id>> {};
struct reifiedTriple;
struct rtSubject_slot : sor<reifiedTriple, iri, BlankNode> {};
struct rtObject_slot : sor<tripleTerm, reifiedTriple, iri, BlankNode, literal> {};
struct reifiedTriple : if_must<reified_open, rtSubject_slot, verb, rtObject_slot, opt<reifier>, reified_close> {};

struct annotation_open : sign<'{', '|'> {};
struct annotation_close : sign<'|', '}'> {};
struct annotationBlock : if_must<annotation_open, predicateObjectList, annotation_close> {};
struct annotation : star<sor<reifier, annotationBlock>> {};

struct object_term : sor<tripleTerm, reifiedTriple, iri, BlankNode, collection, blankNodePropertyList, literal> {};
struct object : seq<object_term> {};
struct objectList : seq<must<object>, annotation, star<if_must<sign<','>, object, annotation>>> {};
struct predicateObjectList : seq<verb, objectList, star<sign<';'>, opt<verb, objectList>>> {};

struct subject : sor<iri, BlankNode, collection> {};
struct property_list_subject : seq<blankNodePropertyList> {};
struct reified_subject : seq<reifiedTriple> {};
struct triples_begin : success {};
struct triples_end : success {};
struct triples : seq<triples_begin,
                     sor<seq<reified_subject, opt<predicateObjectList>>, seq<subject, must<predicateObjectList>>,
                         seq<property_list_subject, opt<predicateObjectList>>>,
                     triples_end> {};

// directives
struct full_stop : sign<'.'> {};
struct PNAME_NS : g::PNAME_NS {};
struct prefix_name : token<PNAME_NS> {};
struct prefix_iri : token<IRIREF> {};
struct base_iri : token<IRIREF> {};
struct version_text : sor<g::STRING_LITERAL_QUOTE, g::STRING_LITERAL_SINGLE_QUOTE> {};
struct word_end : not_at<g::PN_CHARS> {};
struct at_prefix : token<string<'@', 'p', 'r', 'e', 'f', 'i', 'x'>, word_end> {};
struct at_base : token<string<'@', 'b', 'a', 's', 'e'>, word_end> {};
struct at_version : token<string<'@', 'v', 'e', 'r', 's', 'i', 'o', 'n'>, word_end> {};
struct prefixID : if_must<at_prefix, prefix_name, prefix_iri, full_stop> {};
struct base : if_must<at_base, base_iri, full_stop> {};
struct version : if_must<at_version, version_text, ignored, full_stop> {};
struct sparqlPrefix : if_must<keyword<'p', 'r', 'e', 'f', 'i', 'x'>, prefix_name, prefix_iri> {};
struct sparqlBase : if_must<keyword<'b', 'a', 's', 'e'>, base_iri> {};
struct sparqlVersion : if_must<keyword<'v', 'e', 'r', 's', 'i', 'o', 'n'>, version_text, ignored> {};
struct directive : sor<prefixID, base, version, sparqlPrefix, sparqlBase, sparqlVersion> {};

struct statement : sor<directive, seq<triples, must<full_stop>>> {};
struct turtleDoc : seq<ignored, until<eof, must<statement>, discard>> {};

// TriG
struct graph_open : sign<'{'> {};
struct graph_close : sign<'}'> {};
struct end_of_graph_triples : sor<full_stop, at<one<'}'>>> {};
struct graph_triples : seq<triples, must<end_of_graph_triples>> {};
struct triples_or_close : graph_triples {};
struct wrappedGraph : if_must<graph_open, until<graph_close, must<triples_or_close>, discard>> {};
struct graph_name : sor<iri, BlankNode> {};
struct default_graph : success {};
struct named_graph : if_must<keyword<'g', 'r', 'a', 'p', 'h'>, graph_name, wrappedGraph, default_graph> {};
struct label_ahead : at<sor<g::IRIREF, g::PrefixedName, g::BLANK_NODE_LABEL, ANON>, ignored, one<'{'>> {};
struct labelled_graph : if_must<label_ahead, graph_name, wrappedGraph, default_graph> {};
struct trig_statement : sor<directive, named_graph, wrappedGraph, labelled_graph, seq<triples, must<full_stop>>> {};
struct trigDoc : seq<ignored, until<eof, must<trig_statement>, discard>> {};

}  // namespace tercet::rdf::turtle

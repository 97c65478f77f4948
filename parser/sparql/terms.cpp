#include "parser/sparql/token_actions.hpp"

/// Terms and triples: productions [75]-[109] of SPARQL 1.2. The W3C grammar writes the rules of triples twice, with and
/// without paths; here one set serves both, and Verb asks whether paths are allowed.
namespace tercet::sparql {
namespace {

struct Object;
struct PropertyListNotEmpty;
struct TripleTerm;
struct ReifiedTriple;
struct GraphNode;

struct blank_node_label : grammar::BLANK_NODE_LABEL {};
struct anonymous : ANON {};
struct BlankNode_ : token<sor<blank_node_label, anonymous>> {
    static constexpr std::string_view expected = "a blank node";
};
struct nil : NIL {};

struct VarOrTerm : sor<Var, iri, literal, BlankNode_, token<nil>, TripleTerm> {};

// <<( s p o )>> and << s p o ~ r >>
struct plain_verb : sor<VarOrIri_, A> {
    static constexpr std::string_view expected = "a predicate: an IRI, a variable or the word a";
};
struct open_triple_term : sign<"<<("> {};
struct open_reified_triple : seq<pegtl::string<'<', '<'>, not_at<one<'('>>, grammar::ignored> {
    static constexpr std::string_view expected = "<<";
};
struct triple_term_part : sor<Var, iri, literal, BlankNode_, TripleTerm> {
    static constexpr std::string_view expected = "a variable, an IRI, a literal or a triple term <<( s p o )>>";
};
struct TripleTerm : nested<open_triple_term, triple_term_part, plain_verb, triple_term_part, sign<")>>">> {};
struct VarOrReifierId : sor<Var, iri, BlankNode_> {};
struct Reifier : seq<sign<"~">, opt<VarOrReifierId>> {};
struct reified_triple_part : sor<Var, iri, literal, BlankNode_, ReifiedTriple, TripleTerm> {
    static constexpr std::string_view expected = "a variable, an IRI, a literal or a triple";
};
struct ReifiedTriple
    : nested<open_reified_triple, reified_triple_part, plain_verb, reified_triple_part, opt<Reifier>, sign<">>">> {};

// ~ r {| p o |}
struct annotation_reifier : Reifier {};
struct open_annotation : sign<"{|"> {};
struct AnnotationBlock : nested<open_annotation, PropertyListNotEmpty, sign<"|}">> {};
struct Annotation : star<sor<annotation_reifier, AnnotationBlock>> {};

// ( ... ) and [ ... ]
struct open_collection : seq<not_at<NIL>, open_parenthesis> {
    static constexpr std::string_view expected = "(";
};
struct Collection : nested<open_collection, plus<GraphNode>, close_parenthesis> {};
struct open_blank_node : seq<not_at<ANON>, sign<"[">> {
    static constexpr std::string_view expected = "[";
};
struct BlankNodePropertyList : nested<open_blank_node, PropertyListNotEmpty, sign<"]">> {};
struct TriplesNode : sor<Collection, BlankNodePropertyList> {};
struct GraphNode : sor<VarOrTerm, TriplesNode, ReifiedTriple> {
    static constexpr std::string_view expected = "a variable such as ?x, an IRI or a literal";
};

// predicates and objects
struct verb_term : plain_verb {};
struct Verb_
    : sor<seq<paths_are_allowed, extensions_are_on, PathSearch_>, seq<paths_are_allowed, VerbPath>, verb_term> {
    static constexpr std::string_view expected = "a predicate: an IRI, a variable, a path or the word a";
};
struct object_node : GraphNode {
    static constexpr std::string_view expected = "a variable such as ?x, an IRI or a literal as object";
};
struct Object : seq<object_node, Annotation> {};
struct ObjectList : seq<Object, star<sign<",">, Object>> {};
struct PropertyListNotEmpty : seq<Verb_, ObjectList, star<sign<";">, opt<Verb_, ObjectList>>> {};

// subjects
struct subject_term : VarOrTerm {};
struct subject_node : TriplesNode {};
struct subject_triple : seq<ReifiedTriple> {};
struct TriplesSameSubject : sor<seq<subject_triple, opt<PropertyListNotEmpty>>,
                                seq<subject_node, opt<PropertyListNotEmpty>>, seq<subject_term, PropertyListNotEmpty>> {
    static constexpr std::string_view expected = "a triple";
};

// a term alone
struct end_of_term : pegtl::eof {
    static constexpr std::string_view expected = "the end of the term";
};

}  // namespace

struct TriplesTemplateBody : seq<TriplesSameSubject, star<sign<".">, TriplesSameSubject>, opt<sign<".">>> {};
struct GraphTermBody : sor<iri, literal, BlankNode_, TripleTerm> {
    static constexpr std::string_view expected = "a term: an IRI, a literal, a blank node or <<( s p o )>>";
};
struct TermUnit : seq<grammar::ignored, GraphTermBody, end_of_term> {};

namespace {

template <typename Rule>
struct action : token_action<Rule> {};

template <>
struct action<blank_node_label> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.push_blank_node(in.string().substr(2));
    }
};
template <>
struct action<anonymous> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.triples.push_anonymous();
    }
};
template <>
struct action<nil> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.terms.push_iri(std::string(vocabulary::rdf::kNil), b.at(in.begin()));
    }
};
template <>
struct action<TripleTerm> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.make_triple_term(b.at(in.begin()));
    }
};
template <>
struct action<VarOrReifierId> {
    static void apply0(Builder& b) { b.triples.name_reifier(); }
};
template <>
struct action<ReifiedTriple> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.make_reified_triple(b.at(in.begin()));
    }
};
template <>
struct action<annotation_reifier> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.annotate_with_reifier(b.at(in.begin()));
    }
};
template <>
struct action<open_annotation> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.open_annotation(b.at(in.begin()));
    }
};
template <>
struct action<AnnotationBlock> {
    static void apply0(Builder& b) { b.triples.close_annotation(); }
};
template <>
struct action<open_collection> {
    static void apply0(Builder& b) { b.triples.open_collection(); }
};
template <>
struct action<Collection> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.close_collection(b.at(in.begin()));
    }
};
template <>
struct action<open_blank_node> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.open_blank_node(b.at(in.begin()));
    }
};
template <>
struct action<BlankNodePropertyList> {
    static void apply0(Builder& b) { b.triples.close_blank_node(); }
};
template <>
struct action<verb_term> {
    static void apply0(Builder& b) { b.triples.verb_done(b.terms.pop()); }
};
template <>
struct action<object_node> {
    static void apply0(Builder& b) {
        b.cancel.step();
        b.triples.object_done();
    }
};

struct opens_subject {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.subject_done(b.at(in.begin()));
    }
};
template <>
struct action<subject_term> : opens_subject {};
template <>
struct action<subject_node> : opens_subject {};
template <>
struct action<subject_triple> : opens_subject {};
template <>
struct action<TriplesSameSubject> {
    static void apply0(Builder& b) { b.triples.subject_left(); }
};

}  // namespace

template <>
bool seam<TriplesTemplateBody>::parse(Input& in, Builder& builder) {
    return run<TriplesTemplateBody, action>(in, builder);
}

template <>
bool seam<GraphTermBody>::parse(Input& in, Builder& builder) {
    return run<GraphTermBody, action>(in, builder);
}

bool read_term_unit(Input& in, Builder& builder) { return run<TermUnit, action>(in, builder); }

}  // namespace tercet::sparql

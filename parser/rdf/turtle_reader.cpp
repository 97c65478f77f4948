#include "engine/model/vocabulary.hpp"
#include "parser/rdf/parse_stream.hpp"
#include "parser/rdf/readers.hpp"
#include "parser/rdf/turtle_grammar.hpp"

namespace tercet::rdf {

namespace t = turtle;

template <> inline constexpr std::string_view kExpected<t::full_stop> = "'.' at the end of the statement";
template <> inline constexpr std::string_view kExpected<t::end_of_graph_triples> = "'.' or '}'";
template <> inline constexpr std::string_view kExpected<t::predicateObjectList> = "a predicate: an IRI, a prefixed name or 'a'";
template <> inline constexpr std::string_view kExpected<t::object> = "an object: an IRI, a blank node, a literal or a bracket";
template <> inline constexpr std::string_view kExpected<t::collection_item> = "an object or ')'";
template <> inline constexpr std::string_view kExpected<t::property_list_close> = "']', ';' or ','";
template <> inline constexpr std::string_view kExpected<t::annotation_close> = "'|}', ';' or ','";
template <> inline constexpr std::string_view kExpected<t::reified_close> = "'>>'";
template <> inline constexpr std::string_view kExpected<t::triple_close> = "')>>'";
template <> inline constexpr std::string_view kExpected<t::verb> = "a predicate: an IRI, a prefixed name or 'a'";
template <> inline constexpr std::string_view kExpected<t::part_subject_slot> = "an IRI or a blank node";
template <> inline constexpr std::string_view kExpected<t::rtSubject_slot> = "an IRI, a blank node or a reified triple";
template <> inline constexpr std::string_view kExpected<t::rtObject_slot> = "an IRI, a blank node, a literal or a triple";
template <> inline constexpr std::string_view kExpected<t::ttObject_slot> = "an IRI, a blank node, a literal or a triple term";
template <> inline constexpr std::string_view kExpected<t::datatype_iri> = "the IRI of a datatype";
template <> inline constexpr std::string_view kExpected<t::prefix_name> = "a prefix such as ex:";
template <> inline constexpr std::string_view kExpected<t::prefix_iri> = "an IRI in angle brackets";
template <> inline constexpr std::string_view kExpected<t::base_iri> = "an IRI in angle brackets";
template <> inline constexpr std::string_view kExpected<t::version_text> = "a version in quotes";
template <> inline constexpr std::string_view kExpected<t::statement> = "a directive or a triple";
template <> inline constexpr std::string_view kExpected<t::trig_statement> = "a directive, a triple or a graph";
template <> inline constexpr std::string_view kExpected<t::graph_name> = "the name of a graph";
template <> inline constexpr std::string_view kExpected<t::wrappedGraph> = "'{'";
template <> inline constexpr std::string_view kExpected<t::triples_or_close> = "a triple or '}'";

namespace {

template <typename Rule>
struct action {};

/// An action that hands the matched text to one method of the builder.
template <auto Method>
struct with_text {
    template <typename Input>
    static void apply(const Input& in, DocumentBuilder& builder) {
        (builder.*Method)(in.string_view());
    }
};
template <auto Method>
struct without_text {
    static void apply0(DocumentBuilder& builder) { (builder.*Method)(); }
};

using B = DocumentBuilder;

template <> struct action<t::IRIREF> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        const std::string_view text = in.string_view();
        builder.iri(text.substr(1, text.size() - 2));
    }
};
template <> struct action<t::BLANK_NODE_LABEL> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.blank_node(in.string_view().substr(2));
    }
};
template <> struct action<t::PrefixedName> : with_text<&B::prefixed_name> {};
template <> struct action<t::ANON> : without_text<&B::anonymous> {};
template <> struct action<t::String> : with_text<&B::string> {};
template <> struct action<t::LANG_DIR> : with_text<&B::language> {};
template <> struct action<t::datatype_iri> : without_text<&B::datatype> {};
template <typename Rule>
struct typed_number {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.typed(in.string_view(), Rule::value);
    }
};
struct integer_type { static constexpr std::string_view value = vocabulary::xsd::kInteger; };
struct decimal_type { static constexpr std::string_view value = vocabulary::xsd::kDecimal; };
struct double_type { static constexpr std::string_view value = vocabulary::xsd::kDouble; };
struct boolean_type { static constexpr std::string_view value = vocabulary::xsd::kBoolean; };
template <> struct action<t::INTEGER> : typed_number<integer_type> {};
template <> struct action<t::DECIMAL> : typed_number<decimal_type> {};
template <> struct action<t::DOUBLE> : typed_number<double_type> {};
template <> struct action<t::BooleanLiteral> : typed_number<boolean_type> {};
template <> struct action<t::a> {
    static void apply0(B& builder) { builder.known_iri(vocabulary::rdf::kType); }
};
template <> struct action<t::verb> : without_text<&B::verb> {};
template <> struct action<t::subject> : without_text<&B::subject> {};
template <> struct action<t::property_list_subject> : without_text<&B::subject> {};
template <> struct action<t::reified_subject> : without_text<&B::subject> {};
template <> struct action<t::object> : without_text<&B::object> {};
template <> struct action<t::triples_begin> : without_text<&B::begin_triples> {};
template <> struct action<t::triples_end> : without_text<&B::end_triples> {};
template <> struct action<t::property_list_open> : without_text<&B::open_property_list> {};
template <> struct action<t::property_list_close> : without_text<&B::close_property_list> {};
template <> struct action<t::collection_open> : without_text<&B::open_collection> {};
template <> struct action<t::collection_item> : without_text<&B::collection_item> {};
template <> struct action<t::collection_close> : without_text<&B::close_collection> {};
template <> struct action<t::triple_open> : without_text<&B::open_triple> {};
template <> struct action<t::reified_open> : without_text<&B::open_triple> {};
template <> struct action<t::part_subject_slot> : without_text<&B::subject> {};
template <> struct action<t::rtSubject_slot> : without_text<&B::subject> {};
template <> struct action<t::ttObject_slot> : without_text<&B::triple_object> {};
template <> struct action<t::rtObject_slot> : without_text<&B::triple_object> {};
template <> struct action<t::triple_close> : without_text<&B::close_triple_term> {};
template <> struct action<t::reified_close> : without_text<&B::close_reified_triple> {};
template <> struct action<t::reifier_sign> : without_text<&B::begin_reifier> {};
template <> struct action<t::reifier_id> : without_text<&B::reifier> {};
template <> struct action<t::reifier> : without_text<&B::end_reifier> {};
template <> struct action<t::annotation_open> : without_text<&B::open_annotation> {};
template <> struct action<t::annotation_close> : without_text<&B::close_annotation> {};
template <> struct action<t::PNAME_NS> : with_text<&B::prefix_name> {};
template <> struct action<t::prefix_iri> : without_text<&B::prefix_iri> {};
template <> struct action<t::base_iri> : without_text<&B::base_iri> {};
template <> struct action<t::version_text> : with_text<&B::version> {};
template <> struct action<t::graph_name> : without_text<&B::graph> {};
template <> struct action<t::default_graph> : without_text<&B::default_graph> {};

}  // namespace

void read_turtle(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    parse_stream<t::turtleDoc, action>(in, options, builder);
}

void read_trig(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    parse_stream<t::trigDoc, action>(in, options, builder);
}

}  // namespace tercet::rdf

#include "parser/rdf/ntriples_grammar.hpp"
#include "parser/rdf/parse_stream.hpp"
#include "parser/rdf/readers.hpp"

namespace tercet::rdf {

namespace n = ntriples;

template <> inline constexpr std::string_view kExpected<n::predicate> = "an IRI in angle brackets as predicate";
template <> inline constexpr std::string_view kExpected<n::object> = "an IRI, a blank node, a literal or a triple term as object";
template <> inline constexpr std::string_view kExpected<n::quad_object> = kExpected<n::object>;
template <> inline constexpr std::string_view kExpected<n::ttObject_slot> = kExpected<n::object>;
template <> inline constexpr std::string_view kExpected<n::subject> = "an IRI or a blank node as subject";
template <> inline constexpr std::string_view kExpected<n::full_stop> = "'.' at the end of the statement";
template <> inline constexpr std::string_view kExpected<n::triple_close> = "')>>'";
template <> inline constexpr std::string_view kExpected<n::datatype_iri> = "the IRI of a datatype";
template <> inline constexpr std::string_view kExpected<n::version_text> = "a version in quotes";
template <> inline constexpr std::string_view kExpected<n::line_end> =
    "a statement that starts with an IRI or a blank node, or the end of the line";

namespace {

using B = DocumentBuilder;

template <typename Rule>
struct action {};

template <auto Method>
struct without_text {
    static void apply0(B& builder) { (builder.*Method)(); }
};

template <> struct action<n::IRIREF> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        const std::string_view text = in.string_view();
        builder.absolute_iri(text.substr(1, text.size() - 2));
    }
};
template <> struct action<n::BLANK_NODE_LABEL> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.blank_node(in.string_view().substr(2));
    }
};
template <> struct action<n::STRING_LITERAL_QUOTE> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.string(in.string_view());
    }
};
template <> struct action<n::LANG_DIR> {
    template <typename Input>
    static void apply(const Input& in, B& builder) {
        builder.language(in.string_view());
    }
};
template <> struct action<n::version_text> {
    template <typename Input>
    static void apply(const Input& in, const B& builder) {
        builder.version(in.string_view());
    }
};
template <> struct action<n::datatype_iri> : without_text<&B::datatype> {};
template <> struct action<n::subject> : without_text<&B::subject> {};
template <> struct action<n::predicate> : without_text<&B::verb> {};
template <> struct action<n::object> : without_text<&B::triple_object> {};
template <> struct action<n::ttObject_slot> : without_text<&B::triple_object> {};
template <> struct action<n::triple_open> : without_text<&B::open_triple> {};
template <> struct action<n::triple_close> : without_text<&B::close_triple_term> {};
template <> struct action<n::graph_label> : without_text<&B::graph> {};
template <> struct action<n::triples_begin> : without_text<&B::begin_triples> {};
template <> struct action<n::triples_end> : without_text<&B::end_statement> {};
template <> struct action<n::quad_end> : without_text<&B::end_statement> {};

}  // namespace

void read_ntriples(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    parse_stream<n::ntriplesDoc, action>(in, options, builder);
}

void read_nquads(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    parse_stream<n::nquadsDoc, action>(in, options, builder);
}

}  // namespace tercet::rdf

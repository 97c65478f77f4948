#pragma once

#include "parser/sparql/rules.hpp"

/// The tokens that all parts of the grammar share, their actions, and the seams between the parts.
namespace tercet::sparql {

using pegtl::at;
using pegtl::not_at;
using pegtl::one;
using pegtl::opt;
using pegtl::plus;
using pegtl::seq;
using pegtl::sor;
using pegtl::star;

// --- names ----------------------------------------------------------------------------------------------------

struct VARNAME
    : seq<sor<grammar::PN_CHARS_U, pegtl::digit>, star<sor<grammar::PN_CHARS_U, pegtl::digit, pegtl::utf8::one<0xB7>,
                                                           pegtl::utf8::ranges<0x300, 0x36F, 0x203F, 0x2040>>>> {};
struct VAR : seq<one<'?', '$'>, VARNAME> {};
struct Var : token<VAR> {
    static constexpr std::string_view expected = "a variable such as ?x";
};
struct iri_reference : grammar::IRIREF {};
struct prefixed_name : grammar::PrefixedName {};
struct iri : token<sor<iri_reference, prefixed_name>> {
    static constexpr std::string_view expected = "an IRI such as <http://...> or prefix:name";
};
struct VarOrIri_ : sor<Var, iri> {
    static constexpr std::string_view expected = "a variable such as ?x or an IRI";
};
/// The keyword `a` for rdf:type; the one keyword that minds its case.
struct rdf_type : seq<one<'a'>, not_at<word_goes_on>> {};
struct A : token<rdf_type> {
    static constexpr std::string_view expected = "a";
};

// --- literals -------------------------------------------------------------------------------------------------

/// Three quotes open a long string, even if it is never closed: so an open one is seen as that.
template <char Quote, typename Short>
struct short_string : seq<not_at<pegtl::rep<3, one<Quote>>>, Short> {};
struct string_text
    : sor<grammar::STRING_LITERAL_LONG_QUOTE, grammar::STRING_LITERAL_LONG_SINGLE_QUOTE,
          short_string<'"', grammar::STRING_LITERAL_QUOTE>, short_string<'\'', grammar::STRING_LITERAL_SINGLE_QUOTE>> {
};
struct String : token<string_text> {
    static constexpr std::string_view expected = "a string such as \"text\"";
};
struct language_tag : grammar::LANG_DIR {};
struct datatype_iri : iri {};
struct simple_literal : pegtl::success {};
struct RDFLiteral : seq<String, sor<token<language_tag>, seq<sign<"^^">, datatype_iri>, simple_literal>> {};

struct number_sign : opt<one<'+', '-'>> {};
struct double_literal : seq<number_sign, grammar::DOUBLE> {};
struct decimal_literal : seq<number_sign, grammar::DECIMAL> {};
struct integer_literal : seq<number_sign, grammar::INTEGER> {};
struct NumericLiteral : token<sor<double_literal, decimal_literal, integer_literal>> {
    static constexpr std::string_view expected = "a number";
};
struct boolean_text : sor<pegtl::istring<'t', 'r', 'u', 'e'>, pegtl::istring<'f', 'a', 'l', 's', 'e'>> {};
struct BooleanLiteral : token<seq<boolean_text, not_at<word_goes_on>>> {
    static constexpr std::string_view expected = "true or false";
};
struct literal : sor<RDFLiteral, NumericLiteral, BooleanLiteral> {
    static constexpr std::string_view expected = "a literal";
};

// --- small things ---------------------------------------------------------------------------------------------

struct NIL : seq<one<'('>, star<grammar::WS>, one<')'>> {};
struct ANON : seq<one<'['>, star<grammar::WS>, one<']'>> {};
struct count_text : grammar::INTEGER {};
struct Count : token<count_text> {
    static constexpr std::string_view expected = "a whole number";
};
struct open_parenthesis : sign<"("> {};
struct close_parenthesis : sign<")"> {};
struct open_brace : seq<one<'{'>, not_at<one<'|'>>, grammar::ignored> {
    static constexpr std::string_view expected = "{";
};
struct close_brace : sign<"}"> {};
struct AS : keyword<"AS"> {};

// --- seams: bodies are in terms, paths, expressions, patterns, queries ----------------------------------------

struct ExpressionBody;
struct ConstraintBody;
struct VerbPathBody;
struct PathSearchBody;
struct TriplesTemplateBody;
struct GraphTermBody;
struct GroupGraphPatternBody;
struct DataBlockBody;
struct SubSelectBody;
struct CallQueryBody;
struct PrologueBody;

struct Expression_ : seam<ExpressionBody> {
    static constexpr std::string_view expected = "an expression such as ?x > 3";
};
struct Constraint : seam<ConstraintBody> {
    static constexpr std::string_view expected = "a condition in parentheses or a function call";
};
struct VerbPath : seam<VerbPathBody> {};
struct PathSearch_ : seam<PathSearchBody> {};
struct TriplesTemplate : seam<TriplesTemplateBody> {};
struct GraphTerm : seam<GraphTermBody> {};
struct GroupGraphPattern_ : seam<GroupGraphPatternBody> {
    static constexpr std::string_view expected = "{";
};
struct DataBlock : seam<DataBlockBody> {};
struct SubSelect_ : seam<SubSelectBody> {};
struct CallQuery : seam<CallQueryBody> {};
struct Prologue_ : seam<PrologueBody> {};

template <>
bool seam<ExpressionBody>::parse(Input& in, Builder& builder);
template <>
bool seam<ConstraintBody>::parse(Input& in, Builder& builder);
template <>
bool seam<VerbPathBody>::parse(Input& in, Builder& builder);
template <>
bool seam<PathSearchBody>::parse(Input& in, Builder& builder);
template <>
bool seam<TriplesTemplateBody>::parse(Input& in, Builder& builder);
template <>
bool seam<GraphTermBody>::parse(Input& in, Builder& builder);
template <>
bool seam<GroupGraphPatternBody>::parse(Input& in, Builder& builder);
template <>
bool seam<DataBlockBody>::parse(Input& in, Builder& builder);
template <>
bool seam<SubSelectBody>::parse(Input& in, Builder& builder);
template <>
bool seam<CallQueryBody>::parse(Input& in, Builder& builder);
template <>
bool seam<PrologueBody>::parse(Input& in, Builder& builder);

/// Whole requests; parser.cpp calls these.
[[nodiscard]] bool read_query_unit(Input& in, Builder& builder);
[[nodiscard]] bool read_update_unit(Input& in, Builder& builder);
[[nodiscard]] bool read_term_unit(Input& in, Builder& builder);

}  // namespace tercet::sparql

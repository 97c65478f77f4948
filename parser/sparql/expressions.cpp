#include "parser/sparql/functions.hpp"
#include "parser/sparql/spelling.hpp"
#include "parser/sparql/token_actions.hpp"

/// Expressions: productions [110]-[136] of SPARQL 1.2. Functions named by keyword are looked up in a table.
namespace tercet::sparql {
namespace {

struct PrimaryExpression;
struct UnaryExpression;

// function calls
struct ExpressionList_ : seq<open_parenthesis, opt<Expression_, star<sign<",">, Expression_>>, close_parenthesis> {
    static constexpr std::string_view expected = "a list in parentheses";
};
struct distinct_arguments : keyword<"DISTINCT"> {};
struct ArgList : seq<open_parenthesis, opt<opt<distinct_arguments>, Expression_, star<sign<",">, Expression_>>,
                     close_parenthesis> {};
struct function_opens : at<one<'('>> {};
struct function_call : seq<function_opens, ArgList> {};
struct constant_iri : not_at<one<'('>> {};  // a call that broke off has used up its name
struct iriOrFunction : seq<iri, sor<function_call, constant_iri>> {};
struct FunctionCall_ : seq<iri, function_call> {
    static constexpr std::string_view expected = "a function call";
};

struct function_name : seq<pegtl::alpha, star<sor<pegtl::alnum, one<'_'>>>> {};
struct built_in_name : seq<function_name> {};
struct built_in_call : seq<built_in_name, grammar::ignored, ExpressionList_> {};
struct aggregate_name : seq<function_name> {};
struct aggregate_distinct : keyword<"DISTINCT"> {};
struct count_everything : sign<"*"> {};
struct Separator : seq<sign<";">, keyword<"SEPARATOR">, sign<"=">, String> {};
struct Aggregate : seq<aggregate_name, grammar::ignored, open_parenthesis, opt<aggregate_distinct>,
                       sor<count_everything, seq<Expression_, opt<Separator>>>, close_parenthesis> {};

struct ExistsFunc : seq<keyword<"EXISTS">, GroupGraphPattern_> {};
struct NotExistsFunc : seq<keyword<"NOT">, keyword<"EXISTS">, GroupGraphPattern_> {};

/// Looks up the word that stands here; matches without taking it.
template <bool (*IsKnown)(std::string_view)>
struct word_is {
    using rule_t = pegtl::success::rule_t;
    using subs_t = pegtl::empty_list;

    template <pegtl::apply_mode, pegtl::rewind_mode, template <typename...> class, template <typename...> class,
              typename In>
    static bool match(In& in, Builder& /*builder*/) {
        return IsKnown(word_at({in.current(), in.size()}));
    }
};
bool is_built_in(std::string_view name) { return find_built_in(name) != nullptr; }
struct BuiltInCall
    : sor<seq<word_is<is_built_in>, built_in_call>, seq<word_is<is_aggregate>, Aggregate>, ExistsFunc, NotExistsFunc> {
    static constexpr std::string_view expected = "a function call";
};

// <<( s p o )>>
struct expression_term : sor<literal, Var> {};
struct ExprTripleTerm;
struct expression_verb : sor<VarOrIri_, A> {};
struct triple_subject : sor<VarOrIri_> {};
struct triple_object_term : sor<iri, literal, Var> {};
struct triple_object : sor<triple_object_term, ExprTripleTerm> {};
struct ExprTripleTerm : nested<sign<"<<(">, triple_subject, expression_verb, triple_object, sign<")>>">> {};

// operators
struct BrackettedExpression : seq<open_parenthesis, Expression_, close_parenthesis> {};
struct PrimaryExpression : sor<BrackettedExpression, BuiltInCall, iriOrFunction, expression_term, ExprTripleTerm> {
    static constexpr std::string_view expected =
        "a value: a variable, a term, a function call or an expression in parentheses";
};
struct logical_not : nested<seq<one<'!'>, not_at<one<'='>>, grammar::ignored>, UnaryExpression> {};
struct unary_plus : seq<sign<"+">, PrimaryExpression> {};
struct unary_minus : seq<sign<"-">, PrimaryExpression> {};
struct UnaryExpression : sor<logical_not, PrimaryExpression, unary_plus, unary_minus> {};

struct times : seq<sign<"*">, UnaryExpression> {};
struct divided : seq<sign<"/">, UnaryExpression> {};
struct MultiplicativeExpression : seq<UnaryExpression, star<sor<times, divided>>> {};
struct added : seq<sign<"+">, MultiplicativeExpression> {};
struct subtracted : seq<sign<"-">, MultiplicativeExpression> {};
struct AdditiveExpression : seq<MultiplicativeExpression, star<sor<added, subtracted>>> {};

struct NumericExpression : AdditiveExpression {};
struct equal : seq<sign<"=">, NumericExpression> {};
struct unequal : seq<sign<"!=">, NumericExpression> {};
struct at_most : seq<sign<"<=">, NumericExpression> {};
struct at_least : seq<sign<">=">, NumericExpression> {};
/// `?a<?b&&?c>` is an IRI to the tokenizer of SPARQL, and so it is here.
struct less_sign : seq<not_at<grammar::IRIREF>, one<'<'>, grammar::ignored> {
    static constexpr std::string_view expected = "<";
};
struct less : seq<less_sign, NumericExpression> {};
struct greater : seq<sign<">">, NumericExpression> {};
struct in_opens : keyword<"IN"> {};
struct not_in_opens : seq<keyword<"NOT">, keyword<"IN">> {};
struct in_list : seq<in_opens, ExpressionList_> {};
struct not_in_list : seq<not_in_opens, ExpressionList_> {};
struct RelationalExpression
    : seq<NumericExpression, opt<sor<equal, unequal, at_most, at_least, less, greater, in_list, not_in_list>>> {};

struct ConditionalAndExpression : seq<RelationalExpression, star<sign<"&&">, RelationalExpression>> {};
struct ConditionalOrExpression : seq<ConditionalAndExpression, star<sign<"||">, ConditionalAndExpression>> {};

}  // namespace

struct ExpressionBody : nested<ConditionalOrExpression> {};
struct ConstraintBody : nested<sor<BrackettedExpression, BuiltInCall, FunctionCall_>> {};

namespace {

template <typename Rule>
struct action : token_action<Rule> {};

struct term_is_operand {
    static void apply0(Builder& b) { b.term_becomes_operand(); }
};
template <>
struct action<constant_iri> : term_is_operand {};
template <>
struct action<expression_term> : term_is_operand {};
template <>
struct action<triple_subject> : term_is_operand {};
template <>
struct action<expression_verb> : term_is_operand {};
template <>
struct action<triple_object_term> : term_is_operand {};

template <>
struct action<function_opens> {
    static void apply0(Builder& b) {
        Constant function = std::get<Constant>(b.terms.pop());
        b.expressions.open_call(std::move(function.term.value), true, function.position);
    }
};
template <>
struct action<distinct_arguments> {
    static void apply0(Builder& b) { b.expressions.call_is_distinct(); }
};
template <>
struct action<built_in_name> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.expressions.open_call(upper_case(in.string_view()), false, b.at(in.begin()));
    }
};
struct closes_call {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.expressions.close_call();
    }
};
template <>
struct action<function_call> : closes_call {};
template <>
struct action<built_in_call> : closes_call {};
template <>
struct action<in_list> : closes_call {};
template <>
struct action<not_in_list> : closes_call {};
template <>
struct action<in_opens> {
    static void apply0(Builder& b) { b.expressions.open_membership("IN"); }
};
template <>
struct action<not_in_opens> {
    static void apply0(Builder& b) { b.expressions.open_membership("NOT IN"); }
};

template <>
struct action<aggregate_name> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.expressions.open_aggregate(upper_case(in.string_view()), b.at(in.begin()));
    }
};
template <>
struct action<aggregate_distinct> {
    static void apply0(Builder& b) { b.expressions.call_is_distinct(); }
};
template <>
struct action<count_everything> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.expressions.count_all();
    }
};
template <>
struct action<Separator> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.expressions.separator(std::move(b.lexical_form));
    }
};
template <>
struct action<Aggregate> {
    static void apply0(Builder& b) { b.expressions.close_aggregate(); }
};

template <bool Negated>
struct makes_exists {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.expressions.push_exists(b.groups.take_finished(), Negated, b.at(in.begin()));
    }
};
template <>
struct action<ExistsFunc> : makes_exists<false> {};
template <>
struct action<NotExistsFunc> : makes_exists<true> {};

template <>
struct action<ExprTripleTerm> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.expressions.triple_term(b.at(in.begin()));
    }
};

template <Text Name>
struct unary_operator {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.expressions.unary(Name.view(), b.at(in.begin()));
    }
};
template <>
struct action<logical_not> : unary_operator<"!"> {};
template <>
struct action<unary_plus> : unary_operator<"u+"> {};
template <>
struct action<unary_minus> : unary_operator<"u-"> {};

template <Text Name>
struct binary_operator {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.expressions.binary(Name.view());
    }
};
template <>
struct action<times> : binary_operator<"*"> {};
template <>
struct action<divided> : binary_operator<"/"> {};
template <>
struct action<added> : binary_operator<"+"> {};
template <>
struct action<subtracted> : binary_operator<"-"> {};
template <>
struct action<equal> : binary_operator<"="> {};
template <>
struct action<unequal> : binary_operator<"!="> {};
template <>
struct action<at_most> : binary_operator<"<="> {};
template <>
struct action<at_least> : binary_operator<">="> {};
template <>
struct action<less> : binary_operator<"<"> {};
template <>
struct action<greater> : binary_operator<">"> {};

template <Text Name>
struct folds_operands : pegtl::maybe_nothing {
    template <typename Rule, pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Control, typename In>
    static bool match(In& in, Builder& b) {
        const std::size_t mark = b.expressions.size();
        if (!pegtl::match<Rule, A, M, Action, Control>(in, b)) return false;
        b.expressions.fold(Name.view(), mark);
        return true;
    }
};
template <>
struct action<ConditionalAndExpression> : folds_operands<"&&"> {};
template <>
struct action<ConditionalOrExpression> : folds_operands<"||"> {};

}  // namespace

template <>
bool seam<ExpressionBody>::parse(Input& in, Builder& builder) {
    return run<ExpressionBody, action>(in, builder);
}

template <>
bool seam<ConstraintBody>::parse(Input& in, Builder& builder) {
    return run<ConstraintBody, action>(in, builder);
}

}  // namespace tercet::sparql

#include "parser/sparql/token_actions.hpp"

/// Queries: productions [1]-[29] of SPARQL 1.2, with our CALL as a whole query.
namespace tercet::sparql {
namespace {

// prologue
struct base_iri : grammar::IRIREF {};
struct prefix_name : grammar::PNAME_NS {};
struct prefix_iri : grammar::IRIREF {};
struct plain_iri_reference {
    static constexpr std::string_view expected = "an IRI in angle brackets";
};
struct BaseIri : token<base_iri>, plain_iri_reference {};
struct PrefixIri : token<prefix_iri>, plain_iri_reference {};
struct PrefixName : token<prefix_name> {
    static constexpr std::string_view expected = "a prefix such as ex:";
};
struct version_text : sor<seq<not_at<pegtl::string<'"', '"', '"'>>, grammar::STRING_LITERAL_QUOTE>,
                          seq<not_at<pegtl::string<'\'', '\'', '\''>>, grammar::STRING_LITERAL_SINGLE_QUOTE>> {};
struct VersionSpecifier : token<version_text> {
    static constexpr std::string_view expected = "a version such as \"1.2\"";
};
struct BaseDecl : seq<keyword<"BASE">, BaseIri> {};
struct PrefixDecl : seq<keyword<"PREFIX">, PrefixName, PrefixIri> {};
struct VersionDecl : seq<keyword<"VERSION">, VersionSpecifier> {};

// SELECT
struct select_opens : keyword<"SELECT"> {};
struct select_distinct : keyword<"DISTINCT"> {};
struct select_reduced : keyword<"REDUCED"> {};
struct select_all : sign<"*"> {};
struct select_variable : Var {};
struct select_expression : seq<open_parenthesis, Expression_, AS, Var, close_parenthesis> {
    static constexpr std::string_view expected = "( expression AS ?name )";
};
struct SelectClause : seq<select_opens, opt<sor<select_distinct, select_reduced>>,
                          sor<select_all, plus<sor<select_variable, select_expression>>>> {};

struct default_graph : iri {};
struct named_graph : iri {};
struct DatasetClause_ : seq<keyword<"FROM">, sor<seq<keyword<"NAMED">, named_graph>, default_graph>> {};
struct WhereClause : seq<opt<keyword<"WHERE">>, GroupGraphPattern_> {
    static constexpr std::string_view expected = "{";
};

// solution modifiers
struct group_opens : seq<keyword<"GROUP">, keyword<"BY">> {};
struct group_alias : seq<AS, Var> {};
struct group_expression : seq<open_parenthesis, Expression_, opt<group_alias>, close_parenthesis> {};
struct group_call : seq<not_at<one<'('>>, Constraint> {};
struct group_variable : Var {};
struct GroupCondition_ : sor<group_expression, group_variable, group_call> {
    static constexpr std::string_view expected = "a variable, a function call or ( expression AS ?name )";
};
struct GroupClause : seq<group_opens, plus<GroupCondition_>> {};
struct aggregates_follow : pegtl::success {};
struct having_condition : seq<Constraint> {};
struct HavingClause : seq<keyword<"HAVING">, aggregates_follow, plus<having_condition>> {};
struct order_variable : Var {};
struct order_constraint : Constraint {};

struct ordered_expression : seq<open_parenthesis, Expression_, close_parenthesis> {};
struct order_ascending : seq<keyword<"ASC">, ordered_expression> {};
struct order_descending : seq<keyword<"DESC">, ordered_expression> {};
struct OrderCondition_ : sor<order_ascending, order_descending, order_variable, order_constraint> {
    static constexpr std::string_view expected = "a variable, ASC(...), DESC(...) or an expression in parentheses";
};
struct OrderClause : seq<keyword<"ORDER">, keyword<"BY">, aggregates_follow, plus<OrderCondition_>> {};
struct LimitClause : seq<keyword<"LIMIT">, Count> {};
struct OffsetClause : seq<keyword<"OFFSET">, Count> {};
struct LimitOffsetClauses : sor<seq<LimitClause, opt<OffsetClause>>, seq<OffsetClause, opt<LimitClause>>> {};
struct SolutionModifier_ : seq<opt<GroupClause>, opt<HavingClause>, opt<OrderClause>, opt<LimitOffsetClauses>> {};
struct ValuesClause : seq<keyword<"VALUES">, DataBlock> {};

// the forms
struct SelectQuery_ : seq<SelectClause, star<DatasetClause_>, WhereClause, SolutionModifier_, opt<ValuesClause>> {};

struct construct_opens : keyword<"CONSTRUCT"> {};
struct template_opens : open_brace {};
struct template_closes : close_brace {};
struct ConstructTemplate : seq<template_opens, opt<TriplesTemplate>, template_closes> {};
struct where_triples_opens : open_brace {};
struct where_triples_closes : close_brace {};
struct construct_where_triples
    : seq<star<DatasetClause_>, keyword<"WHERE">, where_triples_opens, opt<TriplesTemplate>, where_triples_closes> {};
struct construct_where : seq<star<DatasetClause_>, WhereClause> {};
struct ConstructQuery_ : seq<construct_opens, sor<seq<ConstructTemplate, construct_where>, construct_where_triples>,
                             SolutionModifier_, opt<ValuesClause>> {};

struct describe_opens : keyword<"DESCRIBE"> {};
struct describe_all : sign<"*"> {};
struct described : VarOrIri_ {};
struct DescribeQuery_ : seq<describe_opens, sor<describe_all, plus<described>>, star<DatasetClause_>, opt<WhereClause>,
                            SolutionModifier_, opt<ValuesClause>> {};

struct ask_opens : keyword<"ASK"> {};
struct AskQuery_ : seq<ask_opens, star<DatasetClause_>, WhereClause, SolutionModifier_, opt<ValuesClause>> {};

struct call_opens : at<keyword<"CALL">> {};
struct call_where : CallQuery {};
struct CallQuery_ : seq<extensions_are_on, call_opens, call_where, SolutionModifier_, opt<ValuesClause>> {};

struct query_form : sor<SelectQuery_, ConstructQuery_, DescribeQuery_, AskQuery_, CallQuery_> {
    static constexpr std::string_view expected = "SELECT, CONSTRUCT, DESCRIBE or ASK";
};
struct end_of_query : pegtl::eof {
    static constexpr std::string_view expected = "the end of the query";
};
struct QueryUnit : seq<grammar::ignored, Prologue_, query_form, end_of_query> {};

}  // namespace

struct PrologueBody : star<sor<BaseDecl, PrefixDecl, VersionDecl>> {};
struct SubSelectBody : seq<SelectClause, WhereClause, SolutionModifier_, opt<ValuesClause>> {};

namespace {

template <typename Rule>
struct action : token_action<Rule> {};

// prologue
template <>
struct action<base_iri> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.names.declare_base(in.string_view());
    }
};
template <>
struct action<prefix_name> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.lexical_form = in.string_view().substr(0, in.size() - 1);
    }
};
template <>
struct action<prefix_iri> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.names.declare_prefix(std::move(b.lexical_form), b.names.iri_of_reference(in.string_view()));
    }
};
template <>
struct action<version_text> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.names.declare_version(grammar::string_value(in.string_view()));
    }
};

// SELECT
struct opens_query {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.queries.open(b.at(in.begin()));
        b.expressions.aggregates = {true, false};
    }
};
template <>
struct action<select_opens> : opens_query {};
template <>
struct action<construct_opens> : opens_query {};
template <>
struct action<describe_opens> : opens_query {};
template <>
struct action<ask_opens> : opens_query {};
template <>
struct action<select_distinct> {
    static void apply0(Builder& b) { b.queries.draft().select.distinct = true; }
};
template <>
struct action<select_reduced> {
    static void apply0(Builder& b) { b.queries.draft().select.reduced = true; }
};
template <>
struct action<select_all> {
    static void apply0(Builder& b) { b.queries.draft().select.all = true; }
};
template <>
struct action<select_variable> {
    static void apply0(Builder& b) { b.queries.draft().select.projection.push_back({nullptr, b.terms.pop_variable()}); }
};
template <>
struct action<select_expression> {
    static void apply0(Builder& b) {
        b.queries.draft().select.projection.push_back({b.take_expression(), b.terms.pop_variable()});
    }
};
template <>
struct action<default_graph> {
    static void apply0(Builder& b) { b.queries.dataset.from.push_back(b.terms.pop_iri()); }
};
template <>
struct action<named_graph> {
    static void apply0(Builder& b) { b.queries.dataset.from_named.push_back(b.terms.pop_iri()); }
};
template <>
struct action<WhereClause> {
    static void apply0(Builder& b) { b.queries.where(b.groups.take_finished()); }
};

// solution modifiers
template <>
struct action<group_opens> {
    static void apply0(Builder& b) { b.expressions.aggregates.allowed = false; }
};
template <>
struct action<aggregates_follow> {
    static void apply0(Builder& b) { b.expressions.aggregates.allowed = true; }
};
struct groups_by_expression {
    static void apply0(Builder& b) {
        auto& conditions = b.queries.modifier().group_by;
        conditions.push_back({b.take_expression(), std::exchange(b.group_alias, std::nullopt)});
    }
};
template <>
struct action<group_alias> {
    static void apply0(Builder& b) { b.group_alias = b.terms.pop_variable(); }
};
template <>
struct action<group_expression> : groups_by_expression {};
template <>
struct action<group_call> : groups_by_expression {};
template <>
struct action<group_variable> {
    static void apply0(Builder& b) {
        b.expressions.push_variable(b.terms.pop_variable());
        groups_by_expression::apply0(b);
    }
};
template <>
struct action<having_condition> {
    static void apply0(Builder& b) { b.queries.modifier().having.push_back(b.take_expression()); }
};
template <bool Descending>
struct orders_by_expression {
    static void apply0(Builder& b) { b.queries.modifier().order_by.push_back({b.take_expression(), Descending}); }
};
template <>
struct action<order_ascending> : orders_by_expression<false> {};
template <>
struct action<order_descending> : orders_by_expression<true> {};
template <>
struct action<order_constraint> : orders_by_expression<false> {};
template <>
struct action<order_variable> {
    static void apply0(Builder& b) {
        b.expressions.push_variable(b.terms.pop_variable());
        orders_by_expression<false>::apply0(b);
    }
};
template <>
struct action<LimitClause> {
    static void apply0(Builder& b) { b.queries.modifier().limit = b.number; }
};
template <>
struct action<OffsetClause> {
    static void apply0(Builder& b) { b.queries.modifier().offset = b.number; }
};
template <>
struct action<ValuesClause> {
    static void apply0(Builder& b) { b.queries.draft().select.values = b.values.take(); }
};

// the forms
QueryDraft close_query(Builder& b) {
    auto [draft, offence] = b.queries.close();
    if (offence) b.fail(*offence);
    b.groups.apply_to_contained(computed_columns(draft.select));
    return std::move(draft);
}
template <>
struct action<SelectQuery_> {
    static void apply0(Builder& b) { b.queries.form = close_query(b).select; }
};
template <>
struct action<SubSelectBody> {
    static void apply0(Builder& b) {
        QueryDraft draft = close_query(b);
        const VariableNames visible = projected(draft.select, draft.visible);
        b.groups.add(SubSelect{std::make_shared<const SelectQuery>(std::move(draft.select))}, visible);
    }
};

std::vector<TriplePattern> take_triples(Builder& b) {
    std::vector<TriplePattern> triples;
    for (QuadPattern& quad : b.triples.take_quads()) triples.push_back(std::move(quad.triple));
    return triples;
}
template <>
struct action<template_opens> {
    static void apply0(Builder& b) { b.triples.enter(Place::ConstructTemplate); }
};
template <>
struct action<template_closes> {
    static void apply0(Builder& b) {
        b.triples.leave();
        b.queries.draft().construct_template = take_triples(b);
    }
};
template <>
struct action<where_triples_opens> {
    static void apply0(Builder& b) { b.triples.enter(Place::ConstructWhere); }
};
template <>
struct action<where_triples_closes> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.leave();
        b.queries.draft().construct_template = take_triples(b);
        b.queries.where(b.groups.wrap(b.queries.draft().construct_template, b.at(in.begin())));
    }
};
template <>
struct action<ConstructQuery_> {
    static void apply0(Builder& b) {
        auto [select, visible, has_aggregates, saw, triples, resources] = close_query(b);
        b.queries.form = ConstructQuery{std::move(triples), std::move(select.where), std::move(select.modifier),
                                        std::move(select.values)};
    }
};
template <>
struct action<describe_all> {
    static void apply0(Builder& b) { b.queries.draft().select.all = true; }
};
template <>
struct action<described> {
    static void apply0(Builder& b) { b.queries.draft().resources.push_back(b.terms.pop_var_or_iri()); }
};
template <>
struct action<DescribeQuery_> {
    static void apply0(Builder& b) {
        auto [draft, offence] = b.queries.close();
        auto& [select, visible, has_aggregates, saw, triples, resources] = draft;
        b.queries.form = DescribeQuery{select.all, std::move(resources), std::move(select.where),
                                       std::move(select.modifier), std::move(select.values)};
    }
};
template <>
struct action<AskQuery_> {
    static void apply0(Builder& b) {
        SelectQuery select = close_query(b).select;
        b.queries.form = AskQuery{std::move(select.where), std::move(select.modifier), std::move(select.values)};
    }
};
template <>
struct action<call_opens> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        opens_query::apply(in, b);
        b.queries.draft().select.all = true;
    }
};
template <>
struct action<call_where> {
    static void apply0(Builder& b) { b.queries.where(b.groups.take_finished()); }
};
template <>
struct action<CallQuery_> : action<SelectQuery_> {};

}  // namespace

template <>
bool seam<PrologueBody>::parse(Input& in, Builder& builder) {
    return run<PrologueBody, action>(in, builder);
}

template <>
bool seam<SubSelectBody>::parse(Input& in, Builder& builder) {
    return run<SubSelectBody, action>(in, builder);
}

bool read_query_unit(Input& in, Builder& builder) { return run<QueryUnit, action>(in, builder); }

}  // namespace tercet::sparql

#include "parser/sparql/lexical_scan.hpp"
#include "parser/sparql/token_actions.hpp"

/// Graph patterns: productions [53]-[74] of SPARQL 1.2, with our UNFOLD and CALL.
namespace tercet::sparql {
namespace {

// VALUES
struct undefined : keyword<"UNDEF"> {};
struct data_triple_term;
struct data_subject : iri {};
struct data_verb : sor<iri, A> {};
struct data_object : sor<iri, literal, data_triple_term> {};
struct data_triple_term : nested<sign<"<<(">, data_subject, data_verb, data_object, sign<")>>">> {};
struct data_term : sor<iri, literal, data_triple_term> {};
struct DataBlockValue : sor<data_term, undefined> {
    static constexpr std::string_view expected = "a value: an IRI, a literal, <<( s p o )>> or UNDEF";
};
struct data_variable : Var {};
struct open_row : pegtl::success {};
struct close_row : sign<")"> {};
struct single_value : seq<not_at<one<'}'>>, open_row, DataBlockValue> {};
struct InlineDataOneVar : seq<data_variable, open_brace, star<single_value>, close_brace> {};
struct data_variables_open : open_parenthesis {};
struct data_variables : seq<data_variables_open, star<Var>, close_parenthesis> {};
struct data_row : seq<open_parenthesis, open_row, star<DataBlockValue>, close_row> {};
struct InlineDataFull : seq<data_variables, open_brace, star<data_row>, close_brace> {};

// patterns that are not triples
struct OptionalGraphPattern_ : seq<keyword<"OPTIONAL">, GroupGraphPattern_> {};
struct MinusGraphPattern_ : seq<keyword<"MINUS">, GroupGraphPattern_> {};
struct GraphGraphPattern_ : seq<keyword<"GRAPH">, VarOrIri_, GroupGraphPattern_> {};
struct service_silent : keyword<"SILENT"> {};
struct service_text : GroupGraphPattern_ {};
struct service_opens : keyword<"SERVICE"> {};
struct ServiceGraphPattern_ : seq<service_opens, opt<service_silent>, VarOrIri_, service_text> {};
struct Filter_ : seq<keyword<"FILTER">, Constraint> {};
struct Bind_ : seq<keyword<"BIND">, open_parenthesis, Expression_, AS, Var, close_parenthesis> {};
struct InlineData_ : seq<keyword<"VALUES">, DataBlock> {};
struct first_alternative : GroupGraphPattern_ {};
struct next_alternative : seq<keyword<"UNION">, GroupGraphPattern_> {};
struct GroupOrUnionGraphPattern_ : seq<first_alternative, star<next_alternative>> {};

// Tercet: UNFOLD( expression AS ?element, ?index )
struct unfold_index : seq<sign<",">, Var> {};
struct unfold_element : Var {};
struct Unfold_ : seq<extensions_are_on, keyword<"UNFOLD">, open_parenthesis, Expression_, AS, unfold_element,
                     opt<unfold_index>, close_parenthesis> {};

// Tercet: CALL algo:name(?s ?t ?w { pattern } ; parameter value) YIELD (?output AS ?variable, ...)
struct call_opens : keyword<"CALL"> {};
struct call_procedure : iri {};
struct call_projection : seq<Var> {};
struct call_pattern : GroupGraphPattern_ {};
struct parameter_name : pegtl::identifier {};
struct ParameterName : token<parameter_name> {
    static constexpr std::string_view expected = "a parameter name such as damping";
};
struct parameter_term : sor<iri, literal, Var> {
    static constexpr std::string_view expected =
        "the parameter's value: a term, a variable or an expression in parentheses";
};
struct parameter_expression : seq<open_parenthesis, Expression_, close_parenthesis> {};
struct call_parameter : seq<not_at<boolean_text, not_at<word_goes_on>>, ParameterName,
                            sor<parameter_expression, parameter_term>, opt<sign<",">>> {};
struct call_parameters : seq<sign<";">, star<call_parameter>> {};
struct call_output : Var {
    static constexpr std::string_view expected = "an output such as ?node or ?node AS ?n";
};
struct call_rename : seq<AS, Var> {};
struct call_yield : seq<call_output, opt<call_rename>, opt<sign<",">>> {};
struct call_projected : seq<star<call_projection>, opt<at<one<'{'>>, call_pattern>> {};
struct call_arguments : seq<open_parenthesis, call_projected, star<call_parameters>, close_parenthesis> {};
struct CallClause_ : seq<extensions_are_on, call_opens, call_procedure, call_arguments, keyword<"YIELD">,
                         open_parenthesis, plus<call_yield>, close_parenthesis> {};

// groups
struct GraphPatternNotTriples
    : sor<GroupOrUnionGraphPattern_, OptionalGraphPattern_, MinusGraphPattern_, GraphGraphPattern_,
          ServiceGraphPattern_, Filter_, Bind_, InlineData_, Unfold_, CallClause_> {
    static constexpr std::string_view expected = "a pattern such as FILTER, OPTIONAL or {";
};
struct TriplesBlock_ : TriplesTemplate {};
struct GroupGraphPatternSub
    : seq<opt<TriplesBlock_>, star<GraphPatternNotTriples, opt<sign<".">>, opt<TriplesBlock_>>> {};
struct group_opens : open_brace {};
struct group_closes : close_brace {};

struct call_group_opens : pegtl::success {};
struct call_group_closes : pegtl::success {};

}  // namespace

struct DataBlockBody : sor<InlineDataOneVar, InlineDataFull> {
    static constexpr std::string_view expected = "the variables of VALUES: ?x or (?x ?y)";
};
struct GroupGraphPatternBody
    : nested<group_opens, sor<seq<at<keyword<"SELECT">>, SubSelect_>, GroupGraphPatternSub>, group_closes> {};
struct CallQueryBody : seq<call_group_opens, CallClause_, call_group_closes> {};

namespace {

template <typename Rule>
struct action : token_action<Rule> {};

// VALUES
template <>
struct action<data_variable> {
    static void apply0(Builder& b) { b.values.open({b.terms.pop_variable()}); }
};
template <>
struct action<data_variables_open> {
    static void apply0(Builder& b) { b.mark(b.terms.size()); }
};
template <>
struct action<data_variables> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.values.open(b.terms.take_variables_from(b.take_mark()));
    }
};
template <>
struct action<open_row> {
    static void apply0(Builder& b) { b.values.open_row(); }
};
template <>
struct action<close_row> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.values.close_row();
    }
};
template <>
struct action<data_triple_term> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.make_triple_term(b.at(in.begin()));
    }
};
template <>
struct action<data_term> {
    static void apply0(Builder& b) { b.values.add(b.terms.pop_constant()); }
};
template <>
struct action<undefined> {
    static void apply0(Builder& b) { b.values.add(std::nullopt); }
};
template <>
struct action<InlineData_> {
    static void apply0(Builder& b) {
        InlineData data = b.values.take();
        VariableNames visible;
        for (const Variable& variable : data.variables) visible.insert(variable.name);
        b.groups.add(std::move(data), visible);
    }
};

// nested groups
template <>
struct action<OptionalGraphPattern_> {
    static void apply0(Builder& b) {
        FinishedGroup inner = b.groups.take_finished();
        b.groups.add(OptionalGraphPattern{std::move(inner.group)}, inner.visible);
    }
};
template <>
struct action<MinusGraphPattern_> {
    static void apply0(Builder& b) { b.groups.add(MinusGraphPattern{b.groups.take_finished().group}, {}); }
};
template <>
struct action<first_alternative> {
    static void apply0(Builder& b) {
        b.unions.emplace_back();
        b.unions.back().push_back(b.groups.take_finished());
    }
};
template <>
struct action<next_alternative> {
    static void apply0(Builder& b) { b.unions.back().push_back(b.groups.take_finished()); }
};
template <>
struct action<GroupOrUnionGraphPattern_> {
    static void apply0(Builder& b) {
        b.groups.add_union(std::move(b.unions.back()));
        b.unions.pop_back();
    }
};

/// The group around a graph or service pattern sees its name too.
void name_is_visible(const VarOrIri& name, FinishedGroup& inner) {
    if (const auto* variable = std::get_if<Variable>(&name)) inner.visible.insert(variable->name);
}
template <>
struct action<GraphGraphPattern_> {
    static void apply0(Builder& b) {
        FinishedGroup inner = b.groups.take_finished();
        VarOrIri graph = b.terms.pop_var_or_iri();
        name_is_visible(graph, inner);
        b.groups.add(GraphGraphPattern{std::move(graph), std::move(inner.group)}, inner.visible);
    }
};
template <>
struct action<service_opens> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.services.emplace_back().position = b.at(in.begin());
    }
};
template <>
struct action<service_silent> {
    static void apply0(Builder& b) { b.services.back().silent = true; }
};
template <>
struct action<service_text> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        const std::string_view written = in.string_view();
        b.services.back().text = written.substr(0, written.rfind('}') + 1);
    }
};
template <>
struct action<ServiceGraphPattern_> {
    static void apply0(Builder& b) {
        ServiceGraphPattern service = std::move(b.services.back());
        b.services.pop_back();
        FinishedGroup inner = b.groups.take_finished();
        service.endpoint = b.terms.pop_var_or_iri();
        service.pattern = std::move(inner.group);
        service.declarations = b.names.declarations_for(service.text);
        service.visible.assign(inner.visible.begin(), inner.visible.end());
        name_is_visible(service.endpoint, inner);
        b.groups.add(std::move(service), inner.visible);
    }
};

// FILTER, BIND, UNFOLD
template <>
struct action<Filter_> {
    static void apply0(Builder& b) { b.groups.add_filter({b.take_expression()}); }
};
template <>
struct action<Bind_> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.groups.add_bind({b.take_expression(), b.terms.pop_variable()});
    }
};
template <>
struct action<unfold_element> {
    static void apply0(Builder& b) { b.unfolds.push_back({b.take_expression(), b.terms.pop_variable(), std::nullopt}); }
};
template <>
struct action<unfold_index> {
    static void apply0(Builder& b) { b.unfolds.back().index = b.terms.pop_variable(); }
};
template <>
struct action<Unfold_> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.groups.add_unfold(std::move(b.unfolds.back()));
        b.unfolds.pop_back();
    }
};

// CALL
template <>
struct action<call_opens> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.calls.emplace_back();
        b.calls.back().position = b.at(in.begin());
    }
};
template <>
struct action<call_procedure> {
    static void apply0(Builder& b) { b.calls.back().procedure = b.terms.pop_iri(); }
};
template <>
struct action<call_projection> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        if (b.calls.back().projection.size() == 4) {
            throw std::invalid_argument("a projection has at most four variables: source, target, weight and a number of the source");
        }
        b.calls.back().projection.push_back(b.terms.pop_variable());
    }
};
template <>
struct action<call_pattern> {
    static void apply0(Builder& b) { b.calls.back().pattern = b.groups.take_finished().group; }
};
template <>
struct action<call_projected> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        CallClause& call = b.calls.back();
        call.text = single_spaced(in.string_view());
        call.declarations = b.names.declarations_for(call.text);
    }
};
template <>
struct action<parameter_name> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.calls.back().arguments.push_back({in.string(), nullptr});
    }
};
template <>
struct action<parameter_term> {
    static void apply0(Builder& b) { b.term_becomes_operand(); }
};
template <>
struct action<call_parameter> {
    static void apply0(Builder& b) { b.calls.back().arguments.back().value = b.take_expression(); }
};
template <>
struct action<call_output> {
    static void apply0(Builder& b) {
        Variable variable = b.terms.pop_variable();
        std::string output = variable.name;
        b.calls.back().yields.push_back({std::move(output), std::move(variable)});
    }
};
template <>
struct action<call_rename> {
    static void apply0(Builder& b) { b.calls.back().yields.back().variable = b.terms.pop_variable(); }
};
template <>
struct action<CallClause_> {
    static void apply0(Builder& b) {
        CallClause call = std::move(b.calls.back());
        b.calls.pop_back();
        VariableNames visible;
        for (const CallClause::Yield& yield : call.yields) visible.insert(yield.variable.name);
        b.groups.add(std::move(call), visible);
    }
};

// groups
template <>
struct action<group_opens> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.groups.open(b.at(in.begin()));
        b.triples.enter(Place::Pattern);
        b.outer_aggregates.push_back(std::exchange(b.expressions.aggregates, {}));
    }
};
template <>
struct action<group_closes> {
    static void apply0(Builder& b) {
        b.groups.close();
        b.triples.leave();
        b.expressions.aggregates = b.outer_aggregates.back();
        b.outer_aggregates.pop_back();
    }
};
template <>
struct action<call_group_opens> : action<group_opens> {};
template <>
struct action<call_group_closes> : action<group_closes> {};

}  // namespace

template <>
bool seam<GroupGraphPatternBody>::parse(Input& in, Builder& builder) {
    return run<GroupGraphPatternBody, action>(in, builder);
}

template <>
bool seam<DataBlockBody>::parse(Input& in, Builder& builder) {
    return run<DataBlockBody, action>(in, builder);
}

template <>
bool seam<CallQueryBody>::parse(Input& in, Builder& builder) {
    return run<CallQueryBody, action>(in, builder);
}

}  // namespace tercet::sparql

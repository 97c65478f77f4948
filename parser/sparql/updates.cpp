#include "parser/sparql/token_actions.hpp"

/// Updates: productions [30]-[52] of SPARQL 1.2.
namespace tercet::sparql {
namespace {

struct silent : keyword<"SILENT"> {};
struct graph_iri : iri {};
struct default_target : keyword<"DEFAULT"> {};
struct named_target : keyword<"NAMED"> {};
struct all_target : keyword<"ALL"> {};
struct GraphRef : seq<keyword<"GRAPH">, graph_iri> {};
struct GraphRefAll : sor<GraphRef, default_target, named_target, all_target> {
    static constexpr std::string_view expected = "GRAPH <iri>, DEFAULT, NAMED or ALL";
};
struct GraphOrDefault : sor<default_target, GraphRef, graph_iri> {
    static constexpr std::string_view expected = "DEFAULT or the IRI of a graph";
};

// whole graphs
struct load_source : iri {};
struct load_into : seq<keyword<"INTO">, GraphRef> {};
struct Load_ : seq<keyword<"LOAD">, opt<silent>, load_source, opt<load_into>> {};
struct Clear_ : seq<keyword<"CLEAR">, opt<silent>, GraphRefAll> {};
struct Drop_ : seq<keyword<"DROP">, opt<silent>, GraphRefAll> {};
struct Create_ : seq<keyword<"CREATE">, opt<silent>, GraphRef> {};
struct transfer_from : seq<GraphOrDefault> {};
struct transfer_graphs : seq<opt<silent>, transfer_from, keyword<"TO">, GraphOrDefault> {};
struct Add_ : seq<keyword<"ADD">, transfer_graphs> {};
struct Move_ : seq<keyword<"MOVE">, transfer_graphs> {};
struct Copy_ : seq<keyword<"COPY">, transfer_graphs> {};

// quads
struct quads_graph : VarOrIri_ {};
struct quads_graph_closes : close_brace {};
struct QuadsNotTriples : seq<keyword<"GRAPH">, quads_graph, open_brace, opt<TriplesTemplate>, quads_graph_closes> {};
struct Quads : seq<opt<TriplesTemplate>, star<QuadsNotTriples, opt<sign<".">>, opt<TriplesTemplate>>> {};
struct quads_close : close_brace {};
struct QuadPattern_ : seq<open_brace, Quads, quads_close> {};

struct insert_data_opens : seq<keyword<"INSERT">, keyword<"DATA">> {};
struct InsertData_ : seq<insert_data_opens, QuadPattern_> {};
struct delete_data_opens : seq<keyword<"DELETE">, keyword<"DATA">> {};
struct DeleteData_ : seq<delete_data_opens, QuadPattern_> {};
struct delete_where_opens : seq<keyword<"DELETE">, keyword<"WHERE">> {};
struct DeleteWhere : seq<delete_where_opens, QuadPattern_> {};
struct with_graph : iri {};
struct delete_opens : keyword<"DELETE"> {};
struct DeleteClause : seq<delete_opens, QuadPattern_> {};
struct insert_opens : keyword<"INSERT"> {};
struct InsertClause : seq<insert_opens, QuadPattern_> {};
struct using_graph : iri {};
struct using_named : iri {};
struct UsingClause : seq<keyword<"USING">, sor<seq<keyword<"NAMED">, using_named>, using_graph>> {};
struct modify_where : GroupGraphPattern_ {};
struct Modify_ : seq<opt<keyword<"WITH">, with_graph>, sor<seq<DeleteClause, opt<InsertClause>>, InsertClause>,
                     star<UsingClause>, keyword<"WHERE">, modify_where> {};

/// INSERT and DELETE begin three operations each: the word after them decides.
struct operation_begins : pegtl::success {};
struct Update1
    : seq<operation_begins,
          sor<Load_, Clear_, Drop_, Add_, Move_, Copy_, Create_, InsertData_, DeleteData_, DeleteWhere, Modify_>> {
    static constexpr std::string_view expected = "an update such as INSERT DATA, DELETE, LOAD or CLEAR";
};
struct end_of_update : pegtl::eof {
    static constexpr std::string_view expected = "the end of the update";
};
struct UpdateUnit : seq<grammar::ignored, Prologue_, opt<pegtl::list<seq<Update1>, seq<sign<";">, Prologue_>>>,
                        opt<sign<";">, Prologue_>, end_of_update> {};

template <typename Rule>
struct action : token_action<Rule> {};

template <>
struct action<operation_begins> {
    static void apply0(Builder& b) { b.updates.begin(); }
};
template <>
struct action<silent> {
    static void apply0(Builder& b) { b.updates.silent = true; }
};

// graphs
template <>
struct action<graph_iri> {
    static void apply0(Builder& b) { b.updates.target = {GraphTarget::Kind::Graph, b.terms.pop_iri()}; }
};
template <GraphTarget::Kind Kind>
struct targets {
    static void apply0(Builder& b) { b.updates.target = {Kind, {}}; }
};
template <>
struct action<default_target> : targets<GraphTarget::Kind::Default> {};
template <>
struct action<named_target> : targets<GraphTarget::Kind::Named> {};
template <>
struct action<all_target> : targets<GraphTarget::Kind::All> {};

// whole graphs
template <>
struct action<load_source> {
    static void apply0(Builder& b) { b.updates.load.source = b.terms.pop_iri(); }
};
template <>
struct action<load_into> {
    static void apply0(Builder& b) { b.updates.load.into = b.updates.target.iri; }
};
template <>
struct action<Load_> {
    static void apply0(Builder& b) {
        b.updates.load.silent = b.updates.silent;
        b.updates.add(std::move(b.updates.load));
    }
};
template <>
struct action<Clear_> {
    static void apply0(Builder& b) { b.updates.add(Clear{b.updates.target, b.updates.silent}); }
};
template <>
struct action<Drop_> {
    static void apply0(Builder& b) { b.updates.add(Drop{b.updates.target, b.updates.silent}); }
};
template <>
struct action<Create_> {
    static void apply0(Builder& b) { b.updates.add(Create{b.updates.target.iri, b.updates.silent}); }
};
template <>
struct action<transfer_from> {
    static void apply0(Builder& b) { b.updates.from = b.updates.target; }
};
template <Transfer::Kind Kind>
struct transfers {
    static void apply0(Builder& b) {
        b.updates.add(Transfer{Kind, b.updates.from, b.updates.target, b.updates.silent});
    }
};
template <>
struct action<Add_> : transfers<Transfer::Kind::Add> {};
template <>
struct action<Move_> : transfers<Transfer::Kind::Move> {};
template <>
struct action<Copy_> : transfers<Transfer::Kind::Copy> {};

// quads
template <Place Where>
struct enters {
    static void apply0(Builder& b) { b.triples.enter(Where); }
};
template <>
struct action<insert_data_opens> : enters<Place::InsertData> {};
template <>
struct action<delete_data_opens> : enters<Place::DeleteData> {};
template <>
struct action<delete_where_opens> : enters<Place::DeleteWhere> {};
template <>
struct action<delete_opens> : enters<Place::DeleteTemplate> {};
template <>
struct action<insert_opens> : enters<Place::InsertTemplate> {};
template <>
struct action<quads_close> {
    static void apply0(Builder& b) { b.triples.leave(); }
};
template <>
struct action<quads_graph> {
    static void apply0(Builder& b) { b.triples.enter_graph(b.terms.pop_var_or_iri()); }
};
template <>
struct action<quads_graph_closes> {
    static void apply0(Builder& b) { b.triples.leave_graph(); }
};
template <>
struct action<InsertData_> {
    static void apply0(Builder& b) { b.updates.add(InsertData{b.triples.take_quads()}); }
};
template <>
struct action<DeleteData_> {
    static void apply0(Builder& b) { b.updates.add(DeleteData{b.triples.take_quads()}); }
};
template <>
struct action<DeleteWhere> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        Modify modify;
        modify.remove = b.triples.take_quads();
        modify.where = as_pattern(modify.remove, b.at(in.begin()));
        b.updates.add(std::move(modify));
    }
};
template <>
struct action<DeleteClause> {
    static void apply0(Builder& b) { b.updates.modify.remove = b.triples.take_quads(); }
};
template <>
struct action<InsertClause> {
    static void apply0(Builder& b) { b.updates.modify.insert = b.triples.take_quads(); }
};
template <>
struct action<with_graph> {
    static void apply0(Builder& b) { b.updates.modify.with = b.terms.pop_iri(); }
};
template <>
struct action<using_graph> {
    static void apply0(Builder& b) { b.updates.modify.using_clause.from.push_back(b.terms.pop_iri()); }
};
template <>
struct action<using_named> {
    static void apply0(Builder& b) { b.updates.modify.using_clause.from_named.push_back(b.terms.pop_iri()); }
};
template <>
struct action<Modify_> {
    static void apply0(Builder& b) {
        b.updates.modify.where = b.groups.take_finished().group;
        b.updates.add(std::move(b.updates.modify));
    }
};

}  // namespace

bool read_update_unit(Input& in, Builder& builder) { return run<UpdateUnit, action>(in, builder); }

}  // namespace tercet::sparql

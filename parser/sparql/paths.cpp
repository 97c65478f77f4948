#include "parser/sparql/token_actions.hpp"

/// Property paths: productions [88]-[97] of SPARQL 1.2, with our bounds and path searches.
namespace tercet::sparql {
namespace {

struct Path_;

struct path_iri : sor<iri, A> {};
struct forward_step : path_iri {};
struct backward_step : seq<sign<"^">, path_iri> {};
struct PathOneInPropertySet : sor<forward_step, backward_step> {
    static constexpr std::string_view expected = "a predicate, or ^ and a predicate";
};
struct path_bar : seq<one<'|'>, not_at<one<'|', '}'>>, grammar::ignored> {
    static constexpr std::string_view expected = "|";
};
struct open_negated_set : sign<"!"> {};
struct PathNegatedPropertySet
    : seq<open_negated_set, sor<PathOneInPropertySet,
                                seq<open_parenthesis, opt<PathOneInPropertySet, star<path_bar, PathOneInPropertySet>>,
                                    close_parenthesis>>> {};
struct single_step : path_iri {};
struct PathPrimary : sor<single_step, PathNegatedPropertySet, seq<open_parenthesis, Path_, close_parenthesis>> {
    static constexpr std::string_view expected = "a predicate or a path in parentheses";
};

// * + ? {n,m}
struct repeat_any : sign<"*"> {};
struct repeat_some : seq<one<'+'>, not_at<opt<one<'.'>>, pegtl::digit>, grammar::ignored> {
    static constexpr std::string_view expected = "+";
};
struct repeat_optional : seq<one<'?'>, not_at<VARNAME>, grammar::ignored> {
    static constexpr std::string_view expected = "?";
};
struct lower_bound : Count {};
struct upper_bound : Count {};
struct exact_bound : pegtl::success {};
struct open_bounds : seq<one<'{'>, grammar::ignored> {};
struct repeat_bounds
    : seq<extensions_are_on, open_bounds,
          sor<seq<lower_bound, sor<seq<sign<",">, opt<upper_bound>>, exact_bound>>, seq<sign<",">, upper_bound>>,
          close_brace> {};
struct PathMod : sor<repeat_any, repeat_some, repeat_optional, repeat_bounds> {};

struct PathElt : seq<PathPrimary, opt<PathMod>> {};
struct inverse_element : seq<sign<"^">, PathElt> {};
struct PathEltOrInverse : sor<inverse_element, PathElt> {};
struct PathSequence_ : seq<PathEltOrInverse, star<sign<"/">, PathEltOrInverse>> {};
struct PathAlternative_ : seq<PathSequence_, star<path_bar, PathSequence_>> {};
struct Path_ : nested<PathAlternative_> {};

struct verb_variable : Var {};
struct verb_path : seq<Path_> {};

// Tercet: ANY SHORTEST 3 TRAIL ( path AS ?p COST expression )
struct any : keyword<"ANY"> {};
struct all : keyword<"ALL"> {};
struct shortest : keyword<"SHORTEST"> {};
struct cheapest : keyword<"CHEAPEST"> {};
struct groups : sor<keyword<"GROUPS">, keyword<"GROUP">> {};
struct walk : keyword<"WALK"> {};
struct trail : keyword<"TRAIL"> {};
struct simple : keyword<"SIMPLE"> {};
struct acyclic : keyword<"ACYCLIC"> {};
struct PathModeWord : sor<walk, trail, simple, acyclic> {};
struct path_count : Count {};
struct SelectorWords : sor<seq<sor<any, all>, opt<sor<shortest, cheapest>>>, shortest, cheapest> {};
struct search_begins : at<sor<any, all, shortest, cheapest, PathModeWord>> {};
struct search_where : seq<keyword<"WHERE">, GroupGraphPattern_> {};
struct search_cost : seq<keyword<"COST">, Expression_> {};

}  // namespace

struct VerbPathBody : sor<verb_variable, verb_path> {};
struct PathSearchBody
    : seq<search_begins, sor<seq<SelectorWords, opt<path_count>, opt<groups>, opt<PathModeWord>>, PathModeWord>,
          open_parenthesis, Path_, AS, Var, opt<search_where>, opt<search_cost>, close_parenthesis> {
    static constexpr std::string_view expected = "a path search such as ANY SHORTEST (:knows+ AS ?p)";
};

namespace {

template <typename Rule>
struct action : token_action<Rule> {};

template <>
struct action<forward_step> {
    static void apply0(Builder& b) { b.paths.negate(b.terms.pop_iri(), false); }
};
template <>
struct action<backward_step> {
    static void apply0(Builder& b) { b.paths.negate(b.terms.pop_iri(), true); }
};
template <>
struct action<open_negated_set> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.paths.open_negated_set(b.at(in.begin()));
    }
};
template <>
struct action<PathNegatedPropertySet> {
    static void apply0(Builder& b) { b.paths.close_negated_set(); }
};
template <>
struct action<single_step> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.paths.push({PathIri{b.terms.pop_iri()}, b.at(in.begin())});
    }
};
template <>
struct action<inverse_element> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.paths.invert(b.at(in.begin()));
    }
};

template <>
struct action<repeat_any> {
    static void apply0(Builder& b) { b.paths.repeat(0, std::nullopt); }
};
template <>
struct action<repeat_some> {
    static void apply0(Builder& b) { b.paths.repeat(1, std::nullopt); }
};
template <>
struct action<repeat_optional> {
    static void apply0(Builder& b) { b.paths.repeat(0, 1); }
};
template <>
struct action<open_bounds> {
    static void apply0(Builder& b) { b.bounds = {}; }
};
template <>
struct action<lower_bound> {
    static void apply0(Builder& b) { b.bounds.min = b.number; }
};
template <>
struct action<upper_bound> {
    static void apply0(Builder& b) { b.bounds.max = b.number; }
};
template <>
struct action<exact_bound> {
    static void apply0(Builder& b) { b.bounds.max = b.bounds.min; }
};
template <>
struct action<repeat_bounds> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.paths.repeat(b.bounds.min, b.bounds.max);
    }
};

/// Joins the paths that a rule reads.
template <void (PathBuilder::*Join)(std::size_t)>
struct joins_paths : pegtl::maybe_nothing {
    template <typename Rule, pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Control, typename In>
    static bool match(In& in, Builder& b) {
        const std::size_t mark = b.paths.size();
        if (!pegtl::match<Rule, A, M, Action, Control>(in, b)) return false;
        (b.paths.*Join)(mark);
        return true;
    }
};
template <>
struct action<PathSequence_> : joins_paths<&PathBuilder::join_sequence> {};
template <>
struct action<PathAlternative_> : joins_paths<&PathBuilder::join_alternatives> {};

template <>
struct action<verb_variable> {
    static void apply0(Builder& b) { b.triples.verb_done(b.terms.pop()); }
};
/// A path of one step is a plain predicate.
template <>
struct action<verb_path> {
    static void apply0(Builder& b) {
        PathPtr path = b.paths.pop();
        if (const auto* step = std::get_if<PathIri>(&path->node)) {
            b.triples.verb_done(TermPattern(Constant{Term::iri(step->iri), path->position}));
        } else {
            b.triples.verb_done(std::move(path));
        }
    }
};

template <>
struct action<search_begins> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.paths.open_search(b.at(in.begin()));
    }
};
/// A word of a path search sets one member of its words.
template <auto Member, auto Value>
struct sets {
    static void apply0(Builder& b) { b.paths.search().*Member = Value; }
};
using Words = PathBuilder::SearchWords;
template <>
struct action<any> : sets<&Words::any, true> {};
template <>
struct action<all> : sets<&Words::all, true> {};
template <>
struct action<shortest> : sets<&Words::shortest, true> {};
template <>
struct action<cheapest> : sets<&Words::cheapest, true> {};
template <>
struct action<groups> : sets<&Words::groups, true> {};
template <>
struct action<walk> : sets<&Words::mode, PathMode::Walk> {};
template <>
struct action<trail> : sets<&Words::mode, PathMode::Trail> {};
template <>
struct action<simple> : sets<&Words::mode, PathMode::Simple> {};
template <>
struct action<acyclic> : sets<&Words::mode, PathMode::Acyclic> {};
template <>
struct action<path_count> {
    static void apply0(Builder& b) { b.paths.search().k = b.number; }
};
template <>
struct action<search_where> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.expressions.push_exists(b.groups.take_finished(), false, b.at(in.begin()));
        b.paths.search().where = b.expressions.pop();
    }
};
template <>
struct action<search_cost> {
    static void apply0(Builder& b) { b.paths.search().cost = b.expressions.pop(); }
};
template <>
struct action<PathSearchBody> {
    template <typename Matched>
    static void apply(const Matched& /*in*/, Builder& b) {
        b.triples.verb_done(b.paths.close_search(b.terms.pop_variable()));
    }
};

}  // namespace

template <>
bool seam<VerbPathBody>::parse(Input& in, Builder& builder) {
    return run<VerbPathBody, action>(in, builder);
}

template <>
bool seam<PathSearchBody>::parse(Input& in, Builder& builder) {
    return run<PathSearchBody, action>(in, builder);
}

}  // namespace tercet::sparql

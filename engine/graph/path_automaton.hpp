#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "engine/model/term_id.hpp"
#include "parser/sparql/syntax_tree.hpp"

namespace tercet::graph {

/// One step along a triple: by a predicate, or by any predicate that is not excluded.
struct PathStep {
    TermId predicate = TermId::any();
    std::vector<TermId> excluded;  ///< ascending; only where predicate is any()
    bool forward = true;           ///< from subject to object
    /// Which triples, of two sorts of them, a step takes.
    enum class Part : std::uint8_t { All, These, Others };
    /// Loops, whose subject is their object: they can be walked both ways to the same effect.
    Part loops = Part::All;
    /// Relations between things, as an EdgeSource tells them from what is said about things.
    Part relations = Part::All;

    [[nodiscard]] bool takes(TermId candidate) const;
    [[nodiscard]] static bool takes(Part part, bool is_one) {
        return part == Part::All || is_one == (part == Part::These);
    }
    friend auto operator<=>(const PathStep&, const PathStep&) = default;
};

/// A property path as a finite automaton without empty moves.
///
/// A walk through the graph matches the path exactly if some run of the automaton over its steps leads from a start
/// state to an accepting one. The edges of a state ascend and are distinct.
struct PathAutomaton {
    struct Edge {
        std::uint32_t to;
        std::uint32_t step;  ///< index into steps
        friend auto operator<=>(const Edge&, const Edge&) = default;
    };
    std::vector<PathStep> steps;
    std::vector<std::vector<Edge>> edges;  ///< by state
    std::vector<bool> accepting;           ///< by state
    std::vector<std::uint32_t> starts;

    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(edges.size()); }
    [[nodiscard]] bool accepts_nothing() const;  ///< whether the path of no step matches
    /// Whether walks of any length may match: a cycle on the way from a start to an accepting state.
    [[nodiscard]] bool is_unbounded() const;
};

using FindPredicate = std::function<TermId(const std::string& iri)>;

/// What `!()` means: every predicate, as SPARQL says, or every relation between things.
enum class AnyStep { AnyPredicate, AnyRelation };

/// Thompson's construction (1968), its empty moves taken out. Throws Error (Query) for bounds that would make it too
/// large.
[[nodiscard]] PathAutomaton make_automaton(const sparql::Path& path, const FindPredicate& find,
                                           AnyStep any = AnyStep::AnyPredicate);

/// An automaton of the same walks in which every walk has at most one run, so that counting runs counts walks (Rabin
/// and Scott 1959). Throws Error (Query) if it would be too large.
[[nodiscard]] PathAutomaton determinize(const PathAutomaton& automaton);

/// The same walks from end to start. States keep their numbers, runs stay as many.
[[nodiscard]] PathAutomaton reversed(const PathAutomaton& automaton);

}  // namespace tercet::graph

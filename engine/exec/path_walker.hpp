#pragma once

#include <array>
#include <unordered_map>
#include <vector>

#include "engine/exec/operator.hpp"
#include "engine/exec/quad_matcher.hpp"
#include "engine/graph/path_automaton.hpp"

namespace tercet::exec {

/// Walks an automaton over the graph, breadth first: what property paths and path search share.
class PathWalker {
public:
    /// `graph` is the graph of every step, or undefined-with-scope as in plan::GraphScope.
    PathWalker(const sparql::PathPtr& path, const plan::GraphScope& graphs, Context& context);

    void set_graph(TermId graph) { graph_ = graph; }  ///< any(): what the scope says

    /// Path search takes `!()` as every relation between things: not to literals and classes, and not through the reifiers that
    /// hold what is said about a triple. Property paths take it as every predicate, as SPARQL does.
    void take_relations_only();

    [[nodiscard]] const graph::PathAutomaton& automaton(bool forward);

    struct Neighbour {
        TermId node;
        std::array<TermId, 3> triple;
    };
    /// The nodes one step away from `node`, in the order of the index.
    void neighbours(TermId node, const graph::PathStep& step, std::vector<Neighbour>& found);

    /// The distinct ends of walks from `start`, itself included if the path may be empty.
    [[nodiscard]] std::vector<TermId> reach(TermId start, bool forward);

    /// Walks of least length from `start`; to one end, or to every end that there is. `all`: every walk of that length.
    [[nodiscard]] std::vector<TermPool::PathValue> shortest(TermId start, TermId end, bool forward, bool all);

    /// Subjects and objects of the graph, each once.
    [[nodiscard]] std::vector<TermId> nodes();

private:
    [[nodiscard]] bool is_relation(const std::array<TermId, 3>& triple);

    Context& context_;
    bool relations_only_ = false;
    TermId type_, reifies_;
    std::unordered_map<TermId, bool> reifiers_;
    sparql::PathPtr path_;
    plan::GraphScope graphs_;
    TermId graph_ = TermId::any();
    graph::PathAutomaton automata_[2];
    bool made_[2] = {false, false};
};

/// The end of a walk.
[[nodiscard]] TermId end_of(const TermPool::PathValue& path);

}  // namespace tercet::exec

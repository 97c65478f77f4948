#include "engine/graph/path_automaton.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

constexpr std::size_t kMostStates = 100'000;
constexpr std::size_t kMostEdges = 1'000'000;

using State = std::uint32_t;
using Edge = PathAutomaton::Edge;
using Part = PathStep::Part;

void check_size(std::size_t states, std::size_t edges) {
    if (states <= kMostStates && edges <= kMostEdges) return;
    throw Error(ErrorCode::Query, "the path is too large to be searched; use + or * instead of large bounds");
}

template <typename T>
void sort_distinct(std::vector<T>& items) {
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
}

/// Gives every distinct step one number.
class StepTable {
public:
    explicit StepTable(std::vector<PathStep>& steps) : steps_(steps) {}

    std::uint32_t number(PathStep step) {
        sort_distinct(step.excluded);
        const auto [found, is_new] = numbers_.try_emplace(step, static_cast<std::uint32_t>(steps_.size()));
        if (is_new) steps_.push_back(std::move(step));
        return found->second;
    }

private:
    std::vector<PathStep>& steps_;
    std::map<PathStep, std::uint32_t> numbers_;
};

PathStep step_by(TermId predicate, bool forward) {
    PathStep step;
    step.predicate = predicate;
    step.forward = forward;
    return step;
}

/// A part of the automaton with one way in and one way out; parts are joined by empty moves.
struct Fragment {
    State begin, end;
};

class Builder {
public:
    Builder(const FindPredicate& find, AnyStep any, PathAutomaton& made)
        : find_(find), any_(any), made_(made), steps_(made.steps) {}

    void build(const sparql::Path& path) {
        const Fragment whole = build(path, true);
        stamp_.assign(edges_.size(), 0);
        take_out_empty_moves(whole);
    }

private:
    State state() {
        check_size(edges_.size() + 1, 0);
        edges_.emplace_back();
        empty_.emplace_back();
        return static_cast<State>(edges_.size() - 1);
    }
    void move(State from, State to) { empty_[from].push_back(to); }

    Fragment build(const sparql::Path& path, bool forward) {
        return std::visit([&](const auto& node) { return build(node, forward); }, path.node);
    }
    Fragment build(const sparql::PathIri& iri, bool forward) {
        const Fragment made{state(), state()};
        edges_[made.begin].push_back({made.end, steps_.number(step_by(find_(iri.iri), forward))});
        return made;
    }
    Fragment build(const sparql::PathInverse& inverse, bool forward) { return build(*inverse.path, !forward); }
    Fragment build(const sparql::PathSequence& sequence, bool forward) {
        auto parts = sequence.parts;
        if (!forward) std::reverse(parts.begin(), parts.end());
        Fragment whole = build(*parts.front(), forward);
        for (std::size_t i = 1; i < parts.size(); ++i) whole.end = append(whole.end, *parts[i], forward);
        return whole;
    }
    Fragment build(const sparql::PathAlternative& alternative, bool forward) {
        const Fragment whole{state(), state()};
        for (const auto& part : alternative.parts) move(append(whole.begin, *part, forward), whole.end);
        return whole;
    }
    Fragment build(const sparql::PathRepeat& repeat, bool forward) {
        const Fragment whole{state(), state()};
        State at = whole.begin;
        const std::uint64_t copies = repeat.max || repeat.min == 0 ? repeat.min : repeat.min - 1;
        for (std::uint64_t i = 0; i < copies; ++i) at = append(at, *repeat.path, forward);
        if (!repeat.max) {
            const State again = state();
            move(at, again);
            const State after = append(again, *repeat.path, forward);
            move(after, again);
            at = repeat.min == 0 ? again : after;
        } else {
            for (std::uint64_t i = repeat.min; i < *repeat.max; ++i) {
                move(at, whole.end);
                at = append(at, *repeat.path, forward);
            }
        }
        move(at, whole.end);
        return whole;
    }
    Fragment build(const sparql::PathNegatedSet& set, bool forward) {
        const Fragment whole{state(), state()};
        const auto add = [&](const std::vector<std::string>& iris, bool along) {
            PathStep step = step_by(TermId::any(), along == forward);
            if (iris.empty() && any_ == AnyStep::AnyRelation) step.relations = Part::These;
            for (const std::string& iri : iris) step.excluded.push_back(find_(iri));
            edges_[whole.begin].push_back({whole.end, steps_.number(std::move(step))});
        };
        if (set.has_forward) add(set.forward, true);
        if (set.has_backward) add(set.backward, false);
        return whole;
    }
    /// Puts a path behind a state; returns where it ends.
    State append(State at, const sparql::Path& path, bool forward) {
        const Fragment next = build(path, forward);
        move(at, next.begin);
        return next.end;
    }

    /// What empty moves reach from a state, itself included.
    [[nodiscard]] std::vector<State> closure(State start) {
        ++round_;
        std::vector<State> reached{start};
        stamp_[start] = round_;
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (const State next : empty_[reached[i]]) {
                if (std::exchange(stamp_[next], round_) != round_) reached.push_back(next);
            }
        }
        return reached;
    }

    void take_out_empty_moves(Fragment whole) {
        std::vector<State> number(edges_.size(), 0);
        std::vector<State> order{whole.begin};
        std::vector<bool> known(edges_.size(), false);
        known[whole.begin] = true;
        std::size_t edge_count = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            bool accepting = false;
            std::vector<Edge> out;
            for (const State reached : closure(order[i])) {
                accepting = accepting || reached == whole.end;
                for (const Edge& edge : edges_[reached]) {
                    if (!known[edge.to]) {
                        known[edge.to] = true;
                        number[edge.to] = static_cast<State>(order.size());
                        order.push_back(edge.to);
                    }
                    out.push_back({number[edge.to], edge.step});
                }
            }
            sort_distinct(out);
            check_size(order.size(), edge_count += out.size());
            made_.edges.push_back(std::move(out));
            made_.accepting.push_back(accepting);
        }
        made_.starts = {0};
    }

    const FindPredicate& find_;
    const AnyStep any_;
    PathAutomaton& made_;
    StepTable steps_;
    std::vector<std::vector<Edge>> edges_;
    std::vector<std::vector<State>> empty_;
    std::vector<std::uint64_t> stamp_;
    std::uint64_t round_ = 0;
};

/// Sets of states become states. Predicates that the path names are told apart, all others behave alike.
class SubsetBuilder {
public:
    explicit SubsetBuilder(const PathAutomaton& from) : from_(from), steps_(made_.steps) {
        for (const PathStep& step : from.steps) {
            if (!step.predicate.is_any()) named_.push_back(step.predicate);
            named_.insert(named_.end(), step.excluded.begin(), step.excluded.end());
        }
        sort_distinct(named_);
    }

    PathAutomaton build() {
        made_.starts = {number(from_.starts)};
        std::size_t edge_count = 0;
        for (std::size_t i = 0; i < sets_.size(); ++i) {
            const std::vector<State> set = *sets_[i];
            std::vector<Edge> out;
            add_edges(set, out);
            sort_distinct(out);
            check_size(sets_.size(), edge_count += out.size());
            made_.edges.push_back(std::move(out));
            made_.accepting.push_back(std::any_of(set.begin(), set.end(), [&](State s) { return from_.accepting[s]; }));
        }
        return std::move(made_);
    }

private:
    State number(std::vector<State> set) {
        sort_distinct(set);
        const auto [found, is_new] = numbers_.try_emplace(std::move(set), static_cast<State>(sets_.size()));
        if (is_new) sets_.push_back(&found->first);
        return found->second;
    }

    enum class Way { Forward, Backward, Loop };

    /// Where a set goes by a predicate; any() stands for the predicates that have no name.
    [[nodiscard]] std::vector<State> targets(const std::vector<State>& set, Way way, bool is_relation,
                                             TermId predicate) const {
        const bool is_loop = way == Way::Loop;
        std::vector<State> found;
        for (const State state : set) {
            for (const Edge& edge : from_.edges[state]) {
                const PathStep& step = from_.steps[edge.step];
                if (!is_loop && step.forward != (way == Way::Forward)) continue;
                if (!PathStep::takes(step.loops, is_loop) || !PathStep::takes(step.relations, is_relation)) continue;
                if (step.takes(predicate)) found.push_back(edge.to);
            }
        }
        sort_distinct(found);
        return found;
    }

    /// Predicates, as a step with the rest of it still open, and where they lead.
    struct Move {
        PathStep step;
        std::vector<State> to;
        friend bool operator==(const Move&, const Move&) = default;
    };
    using Moves = std::vector<Move>;

    [[nodiscard]] Moves moves(const std::vector<State>& set, Way way, bool is_relation) const {
        Moves found;
        Move usual{{}, targets(set, way, is_relation, TermId::any())};
        for (const TermId predicate : named_) {
            std::vector<State> special = targets(set, way, is_relation, predicate);
            if (special == usual.to) continue;
            usual.step.excluded.push_back(predicate);
            if (!special.empty()) found.push_back({step_by(predicate, true), std::move(special)});
        }
        if (!usual.to.empty()) found.push_back(std::move(usual));
        return found;
    }

    /// The moves of a set, by way.
    struct Ways {
        Moves forward, backward, loop;
        friend bool operator==(const Ways&, const Ways&) = default;
    };
    [[nodiscard]] Ways ways(const std::vector<State>& set, bool is_relation) const {
        return {moves(set, Way::Forward, is_relation), moves(set, Way::Backward, is_relation),
                moves(set, Way::Loop, is_relation)};
    }

    void add_edges(const std::vector<State>& set, std::vector<Edge>& out) {
        const Ways relations = ways(set, true), others = ways(set, false);
        if (relations == others) {
            add(relations, Part::All, out);
        } else {
            add(relations, Part::These, out);
            add(others, Part::Others, out);
        }
    }

    /// A loop takes both directions at once, so it goes where either would.
    void add(const Ways& ways, Part relations, std::vector<Edge>& out) {
        const bool as_forward = ways.loop == ways.forward, as_backward = !as_forward && ways.loop == ways.backward;
        const auto add = [&](const Moves& moves, bool forward, Part loops) {
            for (Move move : moves) {
                move.step.forward = forward;
                move.step.loops = loops;
                move.step.relations = relations;
                out.push_back({number(std::move(move.to)), steps_.number(std::move(move.step))});
            }
        };
        add(ways.forward, true, as_forward ? Part::All : Part::Others);
        add(ways.backward, false, as_backward ? Part::All : Part::Others);
        if (!as_forward && !as_backward) add(ways.loop, true, Part::These);
    }

    const PathAutomaton& from_;
    PathAutomaton made_;
    StepTable steps_;
    std::vector<TermId> named_;
    std::map<std::vector<State>, State> numbers_;
    std::vector<const std::vector<State>*> sets_;
};

/// The states that edges lead to from some states, these included.
std::vector<bool> reachable(const std::vector<std::vector<Edge>>& edges, std::vector<State> from) {
    std::vector<bool> known(edges.size(), false);
    for (const State state : from) known[state] = true;
    while (!from.empty()) {
        const State state = from.back();
        from.pop_back();
        for (const Edge& edge : edges[state]) {
            if (known[edge.to]) continue;
            known[edge.to] = true;
            from.push_back(edge.to);
        }
    }
    return known;
}

}  // namespace

bool PathStep::takes(TermId candidate) const {
    return predicate.is_any() ? !std::binary_search(excluded.begin(), excluded.end(), candidate)
                              : predicate == candidate;
}

bool PathAutomaton::accepts_nothing() const {
    return std::any_of(starts.begin(), starts.end(), [&](State state) { return accepting[state]; });
}

bool PathAutomaton::is_unbounded() const {
    const auto from_start = reachable(edges, starts);
    const PathAutomaton back = reversed(*this);
    const auto to_end = reachable(back.edges, back.starts);
    // Takes away states without edges into them (Kahn 1962); a cycle is what stays.
    std::vector<std::size_t> incoming(size(), 0);
    const auto counts = [&](State state) { return from_start[state] && to_end[state]; };
    std::vector<State> free;
    std::size_t left = 0;
    for (State state = 0; state < size(); ++state) {
        if (!counts(state)) continue;
        ++left;
        for (const Edge& edge : edges[state]) ++incoming[edge.to];
    }
    for (State state = 0; state < size(); ++state) {
        if (counts(state) && incoming[state] == 0) free.push_back(state);
    }
    for (; !free.empty(); --left) {
        const State state = free.back();
        free.pop_back();
        for (const Edge& edge : edges[state]) {
            if (--incoming[edge.to] == 0 && counts(edge.to)) free.push_back(edge.to);
        }
    }
    return left != 0;
}

PathAutomaton make_automaton(const sparql::Path& path, const FindPredicate& find, AnyStep any) {
    PathAutomaton made;
    Builder(find, any, made).build(path);
    return made;
}

PathAutomaton determinize(const PathAutomaton& automaton) { return SubsetBuilder(automaton).build(); }

PathAutomaton reversed(const PathAutomaton& automaton) {
    PathAutomaton made;
    made.steps = automaton.steps;
    for (PathStep& step : made.steps) step.forward = !step.forward;
    made.edges.resize(automaton.size());
    made.accepting.assign(automaton.size(), false);
    for (State state = 0; state < automaton.size(); ++state) {
        for (const Edge& edge : automaton.edges[state]) made.edges[edge.to].push_back({state, edge.step});
        if (automaton.accepting[state]) made.starts.push_back(state);
    }
    for (auto& edges : made.edges) std::sort(edges.begin(), edges.end());
    for (const State state : automaton.starts) made.accepting[state] = true;
    return made;
}

}  // namespace tercet::graph

#include "engine/graph/path_automaton.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

constexpr std::size_t kMostStates = 100'000;

using State = std::uint32_t;
struct Fragment {
    State begin, end;
};

/// Thompson's construction: every fragment has one way in and one way out, joined by empty moves.
class Builder {
public:
    explicit Builder(const FindPredicate& find) : find_(find) {}

    Fragment build(const sparql::Path& path, bool forward) {
        return std::visit([&](const auto& node) { return build(node, forward); }, path.node);
    }
    State state() {
        if (edges_.size() >= kMostStates) {
            throw Error(ErrorCode::Query, "the bounds of a path make it too large; use + or * instead of large numbers");
        }
        edges_.emplace_back();
        empty_.emplace_back();
        return static_cast<State>(edges_.size() - 1);
    }
    void move(State from, State to) { empty_[from].push_back(to); }

    [[nodiscard]] PathAutomaton without_empty_moves(Fragment whole) const {
        PathAutomaton automaton;
        std::vector<State> number(edges_.size(), 0);
        std::vector<State> order{whole.begin};
        std::vector<bool> known(edges_.size(), false);
        known[whole.begin] = true;
        for (std::size_t i = 0; i < order.size(); ++i) {
            number[order[i]] = static_cast<State>(i);
            for (const State reached : closure(order[i])) {
                for (const auto& edge : edges_[reached]) {
                    if (known[edge.to]) continue;
                    known[edge.to] = true;
                    order.push_back(edge.to);
                }
            }
        }
        for (const State state : order) {
            std::vector<PathAutomaton::Edge> out;
            bool accepting = false;
            for (const State reached : closure(state)) {
                accepting = accepting || reached == whole.end;
                for (const auto& edge : edges_[reached]) {
                    const PathAutomaton::Edge made{number[edge.to], edge.step};
                    const bool there = std::any_of(out.begin(), out.end(), [&](const auto& e) { return e.to == made.to && e.step == made.step; });
                    if (!there) out.push_back(made);
                }
            }
            automaton.edges.push_back(std::move(out));
            automaton.accepting.push_back(accepting);
        }
        return automaton;
    }

private:
    [[nodiscard]] std::vector<State> closure(State start) const {
        std::vector<State> reached{start};
        std::vector<bool> seen(edges_.size(), false);
        seen[start] = true;
        for (std::size_t i = 0; i < reached.size(); ++i) {
            for (const State next : empty_[reached[i]]) {
                if (seen[next]) continue;
                seen[next] = true;
                reached.push_back(next);
            }
        }
        return reached;
    }

    Fragment step(PathStep step) {
        const Fragment made{state(), state()};
        edges_[made.begin].push_back({made.end, std::move(step)});
        return made;
    }
    Fragment build(const sparql::PathIri& iri, bool forward) { return step({find_(iri.iri), {}, forward}); }
    Fragment build(const sparql::PathInverse& inverse, bool forward) { return build(*inverse.path, !forward); }
    Fragment build(const sparql::PathSequence& sequence, bool forward) {
        auto parts = sequence.parts;
        if (!forward) std::reverse(parts.begin(), parts.end());
        Fragment whole = build(*parts.front(), forward);
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const Fragment next = build(*parts[i], forward);
            move(whole.end, next.begin);
            whole.end = next.end;
        }
        return whole;
    }
    Fragment build(const sparql::PathAlternative& alternative, bool forward) {
        const Fragment whole{state(), state()};
        for (const auto& part : alternative.parts) {
            const Fragment inner = build(*part, forward);
            move(whole.begin, inner.begin);
            move(inner.end, whole.end);
        }
        return whole;
    }
    Fragment build(const sparql::PathRepeat& repeat, bool forward) {
        Fragment whole{state(), state()};
        State at = whole.begin;
        for (std::uint64_t i = 0; i < repeat.min; ++i) {
            const Fragment inner = build(*repeat.path, forward);
            move(at, inner.begin);
            at = inner.end;
        }
        if (!repeat.max) {
            const Fragment loop = build(*repeat.path, forward);
            move(at, loop.begin);
            move(loop.end, loop.begin);
            move(loop.end, whole.end);
        } else {
            for (std::uint64_t i = repeat.min; i < *repeat.max; ++i) {
                move(at, whole.end);
                const Fragment inner = build(*repeat.path, forward);
                move(at, inner.begin);
                at = inner.end;
            }
        }
        move(at, whole.end);
        return whole;
    }
    Fragment build(const sparql::PathNegatedSet& set, bool forward) {
        const Fragment whole{state(), state()};
        const auto add = [&](const std::vector<std::string>& iris, bool along) {
            PathStep step{TermId::any(), {}, along == forward};
            for (const std::string& iri : iris) step.excluded.push_back(find_(iri));
            edges_[whole.begin].push_back({whole.end, std::move(step)});
        };
        if (set.has_forward) add(set.forward, true);
        if (set.has_backward) add(set.backward, false);
        return whole;
    }

    const FindPredicate& find_;
    std::vector<std::vector<PathAutomaton::Edge>> edges_;
    std::vector<std::vector<State>> empty_;
};

}  // namespace

PathAutomaton make_automaton(const sparql::Path& path, const FindPredicate& find) {
    Builder builder(find);
    const Fragment whole = builder.build(path, true);
    return builder.without_empty_moves(whole);
}

sparql::PathPtr inverse_of(const sparql::PathPtr& path) {
    return std::make_shared<const sparql::Path>(sparql::Path{sparql::PathInverse{path}, path->position});
}

}  // namespace tercet::graph

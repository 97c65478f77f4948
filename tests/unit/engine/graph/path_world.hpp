#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/graph/path_search.hpp"

/// Small graphs in a vector, paths made by hand or at random, and what they mean by definition, found by trying
/// everything.
namespace tercet::graph::test {

using sparql::Path;
using sparql::PathMode;
using sparql::PathPtr;
using Edge = std::array<TermId, 3>;

inline TermId node(std::uint64_t number) { return TermId::ranked(TermTag::Iri, TermId::Segment::Base, number + 1); }
inline TermId predicate(const std::string& name) {
    return TermId::ranked(TermTag::Iri, TermId::Segment::Tail, static_cast<std::uint64_t>(name.front()));
}

/// Triples of r stand for what is said about things.
inline bool is_relation(TermId p) { return p != predicate("r"); }

class VectorEdges final : public EdgeSource {
public:
    explicit VectorEdges(std::vector<Edge> edges) : edges_(std::move(edges)) {
        std::sort(edges_.begin(), edges_.end());
        edges_.erase(std::unique(edges_.begin(), edges_.end()), edges_.end());
    }
    void expand(std::span<const TermId> nodes, const PathStep& step, const HopSink& sink) override {
        for (std::uint32_t i = 0; i < nodes.size(); ++i) {
            for (const auto& [s, p, o] : edges_) {
                if (!step.takes(p) || (step.forward ? s : o) != nodes[i]) continue;
                if (!PathStep::takes(step.loops, s == o) || !PathStep::takes(step.relations, is_relation(p))) continue;
                const Hop hop{i, p, step.forward ? o : s};
                sink({&hop, 1});
            }
        }
    }
    std::vector<TermId> nodes() override {
        std::set<TermId> found;
        for (const auto& [s, p, o] : edges_) found.insert({s, o});
        return {found.begin(), found.end()};
    }
    [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }

private:
    std::vector<Edge> edges_;
};

// --- paths --------------------------------------------------------------------------------------------------------

inline PathPtr make(decltype(Path::node) node) { return std::make_shared<const Path>(Path{std::move(node), {}}); }
inline PathPtr step(const std::string& name) { return make(sparql::PathIri{name}); }
inline PathPtr inverse(PathPtr path) { return make(sparql::PathInverse{std::move(path)}); }
inline PathPtr sequence(std::vector<PathPtr> parts) { return make(sparql::PathSequence{std::move(parts)}); }
inline PathPtr alternative(std::vector<PathPtr> parts) { return make(sparql::PathAlternative{std::move(parts)}); }
inline PathPtr repeat(PathPtr path, std::uint64_t min, std::optional<std::uint64_t> max = std::nullopt) {
    return make(sparql::PathRepeat{std::move(path), min, max});
}
inline PathPtr none_of(std::vector<std::string> forward, std::vector<std::string> backward = {},
                       bool has_backward = false) {
    return make(sparql::PathNegatedSet{std::move(forward), std::move(backward), true, has_backward});
}
inline PathAutomaton automaton(const PathPtr& path, AnyStep any = AnyStep::AnyPredicate) {
    return make_automaton(*path, predicate, any);
}

/// A random path over the predicates p, q and r.
inline PathPtr random_path(std::mt19937& random, int depth) {
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    const std::string names[] = {"p", "q", "r"};
    const auto inner = [&] { return random_path(random, depth - 1); };
    switch (depth == 0 ? pick(3) : pick(9)) {
        case 0: return step(names[pick(3)]);
        case 8: return none_of({});
        case 1: return none_of({names[pick(3)]}, {names[pick(3)]}, pick(2) == 0);
        case 2: return depth == 0 ? none_of({}) : inverse(inner());
        case 3: return sequence({inner(), inner()});
        case 4: return alternative({inner(), inner()});
        case 5: return repeat(inner(), static_cast<std::uint64_t>(pick(2)));
        case 6: return repeat(inner(), 0, 1 + static_cast<std::uint64_t>(pick(2)));
        default: return repeat(inner(), 1, 2);
    }
}

inline VectorEdges random_graph(std::mt19937& random, unsigned nodes, unsigned edges) {
    std::vector<Edge> made;
    const std::string names[] = {"p", "q", "r"};
    for (unsigned i = 0; i < edges; ++i)
        made.push_back({node(random() % nodes), predicate(names[random() % 3]), node(random() % nodes)});
    return VectorEdges(std::move(made));
}

// --- by definition --------------------------------------------------------------------------------------------------

/// Where a path may end that starts at `at` of the walk, by the meaning of its parts.
inline std::set<std::size_t> ends_in(const Path& path, const Walk& walk, std::size_t at, AnyStep any,
                                     bool along = true) {
    struct Visitor {
        const Walk& walk;
        AnyStep any;
        std::size_t at;
        bool along;

        std::set<std::size_t> one(bool fits) const { return fits ? std::set{at + 1} : std::set<std::size_t>{}; }
        /// Whether the next step goes with (or against) its arrow; a loop goes both ways.
        bool goes(bool with) const {
            const auto& edge = walk.edges[at];
            return edge[0] == edge[2] || walk.forward[at] == with;
        }
        std::set<std::size_t> then(const std::set<std::size_t>& from, const Path& path) const {
            std::set<std::size_t> found;
            for (const std::size_t place : from) found.merge(ends_in(path, walk, place, any, along));
            return found;
        }
        std::set<std::size_t> operator()(const sparql::PathIri& iri) const {
            return one(at < walk.edges.size() && goes(along) && walk.edges[at][1] == predicate(iri.iri));
        }
        std::set<std::size_t> operator()(const sparql::PathInverse& p) const {
            return ends_in(*p.path, walk, at, any, !along);
        }
        std::set<std::size_t> operator()(const sparql::PathSequence& p) const {
            std::set<std::size_t> found{at};
            const std::size_t n = p.parts.size();
            for (std::size_t i = 0; i < n; ++i) found = then(found, *p.parts[along ? i : n - 1 - i]);
            return found;
        }
        std::set<std::size_t> operator()(const sparql::PathAlternative& p) const {
            std::set<std::size_t> found;
            for (const auto& part : p.parts) found.merge(ends_in(*part, walk, at, any, along));
            return found;
        }
        std::set<std::size_t> operator()(const sparql::PathRepeat& p) const {
            std::set<std::size_t> now{at}, found;
            const std::uint64_t enough = p.min + walk.edges.size() + 1;
            for (std::uint64_t i = 0; i <= std::min(p.max.value_or(enough), enough); ++i) {
                if (i >= p.min) found.insert(now.begin(), now.end());
                now = then(now, *p.path);
            }
            return found;
        }
        std::set<std::size_t> operator()(const sparql::PathNegatedSet& p) const {
            if (at >= walk.edges.size()) return {};
            const auto lacks = [&](const std::vector<std::string>& names) {
                if (names.empty() && any == AnyStep::AnyRelation && !is_relation(walk.edges[at][1])) return false;
                return std::none_of(names.begin(), names.end(),
                                    [&](const auto& name) { return predicate(name) == walk.edges[at][1]; });
            };
            return one((p.has_forward && goes(along) && lacks(p.forward)) ||
                       (p.has_backward && goes(!along) && lacks(p.backward)));
        }
    };
    return std::visit(Visitor{walk, any, at, along}, path.node);
}

inline bool matches(const Path& path, const Walk& walk, AnyStep any) {
    return ends_in(path, walk, 0, any).contains(walk.edges.size());
}

/// Every walk from `start` of up to `length` steps that matches and keeps to the mode, by ascending length.
inline std::vector<Walk> all_walks(const VectorEdges& graph, const Path& path, TermId start, std::size_t length,
                                   PathMode mode, AnyStep any) {
    std::vector<Walk> layer{{start, {}, {}, 0}}, found;
    for (std::size_t i = 0;; ++i) {
        for (const Walk& walk : layer) {
            if (keeps_to(mode, walk) && matches(path, walk, any)) found.push_back(walk);
        }
        if (i == length) return found;
        std::vector<Walk> next;
        for (const Walk& walk : layer) {
            // A closed simple walk goes no further, and prefixes of trails are trails.
            if (mode != PathMode::Walk && !keeps_to(mode, walk)) continue;
            for (const Edge& edge : graph.edges()) {
                for (const bool forward : {true, false}) {
                    if (edge[forward ? 0 : 2] != end_of(walk) || (!forward && edge[0] == edge[2])) continue;
                    Walk longer = walk;
                    longer.edges.push_back(edge);
                    longer.forward.push_back(forward);
                    longer.cost += 1;
                    next.push_back(std::move(longer));
                }
            }
        }
        layer = std::move(next);
    }
}

inline std::vector<Walk> drain(WalkStream& stream) {
    std::vector<Walk> found;
    Walk walk;
    while (stream.next(walk)) found.push_back(walk);
    return found;
}

/// What a search needs besides a graph.
struct Surroundings {
    CancelToken cancel;
    MemoryBudget memory;
    WalkContext context(EdgeSource& edges) { return {edges, cancel, memory}; }
};

}  // namespace tercet::graph::test

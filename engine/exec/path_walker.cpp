#include "engine/exec/path_walker.hpp"

#include <algorithm>
#include <unordered_set>

#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

/// A place of a walk: where it is and how much of the path is behind it.
struct Place {
    TermId node;
    std::uint32_t state;
    friend bool operator==(const Place&, const Place&) = default;
};
struct PlaceHash {
    std::size_t operator()(const Place& place) const noexcept { return mix(place.node.bits() * 31 + place.state); }
};

/// How a place was first reached, and for ALL SHORTEST the other ways of the same length.
struct Arrival {
    std::uint32_t from;
    std::array<TermId, 3> triple;
    bool forward;
};
struct Visit {
    Place place;
    std::uint32_t depth;
    std::vector<Arrival> arrivals;
};

/// Paths of one pair of ends may be as many as there are walks of least length; more than this are not given.
constexpr std::size_t kMostPaths = 100'000;

class Unwinder {
public:
    Unwinder(const std::vector<Visit>& visits, bool forward, std::vector<TermPool::PathValue>& found) : visits_(visits), forward_(forward), found_(found) {}

    void unwind(std::uint32_t at) {
        const Visit& visit = visits_[at];
        if (visit.arrivals.empty()) {
            emit();
            return;
        }
        for (const Arrival& arrival : visit.arrivals) {
            if (found_.size() >= kMostPaths) return;
            steps_.push_back(&arrival);
            unwind(arrival.from);
            steps_.pop_back();
        }
    }
    TermId start, end;

private:
    void emit() {
        TermPool::PathValue path;
        path.start = forward_ ? start : end;
        const auto add = [&](const Arrival& step) {
            path.edges.push_back(step.triple);
            path.forward.push_back(step.forward == forward_);
        };
        if (forward_) for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) add(**step);
        else for (const Arrival* step : steps_) add(*step);
        path.cost = static_cast<double>(path.edges.size());
        found_.push_back(std::move(path));
    }

    const std::vector<Visit>& visits_;
    bool forward_;
    std::vector<TermPool::PathValue>& found_;
    std::vector<const Arrival*> steps_;
};

}  // namespace

TermId end_of(const TermPool::PathValue& path) {
    if (path.edges.empty()) return path.start;
    return path.forward.back() ? path.edges.back()[2] : path.edges.back()[0];
}

PathWalker::PathWalker(const sparql::PathPtr& path, const plan::GraphScope& graphs, Context& context)
    : context_(context), path_(path), graphs_(graphs) {}

const graph::PathAutomaton& PathWalker::automaton(bool forward) {
    const std::size_t i = forward ? 0 : 1;
    if (!made_[i]) {
        const auto path = forward ? path_ : graph::inverse_of(path_);
        automata_[i] = graph::make_automaton(*path, [&](const std::string& iri) { return context_.pool.intern(Term::iri(iri)); });
        made_[i] = true;
    }
    return automata_[i];
}

void PathWalker::take_relations_only() {
    relations_only_ = true;
    type_ = context_.pool.intern(Term::iri(std::string(vocabulary::rdf::kType)));
    reifies_ = context_.pool.intern(Term::iri(std::string(vocabulary::rdf::kReifies)));
}

bool PathWalker::is_relation(const std::array<TermId, 3>& triple) {
    const auto& [s, p, o] = triple;
    if (p == type_ || o.is_literal() || o.tag() == TermTag::TripleTerm) return false;
    const auto [known, is_new] = reifiers_.try_emplace(s);
    if (is_new) known->second = context_.source().estimate({{s, reifies_, TermId::any(), TermId::any()}}) > 0;
    return !known->second;
}

void PathWalker::neighbours(TermId node, const graph::PathStep& step, std::vector<Neighbour>& found) {
    found.clear();
    std::array<plan::Slot, 4> slots{};
    slots[step.forward ? 0 : 2].constant = node;
    slots[1].constant = step.predicate;
    slots[3].constant = graph_;
    QuadMatcher matcher(slots, graph_.is_any() ? graphs_ : plan::GraphScope{plan::GraphScope::Kind::One, {}}, context_.source());
    matcher.open(matcher.pattern());
    const bool any_relation = relations_only_ && step.predicate.is_any() && step.excluded.empty();
    while (matcher.next()) {
        const std::array<TermId, 3> triple{matcher.at(0), matcher.at(1), matcher.at(2)};
        if (any_relation && !is_relation(triple)) continue;
        if (std::find(step.excluded.begin(), step.excluded.end(), triple[1]) != step.excluded.end()) continue;
        found.push_back({triple[step.forward ? 2 : 0], triple});
    }
}

std::vector<TermId> PathWalker::reach(TermId start, bool forward) {
    const graph::PathAutomaton& path = automaton(forward);
    std::vector<TermId> ends;
    std::unordered_set<TermId> given;
    std::unordered_set<Place, PlaceHash> seen{{start, 0}};
    std::vector<Place> queue{{start, 0}};
    MemoryShare share(context_.memory, "a property path");
    std::vector<Neighbour> next;
    for (std::size_t i = 0; i < queue.size(); ++i) {
        if (i % 256 == 0) {
            context_.cancel.check();
            share.resize(queue.size() * 96);
        }
        const Place place = queue[i];
        if (path.accepting[place.state] && given.insert(place.node).second) ends.push_back(place.node);
        for (const auto& edge : path.edges[place.state]) {
            neighbours(place.node, edge.step, next);
            for (const Neighbour& neighbour : next) {
                if (seen.insert({neighbour.node, edge.to}).second) queue.push_back({neighbour.node, edge.to});
            }
        }
    }
    return ends;
}

std::vector<TermPool::PathValue> PathWalker::shortest(TermId start, TermId end, bool forward, bool all) {
    const graph::PathAutomaton& path = automaton(forward);
    std::vector<Visit> visits{{{start, 0}, 0, {}}};
    std::unordered_map<Place, std::uint32_t, PlaceHash> number{{{start, 0}, 0}};
    std::unordered_map<TermId, std::uint32_t> depth_of_end;
    std::vector<std::uint32_t> arrived;
    MemoryShare share(context_.memory, "a path search");
    std::vector<Neighbour> next;
    std::uint32_t enough = static_cast<std::uint32_t>(-1);  // no place deeper than this matters
    for (std::uint32_t i = 0; i < visits.size() && visits[i].depth <= enough; ++i) {
        if (i % 256 == 0) {
            context_.cancel.check();
            share.resize(visits.size() * 160);
        }
        const Place place = visits[i].place;
        const std::uint32_t depth = visits[i].depth;
        if (path.accepting[place.state] && (end.is_any() || place.node == end)) {
            const auto [known, is_new] = depth_of_end.try_emplace(place.node, depth);
            if (known->second == depth && (is_new || all)) arrived.push_back(i);
            if (!end.is_any()) enough = depth;
        }
        if (depth == enough) continue;
        for (const auto& edge : path.edges[place.state]) {
            neighbours(place.node, edge.step, next);
            for (const Neighbour& neighbour : next) {
                const Arrival arrival{i, neighbour.triple, edge.step.forward};
                const auto [known, is_new] = number.try_emplace({neighbour.node, edge.to}, static_cast<std::uint32_t>(visits.size()));
                if (is_new) visits.push_back({{neighbour.node, edge.to}, depth + 1, {arrival}});
                else if (all && visits[known->second].depth == depth + 1) visits[known->second].arrivals.push_back(arrival);
            }
        }
    }
    std::vector<TermPool::PathValue> found;
    for (const std::uint32_t i : arrived) {
        Unwinder unwinder(visits, forward, found);
        unwinder.start = start;
        unwinder.end = visits[i].place.node;
        unwinder.unwind(i);
    }
    if (all) {  // two runs of the automaton over one walk are one walk
        const auto key = [](const TermPool::PathValue& p) { return std::tie(p.start, p.edges, p.forward); };
        std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
        found.erase(std::unique(found.begin(), found.end(), [&](const auto& a, const auto& b) { return key(a) == key(b); }), found.end());
    }
    return found;
}

std::vector<TermId> PathWalker::nodes() {
    std::array<plan::Slot, 4> slots{};
    slots[3].constant = graph_;
    QuadMatcher matcher(slots, graph_.is_any() ? graphs_ : plan::GraphScope{plan::GraphScope::Kind::One, {}}, context_.source());
    matcher.open(matcher.pattern());
    std::vector<TermId> found;
    std::size_t count = 0;
    while (matcher.next()) {
        if (++count % kBatchRows == 0) context_.cancel.check();
        found.push_back(matcher.at(0));
        found.push_back(matcher.at(2));
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

}  // namespace tercet::exec

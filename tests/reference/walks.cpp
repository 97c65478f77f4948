#include "tests/reference/walks.hpp"

#include <algorithm>
#include <limits>

#include "engine/model/vocabulary.hpp"

namespace tercet::reference {
namespace {

using sparql::Path;
using sparql::PathMode;

/// So many begun walks of one length from one start are tried; beyond, nothing is known.
constexpr std::size_t kMostWalks = 300;

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whether a triple is a relation between things (docs/graph.md).
bool is_relation(const Triple& triple, const Graph& everything) {
    if (triple.predicate.value == vocabulary::rdf::kType || triple.object.is_literal() || triple.object.is_triple_term()) return false;
    return std::none_of(everything.begin(), everything.end(), [&](const Triple& other) {
        return other.predicate.value == vocabulary::rdf::kReifies && other.subject == triple.subject;
    });
}

/// Whether a step of a negated set takes a triple along its arrow, or against it. `!()` means relations.
bool takes(const sparql::PathNegatedSet& set, const Triple& triple, bool is_relation, bool against) {
    if (!(against ? set.has_backward : set.has_forward)) return false;
    const bool any = set.forward.empty() && set.backward.empty();
    if (any) return is_relation;
    return !holds(against ? set.backward : set.forward, triple.predicate.value);
}

std::optional<std::size_t> sum(std::optional<std::size_t> a, std::optional<std::size_t> b) {
    return a && b ? std::optional(*a + *b) : std::nullopt;
}

}  // namespace

std::optional<std::size_t> most_steps(const Path& path) {
    if (const auto* p = std::get_if<sparql::PathInverse>(&path.node)) return most_steps(*p->path);
    std::optional<std::size_t> most = 0;
    if (const auto* p = std::get_if<sparql::PathSequence>(&path.node)) {
        for (const auto& part : p->parts) most = sum(most, most_steps(*part));
        return most;
    }
    if (const auto* p = std::get_if<sparql::PathAlternative>(&path.node)) {
        for (const auto& part : p->parts) {
            const auto one = most_steps(*part);
            most = one && most ? std::optional(std::max(*one, *most)) : std::nullopt;
        }
        return most;
    }
    if (const auto* p = std::get_if<sparql::PathRepeat>(&path.node)) {
        const auto one = most_steps(*p->path);
        return p->max && one ? std::optional(*one * *p->max) : std::nullopt;
    }
    return 1;
}

std::optional<double> Evaluator::step_cost(const sparql::PathSearch& search, const Triple& triple, const Graph& graph_) {
    const Solution step{{search.variable.name, Term::triple_term(triple)}};
    const Scope scope{graph_, step};
    Multiset rows{Solution{}};
    if (search.where) rows = group(*std::get<sparql::ExistsExpression>(search.where->node).pattern, scope);
    std::optional<double> least;
    for (const Solution& row : rows) {
        const Result cost = search.cost ? expression(*search.cost, row, scope) : Term::integer(1);
        if (!cost || !is_true("<=", Term::integer(0), *cost)) continue;
        const double number = std::stod(cost->value);
        least = std::min(number, least.value_or(number));
    }
    return least;
}

Walker::Walker(Evaluator& evaluator, const sparql::PathSearch& search, const Graph& graph, const Graph& everything)
    : search_(search), least_cost_(std::numeric_limits<double>::infinity()) {
    for (const Triple& triple : graph) {
        const Number from = number_of(triple.subject), to = number_of(triple.object);
        const auto cost = evaluator.step_cost(search, triple, graph);
        if (!cost) continue;
        edges_.push_back({from, to, triple, *cost, is_relation(triple, everything)});
        least_cost_ = std::min(least_cost_, *cost);
    }
    nodes_ = terms_;
}

std::optional<Walker::Number> Walker::known(const Term& node) const {
    const auto found = std::find(terms_.begin(), terms_.end(), node);
    return found == terms_.end() ? std::nullopt : std::optional(static_cast<Number>(found - terms_.begin()));
}

Walker::Number Walker::number_of(const Term& node) {
    if (const auto number = known(node)) return *number;
    terms_.push_back(node);
    return static_cast<Number>(terms_.size() - 1);
}

FoundWalks Walker::walks(const Term& start) {
    FoundWalks all;
    const auto most = most_steps(*search_.path);
    std::vector<Walk> begun{{{number_of(start)}, {}}};
    for (;; ++all.looked) {
        for (const Walk& walk : begun) {
            if (matches(walk)) all.walks.push_back(found(walk));
        }
        if (all.looked == most) return all;
        std::vector<Walk> longer;
        for (const Walk& walk : begun) {
            if (is_over(walk)) continue;
            for (Walk& next : continued(walk)) longer.push_back(std::move(next));
        }
        if (longer.empty()) return all;
        if (longer.size() > kMostWalks || all.looked == kMostSteps) {
            all.complete = false;
            return all;
        }
        begun = std::move(longer);
    }
}

std::vector<Walker::Walk> Walker::continued(const Walk& walk) const {
    std::vector<Walk> all;
    for (const Edge& edge : edges_) {
        if (edge.from != walk.nodes.back() && edge.to != walk.nodes.back()) continue;
        Walk longer = walk;
        longer.nodes.push_back(edge.from == walk.nodes.back() ? edge.to : edge.from);
        longer.edges.push_back(&edge);
        if (keeps_to_mode(longer)) all.push_back(std::move(longer));
    }
    return all;
}

/// Precondition: without its last step it does.
bool Walker::keeps_to_mode(const Walk& walk) const {
    const auto again = [](const auto& items, std::size_t first) {
        return std::find(items.begin() + static_cast<std::ptrdiff_t>(first), items.end() - 1, items.back()) != items.end() - 1;
    };
    switch (search_.mode) {
        case PathMode::Walk: return true;
        case PathMode::Trail: return !again(walk.edges, 0);
        case PathMode::Acyclic: return !again(walk.nodes, 0);
        case PathMode::Simple: return !again(walk.nodes, 1);
    }
    return false;
}

bool Walker::is_over(const Walk& walk) const {
    return search_.mode == PathMode::Simple && walk.nodes.size() > 1 && walk.nodes.front() == walk.nodes.back();
}

bool Walker::matches(const Walk& walk) const {
    return (after(*search_.path, 1, walk, false) >> walk.edges.size() & 1) != 0;
}

/// Where parts of the walk end that begin at one of the places and match.
Walker::Places Walker::after(const Path& path, Places places, const Walk& walk, bool inverted) const {
    if (places == 0) return 0;
    if (const auto* p = std::get_if<sparql::PathInverse>(&path.node)) return after(*p->path, places, walk, !inverted);
    if (const auto* p = std::get_if<sparql::PathSequence>(&path.node)) {
        auto parts = p->parts;
        if (inverted) std::reverse(parts.begin(), parts.end());
        for (const auto& part : parts) places = after(*part, places, walk, inverted);
        return places;
    }
    Places ends = 0;
    if (const auto* p = std::get_if<sparql::PathAlternative>(&path.node)) {
        for (const auto& part : p->parts) ends |= after(*part, places, walk, inverted);
        return ends;
    }
    if (const auto* p = std::get_if<sparql::PathRepeat>(&path.node)) {
        const std::uint64_t most = p->max.value_or(kMostSteps + p->min);
        for (std::uint64_t times = 0; times <= most; ++times, places = after(*p->path, places, walk, inverted)) {
            if (times < p->min) continue;
            if ((places & ~ends) == 0) break;  // nothing new
            ends |= places;
        }
        return ends;
    }
    for (std::size_t i = 0; i < walk.edges.size(); ++i) {
        if ((places >> i & 1) == 0) continue;
        const Edge& edge = *walk.edges[i];
        const bool along = walk.nodes[i] == edge.from && walk.nodes[i + 1] == edge.to;
        const bool against = walk.nodes[i] == edge.to && walk.nodes[i + 1] == edge.from;
        bool fits = false;
        if (const auto* p = std::get_if<sparql::PathIri>(&path.node)) {
            fits = edge.triple.predicate.value == p->iri && (inverted ? against : along);
        } else {
            const auto& set = std::get<sparql::PathNegatedSet>(path.node);
            fits = (along && takes(set, edge.triple, edge.is_relation, inverted)) || (against && takes(set, edge.triple, edge.is_relation, !inverted));
        }
        if (fits) ends |= Places{1} << (i + 1);
    }
    return ends;
}

FoundWalk Walker::found(const Walk& walk) const {
    FoundWalk made{terms_[walk.nodes.back()], {}, walk.edges.size(), 0};
    for (const Edge* edge : walk.edges) {
        made.text += Term::triple_term(edge->triple).to_string() + ' ';
        made.cost += edge->cost;
    }
    return made;
}

std::optional<FoundWalk> Walker::replayed(const Term& start, const std::vector<Triple>& triples) const {
    const auto first = known(start);
    if (!first || triples.size() > kMostSteps) return std::nullopt;
    Walk walk{{*first}, {}};
    for (const Triple& triple : triples) {
        const auto steps = is_over(walk) ? std::vector<Walk>{} : continued(walk);
        const auto step = std::find_if(steps.begin(), steps.end(), [&](const Walk& w) { return w.edges.back()->triple == triple; });
        if (step == steps.end()) return std::nullopt;
        walk = *step;
    }
    return matches(walk) ? std::optional(found(walk)) : std::nullopt;
}

}  // namespace tercet::reference

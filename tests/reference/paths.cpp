#include <algorithm>
#include <functional>
#include <map>

#include "tests/reference/evaluator.hpp"

/// Property paths as section 18.4 defines them: pairs of ends, as often as the definition counts them.
namespace tercet::reference {
namespace {

using Pairs = std::vector<std::pair<Term, Term>>;

void keep(Pairs& pairs, const Result& from, const Result& to, const Term& a, const Term& b) {
    if ((from && !(*from == a)) || (to && !(*to == b))) return;
    if (pairs.size() >= kMostSolutions) throw TooLarge();
    pairs.emplace_back(a, b);
}

Pairs turned(Pairs pairs) {
    for (auto& [a, b] : pairs) std::swap(a, b);
    return pairs;
}

Pairs as_set(const Pairs& pairs) {
    std::map<std::string, std::pair<Term, Term>> set;
    for (const auto& pair : pairs) set.emplace(pair.first.to_string() + ' ' + pair.second.to_string(), pair);
    Pairs all;
    for (const auto& entry : set) all.push_back(entry.second);
    return all;
}

std::vector<Term> nodes_of(const Graph& graph) {
    std::map<std::string, Term> nodes;
    for (const Triple& t : graph) {
        nodes.emplace(t.subject.to_string(), t.subject);
        nodes.emplace(t.object.to_string(), t.object);
    }
    std::vector<Term> all;
    for (const auto& entry : nodes) all.push_back(entry.second);
    return all;
}

/// ZeroLengthPath: a term leads to itself, in the graph or not; between two variables, every node does.
Pairs zero_length(const Result& from, const Result& to, const Graph& graph) {
    Pairs pairs;
    if (from || to) keep(pairs, from, to, from ? *from : *to, from ? *from : *to);
    else for (const Term& node : nodes_of(graph)) pairs.emplace_back(node, node);
    return pairs;
}

/// ALP: the nodes that are reached from `start` by steps, `start` itself only as it was put there.
void arbitrary_length(const Term& at, const std::function<Pairs(const Term&)>& step, std::map<std::string, Term>& visited) {
    if (!visited.emplace(at.to_string(), at).second) return;
    for (const auto& pair : step(at)) arbitrary_length(pair.second, step, visited);
}

}  // namespace

Pairs Evaluator::path(const sparql::Path& path_, const Result& from, const Result& to, const Graph& graph) {
    if (const auto* p = std::get_if<sparql::PathIri>(&path_.node)) {
        Pairs pairs;
        for (const Triple& t : graph) {
            if (t.predicate.value == p->iri) keep(pairs, from, to, t.subject, t.object);
        }
        return pairs;
    }
    if (const auto* p = std::get_if<sparql::PathInverse>(&path_.node)) return turned(path(*p->path, to, from, graph));
    if (const auto* p = std::get_if<sparql::PathSequence>(&path_.node)) return sequence(p->parts, 0, from, to, graph);
    if (const auto* p = std::get_if<sparql::PathRepeat>(&path_.node)) return repeated(*p, from, to, graph);
    if (const auto* p = std::get_if<sparql::PathNegatedSet>(&path_.node)) return negated_set(*p, from, to, graph);
    Pairs all;
    for (const auto& part : std::get<sparql::PathAlternative>(path_.node).parts) {
        for (auto& [a, b] : path(*part, from, to, graph)) keep(all, from, to, a, b);
    }
    return all;
}

/// Join of both parts over a variable that nobody else has.
Pairs Evaluator::sequence(const std::vector<sparql::PathPtr>& parts, std::size_t first, const Result& from, const Result& to, const Graph& graph) {
    if (first + 1 == parts.size()) return path(*parts[first], from, to, graph);
    const Pairs left = path(*parts[first], from, {}, graph), right = sequence(parts, first + 1, {}, to, graph);
    Pairs pairs;
    for (const auto& [a, middle] : left) {
        for (const auto& [same, b] : right) {
            if (middle == same) keep(pairs, from, to, a, b);
        }
    }
    return pairs;
}

Pairs Evaluator::repeated(const sparql::PathRepeat& repeat, const Result& from, const Result& to, const Graph& graph) {
    if (repeat.max) {  // path?
        if (repeat.min != 0 || *repeat.max != 1) throw std::logic_error("the reference evaluator does not know path{n,m}");
        Pairs pairs = zero_length(from, to, graph);
        for (const auto& pair : path(*repeat.path, from, to, graph)) pairs.push_back(pair);
        return as_set(pairs);
    }
    if (!from && to) {  // from the end that is known
        return turned(repeated({std::make_shared<const sparql::Path>(sparql::Path{sparql::PathInverse{repeat.path}, {}}), repeat.min, {}}, to, from, graph));
    }
    const auto step = [&](const Term& at) { return path(*repeat.path, at, {}, graph); };
    Pairs pairs;
    for (const Term& start : from ? std::vector<Term>{*from} : nodes_of(graph)) {
        std::map<std::string, Term> reached;
        if (repeat.min == 0) arbitrary_length(start, step, reached);
        else for (const auto& pair : step(start)) arbitrary_length(pair.second, step, reached);
        for (const auto& entry : reached) keep(pairs, from, to, start, entry.second);
    }
    return pairs;
}

Pairs Evaluator::negated_set(const sparql::PathNegatedSet& path, const Result& from, const Result& to, const Graph& graph) {
    const auto names = [](const std::vector<std::string>& set, const Term& predicate) { return std::find(set.begin(), set.end(), predicate.value) != set.end(); };
    Pairs pairs;
    for (const Triple& t : graph) {
        if (path.has_forward && !names(path.forward, t.predicate)) keep(pairs, from, to, t.subject, t.object);
        if (path.has_backward && !names(path.backward, t.predicate)) keep(pairs, from, to, t.object, t.subject);
    }
    return pairs;
}

}  // namespace tercet::reference

#include "engine/exec/path_edges.hpp"

#include <algorithm>
#include <iterator>

#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kHopsAtOnce = 1024;
/// Up to so many nodes get a cursor each; more share one that skips from node to node.
constexpr std::size_t kFewNodes = 8;
constexpr std::size_t kKnownReifiers = 1'000'000;

/// Orders by what is bound and where the walk comes from: {any predicate, one predicate} x {from the subject, from the
/// object}.
constexpr const IndexOrder* kOrders[2][2] = {{&kIndexOrders[0], &kIndexOrders[2]},
                                             {&kIndexOrders[3], &kIndexOrders[1]}};
static_assert(kIndexOrders[0].name == "spog" && kIndexOrders[2].name == "ospg");
static_assert(kIndexOrders[3].name == "psog" && kIndexOrders[1].name == "posg");

plan::GraphScope scope_of_walk(const plan::GraphScope& graphs) {
    return graphs.kind == plan::GraphScope::Kind::Merge ? graphs : plan::GraphScope{};
}

std::size_t near_slot(const graph::PathStep& step) { return step.forward ? 0 : 2; }

}  // namespace

/// Takes hops one by one and hands them on in pieces.
class PathEdges::Collector {
public:
    Collector(PathEdges& edges, const graph::PathStep& step, const graph::HopSink& sink)
        : edges_(edges), step_(step), sink_(sink), far_(step.forward ? 2 : 0) {}

    void take(std::size_t from) {
        const QuadMatcher& quad = edges_.matcher_;
        using Step = graph::PathStep;
        if (!step_.takes(quad.at(1)) || !Step::takes(step_.loops, quad.at(0) == quad.at(2))) return;
        if (step_.relations != Step::Part::All && !Step::takes(step_.relations, edges_.is_relation())) return;
        hops_[size_++] = {static_cast<std::uint32_t>(from), quad.at(1), quad.at(far_)};
        if (size_ == kHopsAtOnce) flush();
    }
    void flush() {
        edges_.context_.cancel.check();
        if (size_ != 0) sink_({hops_.data(), size_});
        size_ = 0;
    }

private:
    PathEdges& edges_;
    const graph::PathStep& step_;
    const graph::HopSink& sink_;
    const std::size_t far_;
    std::array<graph::Hop, kHopsAtOnce> hops_;
    std::size_t size_ = 0;
};

PathEdges::PathEdges(const plan::GraphScope& graphs, Context& context)
    : context_(context),
      matcher_({}, scope_of_walk(graphs), context.source()),
      type_(context.pool.intern(Term::iri(std::string(vocabulary::rdf::kType)))),
      reifies_(context.pool.intern(Term::iri(std::string(vocabulary::rdf::kReifies)))) {}

/// Of the triple that the matcher stands at.
bool PathEdges::is_relation() {
    const TermId subject = matcher_.at(0), object = matcher_.at(2);
    if (matcher_.at(1) == type_ || object.is_literal() || object.tag() == TermTag::TripleTerm) return false;
    if (reifiers_.size() >= kKnownReifiers) reifiers_.clear();
    const auto [known, is_new] = reifiers_.try_emplace(subject);
    if (is_new) known->second = context_.source().estimate({{subject, reifies_, TermId::any(), TermId::any()}}) > 0;
    return !known->second;
}

void PathEdges::expand(std::span<const TermId> nodes, const graph::PathStep& step, const graph::HopSink& sink) {
    Collector collector(*this, step, sink);
    if (nodes.size() <= kFewNodes)
        walk_each(nodes, step, collector);
    else
        walk_through(nodes, step, collector);
    collector.flush();
}

void PathEdges::walk_each(std::span<const TermId> nodes, const graph::PathStep& step, Collector& collector) {
    QuadPattern pattern{{TermId::any(), step.predicate, TermId::any(), graph_}};
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        pattern.slot[near_slot(step)] = nodes[i];
        matcher_.open(pattern, kOrders[step.predicate.is_any() ? 0 : 1][step.forward ? 0 : 1]);
        while (matcher_.next()) collector.take(i);
    }
}

void PathEdges::walk_through(std::span<const TermId> nodes, const graph::PathStep& step, Collector& collector) {
    const std::size_t near = near_slot(step);
    matcher_.open({{TermId::any(), step.predicate, TermId::any(), graph_}},
                  kOrders[step.predicate.is_any() ? 0 : 1][step.forward ? 0 : 1]);
    bool more = matcher_.next();
    for (std::size_t i = 0; more && i < nodes.size(); ++i) {
        while (more && matcher_.at(near) < nodes[i]) {
            matcher_.skip_below(near, nodes[i]);
            more = matcher_.next();
        }
        for (; more && matcher_.at(near) == nodes[i]; more = matcher_.next()) collector.take(i);
    }
}

/// What stands in a slot, ascending.
std::vector<TermId> PathEdges::distinct(std::size_t slot) {
    MemoryShare share(context_.memory, "the nodes of a graph");
    std::vector<TermId> found;
    matcher_.open({{TermId::any(), TermId::any(), TermId::any(), graph_}}, kOrders[0][slot == 0 ? 0 : 1]);
    for (std::size_t count = 1; matcher_.next(); ++count) {
        if (count % kBatchRows == 0) {
            context_.cancel.check();
            share.resize(found.capacity() * sizeof(TermId));
        }
        if (found.empty() || found.back() != matcher_.at(slot)) found.push_back(matcher_.at(slot));
    }
    return found;
}

bool PathEdges::has_node(TermId term) {
    matcher_.open({{term, TermId::any(), TermId::any(), graph_}});
    if (matcher_.next()) return true;
    matcher_.open({{TermId::any(), TermId::any(), term, graph_}});
    return matcher_.next();
}

std::vector<TermId> PathEdges::nodes() {
    const std::vector<TermId> subjects = distinct(0), objects = distinct(2);
    std::vector<TermId> all;
    std::set_union(subjects.begin(), subjects.end(), objects.begin(), objects.end(), std::back_inserter(all));
    return all;
}

}  // namespace tercet::exec

#pragma once

#include <unordered_map>

#include "engine/exec/operator.hpp"
#include "engine/exec/quad_matcher.hpp"
#include "engine/graph/edge_source.hpp"

namespace tercet::exec {

/// The triples of one graph of the snapshot, or of several read as one, as edges that walks go along.
///
/// Relations between things are the triples that do not lead to a literal, a triple term or a class (rdf:type) and do
/// not belong to a reifier, which holds what is said about a triple.
class PathEdges final : public graph::EdgeSource {
public:
    PathEdges(const plan::GraphScope& graphs, Context& context);

    /// The graph to walk in; any() where the scope reads several as one.
    void set_graph(TermId graph) { graph_ = graph; }

    void expand(std::span<const TermId> nodes, const graph::PathStep& step, const graph::HopSink& sink) override;
    [[nodiscard]] std::vector<TermId> nodes() override;
    /// Whether it is a subject or an object.
    [[nodiscard]] bool has_node(TermId term);

private:
    class Collector;
    [[nodiscard]] bool is_relation();
    void walk_each(std::span<const TermId> nodes, const graph::PathStep& step, Collector& collector);
    void walk_through(std::span<const TermId> nodes, const graph::PathStep& step, Collector& collector);
    [[nodiscard]] std::vector<TermId> distinct(std::size_t slot);

    Context& context_;
    QuadMatcher matcher_;
    TermId graph_;
    TermId type_, reifies_;
    std::unordered_map<TermId, bool> reifiers_;  ///< subjects that were asked about
};

}  // namespace tercet::exec

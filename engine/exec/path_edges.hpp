#pragma once

#include "engine/exec/operator.hpp"
#include "engine/exec/quad_matcher.hpp"
#include "engine/graph/edge_source.hpp"

namespace tercet::exec {

/// The triples of one graph of the snapshot, or of several read as one, as edges that walks go along.
class PathEdges final : public graph::EdgeSource {
public:
    PathEdges(const plan::GraphScope& graphs, Context& context);

    /// The graph to walk in; any() where the scope reads several as one.
    void set_graph(TermId graph) { graph_ = graph; }

    void expand(std::span<const TermId> nodes, const graph::PathStep& step, const graph::HopSink& sink) override;
    [[nodiscard]] std::vector<TermId> nodes() override;

private:
    class Collector;
    void walk_each(std::span<const TermId> nodes, const graph::PathStep& step, Collector& collector);
    void walk_through(std::span<const TermId> nodes, const graph::PathStep& step, Collector& collector);
    [[nodiscard]] std::vector<TermId> distinct(std::size_t slot);

    Context& context_;
    QuadMatcher matcher_;
    TermId graph_;
};

}  // namespace tercet::exec

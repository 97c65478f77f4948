#pragma once

#include <array>
#include <memory>
#include <optional>
#include <unordered_map>

#include "engine/exec/expression.hpp"
#include "engine/exec/path_edges.hpp"

namespace tercet::exec {

/// The edges of a path search that has WHERE or COST: steps that WHERE has no solution for, or whose cost is no number,
/// are not taken; the others cost the least that COST comes to. Each triple is asked about once.
class StepEdges final : public graph::EdgeSource {
public:
    StepEdges(const plan::PathSearch& plan, PathEdges& edges, Context& context);
    ~StepEdges() override;

    /// What is asked about the triples from now on, is asked in this graph.
    void set_graph(TermId graph);

    void expand(std::span<const TermId> nodes, const graph::PathStep& step, const graph::HopSink& sink) override;
    [[nodiscard]] std::vector<TermId> nodes() override { return edges_.nodes(); }

private:
    [[nodiscard]] std::optional<double> cost_of(const std::array<TermId, 3>& triple);
    [[nodiscard]] std::optional<double> compute(TermId triple);
    [[nodiscard]] std::optional<double> cost_in(const Batch& batch, std::size_t row);

    const plan::PathSearch& plan_;
    PathEdges& edges_;
    Context& context_;
    std::shared_ptr<OuterRow> step_;      ///< the row that the patterns of WHERE and of EXISTS in COST look at
    std::unique_ptr<Context> inner_;      ///< its operators refer to it
    OperatorPtr pattern_;                 ///< null without WHERE
    EvaluatorPtr cost_;                   ///< null without COST
    Batch rows_;
    FunctionContext functions_;
    MemoryShare share_;
    std::unordered_map<std::array<TermId, 3>, std::optional<double>, TripleHash> known_;
};

}  // namespace tercet::exec

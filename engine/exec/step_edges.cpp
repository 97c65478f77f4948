#include "engine/exec/step_edges.hpp"

#include <cmath>
#include <utility>

#include "engine/exec/row_reader.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {

StepEdges::StepEdges(const plan::PathSearch& plan, PathEdges& edges, Context& context)
    : plan_(plan),
      edges_(edges),
      context_(context),
      step_(std::make_shared<OuterRow>(OuterRow{{plan.variable, plan.graph.variable}, {TermId{}, TermId{}}})),
      inner_(std::make_unique<Context>(Context{context.pool, context.plan, context.cancel, context.memory, context.session, step_})),
      rows_(1),
      functions_{ValueReader(context.pool), context.session, 0},
      share_(context.memory, "the costs of a path search") {
    std::vector<VariableId> columns{plan.variable};
    if (plan.where) {
        const auto* pattern = std::get<algebra::Exists>(plan.where->node).pattern.get();
        pattern_ = build(*context.plan.exists.at(pattern), *inner_);
        columns = pattern_->variables();
        rows_ = Batch(columns.size());
    }
    if (plan.cost) cost_ = compile(*plan.cost, columns, *inner_);
}

StepEdges::~StepEdges() = default;

void StepEdges::set_graph(TermId graph) {
    if (std::exchange(step_->values[1], graph) != graph) known_.clear();
}

void StepEdges::expand(std::span<const TermId> nodes, const graph::PathStep& step, const graph::HopSink& sink) {
    std::vector<graph::Hop> taken;
    edges_.expand(nodes, step, [&](std::span<const graph::Hop> hops) {
        taken.clear();
        for (graph::Hop hop : hops) {
            const TermId near = nodes[hop.from];
            const auto cost = step.forward ? cost_of({near, hop.predicate, hop.node}) : cost_of({hop.node, hop.predicate, near});
            if (!cost) continue;
            hop.cost = *cost;
            taken.push_back(hop);
        }
        if (!taken.empty()) sink(taken);
    });
}

std::optional<double> StepEdges::cost_of(const std::array<TermId, 3>& triple) {
    const auto [found, is_new] = known_.try_emplace(triple);
    if (!is_new) return found->second;
    share_.resize(known_.size() * 2 * sizeof(*found));
    return found->second = compute(context_.pool.intern_triple(triple));
}

std::optional<double> StepEdges::compute(TermId triple) {
    step_->values[0] = triple;
    if (!pattern_) {
        rows_.column(0)[0] = triple;
        rows_.size = 1;
        return cost_in(rows_, 0);
    }
    std::optional<double> least;
    pattern_->rewind();
    while (pattern_->next(rows_)) {
        for (std::size_t row = 0; row < rows_.size; ++row) {
            const auto cost = cost_in(rows_, row);
            if (cost && (!least || *cost < *least)) least = cost;
            if (least && !cost_) return least;
        }
    }
    return least;
}

/// Nothing for what is not a number. A cost below nothing would make walks that go in circles the cheapest.
std::optional<double> StepEdges::cost_in(const Batch& batch, std::size_t row) {
    if (!cost_) return 1;
    const auto number = functions_.reader.number(cost_->evaluate(batch, row, functions_));
    const double cost = number ? number->to_double() : std::nan("");
    if (!std::isfinite(cost)) return std::nullopt;
    if (cost < 0) {
        throw Error(ErrorCode::Query,
                    "COST of a step is " + Term::floating(cost).value + " for " + context_.pool.term(step_->values[0]).to_string() +
                        "; costs must not be negative",
                    {{}, plan_.path->position.line, plan_.path->position.column, {}});
    }
    return cost;
}

}  // namespace tercet::exec

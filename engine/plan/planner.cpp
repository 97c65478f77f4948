#include "engine/plan/planner.hpp"

#include <algorithm>
#include <chrono>

#include "engine/plan/drop_columns.hpp"
#include "engine/plan/passes.hpp"
#include "engine/plan/tree_planner.hpp"

namespace tercet::plan {
namespace {

void number(Node& node, std::uint32_t& next) {
    node.id = next++;
    for_each_input(node, [&](NodePtr& input) { number(*input, next); });
}

/// Runs the steps of planning, but for those that are left out, and keeps their times.
class Steps {
public:
    Steps(Plan& plan, const PlanOptions& options) : plan_(plan), options_(options) {}

    template <typename Step>
    void run(std::string_view name, Step step) {
        const bool left_out = std::find(options_.without.begin(), options_.without.end(), name) != options_.without.end();
        if (left_out || (name == "resolve_names" && !options_.resolve_names)) return;
        const auto start = std::chrono::steady_clock::now();
        step();
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        plan_.passes.push_back({std::string(name), taken.count()});
    }

private:
    Plan& plan_;
    const PlanOptions& options_;
};

}  // namespace

Plan plan_query(const algebra::NodePtr& node, algebra::Variables variables, const sparql::DatasetClause& dataset, TermPool& pool,
                const PlanOptions& options) {
    Plan plan;
    plan.variables = std::move(variables);
    PassContext context{pool, plan.variables, plan.notes, !dataset.empty()};
    Steps steps(plan, options);
    algebra::NodePtr rewritten = node;
    for (const Pass& pass : passes()) steps.run(pass.name, [&] { rewritten = pass.run(rewritten, context); });
    steps.run("order_joins", [&] { plan.root = TreePlanner(plan, dataset, pool).plan(rewritten); });
    steps.run("drop_columns", [&] { drop_columns(plan); });
    std::uint32_t next = 0;
    number(*plan.root, next);
    for (auto& [pattern, inner] : plan.exists) number(*inner, next);
    return plan;
}

}  // namespace tercet::plan

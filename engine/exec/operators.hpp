#pragma once

#include <functional>
#include <vector>

#include "engine/exec/operator.hpp"
#include "engine/plan/plan.hpp"

/// One factory per operator; build() chooses. `out` are the operator's columns.
namespace tercet::exec {

OperatorPtr make_scan(const plan::Scan& plan, std::vector<VariableId> out, Context& context);
OperatorPtr make_lookup_join(const plan::LookupJoin& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_destructure(const plan::Destructure& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_graph_names(const plan::GraphNames& plan, std::vector<VariableId> out, Context& context);
/// The named graphs of a scope; only `name` unless it is any().
[[nodiscard]] std::vector<TermId> graph_names(const plan::GraphScope& scope, TermId name, const Context& context);
/// Builds the pattern of an operator that runs it in a context of its own.
using BuildPattern = std::function<OperatorPtr(Context&)>;
OperatorPtr make_each_graph(const plan::EachGraph& plan, std::vector<VariableId> out, const BuildPattern& build, Context& context);
OperatorPtr make_merge_join(const plan::MergeJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context);
OperatorPtr make_hash_join(const plan::HashJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context);
OperatorPtr make_left_join(const plan::LeftJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context);
OperatorPtr make_minus(const plan::Minus& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context);
OperatorPtr make_service(const plan::ServiceCall& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_union(std::vector<VariableId> out, std::vector<OperatorPtr> inputs);
OperatorPtr make_filter(const plan::Filter& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_extend(const plan::Extend& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_values(const plan::Values& plan, std::vector<VariableId> out);
OperatorPtr make_outer_row(std::vector<VariableId> out, Context& context);
OperatorPtr make_project(std::vector<VariableId> out, OperatorPtr input);
OperatorPtr make_distinct(std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_order_by(const plan::OrderBy& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_slice(const plan::Slice& plan, std::vector<VariableId> out, OperatorPtr input);
OperatorPtr make_group(const plan::Group& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);

}  // namespace tercet::exec

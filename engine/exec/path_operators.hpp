#pragma once

#include "engine/exec/operators.hpp"

namespace tercet::exec {

/// Property paths, path search, UNFOLD and CALL. A null input stands for one row without columns.
OperatorPtr make_path_scan(const plan::PathScan& plan, std::vector<VariableId> out, OperatorPtr input,
                           Context& context);
OperatorPtr make_path_search(const plan::PathSearch& plan, std::vector<VariableId> out, OperatorPtr input,
                             Context& context);
OperatorPtr make_unfold(const plan::Unfold& plan, std::vector<VariableId> out, OperatorPtr input, Context& context);
OperatorPtr make_call(const plan::CallProcedure& plan, std::vector<VariableId> out, OperatorPtr pattern,
                      Context& context);

}  // namespace tercet::exec

#pragma once

#include "engine/exec/functions.hpp"

namespace tercet::exec {

// The operators of XPath on dates, times and durations that SPARQL's + - * / extend to. An error for anything else.
[[nodiscard]] Value add_durations(FunctionContext& context, Arguments a);
[[nodiscard]] Value subtract_durations(FunctionContext& context, Arguments a);
[[nodiscard]] Value multiply_durations(FunctionContext& context, Arguments a);
[[nodiscard]] Value divide_durations(FunctionContext& context, Arguments a);

}  // namespace tercet::exec

#pragma once

#include "engine/algebra/algebra.hpp"

namespace tercet::algebra {

/// Whether GRAPH ?graph around the pattern may be answered by letting every leaf bind ?graph. That is so where solutions come
/// from joins of leaves alone; a MINUS, an aggregate, a LIMIT or an expression that looks at ?graph must go graph by graph.
[[nodiscard]] bool can_read_graph_in_leaves(const Node& pattern, VariableId graph);

/// Whether every solution is read in this graph: then one that is not there gives none, and a variable is bound to one that is.
[[nodiscard]] bool needs_graph(const Node& pattern, const GraphRef& graph);

}  // namespace tercet::algebra

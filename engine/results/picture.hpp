#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "engine/results/cell_text.hpp"
#include "tercet/term.hpp"

namespace tercet::results {

/// Graphviz text of triples; objects that are literals become boxes.
void write_dot(std::ostream& out, const std::vector<Triple>& triples, const Prefixes& prefixes);

/// A self-contained SVG of triples. Nodes are placed by the layout of Fruchterman and Reingold (1991), from a start that depends on
/// nothing but the triples, and pushed apart until no two labels overlap.
void write_svg(std::ostream& out, const std::vector<Triple>& triples, const Prefixes& prefixes);

}  // namespace tercet::results

#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

#include "engine/results/cell_text.hpp"
#include "tercet/result.hpp"
#include "tercet/term.hpp"

namespace tercet::results {

struct PictureOptions {
    Prefixes prefixes;
    std::map<std::string, std::string> labels;  ///< what an IRI is called, beside the rdfs:label triples in the picture
    std::vector<double> weights = {};           ///< of the triples, in their order; fewer: the others have none
    std::function<std::vector<Evidence>(const Triple&)> evidence = {};  ///< the sentences behind a triple; null: none
};

// Triples as a picture. Things are named by their label, or by the last part of their IRI. Types and labels colour and
// name the things they belong to and are drawn themselves only if there is nothing else; so does what is said of the reifier of
// a triple that is drawn, whose first number is the triple's weight. Weights are shown as widths.

/// Graphviz text.
void write_dot(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options);

/// A self-contained SVG of 1200 x 800; nodes, and the labels of edges wherever there is room, do not overlap. The same
/// triples always give the same picture. Throws Error (InvalidArgument) for more than kMostPictureNodes things.
void write_svg(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options);

/// The same as one page that needs nothing else: it can be dragged, zoomed by the wheel, searched, and clicked, which
/// lists the edges of a thing, or the sentences behind an edge.
void write_html(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options);

inline constexpr std::size_t kMostPictureNodes = 1500;

}  // namespace tercet::results

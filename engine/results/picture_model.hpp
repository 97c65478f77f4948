#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/results/picture.hpp"

/// What both kinds of pictures show: nodes, edges and a legend.
namespace tercet::results {

struct PictureNode {
    std::string label;
    std::string title;  ///< the whole term
    std::string_view fill;
    bool is_literal = false;
};

/// All triples from one node to another.
struct PictureEdge {
    std::size_t from, to;
    std::string label;  ///< the predicates, with commas
    double weight = 0;                ///< the sum of those of its triples
    std::vector<std::size_t> triples{};  ///< by their places among those given
};

/// Widths of lines, from the thinnest to that of the greatest weight.
inline constexpr std::array<double, 5> kLineWidths{1.3, 2.2, 3.3, 4.6, 6};

struct LegendEntry {
    std::string label;
    std::string_view fill;
};

struct Picture {
    std::vector<PictureNode> nodes;
    std::vector<PictureEdge> edges;
    std::vector<LegendEntry> legend;  ///< the types that have a colour, the most frequent first
    bool has_weights = false;
    double least_weight = 0, most_weight = 0;  ///< of an edge

    Picture(const std::vector<Triple>& triples, const PictureOptions& options);

    /// Which of kLineWidths an edge has: in proportion to its weight between the two.
    [[nodiscard]] std::size_t width_of(const PictureEdge& edge) const;
};

}  // namespace tercet::results

#pragma once

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
};

struct LegendEntry {
    std::string label;
    std::string_view fill;
};

struct Picture {
    std::vector<PictureNode> nodes;
    std::vector<PictureEdge> edges;
    std::vector<LegendEntry> legend;  ///< the types that have a colour, the most frequent first

    Picture(const std::vector<Triple>& triples, const PictureOptions& options);
};

}  // namespace tercet::results

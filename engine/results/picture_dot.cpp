#include <ostream>

#include "engine/results/picture_model.hpp"

namespace tercet::results {
namespace {

/// A quoted string of the DOT language.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

}  // namespace

void write_dot(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options) {
    const Picture picture(triples, options);
    out << "digraph tercet {\n"
           "  rankdir=LR;\n"
           "  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n"
           "  edge [fontname=\"sans-serif\", fontsize=11];\n";
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        const PictureNode& node = picture.nodes[i];
        out << "  n" << i << " [label=" << quoted(node.label) << ", tooltip=" << quoted(node.title) << ", fillcolor=\""
            << node.fill << (node.is_literal ? "\", style=\"filled\"];\n" : "\"];\n");
    }
    for (const PictureEdge& edge : picture.edges) {
        out << "  n" << edge.from << " -> n" << edge.to << " [label=" << quoted(edge.label);
        if (picture.has_weights) out << ", penwidth=" << kLineWidths[picture.width_of(edge)];
        out << "];\n";
    }
    for (std::size_t i = 0; i < picture.legend.size(); ++i) {
        out << "  type" << i << " [label=" << quoted(picture.legend[i].label)
            << ", shape=plain, style=filled, fillcolor=\"" << picture.legend[i].fill << "\"];\n";
    }
    out << "}\n";
}

}  // namespace tercet::results

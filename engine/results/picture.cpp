#include "engine/results/picture.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/circle_layout.hpp>
#include <boost/graph/fruchterman_reingold.hpp>
#include <boost/graph/topology.hpp>
#include <cmath>
#include <ostream>

namespace tercet::results {
namespace {

constexpr double kWidth = 1200, kHeight = 800, kMargin = 90;
constexpr double kLetter = 7.2, kNodeHeight = 26, kGap = 12;
constexpr std::size_t kLongestLabel = 28;

/// What a person calls a term: the last part of an IRI, with blanks for underscores.
std::string label_of(const Term& term, const Prefixes& prefixes) {
    if (!term.is_iri()) return fit(cell_text(term, prefixes), kLongestLabel);
    std::string text = term.value.substr(term.value.find_last_of("/#:") + 1);
    if (text.empty()) text = term.value;
    std::replace(text.begin(), text.end(), '_', ' ');
    return fit(text, kLongestLabel);
}

struct PictureNode {
    Term term;
    std::string label;
    double x = 0, y = 0;
    [[nodiscard]] double width() const { return static_cast<double>(display_width(label)) * kLetter + 20; }
};
struct PictureEdge {
    std::size_t from, to;
    std::string label;
};
struct Picture {
    std::vector<PictureNode> nodes;
    std::vector<PictureEdge> edges;

    Picture(const std::vector<Triple>& triples, const Prefixes& prefixes) {
        std::map<std::string, std::size_t> number;
        const auto node = [&](const Term& term) {
            const auto [found, is_new] = number.try_emplace(term.to_string(), nodes.size());
            if (is_new) nodes.push_back({term, label_of(term, prefixes), 0, 0});
            return found->second;
        };
        for (const Triple& triple : triples) {
            const std::size_t from = node(triple.subject), to = node(triple.object);
            const std::string label = label_of(triple.predicate, prefixes);
            const auto same = std::find_if(edges.begin(), edges.end(), [&](const PictureEdge& e) { return e.from == from && e.to == to; });
            if (same == edges.end()) edges.push_back({from, to, label});
            else same->label += ", " + label;
        }
    }
};

void spread(Picture& picture) {
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
    using Topology = boost::rectangle_topology<>;
    Graph graph(picture.nodes.size());
    for (const PictureEdge& edge : picture.edges) {
        if (edge.from != edge.to) boost::add_edge(edge.from, edge.to, graph);
    }
    std::vector<Topology::point_type> position(picture.nodes.size());
    const auto map = boost::make_iterator_property_map(position.begin(), boost::get(boost::vertex_index, graph));
    boost::circle_graph_layout(graph, map, kHeight / 2);
    boost::minstd_rand random;
    const Topology topology(random, -kWidth / 2, -kHeight / 2, kWidth / 2, kHeight / 2);
    if (picture.nodes.size() > 1) {
        boost::fruchterman_reingold_force_directed_layout(graph, map, topology, boost::cooling(boost::linear_cooling<double>(300)));
    }
    for (std::size_t i = 0; i < position.size(); ++i) {
        picture.nodes[i].x = position[i][0];
        picture.nodes[i].y = position[i][1];
    }
}

/// Into the frame, keeping the shape.
void rescale(Picture& picture) {
    double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
    for (const PictureNode& node : picture.nodes) {
        left = std::min(left, node.x);
        right = std::max(right, node.x);
        top = std::min(top, node.y);
        bottom = std::max(bottom, node.y);
    }
    const double x_scale = (kWidth - 2 * kMargin) / std::max(1.0, right - left), y_scale = (kHeight - 2 * kMargin) / std::max(1.0, bottom - top);
    for (PictureNode& node : picture.nodes) {
        node.x = kMargin + (node.x - left) * x_scale;
        node.y = kMargin + (node.y - top) * y_scale;
    }
}

/// Moves overlapping boxes apart along the shorter way, until none overlap or it stops getting better.
void push_apart(Picture& picture) {
    for (int round = 0; round < 500; ++round) {
        bool moved = false;
        for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
            for (std::size_t k = i + 1; k < picture.nodes.size(); ++k) {
                PictureNode& a = picture.nodes[i];
                PictureNode& b = picture.nodes[k];
                const double x = (a.width() + b.width()) / 2 + kGap - std::fabs(a.x - b.x);
                const double y = kNodeHeight + kGap - std::fabs(a.y - b.y);
                if (x <= 0 || y <= 0) continue;
                moved = true;
                if (y <= x) {
                    const double step = (a.y <= b.y ? -1 : 1) * y / 2;
                    a.y += step;
                    b.y -= step;
                } else {
                    const double step = (a.x <= b.x ? -1 : 1) * x / 2;
                    a.x += step;
                    b.x -= step;
                }
            }
        }
        if (!moved) return;
    }
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else out += c;
    }
    return out;
}

/// Where the line from the middle of a box towards (x, y) leaves it.
std::pair<double, double> border(const PictureNode& node, double x, double y) {
    const double dx = x - node.x, dy = y - node.y;
    const double share = std::min(dx == 0 ? 1e9 : node.width() / 2 / std::fabs(dx), dy == 0 ? 1e9 : kNodeHeight / 2 / std::fabs(dy));
    return {node.x + dx * std::min(share, 1.0), node.y + dy * std::min(share, 1.0)};
}

const char* fill_of(const Term& term) {
    if (term.is_iri()) return "#dbe9f6";
    if (term.is_blank_node()) return "#eeeeee";
    return "#f6ecd6";
}

void write_edge(std::ostream& out, const Picture& picture, const PictureEdge& edge) {
    const PictureNode& a = picture.nodes[edge.from];
    const PictureNode& b = picture.nodes[edge.to];
    const auto [x1, y1] = border(a, b.x, b.y);
    const auto [x2, y2] = border(b, a.x, a.y);
    out << "<line x1=\"" << x1 << "\" y1=\"" << y1 << "\" x2=\"" << x2 << "\" y2=\"" << y2 << "\" class=\"edge\"/>\n";
}

void write_edge_label(std::ostream& out, const Picture& picture, const PictureEdge& edge) {
    const PictureNode& a = picture.nodes[edge.from];
    const PictureNode& b = picture.nodes[edge.to];
    out << "<text x=\"" << (a.x + b.x) / 2 << "\" y=\"" << (a.y + b.y) / 2 - 3 << "\" class=\"verb\">" << escaped(fit(edge.label, 40)) << "</text>\n";
}

void write_node(std::ostream& out, const PictureNode& node) {
    out << "<g><title>" << escaped(node.term.to_string()) << "</title><rect x=\"" << node.x - node.width() / 2 << "\" y=\""
        << node.y - kNodeHeight / 2 << "\" width=\"" << node.width() << "\" height=\"" << kNodeHeight
        << "\" rx=\"8\" class=\"node\" fill=\"" << fill_of(node.term) << "\"/><text x=\"" << node.x << "\" y=\"" << node.y + 4.5
        << "\" class=\"name\">" << escaped(node.label) << "</text></g>\n";
}

std::string dot_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

void write_dot(std::ostream& out, const std::vector<Triple>& triples, const Prefixes& prefixes) {
    const Picture picture(triples, prefixes);
    out << "digraph tercet {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=\"#dbe9f6\"];\n";
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        out << "  n" << i << " [label=" << dot_text(picture.nodes[i].label) << ", fillcolor=\"" << fill_of(picture.nodes[i].term) << "\"];\n";
    }
    for (const PictureEdge& edge : picture.edges) out << "  n" << edge.from << " -> n" << edge.to << " [label=" << dot_text(edge.label) << "];\n";
    out << "}\n";
}

void write_svg(std::ostream& out, const std::vector<Triple>& triples, const Prefixes& prefixes) {
    Picture picture(triples, prefixes);
    spread(picture);
    rescale(picture);
    push_apart(picture);
    double left = 0, top = 0, right = kWidth, bottom = kHeight;
    for (const PictureNode& node : picture.nodes) {
        left = std::min(left, node.x - node.width() / 2 - kGap);
        right = std::max(right, node.x + node.width() / 2 + kGap);
        top = std::min(top, node.y - kNodeHeight);
        bottom = std::max(bottom, node.y + kNodeHeight);
    }
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" << left << ' ' << top << ' ' << right - left << ' ' << bottom - top
        << "\" width=\"" << kWidth << "\" height=\"" << kHeight << "\">\n"
        << "<style>text{font-family:sans-serif;text-anchor:middle}.name{font-size:13px;fill:#1a2733}.verb{font-size:11px;fill:#8a4b08;"
           "paint-order:stroke;stroke:#fff;stroke-width:3px}.node{stroke:#5b7a99}.edge{stroke:#9aa7b3;stroke-width:1.3;marker-end:url(#tip)}</style>\n"
        << "<defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
           "<path d=\"M0,0 L10,5 L0,10 z\" fill=\"#9aa7b3\"/></marker></defs>\n"
        << "<rect x=\"" << left << "\" y=\"" << top << "\" width=\"" << right - left << "\" height=\"" << bottom - top << "\" fill=\"#fff\"/>\n";
    for (const PictureEdge& edge : picture.edges) write_edge(out, picture, edge);
    for (const PictureNode& node : picture.nodes) write_node(out, node);
    for (const PictureEdge& edge : picture.edges) write_edge_label(out, picture, edge);
    out << "</svg>\n";
}

}  // namespace tercet::results

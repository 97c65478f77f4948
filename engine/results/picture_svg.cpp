#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <ostream>
#include <sstream>

#include "engine/graph/layout.hpp"
#include "engine/results/picture_model.hpp"
#include "engine/results/plot.hpp"
#include "engine/results/svg_text.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

using graph::Point;

constexpr double kMargin = 24;
constexpr double kNodeLetter = 7.4, kNodeHeight = 28, kNodePadding = 20;
constexpr double kEdgeLetter = 6.1, kEdgeLabelHeight = 14, kLabelRoom = 18;
constexpr double kReturnBend = 28;
constexpr double kDistance = 70, kFurther = 1.12;
constexpr int kMostTries = 20;
constexpr std::size_t kManyNodes = 200;  ///< too many to try more than once
/// Wider than the sheet: rows of text can stand close above each other.
constexpr double kAspect = 1.1 * kSheetWidth / kSheetHeight;
/// Where along its line a label may stand, the best place first.
constexpr double kLabelPlaces[] = {0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78, 0.18, 0.82, 0.86, 0.14};
/// And how far above or below it.
constexpr double kLabelShifts[] = {0, -9, 9, -17, 17};
/// How far a line may be bent so as not to pass below a node, in shares of its length, and what it keeps from one.
constexpr double kBends[] = {0, 0.08, -0.08, 0.16, -0.16, 0.25, -0.25, 0.35, -0.35};
constexpr double kClear = 3;
constexpr int kPointsOfCurve = 24;

Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(Point a, double factor) { return {a.x * factor, a.y * factor}; }

/// A box by its middle and size.
struct Box {
    Point middle, size;
    [[nodiscard]] bool overlaps(const Box& other) const {
        return std::fabs(middle.x - other.middle.x) < (size.x + other.size.x) / 2 &&
               std::fabs(middle.y - other.middle.y) < (size.y + other.size.y) / 2;
    }
};

/// A quadratic Bézier curve; straight if its handle lies between its ends.
struct Curve {
    Point from, handle, to;
    [[nodiscard]] Point at(double t) const {
        return from * ((1 - t) * (1 - t)) + handle * (2 * t * (1 - t)) + to * (t * t);
    }
};

/// Where the line from the middle of a box towards a point leaves it.
Point border(const Box& box, Point towards) {
    const Point d = towards - box.middle;
    const double x = d.x == 0 ? 1e9 : box.size.x / 2 / std::fabs(d.x),
                 y = d.y == 0 ? 1e9 : box.size.y / 2 / std::fabs(d.y);
    return box.middle + d * std::min({x, y, 1.0});
}

double label_width(const PictureEdge& edge) { return static_cast<double>(display_width(edge.label)) * kEdgeLetter + 4; }

/// Everything in its place, in numbers.
class Sheet {
public:
    explicit Sheet(const Picture& picture) : picture_(picture) {
        graph::Drawing drawing;
        for (const PictureNode& node : picture.nodes) {
            drawing.sizes.push_back(
                {static_cast<double>(display_width(node.label)) * kNodeLetter + kNodePadding, kNodeHeight});
        }
        for (const PictureEdge& edge : picture.edges)
            drawing.lines.push_back({edge.from, edge.to, label_width(edge) + kLabelRoom});
        const graph::Layout layout(drawing, kAspect);
        const int tries = picture.nodes.size() > kManyNodes ? 1 : kMostTries;
        double distance = kDistance;
        for (int i = 0; i < tries; ++i, distance *= kFurther) {
            place_nodes(drawing, layout.middles(distance));
            if (place_labels()) return;
        }
    }

    std::vector<Box> nodes;
    std::vector<Curve> curves;
    std::vector<Box> labels;

    /// Corners of everything, with a margin.
    [[nodiscard]] std::pair<Point, Point> bounds() const {
        Point low{0, 0}, high{1, 1};
        for (const auto* boxes : {&nodes, &labels}) {
            for (const Box& box : *boxes) {
                low = {std::min(low.x, box.middle.x - box.size.x / 2), std::min(low.y, box.middle.y - box.size.y / 2)};
                high = {std::max(high.x, box.middle.x + box.size.x / 2),
                        std::max(high.y, box.middle.y + box.size.y / 2)};
            }
        }
        return {low - Point{kMargin, kMargin}, high + Point{kMargin, kMargin}};
    }

private:
    void place_nodes(const graph::Drawing& drawing, const std::vector<Point>& middles) {
        nodes.clear();
        curves.clear();
        labels.clear();
        for (std::size_t i = 0; i < middles.size(); ++i) nodes.push_back({middles[i], drawing.sizes[i]});
        const bool few = nodes.size() <= kManyNodes;
        for (const PictureEdge& edge : picture_.edges) curves.push_back(few ? clear_curve_of(edge) : curve_of(edge, 0));
    }

    [[nodiscard]] bool has_return(const PictureEdge& edge) const {
        return std::any_of(picture_.edges.begin(), picture_.edges.end(),
                           [&](const PictureEdge& other) { return other.from == edge.to && other.to == edge.from; });
    }

    /// Of several bends the one that passes below the fewest nodes.
    [[nodiscard]] Curve clear_curve_of(const PictureEdge& edge) const {
        Curve best = curve_of(edge, 0);
        std::size_t fewest = nodes_below(best, edge);
        for (const double bend : kBends) {
            if (fewest == 0 || edge.from == edge.to) break;
            const Curve curve = curve_of(edge, bend);
            const std::size_t below = nodes_below(curve, edge);
            if (below < fewest) best = curve, fewest = below;
        }
        return best;
    }
    [[nodiscard]] std::size_t nodes_below(const Curve& curve, const PictureEdge& edge) const {
        std::size_t count = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (i == edge.from || i == edge.to) continue;
            bool passes = false;
            for (int k = 1; k < kPointsOfCurve && !passes; ++k) {
                passes = nodes[i].overlaps({curve.at(static_cast<double>(k) / kPointsOfCurve), {2 * kClear, 2 * kClear}});
            }
            count += passes ? 1 : 0;
        }
        return count;
    }

    /// Straight, or bent by a share of its length; to the side where another edge leads back; up and over for a loop.
    [[nodiscard]] Curve curve_of(const PictureEdge& edge, double bend) const {
        const Box &a = nodes[edge.from], &b = nodes[edge.to];
        if (edge.from == edge.to) {
            const Point up{0, -a.size.y / 2};
            return {a.middle + up + Point{-14, 0}, a.middle + up + Point{0, -70}, a.middle + up + Point{14, 0}};
        }
        const Point d = b.middle - a.middle;
        const double length = std::max(1.0, std::hypot(d.x, d.y));
        const double aside = 2 * bend * length + (has_return(edge) ? kReturnBend : 0);
        const Point handle = (a.middle + b.middle) * 0.5 + Point{-d.y, d.x} * (aside / length);
        return {border(a, handle), handle, border(b, handle)};
    }

    /// Puts each label where it covers neither a node nor another label, if there is such a place; false if not for
    /// all.
    bool place_labels() {
        bool all_fit = true;
        labels.assign(curves.size(), {});  // of no size yet, so they cover nothing
        for (const std::size_t i : shortest_first()) {
            Box best{curves[i].at(0.5), {label_width(picture_.edges[i]), kEdgeLabelHeight}};
            const auto place = free_place(curves[i], best.size);
            if (place) best.middle = *place;
            all_fit = all_fit && place;
            labels[i] = best;
        }
        return all_fit;
    }

    /// Short lines have the least choice.
    [[nodiscard]] std::vector<std::size_t> shortest_first() const {
        std::vector<std::size_t> order(curves.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto length = [&](std::size_t i) { return std::hypot(curves[i].to.x - curves[i].from.x, curves[i].to.y - curves[i].from.y); };
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
        return order;
    }

    [[nodiscard]] std::optional<Point> free_place(const Curve& curve, Point size) const {
        for (const double shift : kLabelShifts) {
            for (const double t : kLabelPlaces) {
                const Point middle = curve.at(t) + Point{0, shift};
                if (is_free({middle, size})) return middle;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] bool is_free(const Box& box) const {
        const auto overlaps = [&](const Box& other) { return box.overlaps(other); };
        return std::none_of(nodes.begin(), nodes.end(), overlaps) &&
               std::none_of(labels.begin(), labels.end(), overlaps);
    }

    const Picture& picture_;
};

constexpr std::string_view kStyle = R"(<style>
text { font-family: "DejaVu Sans", Verdana, Helvetica, sans-serif; text-anchor: middle }
.node rect { stroke: #5b7083; stroke-width: 1 }
.literal rect { stroke-dasharray: 4 2 }
.node text { font-size: 12.5px; fill: #14212e }
.edge path { fill: none; stroke: #8fa0b0 }
.edge path.near { stroke: transparent; stroke-width: 14px }
.edge text { font-size: 10.5px; fill: #7a4208; paint-order: stroke; stroke: #fff; stroke-width: 3px; stroke-linejoin: round }
.legend text { font-size: 11.5px; text-anchor: start; fill: #14212e }
.legend rect { stroke: #5b7083; stroke-width: 0.7 }
.legend line { stroke: #8fa0b0 }
</style>
)";

/// The tips of lines: they grow more slowly than the widths.
void write_tips(std::ostream& out) {
    out << "<defs>";
    for (std::size_t i = 0; i < kLineWidths.size(); ++i) {
        const double size = 7.5 + 2 * kLineWidths[i];
        out << "<marker id=\"tip" << i << "\" viewBox=\"0 0 10 10\" refX=\"9.5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"" << size << "\" markerHeight=\""
            << size << "\" orient=\"auto\"><path d=\"M0,1 L10,5 L0,9 z\" fill=\"#8fa0b0\"/></marker>";
    }
    out << "</defs>\n";
}

bool shows_weights(const Picture& picture) {
    return picture.has_weights && picture.least_weight != picture.most_weight;
}

/// The line, and around it what can be pointed at.
void write_edge(std::ostream& out, const Curve& curve, const PictureEdge& edge, std::size_t width) {
    std::ostringstream path;
    const OneDigit numbers(path);
    path << " d=\"M" << curve.from.x << ',' << curve.from.y << " Q" << curve.handle.x << ',' << curve.handle.y << ' ' << curve.to.x << ',' << curve.to.y << "\"/>";
    out << "<g class=\"edge\" data-from=\"" << edge.from << "\" data-to=\"" << edge.to << "\" data-label=\"" << escaped(edge.label) << "\"><path style=\"stroke-width:"
        << kLineWidths[width] << "px\" marker-end=\"url(#tip" << width << ")\"" << path.str() << "<path class=\"near\"" << path.str() << "</g>\n";
}

void write_edge_label(std::ostream& out, const Box& box, const std::string& label) {
    out << "<g class=\"edge\"><text x=\"" << box.middle.x << "\" y=\"" << box.middle.y + 3.8 << "\">" << escaped(label)
        << "</text></g>\n";
}

void write_node(std::ostream& out, const Box& box, const PictureNode& node) {
    out << "<g class=\"node" << (node.is_literal ? " literal" : "") << "\"><title>" << escaped(node.title)
        << "</title><rect x=\"" << box.middle.x - box.size.x / 2 << "\" y=\"" << box.middle.y - box.size.y / 2
        << "\" width=\"" << box.size.x << "\" height=\"" << box.size.y << "\" rx=\"" << (node.is_literal ? 2 : 10)
        << "\" fill=\"" << node.fill << "\"/><text x=\"" << box.middle.x << "\" y=\"" << box.middle.y + 4.5 << "\">"
        << escaped(node.label) << "</text></g>\n";
}

/// Types by their colours, and weights by their widths, in a row below everything.
void write_legend(std::ostream& out, const Picture& picture, Point at) {
    constexpr double kLetter = 7.2, kGap = 24, kSample = 30;
    const auto text = [&](double x, const std::string& label) {
        out << "<text x=\"" << x << "\" y=\"" << at.y << "\">" << escaped(label) << "</text>\n";
        at.x = x + static_cast<double>(display_width(label)) * kLetter + kGap;
    };
    out << "<g class=\"legend\">\n";
    for (const LegendEntry& entry : picture.legend) {
        out << "<rect x=\"" << at.x << "\" y=\"" << at.y - 11 << "\" width=\"14\" height=\"14\" rx=\"4\" fill=\"" << entry.fill << "\"/>";
        text(at.x + 20, entry.label);
    }
    const auto weight = [&](double value, double width) {
        out << "<line x1=\"" << at.x << "\" y1=\"" << at.y - 4 << "\" x2=\"" << at.x + kSample << "\" y2=\"" << at.y - 4 << "\" style=\"stroke-width:" << width << "px\"/>";
        text(at.x + kSample + 6, "weight " + number_text(value));
    };
    if (shows_weights(picture)) {
        weight(picture.least_weight, kLineWidths.front());
        weight(picture.most_weight, kLineWidths.back());
    }
    out << "</g>\n";
}

}  // namespace

void write_svg(std::ostream& out, const std::vector<Triple>& triples, const PictureOptions& options) {
    const Picture picture(triples, options);
    if (picture.nodes.size() > kMostPictureNodes) {
        throw Error(ErrorCode::InvalidArgument, "a picture of " + std::to_string(picture.nodes.size()) +
                                                    " things cannot be read; ask for at most " +
                                                    std::to_string(kMostPictureNodes) + ", or write dot");
    }
    const Sheet sheet(picture);
    auto [low, high] = sheet.bounds();
    const Point legend_at{low.x + kMargin, high.y + 8};
    const bool has_legend = !picture.legend.empty() || shows_weights(picture);
    if (has_legend) high.y += kMargin;
    const OneDigit numbers(out);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" << low.x << ' ' << low.y << ' ' << high.x - low.x
        << ' ' << high.y - low.y << "\" width=\"" << kSheetWidth << "\" height=\"" << kSheetHeight << "\">\n"
        << kStyle;
    write_tips(out);
    out << "<rect x=\"" << low.x << "\" y=\"" << low.y << "\" width=\"" << high.x - low.x << "\" height=\""
        << high.y - low.y << "\" fill=\"#fff\"/>\n";
    for (std::size_t i = 0; i < sheet.curves.size(); ++i) write_edge(out, sheet.curves[i], picture.edges[i], picture.width_of(picture.edges[i]));
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) write_node(out, sheet.nodes[i], picture.nodes[i]);
    for (std::size_t i = 0; i < picture.edges.size(); ++i)
        write_edge_label(out, sheet.labels[i], picture.edges[i].label);
    if (has_legend) write_legend(out, picture, legend_at);
    out << "</svg>\n";
}

}  // namespace tercet::results

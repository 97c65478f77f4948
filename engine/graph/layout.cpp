// GCC 12 takes optional iterators inside Boost.Graph for uninitialised when it optimises.
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

#include "engine/graph/layout.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/circle_layout.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/fruchterman_reingold.hpp>
#include <boost/graph/kamada_kawai_spring_layout.hpp>
#include <boost/graph/topology.hpp>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <optional>

namespace tercet::graph {

/// A connected part with the boxes it holds.
struct LayoutPart {
    std::vector<std::size_t> boxes;
    std::vector<Point> middles;  ///< by position in boxes, around (0, 0)
    /// What is to be written between connected ones, by their positions, the smaller first.
    std::map<std::pair<std::size_t, std::size_t>, double> rooms;
    Point low, high;  ///< corners of what it takes
    [[nodiscard]] double width() const { return high.x - low.x; }
    [[nodiscard]] double height() const { return high.y - low.y; }
};

namespace {

using LayoutGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                          boost::property<boost::edge_weight_t, double>>;
using Topology = boost::rectangle_topology<>;
using Places = std::vector<Topology::point_type>;

/// Springs between all pairs take cubic time to set up.
constexpr std::size_t kMostForSprings = 150;
constexpr int kMostPushes = 400;
/// Between any two boxes, above and below between connected ones, and what counts as none.
constexpr double kGap = 14, kLineGap = 34, kTouch = 1e-6;
constexpr double kMostStretch = 1.8;

/// Springs rest when no box is pulled noticeably, or after so many moves.
class SpringsAtRest {
public:
    template <typename Graph, typename Vertex>
    bool operator()(double pull, Vertex, const Graph&, bool) {
        if (moves_left_ == 0) return true;
        --moves_left_;
        return pull < kNoPull;
    }

private:
    static constexpr double kNoPull = 1e-4;
    std::size_t moves_left_ = 30'000;
};

/// With connected boxes about one apart.
void place(const LayoutGraph& graph, Places& places) {
    const std::size_t count = boost::num_vertices(graph);
    const auto map = boost::make_iterator_property_map(places.begin(), boost::get(boost::vertex_index, graph));
    boost::circle_graph_layout(graph, map, static_cast<double>(count) / 6);
    if (count < 2) return;
    boost::minstd_rand random;
    const double side = std::sqrt(static_cast<double>(count));
    const Topology topology(random, -side / 2, -side / 2, side / 2, side / 2);
    const auto weights = boost::get(boost::edge_weight, graph);
    const bool rests =
        count <= kMostForSprings &&
        boost::kamada_kawai_spring_layout(graph, map, weights, topology, boost::edge_length(1.0), SpringsAtRest());
    if (rests) return;
    boost::fruchterman_reingold_force_directed_layout(
        graph, map, topology, boost::cooling(boost::linear_cooling<double>(count < 500 ? 300 : 60)));
}

/// How far two boxes reach into each other and the gap that they should keep, on either axis; nothing if they do not.
std::optional<Point> overlap_of(const LayoutPart& part, std::size_t i, std::size_t k, const std::vector<Point>& sizes) {
    const Point &a = part.middles[i], &b = part.middles[k];
    const Point &size_a = sizes[part.boxes[i]], &size_b = sizes[part.boxes[k]];
    const double y = (size_a.y + size_b.y) / 2 - std::fabs(a.y - b.y);
    if (y + kLineGap <= kTouch) return std::nullopt;
    const auto room = part.rooms.find({i, k});
    const bool connected = room != part.rooms.end();
    const double x = (size_a.x + size_b.x) / 2 - std::fabs(a.x - b.x);
    const Point overlap{x + (connected ? std::max(kGap, room->second) : kGap), y + (connected ? kLineGap : kGap)};
    if (overlap.x <= kTouch || overlap.y <= kTouch) return std::nullopt;
    return overlap;
}

/// Moves overlapping boxes apart along the shorter way, until none overlap or it stops getting better.
void push_apart(LayoutPart& part, const std::vector<Point>& sizes) {
    bool moved = true;
    for (int round = 0; moved && round < kMostPushes; ++round) {
        moved = false;
        for (std::size_t i = 0; i < part.boxes.size(); ++i) {
            for (std::size_t k = i + 1; k < part.boxes.size(); ++k) {
                const auto overlap = overlap_of(part, i, k, sizes);
                if (!overlap) continue;
                moved = true;
                Point &a = part.middles[i], &b = part.middles[k];
                double Point::*axis = overlap->y <= overlap->x ? &Point::y : &Point::x;
                const double step = (a.*axis <= b.*axis ? -1 : 1) * std::min(overlap->x, overlap->y) / 2;
                a.*axis += step;
                b.*axis -= step;
            }
        }
    }
}

void measure(LayoutPart& part, const std::vector<Point>& sizes) {
    part.low = {1e18, 1e18};
    part.high = {-1e18, -1e18};
    for (std::size_t i = 0; i < part.boxes.size(); ++i) {
        const Point &middle = part.middles[i], &size = sizes[part.boxes[i]];
        part.low = {std::min(part.low.x, middle.x - size.x / 2), std::min(part.low.y, middle.y - size.y / 2)};
        part.high = {std::max(part.high.x, middle.x + size.x / 2), std::max(part.high.y, middle.y + size.y / 2)};
    }
}

std::vector<Point> around_centre(const Places& places) {
    Point centre;
    for (const auto& place : places) {
        centre.x += place[0] / static_cast<double>(places.size());
        centre.y += place[1] / static_cast<double>(places.size());
    }
    std::vector<Point> middles;
    for (const auto& place : places) middles.push_back({place[0] - centre.x, place[1] - centre.y});
    return middles;
}

/// Turns a part so that it is longest from left to right, and stretches it towards the shape of the sheet.
void fit_shape(std::vector<Point>& middles, double aspect) {
    double xx = 0, xy = 0, yy = 0;
    for (const Point& middle : middles) {
        xx += middle.x * middle.x;
        xy += middle.x * middle.y;
        yy += middle.y * middle.y;
    }
    const double angle = std::atan2(2 * xy, xx - yy) / 2;
    Point high{kTouch, kTouch};
    for (Point& middle : middles) {
        middle = {middle.x * std::cos(angle) + middle.y * std::sin(angle),
                  middle.y * std::cos(angle) - middle.x * std::sin(angle)};
        high = {std::max(high.x, std::fabs(middle.x)), std::max(high.y, std::fabs(middle.y))};
    }
    const double stretch = std::clamp(std::sqrt(aspect * high.y / high.x), 1 / kMostStretch, kMostStretch);
    for (Point& middle : middles) middle = {middle.x * stretch, middle.y / stretch};
}

/// The lower edge of what stands on a sheet, as steps from left to right.
class Skyline {
public:
    explicit Skyline(double width) : width_(width), steps_{{0, 0}} {}

    /// Puts a box where it stands highest, then leftmost; returns its upper left corner.
    Point put(Point size) {
        Point best{0, std::numeric_limits<double>::max()};
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const double x = steps_[i].x;
            if (i > 0 && x + size.x > width_) break;
            const double y = lowest(i, x + size.x);
            if (y < best.y) best = {x, y};
        }
        cover(best.x, best.x + size.x, best.y + size.y);
        height_ = std::max(height_, best.y + size.y);
        return best;
    }
    [[nodiscard]] double height() const noexcept { return height_; }

private:
    [[nodiscard]] double lowest(std::size_t first, double end) const {
        double y = 0;
        for (std::size_t i = first; i < steps_.size() && steps_[i].x < end - kTouch; ++i) y = std::max(y, steps_[i].y);
        return y;
    }
    void cover(double from, double to, double y) {
        const auto begin = std::find_if(steps_.begin(), steps_.end(), [&](const Point& s) { return s.x >= from - kTouch; });
        auto end = begin;
        double behind = begin == steps_.begin() ? 0 : std::prev(begin)->y;
        for (; end != steps_.end() && end->x < to - kTouch; ++end) behind = end->y;
        const bool goes_on = end == steps_.end() || end->x > to + kTouch;
        const auto at = steps_.insert(steps_.erase(begin, end), {from, y});
        if (goes_on) steps_.insert(std::next(at), {to, behind});
    }

    double width_, height_ = 0;
    std::vector<Point> steps_;  ///< where each begins, and how far down it is
};

/// Upper left corners of the parts, with a gap between them: of several widths the one in which the whole can be shown largest.
std::vector<Point> packed(const std::vector<LayoutPart>& parts, double gap, double aspect) {
    constexpr double kNarrowest = 0.8, kWider = 1.08;
    constexpr int kWidths = 14;
    double area = 0, widest = 0;
    for (const LayoutPart& part : parts) {
        area += (part.width() + gap) * (part.height() + gap);
        widest = std::max(widest, part.width() + gap);
    }
    std::vector<Point> best;
    double best_width = std::numeric_limits<double>::max();
    double width = std::max(widest, kNarrowest * std::sqrt(area * aspect));
    for (int i = 0; i < kWidths; ++i, width *= kWider) {
        Skyline skyline(width);
        std::vector<Point> corners;
        double right = 0;
        for (const LayoutPart& part : parts) {
            corners.push_back(skyline.put({part.width() + gap, part.height() + gap}));
            right = std::max(right, corners.back().x + part.width());
        }
        const double needed = std::max(right, skyline.height() * aspect);
        if (needed < best_width) best = std::move(corners), best_width = needed;
    }
    return best;
}

}  // namespace

Layout::Layout(const Drawing& drawing, double aspect) : drawing_(drawing), aspect_(aspect) {
    LayoutGraph graph(drawing.sizes.size());
    for (const auto& line : drawing.lines) boost::add_edge(line.from, line.to, 1.0, graph);
    std::vector<std::size_t> component(drawing.sizes.size()), number(drawing.sizes.size());
    const auto map = boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph));
    parts_.resize(boost::connected_components(graph, map));
    std::vector<LayoutGraph> graphs(parts_.size());
    for (std::size_t box = 0; box < component.size(); ++box) {
        number[box] = boost::add_vertex(graphs[component[box]]);
        parts_[component[box]].boxes.push_back(box);
    }
    for (const auto& line : drawing.lines) {
        if (line.from == line.to) continue;
        const std::size_t part = component[line.from];
        const auto [low, high] = std::minmax(number[line.from], number[line.to]);
        const auto [known, is_new] = parts_[part].rooms.try_emplace({low, high}, line.room);
        known->second = std::max(known->second, line.room);
        if (is_new) boost::add_edge(low, high, 1.0, graphs[part]);
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        Places places(parts_[i].boxes.size());
        place(graphs[i], places);
        parts_[i].middles = around_centre(places);
        fit_shape(parts_[i].middles, aspect);
    }
}

Layout::~Layout() = default;

std::vector<Point> Layout::middles(double distance) const {
    std::vector<LayoutPart> parts = parts_;
    for (LayoutPart& part : parts) {
        for (Point& middle : part.middles) middle = {middle.x * distance, middle.y * distance};
        push_apart(part, drawing_.sizes);
        measure(part, drawing_.sizes);
    }
    std::stable_sort(parts.begin(), parts.end(), [](const LayoutPart& a, const LayoutPart& b) { return a.height() > b.height(); });
    const std::vector<Point> corners = packed(parts, std::max(distance / 2, kLineGap), aspect_);
    std::vector<Point> middles(drawing_.sizes.size());
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const LayoutPart& part = parts[p];
        for (std::size_t i = 0; i < part.boxes.size(); ++i) {
            middles[part.boxes[i]] = {part.middles[i].x - part.low.x + corners[p].x, part.middles[i].y - part.low.y + corners[p].y};
        }
    }
    return middles;
}

}  // namespace tercet::graph

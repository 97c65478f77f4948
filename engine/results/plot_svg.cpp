#include <algorithm>
#include <cmath>
#include <ostream>
#include <string_view>

#include "engine/results/plot.hpp"
#include "engine/results/svg_text.hpp"
#include "engine/results/writers.hpp"

namespace tercet::results {
namespace {

constexpr double kLetter = 8, kMargin = 30, kBelow = 60, kTickGap = 8;
constexpr double kThickestBar = 34;
constexpr std::size_t kNameWidth = 40, kTicks = 8, kMostDots = 200;

constexpr std::string_view kStyle = R"(<style>
text { font-family: "DejaVu Sans", Verdana, Helvetica, sans-serif; font-size: 13px; fill: #14212e }
.right { text-anchor: end }
.middle { text-anchor: middle }
.name { font-weight: bold }
.grid { stroke: #dde3e9; stroke-width: 1 }
.zero { stroke: #5b7083; stroke-width: 1 }
.bar { fill: #4a86b8 }
.line { fill: none; stroke: #2f6ea5; stroke-width: 2; stroke-linejoin: round }
.dot { fill: #2f6ea5 }
</style>
)";

/// Where the values of an axis stand on the sheet.
struct Axis {
    double low, high;    ///< values
    double begin, end;   ///< places
    [[nodiscard]] double at(double value) const { return high == low ? (begin + end) / 2 : begin + (value - low) / (high - low) * (end - begin); }
};

double width_of(std::string_view text) { return static_cast<double>(display_width(text)) * kLetter; }

class Sheet {
public:
    explicit Sheet(std::ostream& out) : out_(out), numbers_(out) {
        out << "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " << kSheetWidth << ' ' << kSheetHeight << "\" width=\"" << kSheetWidth << "\" height=\"" << kSheetHeight
            << "\">\n" << kStyle << "<rect width=\"" << kSheetWidth << "\" height=\"" << kSheetHeight << "\" fill=\"#fff\"/>\n";
    }
    ~Sheet() { out_ << "</svg>\n"; }
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    void text(std::string_view style, double x, double y, std::string_view text) {
        out_ << "<text class=\"" << style << "\" x=\"" << x << "\" y=\"" << y << "\">" << escaped(text) << "</text>\n";
    }
    void line(std::string_view style, double x1, double y1, double x2, double y2) {
        out_ << "<line class=\"" << style << "\" x1=\"" << x1 << "\" y1=\"" << y1 << "\" x2=\"" << x2 << "\" y2=\"" << y2 << "\"/>\n";
    }
    void bar(double x, double y, double width, double height, const Plot::Point& point) {
        out_ << "<rect class=\"bar\" x=\"" << x << "\" y=\"" << y << "\" width=\"" << width << "\" height=\"" << height << "\"><title>" << escaped(point.label) << ": "
             << number_text(point.y) << "</title></rect>\n";
    }
    void polyline(const std::vector<Plot::Point>& points, const Axis& x, const Axis& y) {
        out_ << "<polyline class=\"line\" points=\"";
        for (const auto& point : points) out_ << x.at(point.x) << ',' << y.at(point.y) << ' ';
        out_ << "\"/>\n";
        if (points.size() > kMostDots) return;
        for (const auto& point : points) {
            out_ << "<circle class=\"dot\" cx=\"" << x.at(point.x) << "\" cy=\"" << y.at(point.y) << "\" r=\"3.5\"><title>" << escaped(point.label) << ": " << number_text(point.y)
                 << "</title></circle>\n";
        }
    }

private:
    std::ostream& out_;
    OneDigit numbers_;
};

/// The values of y, with zero where they are told by lengths.
std::pair<double, double> range_of(const Plot& plot, bool with_zero) {
    double low = with_zero ? 0 : plot.points.front().y, high = low;
    for (const auto& point : plot.points) low = std::min(low, point.y), high = std::max(high, point.y);
    return {low, high};
}

/// A row for each name, from above.
void draw_bars(Sheet& sheet, const Plot& plot) {
    double names = width_of(plot.x_name);
    for (const auto& point : plot.points) names = std::max(names, width_of(fit(point.label, kNameWidth)));
    const auto [low, high] = range_of(plot, true);
    const Axis x{low, high == low ? low + 1 : high, kMargin + names + 2 * kTickGap, kSheetWidth - kMargin - 8 * kLetter};
    const double top = kMargin + 16, bottom = kSheetHeight - kBelow;
    const double row = std::min(kThickestBar / 0.75, (bottom - top) / static_cast<double>(plot.points.size()));
    const double end = top + row * static_cast<double>(plot.points.size());
    for (const Tick& tick : ticks(x.low, x.high, kTicks, Plot::Scale::Numbers)) {
        sheet.line("grid", x.at(tick.at), top, x.at(tick.at), end);
        sheet.text("middle", x.at(tick.at), end + 20, tick.label);
    }
    sheet.text("right name", x.begin - kTickGap, kMargin + 4, plot.x_name);
    sheet.text("middle name", (x.begin + x.end) / 2, end + 42, plot.y_name);
    for (std::size_t i = 0; i < plot.points.size(); ++i) {
        const auto& point = plot.points[i];
        const double middle = top + row * (static_cast<double>(i) + 0.5), from = std::min(x.at(0), x.at(point.y)), to = std::max(x.at(0), x.at(point.y));
        sheet.bar(from, middle - row * 0.375, to - from, row * 0.75, point);
        sheet.text("right", std::min(x.begin, from) - kTickGap, middle + 4.5, fit(point.label, kNameWidth));
        sheet.text("", to + 6, middle + 4.5, number_text(point.y));
    }
    sheet.line("zero", x.at(0), top, x.at(0), end);
}

/// Lines and histograms: both axes are scales.
void draw_over_scale(Sheet& sheet, const Plot& plot) {
    const bool is_histogram = plot.kind == PlotKind::Histogram;
    const auto [low, high] = range_of(plot, is_histogram);
    const Axis y{low, high, kSheetHeight - kBelow - kMargin, kMargin + 26};
    const std::vector<Tick> marks = ticks(low, high, kTicks, Plot::Scale::Numbers);
    double side = 0;
    for (const Tick& tick : marks) side = std::max(side, width_of(tick.label));
    const Axis x{plot.points.front().x, plot.points.back().x + plot.class_width, kMargin + side + 2 * kTickGap, kSheetWidth - kMargin - 40};
    for (const Tick& tick : marks) {
        sheet.line("grid", x.begin, y.at(tick.at), x.end, y.at(tick.at));
        sheet.text("right", x.begin - kTickGap, y.at(tick.at) + 4.5, tick.label);
    }
    for (const Tick& tick : ticks(x.low, x.high, kTicks, plot.scale)) {
        sheet.line("grid", x.at(tick.at), y.begin, x.at(tick.at), y.end);
        sheet.text("middle", x.at(tick.at), y.begin + 20, tick.label);
    }
    sheet.text("name", kMargin, kMargin + 4, plot.y_name);
    sheet.text("middle name", (x.begin + x.end) / 2, y.begin + 44, plot.x_name);
    for (const auto& point : plot.points) {
        if (is_histogram) sheet.bar(x.at(point.x) + 0.5, y.at(std::max(0.0, point.y)), x.at(point.x + plot.class_width) - x.at(point.x) - 1, std::fabs(y.at(0) - y.at(point.y)), point);
    }
    if (!is_histogram) sheet.polyline(plot.points, x, y);
    sheet.line("zero", x.begin, y.begin, x.end, y.begin);
}

}  // namespace

void write_plot_svg(std::ostream& out, const Plot& plot) {
    Sheet sheet(out);
    if (plot.kind == PlotKind::Bars) draw_bars(sheet, plot);
    else draw_over_scale(sheet, plot);
}

std::uint64_t write_plot_picture(Result& result, std::ostream& out, const WriteOptions& options) {
    const Plot plot = read_plot(result, options.plot, options.prefixes);
    write_plot_svg(out, plot);
    return plot.points.size();
}

}  // namespace tercet::results

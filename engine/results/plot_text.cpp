#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>
#include <string_view>

#include "engine/results/plot.hpp"
#include "engine/results/writers.hpp"

namespace tercet::results {
namespace {

constexpr std::size_t kUsualWidth = 80, kNarrowest = 30, kRows = 16;
constexpr std::string_view kColour = "\x1b[36m", kNoColour = "\x1b[0m";

std::string padded(const std::string& text, std::size_t width, bool right = false) {
    const std::string pad(width - std::min(width, display_width(text)), ' ');
    return right ? pad + text : text + pad;
}

std::string repeated(std::string_view text, std::size_t count) {
    std::string all;
    for (; count != 0; --count) all += text;
    return all;
}

// --- bars, and the classes of a histogram -------------------------------------------------------------------------

/// Bars from a common zero, in eighths of a cell to the right and in halves to the left.
class BarScale {
public:
    BarScale(const std::vector<Plot::Point>& points, std::size_t cells) {
        double least = 0, most = 0;
        for (const auto& point : points) least = std::min(least, point.y), most = std::max(most, point.y);
        per_unit_ = most == least ? 0 : static_cast<double>(cells) / (most - least);
        left_ = static_cast<std::size_t>(std::ceil(-least * per_unit_));
    }

    [[nodiscard]] std::string bar(double value) const {
        static constexpr std::array<std::string_view, 8> kEighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        const double length = std::fabs(value) * per_unit_;
        if (value < 0) {
            const auto halves = static_cast<std::size_t>(std::lround(2 * length));
            const std::size_t cells = std::min((halves + 1) / 2, left_);
            return std::string(left_ - cells, ' ') + (halves % 2 == 1 ? "▐" : "") + repeated("█", cells - halves % 2);
        }
        const auto eighths = static_cast<std::size_t>(std::lround(8 * length));
        return std::string(left_, ' ') + repeated("█", eighths / 8) + std::string(kEighths[eighths % 8]);
    }

private:
    double per_unit_ = 0;
    std::size_t left_ = 0;
};

void write_bars(std::ostream& out, const Plot& plot, std::size_t width, bool colour) {
    std::size_t names = display_width(plot.x_name), values = display_width(plot.y_name);
    for (const auto& point : plot.points) {
        names = std::max(names, display_width(point.label));
        values = std::max(values, number_text(point.y).size());
    }
    names = std::min(names, width / 2);
    const std::size_t around = names + values + 4;
    const BarScale scale(plot.points, width > around + 4 ? width - around : 4);
    out << padded(fit(plot.x_name, names), names) << "  " << padded(plot.y_name, values, true) << '\n';
    for (const auto& point : plot.points) {
        out << padded(fit(point.label, names), names) << "  " << padded(number_text(point.y), values, true) << ' ' << (colour ? kColour : "") << scale.bar(point.y)
            << (colour ? kNoColour : "") << '\n';
    }
}

// --- lines --------------------------------------------------------------------------------------------------------

struct Range {
    double low, high;
    [[nodiscard]] double share(double value) const { return high == low ? 0.5 : (value - low) / (high - low); }
};

/// Quarters of cells that are set.
class Canvas {
public:
    Canvas(std::size_t columns, std::size_t rows) : columns_(columns), rows_(rows), quarters_(columns * rows, 0) {}

    /// From one point to another, both in shares of the width and of the height from below.
    void line(double x0, double y0, double x1, double y1) {
        const double width = static_cast<double>(2 * columns_ - 1), height = static_cast<double>(2 * rows_ - 1);
        const double steps = std::max({1.0, std::fabs(x1 - x0) * width, std::fabs(y1 - y0) * height});
        for (double i = 0; i <= std::ceil(steps); ++i) {
            const double t = std::min(1.0, i / steps);
            set(static_cast<std::size_t>(std::lround((x0 + t * (x1 - x0)) * width)), static_cast<std::size_t>(std::lround((1 - y0 - t * (y1 - y0)) * height)));
        }
    }
    [[nodiscard]] std::string row(std::size_t row) const {
        static constexpr std::array<std::string_view, 16> kQuarters{" ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█"};
        std::string text;
        for (std::size_t c = 0; c < columns_; ++c) text += kQuarters[quarters_[row * columns_ + c]];
        return text;
    }

private:
    void set(std::size_t x, std::size_t y) { quarters_[y / 2 * columns_ + x / 2] |= 1U << (x % 2 + 2 * (y % 2)); }

    std::size_t columns_, rows_;
    std::vector<unsigned> quarters_;
};

/// The labels of the ticks below their places, those that have room.
std::string tick_line(const std::vector<Tick>& marks, const Range& range, std::size_t columns) {
    std::string line;
    for (const Tick& tick : marks) {
        const auto middle = static_cast<std::size_t>(std::lround(range.share(tick.at) * static_cast<double>(columns - 1)));
        const std::size_t half = tick.label.size() / 2;
        const std::size_t begin = std::min(middle > half ? middle - half : 0, columns - std::min(columns, tick.label.size()));
        if (!line.empty() && begin < line.size() + 2) continue;
        line = padded(line, begin) + tick.label;
    }
    return line;
}

void write_lines(std::ostream& out, const Plot& plot, std::size_t width, bool colour) {
    const auto [least, most] = std::minmax_element(plot.points.begin(), plot.points.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
    const Range x{plot.points.front().x, plot.points.back().x}, y{least->y, most->y};
    const std::vector<Tick> marks = ticks(y.low, y.high, kRows / 4, Plot::Scale::Numbers);
    std::size_t side = 0;
    for (const Tick& tick : marks) side = std::max(side, tick.label.size());
    const std::size_t columns = std::max(width, side + kNarrowest) - side - 3;
    Canvas canvas(columns, kRows);
    for (std::size_t i = 0; i < plot.points.size(); ++i) {
        const auto &from = plot.points[i == 0 ? 0 : i - 1], &to = plot.points[i];
        canvas.line(x.share(from.x), y.share(from.y), x.share(to.x), y.share(to.y));
    }
    out << plot.y_name << '\n';
    for (std::size_t row = 0; row < kRows; ++row) {
        const auto mark = std::find_if(marks.begin(), marks.end(), [&](const Tick& t) {
            return static_cast<std::size_t>(std::lround((1 - y.share(t.at)) * static_cast<double>(kRows - 1))) == row;
        });
        out << padded(mark == marks.end() ? "" : mark->label, side, true) << (mark == marks.end() ? " │" : " ┤") << (colour ? kColour : "") << canvas.row(row)
            << (colour ? kNoColour : "") << '\n';
    }
    out << std::string(side, ' ') << " └" << repeated("─", columns) << '\n';
    out << std::string(side + 2, ' ') << tick_line(ticks(x.low, x.high, columns / 16, plot.scale), x, columns) << '\n';
    out << padded(plot.x_name, side + 2 + columns, true) << '\n';
}

}  // namespace

void write_plot_text(std::ostream& out, const Plot& plot, std::size_t width, bool colour) {
    const std::size_t cells = std::max(width == 0 ? kUsualWidth : width, kNarrowest);
    if (plot.kind == PlotKind::Lines) write_lines(out, plot, cells, colour);
    else write_bars(out, plot, cells, colour);
}

std::uint64_t write_plot(Result& result, std::ostream& out, const WriteOptions& options) {
    const Plot plot = read_plot(result, options.plot, options.prefixes);
    write_plot_text(out, plot, options.width, options.colour);
    return plot.points.size();
}

}  // namespace tercet::results

#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "engine/results/cell_text.hpp"
#include "tercet/result.hpp"

/// Answers of numbers as bars, lines and histograms.
namespace tercet::results {

/// What is drawn: names, numbers or moments with a number each. Of a histogram the points are its classes by their lower ends.
struct Plot {
    enum class Scale { Names, Numbers, Dates };
    struct Point {
        std::string label;
        double x = 0;  ///< seconds since 1970 for dates; 0 for names
        double y = 0;
    };

    PlotKind kind = PlotKind::Bars;  ///< never Auto
    Scale scale = Scale::Names;
    std::string x_name, y_name;
    std::vector<Point> points;  ///< of lines ascending by x
    double class_width = 0;     ///< of a histogram
};

/// Reads the answer to its end. Rows in which something is unbound are left out. Throws Error (InvalidArgument) for an answer that is
/// not a column of numbers, or one of anything and one of numbers, and for more bars than can be read.
[[nodiscard]] Plot read_plot(Result& result, PlotKind wanted, const Prefixes& prefixes);

/// A mark on an axis.
struct Tick {
    double at = 0;
    std::string label;
};
/// About `count` round numbers, or first days of years, months or days, from `low` to `high`.
[[nodiscard]] std::vector<Tick> ticks(double low, double high, std::size_t count, Plot::Scale scale);

/// As short as six digits allow.
[[nodiscard]] std::string number_text(double value);

/// In so many cells of a terminal, by block characters; ANSI colours if `colour`.
void write_plot_text(std::ostream& out, const Plot& plot, std::size_t width, bool colour);

/// A self-contained SVG of 1200 x 800.
void write_plot_svg(std::ostream& out, const Plot& plot);

}  // namespace tercet::results

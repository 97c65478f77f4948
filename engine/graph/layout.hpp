#pragma once

#include <cstddef>
#include <vector>

namespace tercet::graph {

struct Point {
    double x = 0, y = 0;
};

/// What is to be placed: boxes by their sizes, and lines between them by the boxes' numbers.
struct Drawing {
    struct Line {
        std::size_t from, to;
        double room = 0;  ///< for what is written along it: so far apart are boxes that stand side by side
    };
    std::vector<Point> sizes;
    std::vector<Line> lines;
};

struct LayoutPart;

/// Places for the boxes of a drawing.
///
/// Parts that are not connected are placed on their own and set side by side: small ones by springs between all pairs
/// (Kamada and Kawai 1989), large ones by forces (Fruchterman and Reingold 1991). The same drawing always gets the same
/// places.
class Layout {
public:
    /// `aspect`: about how many times as wide as high the whole should be.
    Layout(const Drawing& drawing, double aspect);
    ~Layout();
    Layout(const Layout&) = delete;
    Layout& operator=(const Layout&) = delete;

    /// The middles of the boxes such that none overlap and connected ones stand about `distance` apart.
    [[nodiscard]] std::vector<Point> middles(double distance) const;

private:
    const Drawing& drawing_;
    double aspect_;
    std::vector<LayoutPart> parts_;
};

}  // namespace tercet::graph

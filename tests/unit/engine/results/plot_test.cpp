#include "engine/results/plot.hpp"

#include <regex>
#include <sstream>

#include "engine/results/result_source.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"

using namespace tercet;
using namespace tercet::results;

namespace {

using Rows = std::vector<std::vector<Term>>;

/// Rows that stand ready.
class Ready final : public Result::Source {
public:
    Ready(std::vector<std::string> names, Rows rows) : names_(std::move(names)), rows_(std::move(rows)) {}
    [[nodiscard]] ResultKind kind() const noexcept override { return ResultKind::Bindings; }
    [[nodiscard]] const std::vector<std::string>& variables() const noexcept override { return names_; }
    [[nodiscard]] const std::vector<std::string>& notes() const noexcept override { return notes_; }
    [[nodiscard]] bool boolean() const override { return false; }
    [[nodiscard]] bool next(std::vector<Term>& values) override {
        if (at_ == rows_.size()) return false;
        values = rows_[at_++];
        return true;
    }
    [[nodiscard]] std::optional<Triple> next_triple() override { return std::nullopt; }

private:
    std::vector<std::string> names_, notes_;
    Rows rows_;
    std::size_t at_ = 0;
};

Plot plot_of(Rows rows, PlotKind kind = PlotKind::Auto) {
    const std::size_t columns = rows.empty() ? 2 : rows.front().size();
    std::vector<std::string> names{"x", "y", "z"};
    names.resize(columns);
    Result result(std::make_unique<Ready>(std::move(names), std::move(rows)));
    return read_plot(result, kind, {});
}
std::string text(const Plot& plot, std::size_t width = 40) {
    std::ostringstream out;
    write_plot_text(out, plot, width, false);
    return out.str();
}
std::string svg(const Plot& plot) {
    std::ostringstream out;
    write_plot_svg(out, plot);
    return out.str();
}
Term name(const char* text) { return Term::literal(text); }
Term date(const char* text) { return Term::typed_literal(text, "http://www.w3.org/2001/XMLSchema#date"); }

const Rows kNames{{name("apples"), Term::integer(8)}, {name("pears"), Term::integer(4)}, {name("<plums>"), Term::integer(1)}};

std::vector<std::string> labels(const std::vector<Tick>& marks) {
    std::vector<std::string> found;
    for (const Tick& tick : marks) found.push_back(tick.label);
    return found;
}
using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("plot: what is drawn follows from the columns", "[results][plot]") {
    CHECK(plot_of(kNames).kind == PlotKind::Bars);
    CHECK(plot_of({{Term::integer(1), Term::integer(4)}}).kind == PlotKind::Lines);
    CHECK(plot_of({{date("2024-01-02"), Term::integer(4)}}).kind == PlotKind::Lines);
    CHECK(plot_of({{Term::integer(1)}, {Term::decimal("2.5")}}).kind == PlotKind::Histogram);
    CHECK(plot_of({{Term::integer(1), Term::integer(4)}}, PlotKind::Bars).kind == PlotKind::Bars);
}

TEST_CASE("plot: rows with something unbound are left out, lines are sorted", "[results][plot]") {
    const Plot plot = plot_of({{Term::integer(3), Term::integer(1)}, {Term{}, Term::integer(9)}, {Term::integer(2), Term{}}, {Term::integer(1), Term::integer(5)}});
    REQUIRE(plot.points.size() == 2);
    CHECK(plot.points[0].x == 1);
    CHECK(plot.points[1].y == 1);
}

TEST_CASE("plot: what cannot be drawn is told", "[results][plot]") {
    CHECK_THROWS_WITH(plot_of({{name("a"), name("b")}}), Catch::Contains("row 1: ?y is not a number: b"));
    CHECK_THROWS_WITH(plot_of({{name("a"), Term::integer(1), Term::integer(2)}}), Catch::Contains("this answer has 3"));
    CHECK_THROWS_WITH(plot_of({}), Catch::Contains("nothing to plot"));
    CHECK_THROWS_WITH(plot_of(kNames, PlotKind::Lines), Catch::Contains("choose bars"));
    CHECK_THROWS_WITH(plot_of(kNames, PlotKind::Histogram), Catch::Contains("choose bars"));
    CHECK_THROWS_WITH(plot_of(Rows(61, kNames.front())), Catch::Contains("LIMIT"));
}

TEST_CASE("plot: a histogram counts values in classes of round width", "[results][plot]") {
    Rows rows;
    for (int i = 0; i < 25; ++i) rows.push_back({Term::integer(i)});
    const Plot plot = plot_of(rows);
    CHECK(plot.class_width == 5);
    REQUIRE(plot.points.size() == 5);
    for (const auto& point : plot.points) CHECK(point.y == 5);
    CHECK(plot.points[1].label == "5 \u2013 10");

    const Plot weighted = plot_of({{Term::integer(0), Term::integer(3)}, {Term::integer(10), Term::integer(4)}}, PlotKind::Histogram);
    CHECK(weighted.points.front().y == 3);
    CHECK(weighted.points.back().y == 4);
    CHECK(plot_of({{Term::integer(7)}, {Term::integer(7)}}).points.front().y == 2);
    CHECK(plot_of({{Term::integer(-7)}, {Term::decimal("-0.5")}}).points.front().x <= -7);
}

TEST_CASE("plot: bars in the terminal are in proportion", "[results][plot]") {
    CHECK(text(plot_of(kNames), 30) ==
          "x        y\n"
          "apples   8 ██████████████████\n"
          "pears    4 █████████\n"
          "<plums>  1 ██▎\n");
    CHECK(text(plot_of({{name("up"), Term::integer(1)}, {name("down"), Term::integer(-1)}}), 31) ==
          "x      y\n"
          "up     1            ██████████▌\n"
          "down  -1 ▐██████████\n");
}

TEST_CASE("plot: a line in the terminal goes from corner to corner", "[results][plot]") {
    const std::string drawn = text(plot_of({{Term::integer(0), Term::integer(0)}, {Term::integer(10), Term::integer(100)}}), 40);
    CHECK_THAT(drawn, Catch::Contains("100 ┤") && Catch::Contains("0 ┤") && Catch::Contains("└───"));
    std::istringstream in(drawn);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    CHECK(lines.front() == "y");
    CHECK_FALSE(lines[1].ends_with(' '));  // the last point, above
    CHECK_THAT(lines[16], Catch::Contains("┤") && !Catch::Contains("┤ "));  // the first one, below
    CHECK_NOTHROW(text(plot_of({{Term::integer(1), Term::integer(5)}}), 10));
}

TEST_CASE("plot: marks are round numbers, and first days of years, months and days", "[results][plot]") {
    const double day = 86400;
    CHECK(labels(ticks(0, 100, 5, Plot::Scale::Numbers)) == Labels{"0", "20", "40", "60", "80", "100"});
    CHECK(labels(ticks(-0.3, 0.3, 6, Plot::Scale::Numbers)) == Labels{"-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"});
    CHECK(labels(ticks(0, 4 * 365.25 * day, 4, Plot::Scale::Dates)) == Labels{"1970", "1971", "1972", "1973", "1974"});
    CHECK(labels(ticks(0, 100 * day, 4, Plot::Scale::Dates)) == Labels{"1970-01", "1970-02", "1970-03", "1970-04"});
    CHECK(labels(ticks(0, 3 * day, 3, Plot::Scale::Dates)) == Labels{"1970-01-01", "1970-01-02", "1970-01-03", "1970-01-04"});
    CHECK(labels(ticks(0, day / 2, 4, Plot::Scale::Dates)).front() == "1970-01-01 00:00");
    CHECK(ticks(5, 5, 4, Plot::Scale::Numbers).size() == 1);
}

TEST_CASE("plot: the SVG holds every value, and text cannot break out of it", "[results][plot]") {
    const std::string bars = svg(plot_of(kNames));
    CHECK_THAT(bars, Catch::Contains("<title>apples: 8</title>") && Catch::Contains("&lt;plums&gt;") && !Catch::Contains("<plums>"));
    const std::string line = svg(plot_of({{date("2024-01-02"), Term::integer(4)}, {date("2024-03-02"), Term::integer(6)}}));
    CHECK_THAT(line, Catch::Contains("<polyline") && Catch::Contains("2024-02"));
    CHECK_THAT(svg(plot_of({{Term::integer(1)}, {Term::integer(2)}})), Catch::Contains("class=\"bar\""));
    for (const std::string& picture : {bars, line}) CHECK_THAT(picture, Catch::EndsWith("</svg>\n") && !Catch::Contains("nan"));
}

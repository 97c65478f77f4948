#include "engine/results/plot.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "engine/model/date_time.hpp"
#include "engine/model/numeric.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

constexpr std::size_t kMostBars = 60, kFewestClasses = 5, kMostClasses = 24;
constexpr double kSecondsOfDay = 86'400;

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorCode::InvalidArgument, message); }

std::optional<double> number_of(const Term& term) {
    const auto number = Numeric::parse(term.value, term.datatype);
    if (!number || !std::isfinite(number->to_double())) return std::nullopt;
    return number->to_double();
}

/// Seconds since 1970; a year and a month begin with their first day.
std::optional<double> moment_of(const Term& term) {
    const auto date = DateTime::parse(term.value, term.datatype);
    if (!date || date->form == DateTime::Form::Time) return std::nullopt;
    const auto since = [](CalendarDay day) { return static_cast<double>(days_since_epoch(day)) * kSecondsOfDay; };
    if (date->form == DateTime::Form::Year) return since({date->year, 1, 1});
    if (date->form == DateTime::Form::YearMonth) return since({date->year, date->month, 1});
    const auto [seconds, nanoseconds] = date->instant();
    return static_cast<double>(seconds) + static_cast<double>(nanoseconds) / 1e9;
}

/// The rows as they come: each with a y, and with an x if all of the first column have one.
class Reader {
public:
    Reader(Result& result, const Prefixes& prefixes) : result_(result), prefixes_(prefixes) {
        const std::size_t columns = result.variables().size();
        if (columns != 1 && columns != 2) refuse("a plot is made of one column of numbers, or of a column of names, numbers or dates and one of numbers; this answer has " +
                                                 std::to_string(columns));
        plot_.x_name = result.variables().front();
        plot_.y_name = columns == 2 ? result.variables().back() : "count";
        while (const Row* row = result_.next()) add(row->values());
        if (plot_.points.empty()) refuse("there is nothing to plot: the answer has no row in which every column has a value");
        plot_.scale = numbers_ ? Plot::Scale::Numbers : dates_ ? Plot::Scale::Dates : Plot::Scale::Names;
        for (std::size_t i = 0; i < plot_.points.size() && plot_.scale == Plot::Scale::Dates; ++i) plot_.points[i].x = moments_[i];
    }
    Plot take() { return std::move(plot_); }

private:
    void add(const std::vector<Term>& values) {
        ++row_;
        if (std::any_of(values.begin(), values.end(), [](const Term& term) { return !term.is_defined(); })) return;
        const auto x = number_of(values.front());
        const auto moment = numbers_ && x ? std::nullopt : moment_of(values.front());
        const auto y = values.size() == 2 ? number_of(values.back()) : std::optional(1.0);
        if (!y) refuse("row " + std::to_string(row_) + ": ?" + plot_.y_name + " is not a number: " + cell_text(values.back(), prefixes_));
        numbers_ = numbers_ && x;
        dates_ = dates_ && moment;
        plot_.points.push_back({cell_text(values.front(), prefixes_), x.value_or(0), *y});
        moments_.push_back(moment.value_or(0));
    }

    Result& result_;
    const Prefixes& prefixes_;
    Plot plot_;
    std::vector<double> moments_;
    std::size_t row_ = 0;
    bool numbers_ = true, dates_ = true;
};

void make_bars(Plot& plot) {
    if (plot.points.size() <= kMostBars) return;
    refuse("a plot of " + std::to_string(plot.points.size()) + " bars cannot be read; ask for at most " + std::to_string(kMostBars) + " rows by LIMIT");
}

void make_lines(Plot& plot) {
    if (plot.scale == Plot::Scale::Names) refuse("lines go along numbers or dates, and ?" + plot.x_name + " has others; choose bars");
    std::stable_sort(plot.points.begin(), plot.points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
}

/// The smallest of 1, 2, 5, 10, 20, 50, ... and their fractions that is not below the size.
double round_up(double size) {
    const double power = std::pow(10, std::floor(std::log10(size)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= size * (1 - 1e-9)) return factor * power;
    }
    return 10 * power;
}

/// Classes of round widths, about as many as the root of the number of values; the second column tells how often a value comes.
void make_classes(Plot& plot) {
    if (plot.scale != Plot::Scale::Numbers) refuse("a histogram is made of numbers, and ?" + plot.x_name + " has others; choose bars");
    const auto [least, most] = std::minmax_element(plot.points.begin(), plot.points.end(), [](const auto& a, const auto& b) { return a.x < b.x; });
    const double low = least->x, high = most->x;
    const double wanted = std::clamp(std::ceil(std::sqrt(static_cast<double>(plot.points.size()))), double{kFewestClasses}, double{kMostClasses});
    plot.class_width = low == high ? 1 : round_up((high - low) / wanted);
    const double first = std::floor(low / plot.class_width);
    std::vector<Plot::Point> classes(static_cast<std::size_t>(std::floor(high / plot.class_width) - first) + 1);
    for (std::size_t i = 0; i < classes.size(); ++i) {
        classes[i].x = (first + static_cast<double>(i)) * plot.class_width;
        classes[i].label = number_text(classes[i].x) + " \u2013 " + number_text(classes[i].x + plot.class_width);
    }
    for (const Plot::Point& point : plot.points) classes[static_cast<std::size_t>(std::floor(point.x / plot.class_width) - first)].y += point.y;
    plot.points = std::move(classes);
}

/// The first day of the month that is so many months after the year 0.
double month_start(std::int64_t months) {
    const std::int64_t year = months >= 0 ? months / 12 : -((11 - months) / 12);
    return static_cast<double>(days_since_epoch({year, static_cast<unsigned>(months - 12 * year) + 1, 1})) * kSecondsOfDay;
}

std::vector<Tick> month_ticks(double low, double high, std::int64_t step) {
    const CalendarDay first = calendar_day(static_cast<std::int64_t>(std::floor(low / kSecondsOfDay)));
    std::int64_t month = first.year * 12 + first.month - 1;
    month -= (month % step + step) % step;
    std::vector<Tick> made;
    for (; month_start(month) <= high; month += step) {
        if (month_start(month) < low) continue;
        const std::string day = date_text(calendar_day(static_cast<std::int64_t>(month_start(month) / kSecondsOfDay)));
        made.push_back({month_start(month), day.substr(0, day.size() - (step % 12 == 0 ? 6 : 3))});
    }
    return made;
}

std::string day_text(double seconds, bool with_time) {
    const double day = std::floor(seconds / kSecondsOfDay);
    const auto minutes = static_cast<std::int64_t>((seconds - day * kSecondsOfDay) / 60);
    const std::string date = date_text(calendar_day(static_cast<std::int64_t>(day)));
    return with_time ? date + ' ' + two_digits(minutes / 60) + ':' + two_digits(minutes % 60) : date;
}

std::vector<Tick> date_ticks(double low, double high, std::size_t count) {
    const double days = (high - low) / kSecondsOfDay / static_cast<double>(std::max<std::size_t>(count, 1));
    for (const std::int64_t months : {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200}) {
        if (days > 20 && static_cast<double>(months) * 30.5 >= days) return month_ticks(low, high, months);
    }
    double step = 12'000 * kSecondsOfDay * 30.5;
    for (const double seconds : {60.0, 300.0, 900.0, 3600.0, 10'800.0, 21'600.0, 43'200.0, 86'400.0, 172'800.0, 604'800.0, 1'209'600.0, 2'592'000.0}) {
        if (seconds >= days * kSecondsOfDay) {
            step = seconds;
            break;
        }
    }
    std::vector<Tick> made;
    for (double at = std::ceil(low / step) * step; at <= high; at += step) made.push_back({at, day_text(at, step < kSecondsOfDay)});
    return made;
}

}  // namespace

Plot read_plot(Result& result, PlotKind wanted, const Prefixes& prefixes) {
    Plot plot = Reader(result, prefixes).take();
    if (wanted == PlotKind::Auto) {
        const bool alone = result.variables().size() == 1;
        wanted = alone ? PlotKind::Histogram : plot.scale == Plot::Scale::Names ? PlotKind::Bars : PlotKind::Lines;
    }
    plot.kind = wanted;
    if (wanted == PlotKind::Bars) make_bars(plot);
    if (wanted == PlotKind::Lines) make_lines(plot);
    if (wanted == PlotKind::Histogram) make_classes(plot);
    return plot;
}

std::vector<Tick> ticks(double low, double high, std::size_t count, Plot::Scale scale) {
    if (scale == Plot::Scale::Dates) return date_ticks(low, high, count);
    if (!(low < high)) return {{low, number_text(low)}};
    const double step = round_up((high - low) / static_cast<double>(std::max<std::size_t>(count, 1)));
    std::vector<Tick> made;
    for (double i = std::ceil(low / step - 1e-9); i * step <= high + step * 1e-9; ++i) made.push_back({i * step, number_text(i * step)});
    return made;
}

std::string number_text(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value == 0 ? 0.0 : value);  // no minus for a zero
    return text;
}

}  // namespace tercet::results

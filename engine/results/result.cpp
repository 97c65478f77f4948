#include "tercet/result.hpp"

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

#include "engine/results/result_source.hpp"
#include "engine/results/writers.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

using Write = std::uint64_t (*)(Result&, std::ostream&, const WriteOptions&);

/// Which writer serves which format, and for which kinds of answers.
struct WriterRow {
    ResultFormat format;
    std::string_view name;
    bool bindings;
    bool boolean;
    bool graph;
    Write write;
};

constexpr std::array kWriters{
    WriterRow{ResultFormat::Table, "table", true, true, true, results::write_table},
    WriterRow{ResultFormat::Json, "json", true, true, false, results::write_json},
    WriterRow{ResultFormat::Xml, "xml", true, true, false, results::write_xml},
    WriterRow{ResultFormat::Csv, "csv", true, true, false, results::write_csv},
    WriterRow{ResultFormat::Tsv, "tsv", true, true, false, results::write_tsv},
    WriterRow{ResultFormat::Markdown, "md", true, true, false, results::write_markdown},
    WriterRow{ResultFormat::NTriples, "nt", false, false, true, results::write_ntriples},
    WriterRow{ResultFormat::Turtle, "ttl", false, false, true, results::write_turtle},
    WriterRow{ResultFormat::Dot, "dot", true, false, true, results::write_dot_picture},
    WriterRow{ResultFormat::Svg, "svg", true, false, true, results::write_svg_picture},
    WriterRow{ResultFormat::Html, "html", true, false, true, results::write_html_picture},
    WriterRow{ResultFormat::Plot, "plot", true, false, false, results::write_plot},
    WriterRow{ResultFormat::PlotSvg, "plot-svg", true, false, false, results::write_plot_picture},
};

constexpr std::string_view kind_name(ResultKind kind) {
    switch (kind) {
        case ResultKind::Bindings: return "solutions";
        case ResultKind::Boolean: return "a yes or no";
        case ResultKind::Graph: return "a graph";
    }
    return "";
}

bool serves(const WriterRow& row, ResultKind kind) {
    switch (kind) {
        case ResultKind::Bindings: return row.bindings;
        case ResultKind::Boolean: return row.boolean;
        case ResultKind::Graph: return row.graph;
    }
    return false;
}

std::string formats_for(ResultKind kind) {
    std::string names;
    for (const WriterRow& row : kWriters) {
        if (serves(row, kind)) names += (names.empty() ? "" : ", ") + std::string(row.name);
    }
    return names;
}

}  // namespace

const Term& Row::operator[](std::string_view variable) const {
    const auto found = std::find(variables_->begin(), variables_->end(), variable);
    if (found == variables_->end()) {
        throw Error(ErrorCode::InvalidArgument, "the answer has no variable ?" + std::string(variable));
    }
    return values_[static_cast<std::size_t>(found - variables_->begin())];
}

Result::Result(std::unique_ptr<Source> source) : source_(std::move(source)) {
    row_.variables_ = std::make_shared<const std::vector<std::string>>(source_->variables());
}

Result::Result(Result&&) noexcept = default;
Result& Result::operator=(Result&&) noexcept = default;
Result::~Result() = default;

ResultKind Result::kind() const noexcept { return source_->kind(); }
const std::vector<std::string>& Result::variables() const noexcept { return *row_.variables_; }
const std::vector<std::string>& Result::notes() const noexcept { return source_->notes(); }
std::vector<Warning> Result::warnings() const { return source_->warnings(); }

std::string Warning::text() const { return Error(ErrorCode::Query, message, position).what(); }

bool Result::boolean() const {
    if (kind() != ResultKind::Boolean) {
        throw Error(ErrorCode::InvalidArgument, "the answer is " + std::string(kind_name(kind())) + ", not of an ASK query");
    }
    return source_->boolean();
}

const Row* Result::next() {
    if (kind() != ResultKind::Bindings) return nullptr;
    return source_->next(row_.values_) ? &row_ : nullptr;
}

std::optional<Triple> Result::next_triple() {
    if (kind() != ResultKind::Graph) return std::nullopt;
    return source_->next_triple();
}

std::vector<Evidence> Result::evidence(const Triple& triple) const { return source_->evidence(triple); }

std::uint64_t Result::write(std::ostream& out, ResultFormat format, const WriteOptions& options) {
    for (const WriterRow& row : kWriters) {
        if (row.format != format) continue;
        if (!serves(row, kind())) {
            throw Error(ErrorCode::InvalidArgument, "the format " + std::string(row.name) + " cannot hold " +
                                                        std::string(kind_name(kind())) + "; choose one of " +
                                                        formats_for(kind()));
        }
        return row.write(*this, out, options);
    }
    throw Error(ErrorCode::InvalidArgument, "unknown result format");
}

}  // namespace tercet

#include "parser/results/reader.hpp"

#include <algorithm>
#include <array>

#include "parser/results/readers.hpp"
#include "parser/text/media_type.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

struct FormatRow {
    ResultFormat format;
    std::string_view media_type;
    std::string_view quality;  ///< how much it is wanted
    std::string_view extension;
    void (*read)(std::istream&, const ReadOptions&, SolutionBuilder&);
};

/// CSV comes last, since it loses what kind of term a value is.
constexpr std::array kFormats{
    FormatRow{ResultFormat::Json, "application/sparql-results+json", "1", ".srj", read_json},
    FormatRow{ResultFormat::Xml, "application/sparql-results+xml", "0.9", ".srx", read_xml},
    FormatRow{ResultFormat::Tsv, "text/tab-separated-values", "0.8", ".tsv", read_tsv},
    FormatRow{ResultFormat::Json, "application/json", "0.5", ".json", read_json},
    FormatRow{ResultFormat::Xml, "application/xml", "0.4", ".xml", read_xml},
    FormatRow{ResultFormat::Csv, "text/csv", "0.1", ".csv", read_csv},
};

}  // namespace

void read_results(std::istream& in, ResultFormat format, const ReadOptions& options, SolutionSink& sink) {
    const auto row = std::find_if(kFormats.begin(), kFormats.end(), [&](const FormatRow& r) { return r.format == format; });
    if (row == kFormats.end()) throw Error(ErrorCode::InvalidArgument, "answers are read in json, xml, csv and tsv only");
    SolutionBuilder builder(sink);
    row->read(in, options, builder);
}

std::optional<ResultFormat> result_format_of_media_type(std::string_view type) {
    const std::string wanted = grammar::media_type(type);
    for (const FormatRow& row : kFormats) {
        if (row.media_type == wanted) return row.format;
    }
    return std::nullopt;
}

std::optional<ResultFormat> guess_result_format(std::string_view name) {
    for (const FormatRow& row : kFormats) {
        if (name.ends_with(row.extension)) return row.format;
    }
    return std::nullopt;
}

std::string accepted_result_types() {
    std::string types;
    for (const FormatRow& row : kFormats) {
        if (!types.empty()) types += ", ";
        types.append(row.media_type).append(";q=").append(row.quality);
    }
    return types;
}

}  // namespace tercet::results

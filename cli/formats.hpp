#pragma once

#include <map>
#include <string>

#include "tercet/tercet.hpp"

/// The names that --format and .mode take.
namespace tercet::cli {

inline const std::map<std::string, ResultFormat> kResultFormats{
    {"table", ResultFormat::Table}, {"json", ResultFormat::Json}, {"xml", ResultFormat::Xml},
    {"csv", ResultFormat::Csv},     {"tsv", ResultFormat::Tsv},   {"md", ResultFormat::Markdown},
    {"nt", ResultFormat::NTriples}, {"ttl", ResultFormat::Turtle}, {"dot", ResultFormat::Dot},
    {"svg", ResultFormat::Svg},     {"html", ResultFormat::Html}, {"plot", ResultFormat::Plot},
    {"plot-svg", ResultFormat::PlotSvg},
};

inline const std::map<std::string, PlotKind> kPlotKinds{
    {"auto", PlotKind::Auto}, {"bars", PlotKind::Bars}, {"lines", PlotKind::Lines}, {"histogram", PlotKind::Histogram}};

inline const std::map<std::string, LoadFormat> kLoadFormats{
    {"auto", LoadFormat::Auto},   {"nt", LoadFormat::NTriples}, {"nq", LoadFormat::NQuads},
    {"ttl", LoadFormat::Turtle},  {"trig", LoadFormat::TriG},   {"rdf", LoadFormat::RdfXml},
    {"article", LoadFormat::Article}, {"statements", LoadFormat::Statements},
};

inline const std::map<std::string, DumpFormat> kDumpFormats{
    {"nt", DumpFormat::NTriples},
    {"nq", DumpFormat::NQuads},
    {"ttl", DumpFormat::Turtle},
    {"trig", DumpFormat::TriG},
    {"rdf", DumpFormat::RdfXml},
};

inline const std::map<std::string, ExtractFormat> kExtractFormats{
    {"jsonl", ExtractFormat::JsonLines}, {"ttl", ExtractFormat::Turtle},      {"table", ExtractFormat::Table},
    {"carb", ExtractFormat::Carb},       {"explain", ExtractFormat::Explain},
    {"names", ExtractFormat::Names},     {"text", ExtractFormat::Text},
};

}  // namespace tercet::cli

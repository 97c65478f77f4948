#include "parser/rdf/reader.hpp"

#include <array>

#include "parser/rdf/document_builder.hpp"
#include "parser/rdf/readers.hpp"

namespace tercet::rdf {
namespace {

struct FormatRow {
    Format format;
    std::string_view extension;
    void (*read)(std::istream&, const ReadOptions&, DocumentBuilder&);
};

constexpr std::array kFormats{
    FormatRow{Format::NTriples, ".nt", read_ntriples}, FormatRow{Format::NQuads, ".nq", read_nquads},
    FormatRow{Format::Turtle, ".ttl", read_turtle},    FormatRow{Format::TriG, ".trig", read_trig},
    FormatRow{Format::RdfXml, ".rdf", read_rdfxml},    FormatRow{Format::RdfXml, ".owl", read_rdfxml},
};
constexpr std::array<std::string_view, 4> kPacked{".gz", ".zst", ".bz2", ".xz"};

}  // namespace

std::uint64_t read(std::istream& in, Format format, const ReadOptions& options, QuadSink& sink) {
    DocumentBuilder builder(options, sink);
    for (const FormatRow& row : kFormats) {
        if (row.format != format) continue;
        row.read(in, options, builder);
        break;
    }
    return builder.quads();
}

std::optional<Format> guess_format(std::string_view name) {
    for (const std::string_view extension : kPacked) {
        if (name.ends_with(extension)) name.remove_suffix(extension.size());
    }
    for (const FormatRow& row : kFormats) {
        if (name.ends_with(row.extension)) return row.format;
    }
    return std::nullopt;
}

}  // namespace tercet::rdf

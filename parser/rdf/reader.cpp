#include "parser/rdf/reader.hpp"

#include <array>
#include <string>

#include "parser/rdf/document_builder.hpp"
#include "parser/rdf/readers.hpp"
#include "parser/text/media_type.hpp"

namespace tercet::rdf {
namespace {

struct FormatRow {
    Format format;
    std::string_view extension;
    std::string_view media_type;
    void (*read)(std::istream&, const ReadOptions&, DocumentBuilder&);
};

constexpr std::array kFormats{
    FormatRow{Format::NTriples, ".nt", "application/n-triples", read_ntriples},
    FormatRow{Format::NQuads, ".nq", "application/n-quads", read_nquads},
    FormatRow{Format::Turtle, ".ttl", "text/turtle", read_turtle},
    FormatRow{Format::TriG, ".trig", "application/trig", read_trig},
    FormatRow{Format::RdfXml, ".rdf", "application/rdf+xml", read_rdfxml},
    FormatRow{Format::RdfXml, ".owl", {}, read_rdfxml},
};
constexpr std::array<std::string_view, 4> kPacked{".gz", ".zst", ".bz2", ".xz"};

}  // namespace

Error statement_too_long(const ReadOptions& options, std::size_t line) {
    return {ErrorCode::Syntax, "a statement is longer than " + std::to_string(options.longest_statement) + " bytes", {options.source, line, 0, {}}};
}

std::uint64_t read(std::istream& in, Format format, const ReadOptions& options, QuadSink& sink) {
    DocumentBuilder builder(options, sink);
    for (const FormatRow& row : kFormats) {
        if (row.format != format) continue;
        row.read(in, options, builder);
        break;
    }
    return builder.quads();
}

std::optional<Format> format_of_media_type(std::string_view type) {
    const std::string wanted = grammar::media_type(type);
    for (const FormatRow& row : kFormats) {
        if (!wanted.empty() && row.media_type == wanted) return row.format;
    }
    return std::nullopt;
}

std::string accepted_types() {
    std::string types;
    for (const FormatRow& row : kFormats) {
        if (!row.media_type.empty()) types.append(row.media_type).append(", ");
    }
    return types + "*/*;q=0.1";
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

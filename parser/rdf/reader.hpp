#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/cancellation.hpp"
#include "engine/model/quad_sink.hpp"

namespace tercet::rdf {

enum class Format { NTriples, NQuads, Turtle, TriG, RdfXml };

struct ReadOptions {
    std::string base;          ///< of relative IRIs
    std::string source;        ///< name of the document, for messages
    std::string blank_prefix;  ///< put in front of blank node labels, so that documents do not share them
    CancelToken cancel;
    /// In bytes, since a statement must lie in memory whole. Memory is only touched as it is needed.
    std::size_t longest_statement = std::size_t{256} << 20U;
};

/// Reads a document to its end and pushes its quads, statement by statement: memory is bounded by the longest statement.
///
/// Returns the number of quads. Throws Error (Syntax) with line, column and what was expected; what was pushed before
/// stays with the sink.
std::uint64_t read(std::istream& in, Format format, const ReadOptions& options, QuadSink& sink);

/// By media type; parameters such as charset are passed over.
[[nodiscard]] std::optional<Format> format_of_media_type(std::string_view type);
/// What to put into an Accept header: all of them.
[[nodiscard]] std::string accepted_types();

/// By the extension of the name, below that of a compression (.nt.gz).
[[nodiscard]] std::optional<Format> guess_format(std::string_view name);

}  // namespace tercet::rdf

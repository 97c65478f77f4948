#pragma once

#include <optional>
#include <string>

#include "engine/base/cancellation.hpp"
#include "engine/model/quad_sink.hpp"
#include "engine/results/rdf_writer.hpp"
#include "loaders/input/input_file.hpp"
#include "parser/rdf/reader.hpp"
#include "tercet/database.hpp"

namespace tercet {

/// The RDF format of a file: what the user says, else by its name. Nothing: it is not RDF.
[[nodiscard]] std::optional<rdf::Format> rdf_format_of(const std::string& file, LoadFormat wanted);

/// What writes a format.
[[nodiscard]] results::RdfFormat rdf_format_of(DumpFormat format);

/// How to read one RDF file. Blank nodes are kept apart from those of other files.
[[nodiscard]] rdf::ReadOptions rdf_read_options(const std::string& file, const LoadOptions& options, const CancelToken& cancel);

/// Reads one RDF file into a sink; returns the number of quads.
std::uint64_t read_rdf(input::InputFile& in, const std::string& file, const LoadOptions& options, const CancelToken& cancel, QuadSink& sink);

/// Threads for a load.
[[nodiscard]] std::size_t thread_count(const LoadOptions& options);

}  // namespace tercet

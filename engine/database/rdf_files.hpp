#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/cancellation.hpp"
#include "engine/model/quad_sink.hpp"
#include "engine/results/rdf_writer.hpp"
#include "loaders/http/download.hpp"
#include "loaders/input/input_file.hpp"
#include "parser/rdf/reader.hpp"
#include "tercet/database.hpp"

namespace tercet {

/// The RDF format of a file: what the user says, else by its name. Nothing: it is not RDF.
[[nodiscard]] std::optional<rdf::Format> rdf_format_of(const std::string& file, LoadFormat wanted);

/// What writes a format.
[[nodiscard]] results::RdfFormat rdf_format_of(DumpFormat format);

/// An RDF document that is open: a file, standard input ("-"), or what a URL (http:, https:, file:) leads to.
class RdfInput {
public:
    /// Throws Error: NotFound and Io for what cannot be opened, InvalidArgument if its format cannot be told.
    RdfInput(const std::string& place, const LoadOptions& options, const http::Limits& limits, CancelToken cancel);

    [[nodiscard]] input::InputFile& file() { return *file_; }
    [[nodiscard]] rdf::Format format() const { return *format_; }
    [[nodiscard]] const rdf::ReadOptions& how() const { return how_; }
    /// Reads it to its end; returns the number of quads. Blank nodes are kept apart from those of other documents.
    std::uint64_t read(QuadSink& sink);

private:
    void open_url(const std::string& url, const LoadOptions& options, const http::Limits& limits);
    void open_file(const std::string& path, const LoadOptions& options);

    rdf::ReadOptions how_;
    std::unique_ptr<http::Download> download_;
    std::unique_ptr<input::InputFile> file_;
    std::optional<rdf::Format> format_;
};

/// Threads for a load.
[[nodiscard]] std::size_t thread_count(const LoadOptions& options);

}  // namespace tercet

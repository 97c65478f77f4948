#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/cancellation.hpp"
#include "engine/model/solution_sink.hpp"
#include "tercet/result.hpp"

/// The standard forms of query answers, read: SPARQL 1.2 Query Results JSON, XML, CSV and TSV.
namespace tercet::results {

struct ReadOptions {
    std::string source;  ///< name of the document, for messages
    CancelToken cancel;
};

/// Reads an answer to its end and pushes it solution by solution: memory is bounded by the longest of them, unless the
/// variables of a JSON document come after its solutions.
///
/// CSV does not tell kinds of terms: what looks like an absolute IRI (`scheme://...` or `urn:...`) is taken for one, `_:x` for
/// a blank node, nothing for unbound, all else for a string.
/// Throws Error: Syntax with line and column, InvalidArgument for a format that is not one of the four.
void read_results(std::istream& in, ResultFormat format, const ReadOptions& options, SolutionSink& sink);

/// By media type; parameters such as charset are passed over.
[[nodiscard]] std::optional<ResultFormat> result_format_of_media_type(std::string_view type);
/// By the extension of a name: .srj .json .srx .xml .csv .tsv.
[[nodiscard]] std::optional<ResultFormat> guess_result_format(std::string_view name);
/// What to put into an Accept header: all four, best first.
[[nodiscard]] std::string accepted_result_types();

}  // namespace tercet::results

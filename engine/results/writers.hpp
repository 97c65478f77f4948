#pragma once

#include <cstdint>
#include <iosfwd>

#include "tercet/result.hpp"

/// One writer per format. Each reads the result to its end and returns the number of rows or triples.
/// Result::write() has checked that the format fits the kind of the answer.
namespace tercet::results {

/// SPARQL 1.2 Query Results JSON. A path is {"type": "path", "value": [{subject, predicate, object}, ...]}.
std::uint64_t write_json(Result& result, std::ostream& out, const WriteOptions& options);
/// SPARQL 1.2 Query Results XML.
std::uint64_t write_xml(Result& result, std::ostream& out, const WriteOptions& options);
/// SPARQL 1.1 Query Results CSV: values only, RFC 4180 quoting and line ends.
std::uint64_t write_csv(Result& result, std::ostream& out, const WriteOptions& options);
/// SPARQL 1.1 Query Results TSV: terms in Turtle syntax.
std::uint64_t write_tsv(Result& result, std::ostream& out, const WriteOptions& options);
/// For people. Widths are set by the first rows, so that a long answer streams.
std::uint64_t write_table(Result& result, std::ostream& out, const WriteOptions& options);
/// A GitHub-flavoured Markdown table.
std::uint64_t write_markdown(Result& result, std::ostream& out, const WriteOptions& options);
std::uint64_t write_ntriples(Result& result, std::ostream& out, const WriteOptions& options);
std::uint64_t write_turtle(Result& result, std::ostream& out, const WriteOptions& options);
/// Pictures of the triples of a graph, or of the paths and s-p-o columns among the solutions.
std::uint64_t write_dot_picture(Result& result, std::ostream& out, const WriteOptions& options);
std::uint64_t write_svg_picture(Result& result, std::ostream& out, const WriteOptions& options);
std::uint64_t write_html_picture(Result& result, std::ostream& out, const WriteOptions& options);
/// Numbers as bars, lines or a histogram (plot.hpp): for a terminal, and as SVG.
std::uint64_t write_plot(Result& result, std::ostream& out, const WriteOptions& options);
std::uint64_t write_plot_picture(Result& result, std::ostream& out, const WriteOptions& options);

}  // namespace tercet::results

#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/quad_sink.hpp"

namespace tercet::results {

enum class RdfFormat { NTriples, NQuads, Turtle, TriG, RdfXml };

/// Writes quads as they come. Neighbours with the same graph or subject share what they can in Turtle and TriG. The line and
/// triple formats leave the graph out.
class RdfWriter : public QuadSink {
public:
    /// Ends the last statement; nothing may follow. The destructor does not.
    virtual void finish() = 0;
};

/// `prefixes` shorten IRIs in Turtle and TriG. The stream must outlive the writer.
[[nodiscard]] std::unique_ptr<RdfWriter> make_rdf_writer(RdfFormat format, std::ostream& out,
                                                         const std::vector<std::pair<std::string, std::string>>& prefixes = {});

}  // namespace tercet::results

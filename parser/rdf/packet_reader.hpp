#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <vector>

#include "engine/model/quad_packet.hpp"
#include "parser/rdf/reader.hpp"
#include "parser/rdf/statement_lines.hpp"

namespace tercet::rdf {

struct PacketOptions {
    ReadOptions read;
    TermView graph;             ///< where quads of the default graph go; its views must outlive the reading
    std::size_t threads = 1;    ///< that parse, besides one that reads
    bool keep_going = false;    ///< over bad statements of N-Triples and N-Quads
};

struct ParsedPacket {
    QuadPacket packet;
    std::vector<BadStatement> bad_statements;
};

/// Reads a document as rdf::read() does, into packets, on threads of its own. Hands them to `take` on the calling thread,
/// in the document's order: the same document makes the same packets, however many threads there are.
void read_packets(std::istream& in, Format format, const PacketOptions& options, const std::function<void(ParsedPacket&)>& take);

}  // namespace tercet::rdf

#pragma once

#include "engine/results/cell_text.hpp"
#include "engine/results/rdf_writer.hpp"

namespace tercet::results {

/// RDF/XML, triple terms and base directions as RDF 1.2 has them. Throws Error (Data) for what XML cannot say: control characters,
/// and a predicate that ends in no name.
[[nodiscard]] std::unique_ptr<RdfWriter> make_rdfxml_writer(std::ostream& out, const Prefixes& prefixes);

}  // namespace tercet::results

#include "parser/rdf/rdfxml_builder.hpp"
#include "parser/rdf/readers.hpp"

namespace tercet::rdf {

void read_rdfxml(std::istream& in, const ReadOptions& options, DocumentBuilder& builder) {
    RdfXmlBuilder events(options, builder);
    read_xml(in, options.source, options.cancel, events);
}

}  // namespace tercet::rdf

#pragma once

#include <array>
#include <string_view>

namespace tercet::sparql {

struct KnownPrefix {
    std::string_view name;
    std::string_view iri;
};

/// What the world calls its vocabularies; for messages.
inline constexpr std::array kKnownPrefixes{
    KnownPrefix{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    KnownPrefix{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    KnownPrefix{"xsd", "http://www.w3.org/2001/XMLSchema#"},
    KnownPrefix{"owl", "http://www.w3.org/2002/07/owl#"},
    KnownPrefix{"foaf", "http://xmlns.com/foaf/0.1/"},
    KnownPrefix{"skos", "http://www.w3.org/2004/02/skos/core#"},
    KnownPrefix{"dc", "http://purl.org/dc/elements/1.1/"},
    KnownPrefix{"dct", "http://purl.org/dc/terms/"},
    KnownPrefix{"dcterms", "http://purl.org/dc/terms/"},
    KnownPrefix{"schema", "https://schema.org/"},
    KnownPrefix{"prov", "http://www.w3.org/ns/prov#"},
    KnownPrefix{"dcat", "http://www.w3.org/ns/dcat#"},
    KnownPrefix{"void", "http://rdfs.org/ns/void#"},
    KnownPrefix{"sh", "http://www.w3.org/ns/shacl#"},
    KnownPrefix{"org", "http://www.w3.org/ns/org#"},
    KnownPrefix{"time", "http://www.w3.org/2006/time#"},
    KnownPrefix{"geo", "http://www.opengis.net/ont/geosparql#"},
    KnownPrefix{"vcard", "http://www.w3.org/2006/vcard/ns#"},
    KnownPrefix{"sioc", "http://rdfs.org/sioc/ns#"},
    KnownPrefix{"nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"},
    KnownPrefix{"wd", "http://www.wikidata.org/entity/"},
    KnownPrefix{"wdt", "http://www.wikidata.org/prop/direct/"},
    KnownPrefix{"dbo", "http://dbpedia.org/ontology/"},
    KnownPrefix{"dbr", "http://dbpedia.org/resource/"},
    KnownPrefix{"fn", "http://www.w3.org/2005/xpath-functions#"},
    KnownPrefix{"math", "http://www.w3.org/2005/xpath-functions/math#"},
};

}  // namespace tercet::sparql

#pragma once

#include <string_view>

/// IRIs that articles are written with, beside those of engine/model/vocabulary.hpp.
namespace tercet::article::iris {

inline constexpr std::string_view kArticles = "urn:tercet:article:";

namespace schema {
inline constexpr std::string_view kPrefix = "https://schema.org/";
inline constexpr std::string_view kNewsArticle = "https://schema.org/NewsArticle";
inline constexpr std::string_view kHeadline = "https://schema.org/headline";
inline constexpr std::string_view kDatePublished = "https://schema.org/datePublished";
inline constexpr std::string_view kAuthor = "https://schema.org/author";
inline constexpr std::string_view kPublisher = "https://schema.org/publisher";
inline constexpr std::string_view kIsPartOf = "https://schema.org/isPartOf";
inline constexpr std::string_view kMonetaryAmount = "https://schema.org/MonetaryAmount";
inline constexpr std::string_view kQuantitativeValue = "https://schema.org/QuantitativeValue";
inline constexpr std::string_view kValue = "https://schema.org/value";
inline constexpr std::string_view kMinValue = "https://schema.org/minValue";
inline constexpr std::string_view kMaxValue = "https://schema.org/maxValue";
inline constexpr std::string_view kCurrency = "https://schema.org/currency";
inline constexpr std::string_view kUnitText = "https://schema.org/unitText";
inline constexpr std::string_view kUrl = "https://schema.org/url";
inline constexpr std::string_view kPerson = "https://schema.org/Person";
inline constexpr std::string_view kOrganization = "https://schema.org/Organization";
inline constexpr std::string_view kPlace = "https://schema.org/Place";
inline constexpr std::string_view kEvent = "https://schema.org/Event";
}  // namespace schema

namespace nif {
inline constexpr std::string_view kPrefix = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
inline constexpr std::string_view kSentence = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Sentence";
inline constexpr std::string_view kAnchorOf = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf";
inline constexpr std::string_view kReferenceContext =
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext";
}  // namespace nif

namespace prov {
inline constexpr std::string_view kPrefix = "http://www.w3.org/ns/prov#";
inline constexpr std::string_view kWasDerivedFrom = "http://www.w3.org/ns/prov#wasDerivedFrom";
}  // namespace prov

namespace skos {
inline constexpr std::string_view kPrefix = "http://www.w3.org/2004/02/skos/core#";
inline constexpr std::string_view kConcept = "http://www.w3.org/2004/02/skos/core#Concept";
}  // namespace skos

namespace rdf {
inline constexpr std::string_view kProperty = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property";
}  // namespace rdf

namespace kg {
inline constexpr std::string_view kPolarity = "urn:tercet:vocabulary:polarity";
inline constexpr std::string_view kModality = "urn:tercet:vocabulary:modality";
inline constexpr std::string_view kConfidence = "urn:tercet:vocabulary:confidence";
inline constexpr std::string_view kAttributedTo = "urn:tercet:vocabulary:attributedTo";
inline constexpr std::string_view kSurface = "urn:tercet:vocabulary:surface";
inline constexpr std::string_view kRule = "urn:tercet:vocabulary:rule";
inline constexpr std::string_view kTime = "urn:tercet:vocabulary:time";
inline constexpr std::string_view kPlace = "urn:tercet:vocabulary:place";
inline constexpr std::string_view kContentHash = "urn:tercet:vocabulary:contentHash";
}  // namespace kg

}  // namespace tercet::article::iris

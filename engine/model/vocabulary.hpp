#pragma once

#include <string_view>

/// IRIs that the code names, by vocabulary.
namespace tercet::vocabulary {

inline constexpr std::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view kRdfs = "http://www.w3.org/2000/01/rdf-schema#";
inline constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema#";

namespace rdf {
inline constexpr std::string_view kType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr std::string_view kFirst = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
inline constexpr std::string_view kRest = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
inline constexpr std::string_view kNil = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
inline constexpr std::string_view kReifies = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies";
inline constexpr std::string_view kLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
inline constexpr std::string_view kDirLangString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString";
inline constexpr std::string_view kXmlLiteral = "http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral";
}  // namespace rdf

namespace rdfs {
inline constexpr std::string_view kLabel = "http://www.w3.org/2000/01/rdf-schema#label";
inline constexpr std::string_view kSubPropertyOf = "http://www.w3.org/2000/01/rdf-schema#subPropertyOf";
}  // namespace rdfs

namespace skos {
inline constexpr std::string_view kAltLabel = "http://www.w3.org/2004/02/skos/core#altLabel";
}  // namespace skos

namespace xsd {
inline constexpr std::string_view kString = "http://www.w3.org/2001/XMLSchema#string";
inline constexpr std::string_view kBoolean = "http://www.w3.org/2001/XMLSchema#boolean";
inline constexpr std::string_view kInteger = "http://www.w3.org/2001/XMLSchema#integer";
inline constexpr std::string_view kDecimal = "http://www.w3.org/2001/XMLSchema#decimal";
inline constexpr std::string_view kDouble = "http://www.w3.org/2001/XMLSchema#double";
inline constexpr std::string_view kFloat = "http://www.w3.org/2001/XMLSchema#float";
inline constexpr std::string_view kDate = "http://www.w3.org/2001/XMLSchema#date";
inline constexpr std::string_view kDateTime = "http://www.w3.org/2001/XMLSchema#dateTime";
inline constexpr std::string_view kTime = "http://www.w3.org/2001/XMLSchema#time";
inline constexpr std::string_view kGYear = "http://www.w3.org/2001/XMLSchema#gYear";
inline constexpr std::string_view kGYearMonth = "http://www.w3.org/2001/XMLSchema#gYearMonth";
inline constexpr std::string_view kDuration = "http://www.w3.org/2001/XMLSchema#duration";
inline constexpr std::string_view kYearMonthDuration = "http://www.w3.org/2001/XMLSchema#yearMonthDuration";
inline constexpr std::string_view kDayTimeDuration = "http://www.w3.org/2001/XMLSchema#dayTimeDuration";
}  // namespace xsd

/// The namespaces of Tercet's own names.
inline constexpr std::string_view kNames = "urn:tercet:name:";            ///< `:`, entities and predicates of articles
inline constexpr std::string_view kTercet = "urn:tercet:vocabulary:";     ///< `kg:`
inline constexpr std::string_view kAlgorithms = "urn:tercet:algorithm:";  ///< `algo:`
inline constexpr std::string_view kList = "http://w3id.org/awslabs/neptune/SPARQL-CDTs/List";
inline constexpr std::string_view kPaths = "urn:tercet:path:";            ///< `path:`

}  // namespace tercet::vocabulary

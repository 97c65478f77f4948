#pragma once

#include <array>
#include <span>
#include <string_view>

/// Few terms of every kind, so that they meet.
namespace tercet::reference {

inline constexpr std::array<std::string_view, 6> kNodes{":a", ":b", ":c", ":d", ":p", ":g"};
inline constexpr std::array<std::string_view, 3> kPredicates{":p", ":q", ":r"};
inline constexpr std::array<std::string_view, 4> kGraphs{":g", ":h", ":a", ":i"};
inline constexpr std::array<std::string_view, 2> kBlankNodes{"_:x", "_:y"};
inline constexpr std::array<std::string_view, 29> kLiterals{
    "1", "2", "1.0", "\"01\"^^xsd:integer", "3.5", "1e0", "-2", "\"NaN\"^^xsd:double", "\"INF\"^^xsd:double", "\"2\"^^xsd:float",
    "\"abc\"^^xsd:integer", "\"x\"", "\"y\"", "\"\"", "\"x\"@en", "\"x\"@fr", "\"x\"@en--ltr", "\"1\"", "true", "\"0\"^^xsd:boolean",
    "\"maybe\"^^xsd:boolean", "\"2020-01-01\"^^xsd:date", "\"2020-01-01T00:00:00Z\"^^xsd:dateTime", "\"u\"^^:type", "\"v\"^^:type",
    "0.1", "\"0.1\"^^xsd:float", "\"2020-01-01T01:00:00+01:00\"^^xsd:dateTime", "\"2020-01-01T00:00:00\"^^xsd:dateTime"};
inline constexpr std::array<std::string_view, 4> kTripleTerms{
    "<<( :a :p :b )>>", "<<( :a :q 1 )>>", "<<( :b :p 1.0 )>>", "<<( :c :r <<( :a :p :b )>> )>>"};
inline constexpr std::array<std::string_view, 6> kVariables{"?a", "?b", "?c", "?d", "?e", "?g"};

}  // namespace tercet::reference

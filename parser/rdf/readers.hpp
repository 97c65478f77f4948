#pragma once

#include <iosfwd>

#include "parser/rdf/document_builder.hpp"
#include "tercet/error.hpp"

/// One reader per grammar; rdf::read() chooses.
namespace tercet::rdf {

void read_ntriples(std::istream& in, const ReadOptions& options, DocumentBuilder& builder);
void read_nquads(std::istream& in, const ReadOptions& options, DocumentBuilder& builder);
void read_turtle(std::istream& in, const ReadOptions& options, DocumentBuilder& builder);
void read_rdfxml(std::istream& in, const ReadOptions& options, DocumentBuilder& builder);
void read_trig(std::istream& in, const ReadOptions& options, DocumentBuilder& builder);

/// What a document that never ends its statement is told.
[[nodiscard]] Error statement_too_long(const ReadOptions& options, std::size_t line);

}  // namespace tercet::rdf

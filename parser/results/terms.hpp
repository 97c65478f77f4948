#pragma once

#include <optional>
#include <string>

#include "tercet/term.hpp"

/// Terms from the parts that an answer names. All throw std::invalid_argument with a sentence for what is no RDF term.
namespace tercet::results {

/// More levels of triple terms than this are refused.
inline constexpr std::size_t kDeepestTriple = 100;

struct LiteralParts {
    std::string value;
    std::optional<std::string> datatype, language, direction;
};

[[nodiscard]] Term make_iri(std::string iri);
[[nodiscard]] Term make_blank_node(std::string label);
[[nodiscard]] Term make_literal(LiteralParts parts);
[[nodiscard]] Term make_triple(Term subject, Term predicate, Term object);

}  // namespace tercet::results

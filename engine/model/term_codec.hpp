#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/term_id.hpp"
#include "engine/model/term_view.hpp"

/// The bytes that stand for a term in a dictionary: a kind, then its parts.
///
///     'I' iri            'B' label            'S' text (xsd:string)
///     'L' datatype 0 text                     'G' tag [--ltr|--rtl] 0 text
///     'T' three ids, big-endian
namespace tercet {

/// The id of a term inside another; nothing if it has none.
using FindId = std::function<std::optional<TermId>(const TermView&)>;

/// Appends the bytes of a term that has no inline form; false if an inner term of a triple term has no id.
[[nodiscard]] bool encode_term(const TermView& term, const FindId& find, std::string& bytes);
[[nodiscard]] std::string encode_triple(const std::array<TermId, 3>& parts);
[[nodiscard]] TermTag tag_of(std::string_view bytes);

/// Precondition: bytes made by encode_term and not of a triple term.
[[nodiscard]] Term decode_term(std::string_view bytes);
/// Precondition: bytes of a triple term.
[[nodiscard]] std::array<TermId, 3> decode_triple(std::string_view bytes);

void append_big_endian(std::string& out, std::uint64_t value);
[[nodiscard]] std::uint64_t read_big_endian(const char* bytes);

}  // namespace tercet

#pragma once

#include <optional>

#include "engine/model/term_id.hpp"
#include "engine/model/term_view.hpp"

namespace tercet {

/// The id of a term that fits into one with its lexical form intact, or nothing.
///
/// Inline: "true"/"false", canonical xsd:integer within 60 bits, canonical xsd:double whose low four bits are
/// zero, canonical xsd:decimal with up to six decimals within 60 bits, xsd:date and xsd:dateTime in canonical
/// form, xsd:string of up to seven bytes. Payloads order as the values do.
[[nodiscard]] std::optional<TermId> inline_id(const TermView& term);

/// The term of an inline id. Precondition: id.is_inline().
[[nodiscard]] Term inline_term(TermId id);

}  // namespace tercet

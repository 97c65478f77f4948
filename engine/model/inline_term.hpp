#pragma once

#include <cstdint>
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

/// The value of an inline xsd:integer; of an inline xsd:decimal times a million; of an inline xsd:double.
[[nodiscard]] std::int64_t inline_integer_value(TermId id) noexcept;
[[nodiscard]] std::int64_t inline_decimal_value(TermId id) noexcept;
[[nodiscard]] double inline_double_value(TermId id) noexcept;
inline constexpr unsigned kInlineDecimalDigits = 6;

/// The id of an xsd:integer, if it has an inline form.
[[nodiscard]] std::optional<TermId> inline_integer_id(std::int64_t value) noexcept;

}  // namespace tercet

#pragma once

#include <string>
#include <string_view>

namespace tercet::grammar {

/// Whether the text starts with a scheme (RFC 3986 section 3.1).
[[nodiscard]] bool is_absolute_iri(std::string_view iri) noexcept;

/// Resolves a reference against a base (RFC 3986 section 5.2). An empty base leaves the reference as it is.
[[nodiscard]] std::string resolve_iri(std::string_view reference, std::string_view base);

}  // namespace tercet::grammar

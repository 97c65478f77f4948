#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tercet/term.hpp"

/// How terms look to people: `:Miller`, plain text, numbers without quotes, paths as walks.
namespace tercet::results {

using Prefixes = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string cell_text(const Term& term, const Prefixes& prefixes);

/// The IRI as a prefixed name where a prefix fits and the rest needs no escape; else in angle brackets.
[[nodiscard]] std::string short_iri(std::string_view iri, const Prefixes& prefixes);

/// Cells of a terminal that the text takes (East Asian wide characters take two, combining ones none).
[[nodiscard]] std::size_t display_width(std::string_view text);

/// The text cut to `width` cells, with an ellipsis at its end if something was cut.
[[nodiscard]] std::string fit(std::string_view text, std::size_t width);

}  // namespace tercet::results

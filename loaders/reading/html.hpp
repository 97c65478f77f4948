#pragma once

#include <string>
#include <string_view>

#include "loaders/reading/source.hpp"

namespace tercet::reading {

/// The main text of a page, its headline first, and what its markup tells of title, date, author, site and address.
[[nodiscard]] FoundText read_html(std::string_view utf8);

/// What <meta charset> says; empty if there is none near the start of the page.
[[nodiscard]] std::string declared_charset(std::string_view page);

}  // namespace tercet::reading

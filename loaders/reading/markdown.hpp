#pragma once

#include <string_view>

#include "loaders/reading/source.hpp"

namespace tercet::reading {

/// The paragraphs of a CommonMark text, one a line; code, markup and pictures left out. Title, date and author come from
/// the front matter (`title: ...` between two lines of ---) or the first heading.
[[nodiscard]] FoundText read_markdown(std::string_view utf8);

}  // namespace tercet::reading

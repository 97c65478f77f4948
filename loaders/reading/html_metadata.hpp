#pragma once

#include <libxml/tree.h>

#include "loaders/article/metadata.hpp"

namespace tercet::reading {

/// What a page tells of itself: JSON-LD first, then Open Graph and other <meta>, microdata and the visible headline.
[[nodiscard]] article::Metadata html_metadata(const xmlNode* page);

}  // namespace tercet::reading

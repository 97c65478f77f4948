#pragma once

#include <libxml/tree.h>

#include <string>

namespace tercet::reading {

/// The running text of a page: each paragraph a line, blank lines between. Menus, boxes, comments, captions and lists of
/// links are left out, by what elements are named and by how much of them is prose.
[[nodiscard]] std::string main_text(const xmlNode* page);

}  // namespace tercet::reading

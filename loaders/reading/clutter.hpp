#pragma once

#include <libxml/tree.h>

namespace tercet::reading {

/// What an element of a page is for, as far as its name, class and id tell.
enum class Purpose {
    Content,
    Doubtful,  ///< named like a menu, a box or a caption; text all the same if most of the page stands in it
    Never,     ///< scripts, menus, comments, captions, hints at other articles
};
[[nodiscard]] Purpose purpose_of(const xmlNode* element);

}  // namespace tercet::reading

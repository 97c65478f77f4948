#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

namespace tercet::reading {

/// A page as a tree, whatever its markup looks like. Nothing is fetched; what is nested too deeply is left out, and so is
/// what stands behind hundreds of thousands of elements. Comments are no part of it.
class HtmlTree {
public:
    explicit HtmlTree(std::string_view utf8);

    /// Null for a page without any element.
    [[nodiscard]] const xmlNode* root() const { return document_ ? xmlDocGetRootElement(document_.get()) : nullptr; }
    /// Whether elements beyond the limit were left out, and all that stands behind them.
    [[nodiscard]] bool is_cut() const { return is_cut_; }

private:
    struct Free {
        void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
    };
    std::unique_ptr<xmlDoc, Free> document_;
    bool is_cut_ = false;
};

[[nodiscard]] std::string_view name_of(const xmlNode* element);
/// Empty if it has none of that name.
[[nodiscard]] std::string_view attribute(const xmlNode* element, std::string_view name);
/// All text below a node.
[[nodiscard]] std::string text_of(const xmlNode* node);
/// The next node in the order of the page; with `skip`, what stands below this one is passed over. Null behind `root`.
[[nodiscard]] const xmlNode* next_node(const xmlNode* node, const xmlNode* root, bool skip);

}  // namespace tercet::reading

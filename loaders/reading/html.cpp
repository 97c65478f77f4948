#include "loaders/reading/html.hpp"

#include "loaders/article/text.hpp"
#include "loaders/reading/attributes.hpp"
#include "loaders/reading/html_metadata.hpp"
#include "loaders/reading/html_tree.hpp"
#include "loaders/reading/main_text.hpp"

namespace tercet::reading {
namespace {

constexpr std::size_t kHead = 4096;  ///< bytes in which a page names its encoding

}  // namespace

FoundText read_html(std::string_view utf8) {
    FoundText source;
    const std::string page = without_endless_tags(std::string(utf8));
    const HtmlTree tree(page);
    if (tree.root() == nullptr) return source;
    source.about = html_metadata(tree.root());
    if (!source.about.title.empty()) source.text = source.about.title + "\n\n";
    source.text += main_text(tree.root());
    if (tree.is_cut()) source.note = "its elements are nested too deeply (256) or too many (400,000); only what stands before that is read";
    return source;
}

std::string declared_charset(std::string_view page) {
    const std::string head = article::text::lower(page.substr(0, kHead));
    const auto at = head.find("charset=");
    if (at == head.npos) return {};
    std::string_view name = std::string_view(head).substr(at + 8);
    if (!name.empty() && (name.front() == '"' || name.front() == '\'')) name.remove_prefix(1);
    return std::string(name.substr(0, name.find_first_of("\"' \t\r\n/>;")));
}

}  // namespace tercet::reading

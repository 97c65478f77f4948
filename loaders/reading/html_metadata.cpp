#include "loaders/reading/html_metadata.hpp"

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "loaders/article/dateline.hpp"
#include "loaders/article/text.hpp"
#include "loaders/reading/html_tree.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;
using Json = nlohmann::json;
using Names = std::vector<std::string_view>;

constexpr std::size_t kLongestLinkedData = 1 << 20;
constexpr int kDeepestLinkedData = 16;  ///< graphs within graphs

/// Where each thing may be told, the most trusted place first.
struct Told {
    std::map<std::string, std::string, std::less<>> by_name;

    void add(const std::string& name, std::string_view value) {
        std::string words = text::squeeze(value);
        if (!words.empty()) by_name.emplace(name, std::move(words));
    }
    /// The text below an element. Of elements within each other the outermost is asked, so that none is gathered again and again.
    void add_text(const std::string& name, const xmlNode* element) {
        if (!by_name.contains(name)) add(name, text_of(element));
    }
    [[nodiscard]] std::string first(const Names& names) const {
        for (const std::string_view name : names) {
            if (const auto found = by_name.find(name); found != by_name.end()) return found->second;
        }
        return {};
    }
};

/// A name in JSON-LD: "Jane Roe", {"name": "Jane Roe"}, or a list of such.
std::string name_in(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_object() && value.contains("name") && value["name"].is_string()) return value["name"].get<std::string>();
    std::string names;
    if (!value.is_array()) return names;
    for (const Json& each : value) {
        const std::string name = each.is_array() ? std::string() : name_in(each);
        if (!name.empty()) names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

bool is_article(const Json& thing) {
    const auto named = [](const Json& type) {
        return type.is_string() && (type.get<std::string>().ends_with("Article") || type == "BlogPosting");
    };
    if (!thing.is_object() || !thing.contains("@type")) return false;
    const Json& type = thing["@type"];
    return named(type) || (type.is_array() && std::any_of(type.begin(), type.end(), named));
}

void read_linked_data(const Json& thing, Told& told, int depth = 0) {
    if (depth > kDeepestLinkedData) return;
    if (thing.is_array()) {
        for (const Json& each : thing) {
            if (!each.is_array()) read_linked_data(each, told, depth + 1);
        }
        return;
    }
    if (thing.is_object() && thing.contains("@graph") && thing["@graph"].is_array()) return read_linked_data(thing["@graph"], told, depth + 1);
    if (!is_article(thing)) return;
    for (const char* key : {"headline", "datePublished", "author", "publisher", "url"}) {
        if (thing.contains(key)) told.add(std::string("ld:") + key, name_in(thing[key]));
    }
}

bool is_web_address(std::string_view value) { return value.starts_with("http://") || value.starts_with("https://"); }

void read_element(const xmlNode* element, Told& told) {
    const std::string_view name = name_of(element);
    if (name == "meta") {
        for (const char* key : {"property", "name", "itemprop"}) {
            const std::string_view what = attribute(element, key);
            if (!what.empty()) told.add(text::lower(what), attribute(element, "content"));
        }
    } else if (name == "link" && attribute(element, "rel") == "canonical") {
        told.add("canonical", attribute(element, "href"));
    } else if (name == "title" || name == "h1") {
        told.add_text(std::string(name), element);
    } else if (name == "time") {
        told.add("time", attribute(element, "datetime"));
    } else if (name == "script" && attribute(element, "type") == "application/ld+json") {
        const std::string data = text_of(element);
        if (data.size() <= kLongestLinkedData) read_linked_data(Json::parse(data, nullptr, false), told);
    }
    if (attribute(element, "rel") == "author" || attribute(element, "itemprop") == "author") told.add_text("author element", element);
}

/// Titles of windows end in the name of the site: "Council agrees - Northern Wire".
std::string without_site(std::string title, std::string_view site) {
    for (const std::string_view bar : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " :: "}) {
        const auto at = title.rfind(bar);
        if (at == title.npos || at == 0) continue;
        if (bar == " | " || bar == " :: " || title.substr(at + bar.size()) == site) return title.substr(0, at);
    }
    return title;
}

std::string host_of(std::string_view address) {
    const auto begin = address.find("://");
    if (begin == address.npos) return {};
    address.remove_prefix(begin + 3);
    if (address.starts_with("www.")) address.remove_prefix(4);
    return std::string(address.substr(0, address.find_first_of("/?#:")));
}

}  // namespace

article::Metadata html_metadata(const xmlNode* page) {
    Told told;
    for (const xmlNode* at = page; at != nullptr; at = next_node(at, page, false)) {
        if (at->type == XML_ELEMENT_NODE) read_element(at, told);
    }
    article::Metadata about;
    about.url = told.first({"canonical", "og:url", "ld:url"});
    if (!is_web_address(about.url)) about.url.clear();
    about.site = told.first({"og:site_name", "ld:publisher", "application-name"});
    about.title = without_site(told.first({"ld:headline", "og:title", "h1", "title"}), about.site);
    about.date = article::find_date(told.first({"ld:datePublished", "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
                                                "pubdate", "publishdate", "parsely-pub-date", "time"}));
    about.author = told.first({"ld:author", "author", "parsely-author", "dc.creator", "author element", "article:author"});
    if (is_web_address(about.author)) about.author.clear();
    if (about.author.starts_with("By ") || about.author.starts_with("by ")) about.author.erase(0, 3);
    if (about.site.empty()) about.site = host_of(about.url);
    return about;
}

}  // namespace tercet::reading

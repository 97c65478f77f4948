#include "loaders/reading/clutter.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "loaders/article/text.hpp"
#include "loaders/reading/html_tree.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

template <std::size_t N>
bool holds(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 30> kNeverElements{
    "script", "style",  "noscript", "template", "nav",   "aside", "footer", "button", "select", "textarea", "input", "iframe", "object", "embed", "applet",
    "svg",    "canvas", "audio",    "video",    "figure", "figcaption", "picture", "map", "menu",   "dialog", "label",    "head",  "code",   "math",   "caption"};

/// Parts of class names and ids: what holds them speaks of other pages, or readers speak in it.
constexpr std::array<std::string_view, 21> kNeverNames{
    "comment",   "comments",        "commentlist", "disqus",   "respond",    "related",    "recommended", "recommendation", "recommendations", "trending", "outbrain",
    "taboola",   "newsletter",      "cookie",      "cookies",  "consent",    "breadcrumb", "breadcrumbs", "caption",        "figcaption",      "pagination"};
constexpr std::array<std::string_view, 38> kDoubtfulNames{
    "nav",     "navbar", "navigation", "menu",    "sidebar",  "widget",  "footer",   "masthead", "byline",  "credit", "credits", "copyright", "tags",
    "taglist", "pager",  "popup",      "modal",   "banner",   "teaser",  "teasers",  "login",    "signup",  "toolbar", "advert", "adverts", "advertisement",
    "ad",      "ads",    "sponsored",  "sponsor", "promo",    "promoted", "share",   "sharing",  "social",  "subscribe", "hidden", "bio"};
/// First parts of class names that speak of the page as a whole: has-sidebar, category-social.
constexpr std::array<std::string_view, 8> kAboutThePage{"has", "with", "without", "no", "not", "category", "tag", "topic"};

constexpr std::array<std::string_view, 3> kFrames{"html", "body", "main"};

/// The next part of a name such as "post-relatedLinks": post, related, links.
std::string take_part(std::string_view& name) {
    std::size_t begin = 0;
    while (begin < name.size() && !text::is_letter(name[begin])) ++begin;
    std::size_t end = begin;
    while (end < name.size() && text::is_letter(name[end]) && (end == begin || !text::is_upper(name[end]) || text::is_upper(name[end - 1]))) ++end;
    std::string part = text::lower(name.substr(begin, end - begin));
    name.remove_prefix(end);
    return part;
}

Purpose purpose_of_name(std::string_view name) {
    Purpose purpose = Purpose::Content;
    for (bool first = true; !name.empty(); first = false) {
        const std::string part = take_part(name);
        if (first && holds(kAboutThePage, part)) return Purpose::Content;
        if (holds(kNeverNames, part)) return Purpose::Never;
        if (holds(kDoubtfulNames, part)) purpose = Purpose::Doubtful;
    }
    return purpose;
}

bool is_hidden(const xmlNode* element) {
    const std::string style = text::lower(attribute(element, "style"));
    return attribute(element, "aria-hidden") == "true" || style.find("display:none") != style.npos || style.find("display: none") != style.npos;
}

}  // namespace

Purpose purpose_of(const xmlNode* element) {
    const std::string_view name = name_of(element);
    if (holds(kNeverElements, name) || is_hidden(element)) return Purpose::Never;
    if (holds(kFrames, name)) return Purpose::Content;
    Purpose purpose = name == "form" ? Purpose::Doubtful : Purpose::Content;  // some sites put the whole page into one
    for (const std::string_view key : {"class", "id", "role"}) {
        for (const std::string_view word : text::words(attribute(element, key))) purpose = std::max(purpose, purpose_of_name(word));
    }
    return purpose;
}

}  // namespace tercet::reading

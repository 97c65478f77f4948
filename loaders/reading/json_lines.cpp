#include "loaders/reading/json_lines.hpp"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "engine/base/line_reader.hpp"
#include "loaders/article/bounded_json.hpp"
#include "loaders/article/dateline.hpp"
#include "loaders/article/text.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;
using Json = nlohmann::json;
using Names = std::vector<std::string_view>;

/// The value under a name such as "meta.title"; null if there is none.
const Json* value_under(const Json& object, std::string_view name) {
    const Json* at = &object;
    while (at->is_object()) {
        // A name with a dot in it may also be meant as it is.
        if (const auto whole = at->find(std::string(name)); whole != at->end()) return &*whole;
        const auto dot = name.find('.');
        const auto inner = dot == name.npos ? at->end() : at->find(std::string(name.substr(0, dot)));
        if (inner == at->end()) return nullptr;
        at = &*inner;
        name.remove_prefix(dot + 1);
    }
    return nullptr;
}

/// A string, or several with commas between.
std::string words_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    std::string all;
    if (!value.is_array()) return all;
    for (const Json& each : value) {
        if (each.is_string() && !each.get_ref<const std::string&>().empty()) (all += all.empty() ? "" : ", ") += each.get<std::string>();
    }
    return all;
}

std::string field(const Json& object, const std::string& wanted, const Names& usual) {
    for (const std::string_view name : wanted.empty() ? usual : Names{wanted}) {
        const Json* value = value_under(object, name);
        std::string words = value == nullptr ? std::string() : words_of(*value);
        if (!words.empty()) return words;
    }
    return {};
}

bool is_markup(std::string_view body) {
    const std::string head = text::lower(body.substr(0, 2000));
    return head.find("<p>") != head.npos || head.find("<p ") != head.npos || head.find("<div") != head.npos || head.find("<html") != head.npos;
}

RawDocument document_in(std::string_view line, const ArticleFields& fields) {
    RawDocument document;
    if (article::has_too_many_values(line)) {
        document.refusal = "it has more than " + std::to_string(article::kMostJsonValues) + " values; articles have some dozen, so leave out what is not of them";
        return document;
    }
    const Json object = Json::parse(line, nullptr, false);
    if (!object.is_object()) {
        document.refusal = "not a JSON object; every line is to be one, such as {\"title\": ..., \"text\": ...}";
        return document;
    }
    document.bytes = field(object, fields.text, {"text", "body", "content", "maintext", "article", "html"});
    document.about.title = text::squeeze(field(object, fields.title, {"title", "headline"}));
    document.about.url = field(object, fields.url, {"url", "link", "canonical", "source_url"});
    document.about.date = article::find_date(field(object, fields.date, {"date", "published", "date_published", "datePublished", "publish_date",
                                                                         "pub_date", "pubDate", "published_at", "timestamp"}));
    document.about.author = text::squeeze(field(object, fields.author, {"author", "authors", "byline", "creator"}));
    document.about.site = text::squeeze(field(object, fields.site, {"site", "site_name", "publisher", "source", "domain"}));
    document.format = is_markup(document.bytes) ? Format::Html : Format::Text;
    document.charset = "utf-8";
    if (document.bytes.empty()) {
        document.refusal = "no text in it; say which field it is in, as in --fields text=" + (fields.text.empty() ? "body" : fields.text);
    }
    return document;
}

}  // namespace

void read_json_lines(std::istream& in, const ArticleFields& fields, const std::function<void(RawDocument)>& take) {
    LineReader lines(in);
    while (lines.next()) {
        const std::string_view line = text::trim(lines.line());
        if (line.empty()) continue;
        RawDocument document;
        if (lines.is_cut()) document.refusal = "longer than " + std::to_string(LineReader::kLongest / 1'000'000) + " MB; leave out what is not of the article, or give each article a line";
        else document = document_in(line, fields);
        document.part = "line " + std::to_string(lines.number());
        take(std::move(document));
    }
}

}  // namespace tercet::reading

#include "loaders/reading/feed.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include <memory>
#include <string_view>

#include "loaders/article/dateline.hpp"
#include "loaders/article/text.hpp"
#include "loaders/reading/attributes.hpp"
#include "loaders/reading/html_tree.hpp"

namespace tercet::reading {
namespace {

namespace text = article::text;

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeParser {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

/// Elements of a feed and their attributes; those of a thousand entries are some ten thousand. Each takes a quarter of a kilobyte.
constexpr std::size_t kMostNodes = 400'000;

void start_element(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* iri, int namespace_count, const xmlChar** namespaces,
                   int attribute_count, int default_count, const xmlChar** attributes) {
    auto* parser = static_cast<xmlParserCtxt*>(context);
    auto& nodes = *static_cast<std::size_t*>(parser->_private);
    nodes += 1 + static_cast<std::size_t>(namespace_count + attribute_count);
    if (nodes > kMostNodes) xmlStopParser(parser);
    else xmlSAX2StartElementNs(context, name, prefix, iri, namespace_count, namespaces, attribute_count, default_count, attributes);
}

/// The markup of an XHTML text, written out.
std::string markup_of(const xmlNode* node) {
    struct FreeBuffer {
        void operator()(xmlBuffer* buffer) const { xmlBufferFree(buffer); }
    };
    const std::unique_ptr<xmlBuffer, FreeBuffer> buffer(xmlBufferCreate());
    xmlNodeDump(buffer.get(), node->doc, const_cast<xmlNode*>(node), 0, 0);
    return reinterpret_cast<const char*>(xmlBufferContent(buffer.get()));
}

std::string link_of(const xmlNode* element) {
    const std::string_view target = attribute(element, "href");
    const std::string_view role = attribute(element, "rel");
    if (!target.empty()) return role.empty() || role == "alternate" ? std::string(target) : std::string();
    return text::squeeze(text_of(element));
}

void keep_longest(std::string& kept, std::string words) {
    if (words.size() > kept.size()) kept = std::move(words);
}

void read_field(const xmlNode* element, RawDocument& entry, std::string& published) {
    const std::string_view name = name_of(element);
    article::Metadata& about = entry.about;
    if (name == "title") about.title = text::squeeze(text_of(element));
    else if (name == "link" && about.url.empty()) about.url = link_of(element);
    else if (name == "pubDate" || name == "published" || name == "date") published = article::find_date(text_of(element));
    else if (name == "updated" && published.empty()) published = article::find_date(text_of(element));
    else if ((name == "author" || name == "creator") && about.author.empty()) about.author = text::squeeze(text_of(element));
    else if (name == "description" || name == "encoded" || name == "summary" || name == "content") {
        keep_longest(entry.bytes, attribute(element, "type") == "xhtml" ? markup_of(element) : text_of(element));
    }
}

RawDocument document_in(const xmlNode* element, const std::string& site) {
    RawDocument entry;
    entry.format = Format::Html;
    entry.charset = "utf-8";
    entry.about.site = site;
    std::string published;
    for (const xmlNode* at = element->children; at != nullptr; at = at->next) {
        if (at->type == XML_ELEMENT_NODE) read_field(at, entry, published);
    }
    entry.about.date = published;
    const bool address = entry.about.url.starts_with("http://") || entry.about.url.starts_with("https://");
    if (!address) entry.about.url.clear();
    return entry;
}

bool is_entry(const xmlNode* node) {
    return node->type == XML_ELEMENT_NODE && (name_of(node) == "item" || name_of(node) == "entry");
}

}  // namespace

void read_feed(std::string bytes, std::string& damage, const std::function<void(RawDocument)>& take) {
    bytes = without_endless_tags(std::move(bytes));
    const std::unique_ptr<xmlParserCtxt, FreeParser> parser(xmlNewParserCtxt());
    std::size_t nodes = 0;
    parser->_private = &nodes;
    parser->sax->startElementNs = start_element;
    parser->sax->comment = nullptr;
    parser->sax->processingInstruction = nullptr;
    const int options = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET | XML_PARSE_NOCDATA;
    const std::unique_ptr<xmlDoc, FreeDocument> document(
        xmlCtxtReadMemory(parser.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, options));
    if (nodes > kMostNodes) {
        damage = "it has more than " + std::to_string(kMostNodes) + " elements and attributes; what stands before that is read";
    } else if (parser->wellFormed == 0) {
        damage = "it is no well-formed XML (line " + std::to_string(parser->lastError.line) + ": " +
                 std::string(text::trim(parser->lastError.message == nullptr ? "unknown mistake" : parser->lastError.message)) +
                 "); what could be made out is read";
    }
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    std::string site;
    int number = 0;
    for (const xmlNode* at = root; at != nullptr; at = next_node(at, root, is_entry(at))) {
        if (at->type != XML_ELEMENT_NODE) continue;
        if (name_of(at) == "title" && site.empty()) site = text::squeeze(text_of(at));
        if (!is_entry(at)) continue;
        RawDocument entry = document_in(at, site);
        entry.part = "entry " + std::to_string(++number);
        take(std::move(entry));
    }
}

}  // namespace tercet::reading

#include "loaders/reading/html_tree.hpp"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

namespace tercet::reading {
namespace {

/// Elements within elements; real pages have less than 60. Each closing tag looks through the open elements, so the
/// limit is what keeps the time of a page in proportion to its length.
constexpr int kDeepest = 256;
/// Elements and attributes together; long pages have some ten thousand. Each takes a quarter of a kilobyte with its text.
constexpr std::size_t kMostNodes = 400'000;

std::string_view view(const xmlChar* text) { return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text); }

void start_element(void* context, const xmlChar* name, const xmlChar** attributes) {
    auto* parser = static_cast<htmlParserCtxt*>(context);
    auto& nodes = *static_cast<std::size_t*>(parser->_private);
    ++nodes;
    for (const xmlChar** at = attributes; at != nullptr && *at != nullptr; at += 2) ++nodes;
    if (parser->nameNr > kDeepest || nodes > kMostNodes) xmlStopParser(parser);
    else xmlSAX2StartElement(context, name, attributes);
}

}  // namespace

HtmlTree::HtmlTree(std::string_view utf8) {
    if (utf8.find_first_not_of(" \t\r\n") == utf8.npos) return;
    struct FreeParser {
        void operator()(htmlParserCtxt* parser) const { htmlFreeParserCtxt(parser); }
    };
    const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlCreateMemoryParserCtxt(utf8.data(), static_cast<int>(utf8.size())));
    if (!parser) return;
    htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
    xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
    std::size_t nodes = 0;
    parser->_private = &nodes;
    parser->sax->startElement = start_element;
    parser->sax->comment = nullptr;
    parser->sax->processingInstruction = nullptr;
    htmlParseDocument(parser.get());
    document_.reset(parser->myDoc);
    parser->myDoc = nullptr;
    is_cut_ = parser->disableSAX != 0;
}

std::string_view name_of(const xmlNode* element) { return view(element->name); }

std::string_view attribute(const xmlNode* element, std::string_view name) {
    for (const xmlAttr* at = element->properties; at != nullptr; at = at->next) {
        if (view(at->name) == name) return at->children == nullptr ? std::string_view() : view(at->children->content);
    }
    return {};
}

std::string text_of(const xmlNode* node) {
    std::string text;
    for (const xmlNode* at = node; at != nullptr; at = next_node(at, node, false)) {
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) text += view(at->content);
    }
    return text;
}

const xmlNode* next_node(const xmlNode* node, const xmlNode* root, bool skip) {
    if (!skip && node->type != XML_ENTITY_REF_NODE && node->children != nullptr) return node->children;
    while (node != root && node->next == nullptr) node = node->parent;
    return node == root ? nullptr : node->next;
}

}  // namespace tercet::reading

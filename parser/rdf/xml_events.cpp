#include "parser/rdf/xml_events.hpp"

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include <array>
#include <exception>
#include <istream>
#include <memory>
#include <stdexcept>

#include "tercet/error.hpp"

namespace tercet::rdf {
namespace {

constexpr std::size_t kChunk = 65536;
constexpr std::size_t kDeepest = 1000;  ///< more is a mistake or an attack

std::string text_of(const xmlChar* text) { return text == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(text)); }
std::string_view view_of(const xmlChar* text, int size) { return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)}; }

std::string one_line(std::string message) {
    while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
    for (char& c : message) c = c == '\n' ? ' ' : c;
    return message;
}

/// What the callbacks share. No exception may pass through the C code below: it waits here.
struct Reading {
    XmlEvents& events;
    const std::string& source;
    std::exception_ptr failure;
    std::size_t depth = 0;
};

using Parser = std::unique_ptr<xmlParserCtxt, decltype([](xmlParserCtxt* parser) {
    if (parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    parser->myDoc = nullptr;
    xmlFreeParserCtxt(parser);
})>;

TextPosition place(xmlParserCtxtPtr parser, const std::string& source) {
    return {source, static_cast<std::size_t>(xmlSAX2GetLineNumber(parser)), static_cast<std::size_t>(xmlSAX2GetColumnNumber(parser)), {}};
}

template <typename Call>
void guarded(void* context, Call call) {
    auto* const parser = static_cast<xmlParserCtxtPtr>(context);
    auto& reading = *static_cast<Reading*>(parser->_private);
    if (reading.failure) return;
    try {
        call(reading.events);
    } catch (const std::invalid_argument& error) {
        reading.failure = std::make_exception_ptr(Error(ErrorCode::Syntax, error.what(), place(parser, reading.source)));
    } catch (...) {
        reading.failure = std::current_exception();
    }
    if (reading.failure) xmlStopParser(parser);
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): libxml2's own order
void on_start(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* ns, int declared_count, const xmlChar** declared,
              int attribute_count, int, const xmlChar** attributes) {
    auto& depth = static_cast<Reading*>(static_cast<xmlParserCtxtPtr>(context)->_private)->depth;
    guarded(context, [&](XmlEvents& events) {
        if (++depth > kDeepest) throw std::invalid_argument("elements are nested more than " + std::to_string(kDeepest) + " deep");
        XmlElement element{text_of(ns), text_of(prefix), text_of(name), {}, {}};
        for (int i = 0; i < declared_count; ++i) element.declared.emplace_back(text_of(declared[2 * i]), text_of(declared[2 * i + 1]));
        for (int i = 0; i < attribute_count; ++i) {
            const xmlChar** a = attributes + 5 * i;
            element.attributes.push_back({text_of(a[2]), text_of(a[1]), text_of(a[0]), std::string(a[3], a[4])});
        }
        events.start(element);
    });
}
void on_end(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* ns) {
    --static_cast<Reading*>(static_cast<xmlParserCtxtPtr>(context)->_private)->depth;
    guarded(context, [&](XmlEvents& events) { events.end({text_of(ns), text_of(prefix), text_of(name), {}, {}}); });
}
void on_text(void* context, const xmlChar* text, int size) {
    guarded(context, [&](XmlEvents& events) { events.text(view_of(text, size)); });
}
void on_comment(void* context, const xmlChar* text) {
    guarded(context, [&](XmlEvents& events) { events.comment(text_of(text)); });
}
void on_instruction(void* context, const xmlChar* target, const xmlChar* data) {
    guarded(context, [&](XmlEvents& events) { events.instruction(text_of(target), text_of(data)); });
}
/// Entities whose text lies elsewhere are left undeclared, so that using one is an error.
void on_entity(void* context, const xmlChar* name, int type, const xmlChar* public_id, const xmlChar* system_id, xmlChar* content) {
    if (type == XML_INTERNAL_GENERAL_ENTITY) xmlSAX2EntityDecl(context, name, type, public_id, system_id, content);
}
void on_error(void* context, xmlErrorPtr error) {
    auto* const parser = static_cast<xmlParserCtxtPtr>(context);
    auto& reading = *static_cast<Reading*>(parser->_private);
    // xmlns="relative" and such are warned of only.
    if (reading.failure || error->level < XML_ERR_ERROR) return;
    TextPosition position = place(parser, reading.source);
    if (error->line > 0) position.line = static_cast<std::size_t>(error->line);
    reading.failure = std::make_exception_ptr(Error(ErrorCode::Syntax, "the XML is not well-formed: " + one_line(error->message == nullptr ? "unknown error" : error->message), position));
    xmlStopParser(parser);
}

xmlSAXHandler make_handler() {
    xmlSAXHandler handler{};
    xmlSAXVersion(&handler, 2);
    handler.startElementNs = on_start;
    handler.endElementNs = on_end;
    handler.characters = on_text;
    handler.ignorableWhitespace = on_text;
    handler.cdataBlock = on_text;
    handler.comment = on_comment;
    handler.processingInstruction = on_instruction;
    handler.entityDecl = on_entity;
    handler.externalSubset = nullptr;
    handler.resolveEntity = nullptr;
    handler.serror = on_error;
    return handler;
}

}  // namespace

void read_xml(std::istream& in, const std::string& source, const CancelToken& cancel, XmlEvents& events) {
    xmlSAXHandler handler = make_handler();
    Reading reading{events, source, nullptr};
    std::array<char, kChunk> chunk{};
    // It is told no bytes yet: the first ones may already be a mistake, and that has to find `reading`.
    const Parser parser(xmlCreatePushParserCtxt(&handler, nullptr, nullptr, 0, nullptr));
    if (!parser) throw Error(ErrorCode::Memory, "there is no memory to read XML");
    parser->_private = &reading;
    xmlCtxtUseOptions(parser.get(), XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NODICT);
    while (!reading.failure && in) {
        cancel.check();
        in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
        xmlParseChunk(parser.get(), chunk.data(), static_cast<int>(in.gcount()), 0);
    }
    if (!reading.failure) xmlParseChunk(parser.get(), chunk.data(), 0, 1);
    if (!reading.failure && parser->wellFormed == 0) {
        throw Error(ErrorCode::Syntax, "the XML is not well-formed: it ends too early", place(parser.get(), source));
    }
    if (reading.failure) std::rethrow_exception(reading.failure);
}

}  // namespace tercet::rdf

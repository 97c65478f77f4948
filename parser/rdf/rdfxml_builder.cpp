#include "parser/rdf/rdfxml_builder.hpp"

#include <libxml/tree.h>

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "engine/model/vocabulary.hpp"
#include "parser/text/iri.hpp"

namespace tercet::rdf {
namespace {

constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kIts = "http://www.w3.org/2005/11/its";

/// rdf: names that are syntax (section 5.4), and where else they may not stand.
constexpr std::array<std::string_view, 13> kSyntaxNames{"RDF",       "ID",       "about",     "parseType",       "resource", "nodeID",          "datatype",
                                                        "aboutEach", "bagID",    "aboutEachPrefix", "annotation", "annotationNodeID", "version"};
/// Attributes that count as rdf: ones without a prefix, as old documents have them.
constexpr std::array<std::string_view, 5> kOldNames{"ID", "about", "resource", "parseType", "type"};

template <std::size_t kSize>
bool contains(const std::array<std::string_view, kSize>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_rdf(const XmlElement& element, std::string_view name) { return element.ns == vocabulary::kRdf && element.name == name; }
bool is_space(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }
Term rdf_term(std::string_view name) { return Term::iri(std::string(vocabulary::kRdf) + std::string(name)); }
bool is_name(const std::string& text) { return xmlValidateNCName(reinterpret_cast<const xmlChar*>(text.c_str()), 0) == 0; }

bool is_language(std::string_view tag) {
    bool first = true;
    for (std::size_t at = 0; at <= tag.size();) {
        const std::string_view part = tag.substr(at, tag.find('-', at) - at);
        if (part.empty() || part.size() > 8) return false;
        const bool fits = std::all_of(part.begin(), part.end(), [&](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
        });
        if (!fits) return false;
        first = false;
        at += part.size() + 1;
    }
    return true;
}

[[noreturn]] void refuse(const std::string& message) { throw std::invalid_argument(message); }

}  // namespace

/// The attributes of an element, those of the syntax apart from the properties.
struct RdfXmlBuilder::Attributes {
    explicit Attributes(const XmlElement& element) {
        for (const XmlAttribute& attribute : element.attributes) {
            if (attribute.ns == kXml || attribute.ns == kIts) continue;
            if (attribute.ns.empty()) {
                if (contains(kOldNames, attribute.name)) add(attribute);
                else if (!attribute.name.starts_with("xml")) refuse("the attribute " + attribute.name + " has no namespace; write it with a prefix");
            } else if (attribute.ns == vocabulary::kRdf) {
                add(attribute);
            } else {
                properties.push_back(attribute);
            }
        }
    }
    void add(const XmlAttribute& attribute) {
        if (attribute.name == "version") return;
        if (contains(kSyntaxNames, attribute.name)) {
            if (attribute.name == "bagID" || attribute.name.starts_with("aboutEach")) refuse("rdf:" + attribute.name + " is no longer part of RDF/XML");
            syntax[attribute.name] = attribute.value;
            return;
        }
        if (attribute.name == "li" || attribute.name == "Description" || attribute.name == "RDF") refuse("rdf:" + attribute.name + " cannot be an attribute");
        XmlAttribute property = attribute;
        property.ns = vocabulary::kRdf;
        properties.push_back(std::move(property));
    }
    [[nodiscard]] const std::string* find(const std::string& name) const {
        const auto found = syntax.find(name);
        return found == syntax.end() ? nullptr : &found->second;
    }
    /// The syntax attributes must be among these.
    void allow(std::initializer_list<std::string_view> names, const char* where) const {
        for (const auto& [name, value] : syntax) {
            if (std::find(names.begin(), names.end(), name) == names.end()) refuse("rdf:" + name + " cannot stand on " + where);
        }
    }
    void allow_one(std::initializer_list<const char*> names) const {
        std::string seen;
        for (const char* name : names) {
            if (find(name) == nullptr) continue;
            if (!seen.empty()) refuse("rdf:" + seen + " and rdf:" + name + " on one element: leave one of them out");
            seen = name;
        }
    }

    std::map<std::string, std::string> syntax;  ///< of the rdf: namespace
    std::vector<XmlAttribute> properties;
};

RdfXmlBuilder::RdfXmlBuilder(const ReadOptions& options, DocumentBuilder& out) : options_(options), out_(out) {
    frames_.emplace_back();
    top().base = options.base;
}

void RdfXmlBuilder::open(const XmlElement& element) {
    Frame frame;
    frame.base = top().base;
    frame.language = top().language;
    frame.direction = top().direction;
    frame.version_1_2 = top().version_1_2;
    for (const XmlAttribute& attribute : element.attributes) {
        if (attribute.ns == kXml && attribute.name == "base") frame.base = grammar::resolve_iri(attribute.value, frame.base);
        if (attribute.ns == kXml && attribute.name == "lang") {
            if (!attribute.value.empty() && !is_language(attribute.value)) refuse("xml:lang=\"" + attribute.value + "\" is not a language tag such as en-GB");
            frame.language = attribute.value;
        }
        if (attribute.ns == kIts && attribute.name == "dir") {
            if (attribute.value != "ltr" && attribute.value != "rtl") refuse("its:dir is ltr or rtl, not " + attribute.value);
            frame.direction = attribute.value == "ltr" ? BaseDirection::LeftToRight : BaseDirection::RightToLeft;
        }
        if (attribute.ns == vocabulary::kRdf && attribute.name == "version") frame.version_1_2 = attribute.value.starts_with("1.2");
    }
    frames_.push_back(std::move(frame));
}

void RdfXmlBuilder::start(const XmlElement& element) {
    if (top().inside == Inside::Xml) {
        xml_.start(element);
        return;
    }
    for (const auto& [prefix, ns] : element.declared) out_.declare_prefix(prefix, ns);
    const Inside around = top().inside;
    open(element);
    switch (around) {
        case Inside::Ignored: top().inside = Inside::Ignored; return;
        case Inside::Nothing: refuse("an element here; the property's attributes give its value already");
        case Inside::Properties: property_element(element); return;
        case Inside::Nodes:
            if (frames_.size() == 2 && is_rdf(element, "RDF")) return;
            break;
        case Inside::Value:
            if (!is_space(parent().text)) refuse("an element beside text; expected one or the other as value (rdf:parseType=\"Literal\" keeps XML)");
            if (!parent().objects.empty()) refuse("a second node element as value of one property; repeat the property for it");
            if (!parent().datatype.empty()) refuse("an element where rdf:datatype asks for text");
            break;
        default: break;
    }
    node_element(element);
}

/// nodeElement, section 7.2.11.
void RdfXmlBuilder::node_element(const XmlElement& element) {
    if (element.ns.empty()) refuse("the element " + element.name + " has no namespace; expected a node element such as rdf:Description");
    if (element.ns == vocabulary::kRdf && (contains(kSyntaxNames, element.name) || element.name == "li")) {
        refuse("rdf:" + element.name + " cannot be a node element; expected rdf:Description or a class");
    }
    const Attributes attributes(element);
    attributes.allow({"ID", "about", "nodeID"}, "a node element");
    attributes.allow_one({"ID", "about", "nodeID"});
    Term subject;
    if (const auto* about = attributes.find("about")) subject = iri(*about);
    else if (const auto* id = attributes.find("ID")) subject = Term::iri(statement_id(*id));
    else if (const auto* label = attributes.find("nodeID")) subject = blank(*label);
    else subject = out_.fresh();
    top().inside = Inside::Properties;
    top().subject = subject;
    if (parent().inside == Inside::Value || parent().inside == Inside::Items) parent().objects.push_back(subject);
    if (!is_rdf(element, "Description")) emit(subject, rdf_term("type"), Term::iri(element.ns + element.name));
    property_attributes(subject, attributes);
}

void RdfXmlBuilder::property_attributes(const Term& subject, const Attributes& attributes) {
    for (const XmlAttribute& property : attributes.properties) {
        const Term predicate = iri(property.ns + property.name);
        emit(subject, predicate, predicate.value == vocabulary::rdf::kType ? iri(property.value) : literal(property.value));
    }
}

/// propertyElt, section 7.2.14.
void RdfXmlBuilder::property_element(const XmlElement& element) {
    if (element.ns.empty()) refuse("the element " + element.name + " has no namespace; expected a property");
    if (element.ns == vocabulary::kRdf && (contains(kSyntaxNames, element.name) || element.name == "Description")) {
        refuse("rdf:" + element.name + " cannot be a property; expected one here");
    }
    const Attributes attributes(element);
    attributes.allow({"ID", "resource", "nodeID", "datatype", "parseType", "annotation", "annotationNodeID"}, "a property element");
    attributes.allow_one({"resource", "nodeID", "datatype", "parseType"});
    attributes.allow_one({"annotation", "annotationNodeID"});
    Frame& frame = top();
    frame.subject = parent().subject;
    frame.property.predicate = is_rdf(element, "li") ? rdf_term("_" + std::to_string(++parent().items)) : iri(element.ns + element.name);
    if (const auto* id = attributes.find("ID")) frame.property.id = statement_id(*id);
    if (const auto* reifier = attributes.find("annotation")) frame.property.reifier = iri(*reifier);
    if (const auto* reifier = attributes.find("annotationNodeID")) frame.property.reifier = blank(*reifier);
    if (const auto* type = attributes.find("parseType")) {
        if (!attributes.properties.empty()) refuse("a property with rdf:parseType takes no properties as attributes");
        parse_type(*type);
    } else if (const auto* datatype = attributes.find("datatype")) {
        if (!attributes.properties.empty()) refuse("a property with rdf:datatype takes no properties as attributes");
        frame.inside = Inside::Value;
        frame.datatype = iri(*datatype).value;
        if (frame.datatype == vocabulary::rdf::kLangString || frame.datatype == vocabulary::rdf::kDirLangString) {
            refuse("a literal of datatype " + frame.datatype + " needs xml:lang instead of rdf:datatype");
        }
    } else if (attributes.find("resource") != nullptr || attributes.find("nodeID") != nullptr || !attributes.properties.empty()) {
        empty_property(attributes);
    } else {
        frame.inside = Inside::Value;
    }
}

void RdfXmlBuilder::parse_type(const std::string& type) {
    Frame& frame = top();
    if (type == "Resource") {
        const Term object = out_.fresh();
        state(frame, object);
        frame.inside = Inside::Properties;
        frame.subject = object;
        frame.property = {};
    } else if (type == "Collection") {
        frame.inside = Inside::Items;
    } else if (type == "Triple") {
        frame.inside = frame.version_1_2 ? Inside::Triple : Inside::Ignored;
    } else {
        frame.inside = Inside::Xml;
    }
}

/// emptyPropertyElt, section 7.2.21.
void RdfXmlBuilder::empty_property(const Attributes& attributes) {
    const auto* resource = attributes.find("resource");
    const auto* label = attributes.find("nodeID");
    const Term object = resource != nullptr ? iri(*resource) : label != nullptr ? blank(*label) : out_.fresh();
    state(top(), object);
    top().property = {};
    top().inside = Inside::Nothing;
    property_attributes(object, attributes);
}

void RdfXmlBuilder::text(std::string_view text) {
    if (top().inside == Inside::Xml) {
        xml_.text(text);
    } else if (top().inside == Inside::Value) {
        if (!top().objects.empty() && !is_space(text)) refuse("text beside an element; expected one or the other as value");
        top().text += text;
    } else if (top().inside != Inside::Ignored && !is_space(text)) {
        refuse("text where elements are expected; a value needs a property around it");
    }
}

void RdfXmlBuilder::comment(std::string_view text) {
    if (top().inside == Inside::Xml) xml_.comment(text);
}
void RdfXmlBuilder::instruction(std::string_view target, std::string_view data) {
    if (top().inside == Inside::Xml) xml_.instruction(target, data);
}

void RdfXmlBuilder::end(const XmlElement& element) {
    if (top().inside == Inside::Xml && xml_.is_open()) {
        xml_.end(element);
        return;
    }
    Frame frame = std::move(top());
    frames_.pop_back();
    close_property(std::move(frame));
}

/// States the property whose object is complete now. Node elements have none.
void RdfXmlBuilder::close_property(Frame frame) {
    if (!frame.property.predicate.is_defined() || frame.inside == Inside::Ignored) return;
    if (frame.inside == Inside::Xml) {
        state(frame, Term::typed_literal(xml_.take(), std::string(vocabulary::rdf::kXmlLiteral)));
    } else if (frame.inside == Inside::Triple) {
        if (frame.captured.size() != 1) refuse("rdf:parseType=\"Triple\" needs exactly one triple inside, not " + std::to_string(frame.captured.size()));
        state(frame, Term::triple_term(frame.captured.front()));
    } else if (frame.inside == Inside::Items) {
        std::vector<Term> nodes;
        for (std::size_t i = 0; i < frame.objects.size(); ++i) nodes.push_back(out_.fresh());
        nodes.push_back(rdf_term("nil"));
        state(frame, nodes.front());
        for (std::size_t i = 0; i < frame.objects.size(); ++i) {
            emit(nodes[i], rdf_term("first"), frame.objects[i]);
            emit(nodes[i], rdf_term("rest"), nodes[i + 1]);
        }
    } else if (!frame.objects.empty()) {
        state(frame, frame.objects.front());
    } else if (!frame.datatype.empty()) {
        state(frame, Term::typed_literal(std::move(frame.text), frame.datatype));
    } else {
        const bool directed = frame.version_1_2 && !frame.language.empty();
        state(frame, frame.language.empty() ? Term::literal(frame.text)
                                            : Term::language_literal(frame.text, frame.language, directed ? frame.direction : BaseDirection::None));
    }
}

void RdfXmlBuilder::state(const Frame& frame, const Term& object) {
    const Triple triple{frame.subject, frame.property.predicate, object};
    const Property property = frame.property;
    emit(triple.subject, triple.predicate, triple.object);
    if (property.reifier.is_defined()) emit(property.reifier, rdf_term("reifies"), Term::triple_term(triple));
    if (property.id.empty()) return;
    const Term statement = Term::iri(property.id);
    emit(statement, rdf_term("type"), rdf_term("Statement"));
    emit(statement, rdf_term("subject"), triple.subject);
    emit(statement, rdf_term("predicate"), triple.predicate);
    emit(statement, rdf_term("object"), triple.object);
}

/// What stands within a triple term is not asserted.
void RdfXmlBuilder::emit(const Term& subject, const Term& predicate, const Term& object) {
    const auto around = std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& frame) { return frame.inside == Inside::Triple; });
    if (around != frames_.rend()) around->captured.push_back({subject, predicate, object});
    else out_.emit(subject, predicate, object);
}

Term RdfXmlBuilder::iri(const std::string& reference) const {
    std::string resolved = grammar::resolve_iri(reference, top().base);
    if (!grammar::is_absolute_iri(resolved)) refuse("the IRI " + resolved + " is relative, and there is no base to resolve it against");
    const bool bad = std::any_of(resolved.begin(), resolved.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20U || std::string_view("<>\"{}|\\^`").find(c) != std::string_view::npos;
    });
    if (bad) refuse("\"" + resolved + "\" is not an IRI: a space, <, >, {, }, |, \\, ^, ` or a quote must be percent-encoded");
    return Term::iri(std::move(resolved));
}

Term RdfXmlBuilder::blank(const std::string& label) const {
    if (!is_name(label)) refuse("\"" + label + "\" is not a name that rdf:nodeID could have");
    return Term::blank_node(options_.blank_prefix + label);
}

std::string RdfXmlBuilder::statement_id(const std::string& id) {
    if (!is_name(id)) refuse("\"" + id + "\" is not a name that rdf:ID could have");
    std::string found = iri("#" + id).value;
    if (!ids_.insert(found).second) refuse("rdf:ID=\"" + id + "\" is there twice; use rdf:about for the same thing again");
    return found;
}

Term RdfXmlBuilder::literal(std::string text) const {
    if (top().language.empty()) return Term::literal(std::move(text));
    return Term::language_literal(std::move(text), top().language, top().version_1_2 ? top().direction : BaseDirection::None);
}

}  // namespace tercet::rdf

#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "parser/rdf/document_builder.hpp"
#include "parser/rdf/xml_events.hpp"
#include "parser/rdf/xml_literal.hpp"

namespace tercet::rdf {

/// Makes triples of the XML of an RDF/XML document (RDF 1.2 XML Syntax, section 7; the productions' names are in the .cpp).
class RdfXmlBuilder final : public XmlEvents {
public:
    RdfXmlBuilder(const ReadOptions& options, DocumentBuilder& out);

    void start(const XmlElement& element) override;
    void end(const XmlElement& element) override;
    void text(std::string_view text) override;
    void comment(std::string_view text) override;
    void instruction(std::string_view target, std::string_view data) override;

private:
    /// What may stand in an open element.
    enum class Inside {
        Nodes,       ///< the document, and rdf:RDF
        Properties,  ///< a node element, and parseType="Resource"
        Value,       ///< a property element: text or one node element
        Nothing,     ///< a property element whose attributes say it all
        Items,       ///< parseType="Collection"
        Xml,         ///< parseType="Literal"
        Triple,      ///< parseType="Triple"
        Ignored,
    };
    /// The property that an element states, until its object is known.
    struct Property {
        Term predicate;
        std::string id;  ///< IRI of the statement, from rdf:ID
        Term reifier;    ///< from rdf:annotation
    };
    struct Frame {
        Inside inside = Inside::Nodes;
        std::string base;
        std::string language;
        BaseDirection direction = BaseDirection::None;
        bool version_1_2 = false;
        Term subject;         ///< of the properties inside, or of the property that this is
        Property property;
        std::uint64_t items = 0;  ///< of rdf:li
        std::string datatype;
        std::string text;
        std::vector<Term> objects;       ///< node elements inside
        std::vector<Triple> captured;    ///< of parseType="Triple"
    };

    struct Attributes;
    void open(const XmlElement& element);
    void node_element(const XmlElement& element);
    void property_element(const XmlElement& element);
    void parse_type(const std::string& type);
    void empty_property(const Attributes& attributes);
    void property_attributes(const Term& subject, const Attributes& attributes);
    void close_property(Frame frame);
    void state(const Frame& frame, const Term& object);
    void emit(const Term& subject, const Term& predicate, const Term& object);

    [[nodiscard]] Term iri(const std::string& reference) const;
    [[nodiscard]] Term blank(const std::string& label) const;
    [[nodiscard]] std::string statement_id(const std::string& id);
    [[nodiscard]] Term literal(std::string text) const;
    [[nodiscard]] Frame& top() { return frames_.back(); }
    [[nodiscard]] const Frame& top() const { return frames_.back(); }
    /// Where an element stands.
    [[nodiscard]] Frame& parent() { return frames_[frames_.size() - 2]; }

    const ReadOptions& options_;
    DocumentBuilder& out_;
    std::vector<Frame> frames_;
    std::set<std::string> ids_;
    XmlLiteral xml_;
};

}  // namespace tercet::rdf

#pragma once

#include <cstddef>
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/cancellation.hpp"

namespace tercet::rdf {

struct XmlAttribute {
    std::string ns;  ///< IRI of the namespace; empty: none
    std::string prefix;
    std::string name;
    std::string value;
};

struct XmlElement {
    std::string ns;
    std::string prefix;
    std::string name;
    std::vector<XmlAttribute> attributes;
    std::vector<std::pair<std::string, std::string>> declared;  ///< prefix and namespace, as declared here
};

/// What an XML document consists of, in its order. Methods throw std::invalid_argument for what means nothing to them.
class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    virtual void start(const XmlElement& element) = 0;
    virtual void end(const XmlElement& element) = 0;  ///< with its names only
    virtual void text(std::string_view text) = 0;
    virtual void comment(std::string_view text) = 0;
    virtual void instruction(std::string_view target, std::string_view data) = 0;
};

/// Reads an XML document to its end. Entities that the document itself declares are replaced; nothing outside of it is ever
/// opened. Throws Error (Syntax) with line and column, for what the handler refuses too.
void read_xml(std::istream& in, const std::string& source, const CancelToken& cancel, XmlEvents& events);

}  // namespace tercet::rdf

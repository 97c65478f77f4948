#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parser/rdf/xml_events.hpp"

namespace tercet::rdf {

/// Collects a piece of XML as the lexical form of an rdf:XMLLiteral: exclusive canonical XML, with comments.
class XmlLiteral {
public:
    void start(const XmlElement& element);
    void end(const XmlElement& element);
    void text(std::string_view text);
    void comment(std::string_view text) { ((out_ += "<!--") += text) += "-->"; }
    void instruction(std::string_view target, std::string_view data);

    [[nodiscard]] bool is_open() const noexcept { return !rendered_.empty(); }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    using Declarations = std::vector<std::pair<std::string, std::string>>;
    [[nodiscard]] Declarations needed(const XmlElement& element) const;

    std::string out_;
    std::vector<Declarations> rendered_;  ///< namespaces in scope that are written, by element
};

}  // namespace tercet::rdf

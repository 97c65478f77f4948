#include "parser/rdf/xml_literal.hpp"

#include <algorithm>
#include <tuple>

namespace tercet::rdf {
namespace {

constexpr std::string_view kXmlPrefix = "xml";

std::string qualified(const std::string& prefix, const std::string& name) { return prefix.empty() ? name : prefix + ':' + name; }

void escape(std::string& out, std::string_view text, bool attribute) {
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>' && !attribute) out += "&gt;";
        else if (c == '"' && attribute) out += "&quot;";
        else if (c == '\t' && attribute) out += "&#x9;";
        else if (c == '\n' && attribute) out += "&#xA;";
        else if (c == '\r') out += "&#xD;";
        else out += c;
    }
}

}  // namespace

/// The prefixes that the element and its attributes use and that mean something else, or nothing, in what is written around it.
XmlLiteral::Declarations XmlLiteral::needed(const XmlElement& element) const {
    Declarations used{{element.prefix, element.ns}};
    for (const XmlAttribute& attribute : element.attributes) {
        if (!attribute.prefix.empty()) used.emplace_back(attribute.prefix, attribute.ns);
    }
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    static const Declarations kNone;
    const Declarations& around = rendered_.empty() ? kNone : rendered_.back();
    std::erase_if(used, [&](const auto& wanted) {
        if (wanted.first == kXmlPrefix) return true;
        const auto known = std::find_if(around.begin(), around.end(), [&](const auto& each) { return each.first == wanted.first; });
        return known == around.end() ? wanted.first.empty() && wanted.second.empty() : known->second == wanted.second;
    });
    return used;
}

void XmlLiteral::start(const XmlElement& element) {
    const Declarations fresh = needed(element);
    out_ += '<' + qualified(element.prefix, element.name);
    for (const auto& [prefix, ns] : fresh) {
        out_ += prefix.empty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"";
        escape(out_, ns, true);
        out_ += '"';
    }
    std::vector<XmlAttribute> attributes = element.attributes;
    std::sort(attributes.begin(), attributes.end(), [](const auto& a, const auto& b) { return std::tie(a.ns, a.name) < std::tie(b.ns, b.name); });
    for (const XmlAttribute& attribute : attributes) {
        out_ += ' ' + qualified(attribute.prefix, attribute.name) + "=\"";
        escape(out_, attribute.value, true);
        out_ += '"';
    }
    out_ += '>';
    Declarations scope = rendered_.empty() ? Declarations{} : rendered_.back();
    for (const auto& each : fresh) {
        std::erase_if(scope, [&](const auto& old) { return old.first == each.first; });
        scope.push_back(each);
    }
    rendered_.push_back(std::move(scope));
}

void XmlLiteral::end(const XmlElement& element) {
    out_ += "</" + qualified(element.prefix, element.name) + '>';
    rendered_.pop_back();
}

void XmlLiteral::text(std::string_view text) { escape(out_, text, false); }

void XmlLiteral::instruction(std::string_view target, std::string_view data) {
    (out_ += "<?") += target;
    if (!data.empty()) (out_ += ' ') += data;
    out_ += "?>";
}

}  // namespace tercet::rdf

#include "engine/results/rdfxml_writer.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <ostream>

#include "engine/model/vocabulary.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

/// Attributes and elements of the syntax itself, which no predicate can be.
constexpr std::array<std::string_view, 15> kSyntaxNames{"RDF",   "ID",        "about",           "parseType",   "resource",   "nodeID",           "datatype", "li",
                                                        "bagID", "aboutEach", "aboutEachPrefix", "Description", "annotation", "annotationNodeID", "version"};

bool is_name_start(UChar32 c) { return c == '_' || (c < 0x80 ? u_isalpha(c) != 0 : c >= 0xC0 && u_isalpha(c) != 0); }
bool is_name_part(UChar32 c) { return is_name_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

bool is_name(const std::string& text) {
    return !text.empty() && is_name_start(static_cast<unsigned char>(text.front())) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_name_part(static_cast<unsigned char>(c)); });
}

/// Where the name at the end of an IRI begins.
std::size_t name_start(const std::string& iri) {
    std::size_t start = iri.size();
    for (auto at = static_cast<std::int32_t>(iri.size()); at > 0;) {
        UChar32 c = 0;
        U8_PREV(iri.data(), 0, at, c);
        if (!is_name_part(c)) break;
        if (is_name_start(c)) start = static_cast<std::size_t>(at);
    }
    return start;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool never = static_cast<unsigned char>(c) < 0x20U && c != '\t' && c != '\n' && c != '\r';
        const std::string_view three = text.substr(i, 3);
        if (never || three == "\xEF\xBF\xBE" || three == "\xEF\xBF\xBF") {
            throw Error(ErrorCode::Data, "XML cannot hold the control characters of a literal; write N-Triples or Turtle instead");
        }
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (c == '\r') out += "&#xD;";
        else out += c;
    }
    return out;
}
/// Attributes would have tabs and line ends turned into spaces.
std::string attribute(std::string_view name, std::string_view value) {
    std::string text;
    for (const char c : escaped(value)) {
        if (c == '\n') text += "&#xA;";
        else if (c == '\t') text += "&#x9;";
        else text += c;
    }
    return ' ' + std::string(name) + "=\"" + text + '"';
}

class RdfXmlWriter final : public RdfWriter {
public:
    RdfXmlWriter(std::ostream& out, const Prefixes& prefixes) : out_(out) {
        out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF" << attribute("xmlns:rdf", vocabulary::kRdf);
        for (const auto& [name, iri] : prefixes) {
            if (name == "rdf" || !is_name(name) || name.starts_with("xml")) continue;
            out_ << "\n    " << attribute("xmlns:" + name, iri);
            prefixes_.emplace_back(name, iri);
        }
        out_ << ">\n";
    }

    void add(const QuadView& quad) override {
        const Term subject = to_term(quad.subject);
        if (!open_ || subject != subject_) {
            close();
            out_ << "  <rdf:Description" << place(subject, "rdf:about") << ">\n";
            subject_ = subject;
            open_ = true;
        }
        out_ << "    ";
        write(to_term(quad.predicate).value, to_term(quad.object));
        out_ << '\n';
    }
    void finish() override {
        close();
        out_ << "</rdf:RDF>\n";
        out_.flush();
    }

private:
    void close() {
        if (open_) out_ << "  </rdf:Description>\n";
        open_ = false;
    }

    /// A label may begin with a digit, a name may not: all of them get a letter.
    static std::string place(const Term& term, std::string_view iri_attribute) {
        return term.is_iri() ? attribute(iri_attribute, term.value) : attribute("rdf:nodeID", 'b' + term.value);
    }

    /// The element's name for a predicate, and the declaration that the name needs.
    [[nodiscard]] std::pair<std::string, std::string> element(const std::string& predicate) const {
        const std::size_t start = name_start(predicate);
        const std::string ns = predicate.substr(0, start), name = predicate.substr(start);
        const bool syntax = ns == vocabulary::kRdf && std::find(kSyntaxNames.begin(), kSyntaxNames.end(), name) != kSyntaxNames.end();
        if (name.empty() || syntax) {
            throw Error(ErrorCode::Data, "RDF/XML cannot have <" + predicate + "> as a predicate, since " +
                                             (syntax ? "the name is part of its syntax" : "it ends in no XML name") + "; write N-Triples or Turtle instead");
        }
        if (ns == vocabulary::kRdf) return {"rdf:" + name, {}};
        const auto known = std::find_if(prefixes_.begin(), prefixes_.end(), [&](const auto& prefix) { return prefix.second == ns; });
        if (known != prefixes_.end()) return {known->first + ':' + name, {}};
        return {name, attribute("xmlns", ns)};
    }

    void write(const std::string& predicate, const Term& object) {
        const auto [name, declaration] = element(predicate);
        out_ << '<' << name << declaration;
        if (object.is_iri() || object.is_blank_node()) {
            out_ << place(object, "rdf:resource") << "/>";
            return;
        }
        if (object.is_triple_term()) {
            const Triple& triple = object.triple();
            out_ << attribute("rdf:version", "1.2") << attribute("rdf:parseType", "Triple") << "><rdf:Description" << place(triple.subject, "rdf:about") << '>';
            write(triple.predicate.value, triple.object);
            out_ << "</rdf:Description></" << name << '>';
            return;
        }
        if (object.direction != BaseDirection::None) {
            out_ << attribute("rdf:version", "1.2") << attribute("xmlns:its", "http://www.w3.org/2005/11/its")
                 << attribute("its:dir", object.direction == BaseDirection::LeftToRight ? "ltr" : "rtl");
        }
        if (!object.language.empty()) out_ << attribute("xml:lang", object.language);
        else if (object.datatype != vocabulary::xsd::kString) out_ << attribute("rdf:datatype", object.datatype);
        out_ << '>' << escaped(object.value) << "</" << name << '>';
    }

    std::ostream& out_;
    Prefixes prefixes_;
    Term subject_;
    bool open_ = false;
};

}  // namespace

std::unique_ptr<RdfWriter> make_rdfxml_writer(std::ostream& out, const Prefixes& prefixes) { return std::make_unique<RdfXmlWriter>(out, prefixes); }

}  // namespace tercet::results

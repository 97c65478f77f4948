#include <algorithm>
#include <array>
#include <stdexcept>

#include "parser/rdf/xml_events.hpp"
#include "parser/results/readers.hpp"
#include "parser/results/terms.hpp"

namespace tercet::results {
namespace {

constexpr std::string_view kResults = "http://www.w3.org/2005/sparql-results#";
constexpr std::string_view kXml = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kIts = "http://www.w3.org/2005/11/its";

/// Which element may stand in which.
struct ElementRow {
    std::string_view name;
    std::array<std::string_view, 4> parents;
    bool has_text;
};
constexpr std::array<std::string_view, 4> kTermParents{"binding", "subject", "predicate", "object"};
constexpr std::array kElements{
    ElementRow{"sparql", {""}, false},        ElementRow{"head", {"sparql"}, false},      ElementRow{"variable", {"head"}, false},
    ElementRow{"link", {"head"}, false},      ElementRow{"boolean", {"sparql"}, true},    ElementRow{"results", {"sparql"}, false},
    ElementRow{"result", {"results"}, false}, ElementRow{"binding", {"result"}, false},   ElementRow{"uri", kTermParents, true},
    ElementRow{"bnode", kTermParents, true},  ElementRow{"literal", kTermParents, true},  ElementRow{"triple", kTermParents, false},
    ElementRow{"subject", {"triple"}, false}, ElementRow{"predicate", {"triple"}, false}, ElementRow{"object", {"triple"}, false},
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string_view trimmed(std::string_view text) {
    if (is_blank(text)) return {};
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::optional<std::string> attribute(const rdf::XmlElement& element, std::string_view ns, std::string_view name) {
    for (const rdf::XmlAttribute& each : element.attributes) {
        if (each.ns == ns && each.name == name) return each.value;
    }
    return std::nullopt;
}

std::string required_attribute(const rdf::XmlElement& element, std::string_view name) {
    auto value = attribute(element, {}, name);
    if (!value) throw std::invalid_argument("<" + element.name + "> needs the attribute " + std::string(name));
    return *std::move(value);
}

class ResultsXml final : public rdf::XmlEvents {
public:
    explicit ResultsXml(SolutionBuilder& builder) : builder_(builder) {}

    void start(const rdf::XmlElement& element) override {
        const ElementRow& row = row_of(element);
        open_.push_back(&row);
        text_.clear();
        if (row.name == "variable") builder_.declare(required_attribute(element, "name"));
        else if (row.name == "results") begin_solutions();
        else if (row.name == "binding") variable_ = required_attribute(element, "name");
        else if (row.name == "literal") literal_ = {{}, attribute(element, {}, "datatype"), attribute(element, kXml, "lang"), attribute(element, kIts, "dir")};
        else if (row.name == "triple") open_triple();
    }

    void end(const rdf::XmlElement& element) override {
        const std::string_view name = open_.back()->name;
        if (name == "head") builder_.end_head();
        else if (name == "boolean") builder_.boolean(boolean_value());
        else if (name == "result") builder_.end_solution();
        else if (name == "binding") builder_.bind(std::move(variable_), take_value(element.name));
        else if (name == "uri") give(make_iri(std::move(text_)));
        else if (name == "bnode") give(make_blank_node(std::move(text_)));
        else if (name == "literal") end_literal();
        else if (name == "subject") triples_.back().subject = take_value(name);
        else if (name == "predicate") triples_.back().predicate = take_value(name);
        else if (name == "object") triples_.back().object = take_value(name);
        else if (name == "triple") close_triple();
        else if (name == "sparql") builder_.finish();
        text_.clear();
        open_.pop_back();
    }

    void text(std::string_view text) override {
        if (open_.empty()) return;
        if (open_.back()->has_text) text_.append(text);
        else if (!is_blank(text)) throw std::invalid_argument("<" + std::string(open_.back()->name) + "> holds no text");
    }
    void comment(std::string_view) override {}
    void instruction(std::string_view, std::string_view) override {}

private:
    const ElementRow& row_of(const rdf::XmlElement& element) const {
        const std::string_view parent = open_.empty() ? std::string_view{} : open_.back()->name;
        if (element.ns == kResults) {
            for (const ElementRow& row : kElements) {
                const bool fits = std::find(row.parents.begin(), row.parents.end(), parent) != row.parents.end();
                if (row.name == element.name && fits && parent.empty() == (row.name == "sparql")) return row;
            }
        }
        if (parent.empty()) throw std::invalid_argument("expected <sparql xmlns=\"" + std::string(kResults) + "\">, got <" + element.name + ">");
        throw std::invalid_argument("<" + element.name + "> may not stand in <" + std::string(parent) + ">");
    }

    void begin_solutions() {
        if (!builder_.has_head()) throw std::invalid_argument("<head> comes before <results>");
        builder_.begin_solutions();
    }
    [[nodiscard]] bool boolean_value() const {
        const std::string_view value = trimmed(text_);
        if (value == "true" || value == "1") return true;
        if (value == "false" || value == "0") return false;
        throw std::invalid_argument("<boolean> is true or false");
    }

    void give(Term value) {
        if (value_) throw std::invalid_argument("there is more than one value");
        value_ = std::move(value);
    }
    Term take_value(std::string_view element) {
        if (!value_) throw std::invalid_argument("<" + std::string(element) + "> needs a <uri>, <bnode>, <literal> or <triple>");
        Term value = *std::move(value_);
        value_.reset();
        return value;
    }
    void end_literal() {
        literal_.value = std::move(text_);
        give(make_literal(std::move(literal_)));
    }
    void open_triple() {
        if (triples_.size() == kDeepestTriple) throw std::invalid_argument("triples are nested more than " + std::to_string(kDeepestTriple) + " deep");
        triples_.emplace_back();
    }
    void close_triple() {
        Triple triple = std::move(triples_.back());
        triples_.pop_back();
        give(make_triple(std::move(triple.subject), std::move(triple.predicate), std::move(triple.object)));
    }

    SolutionBuilder& builder_;
    std::vector<const ElementRow*> open_;
    std::string text_;
    std::string variable_;
    LiteralParts literal_;
    std::optional<Term> value_;
    std::vector<Triple> triples_;
};

}  // namespace

void read_xml(std::istream& in, const ReadOptions& options, SolutionBuilder& builder) {
    ResultsXml events(builder);
    rdf::read_xml(in, options.source, options.cancel, events);
}

}  // namespace tercet::results

#include "engine/results/rdf_writer.hpp"

#include <ostream>

#include "engine/model/vocabulary.hpp"
#include "engine/results/cell_text.hpp"
#include "engine/results/rdfxml_writer.hpp"

namespace tercet::results {
namespace {

class LineWriter final : public RdfWriter {
public:
    LineWriter(std::ostream& out, bool graphs) : out_(out), graphs_(graphs) {}

    void add(const QuadView& quad) override {
        out_ << to_term(quad.subject) << ' ' << to_term(quad.predicate) << ' ' << to_term(quad.object);
        if (graphs_ && quad.graph.kind != TermKind::Undefined) out_ << ' ' << to_term(quad.graph);
        out_ << " .\n";
    }
    void finish() override { out_.flush(); }

private:
    std::ostream& out_;
    bool graphs_;
};

class TurtleWriter final : public RdfWriter {
public:
    TurtleWriter(std::ostream& out, bool graphs, const Prefixes& prefixes) : out_(out), graphs_(graphs), prefixes_(prefixes) {
        for (const auto& [name, iri] : prefixes) out_ << "@prefix " << name << ": <" << iri << "> .\n";
        if (!prefixes.empty()) out_ << '\n';
    }

    void add(const QuadView& quad) override {
        if (graphs_) enter(to_term(quad.graph));
        const Term subject = to_term(quad.subject), predicate = to_term(quad.predicate);
        if (!open_ || subject != subject_) {
            if (open_) out_ << " .\n";
            out_ << text(subject) << ' ' << verb(predicate) << ' ';
        } else if (predicate != predicate_) {
            out_ << " ;\n    " << verb(predicate) << ' ';
        } else {
            out_ << ", ";
        }
        out_ << text(to_term(quad.object));
        subject_ = subject;
        predicate_ = predicate;
        open_ = true;
    }

    void finish() override {
        close_statement();
        if (graph_.is_defined()) out_ << "}\n";
        out_.flush();
    }

private:
    void close_statement() {
        if (open_) out_ << " .\n";
        open_ = false;
    }
    void enter(const Term& graph) {
        if (graph == graph_) return;
        close_statement();
        if (graph_.is_defined()) out_ << "}\n";
        if (graph.is_defined()) out_ << text(graph) << " {\n";
        graph_ = graph;
    }
    [[nodiscard]] std::string verb(const Term& predicate) const {
        return predicate.value == vocabulary::rdf::kType ? "a" : text(predicate);
    }
    [[nodiscard]] std::string text(const Term& term) const {
        if (term.is_iri()) return short_iri(term.value, prefixes_);
        if (term.is_triple_term()) {
            const Triple& triple = term.triple();
            return "<<( " + text(triple.subject) + ' ' + text(triple.predicate) + ' ' + text(triple.object) + " )>>";
        }
        if (term.is_literal() && term.language.empty() && term.datatype != vocabulary::xsd::kString) {
            Term plain = term;
            plain.datatype = vocabulary::xsd::kString;
            return plain.to_string() + "^^" + short_iri(term.datatype, prefixes_);
        }
        return term.to_string();
    }

    std::ostream& out_;
    bool graphs_;
    Prefixes prefixes_;
    Term graph_, subject_, predicate_;
    bool open_ = false;
};

}  // namespace

std::unique_ptr<RdfWriter> make_rdf_writer(RdfFormat format, std::ostream& out, const Prefixes& prefixes) {
    switch (format) {
        case RdfFormat::NTriples: return std::make_unique<LineWriter>(out, false);
        case RdfFormat::NQuads: return std::make_unique<LineWriter>(out, true);
        case RdfFormat::Turtle: return std::make_unique<TurtleWriter>(out, false, prefixes);
        case RdfFormat::TriG: return std::make_unique<TurtleWriter>(out, true, prefixes);
        case RdfFormat::RdfXml: return make_rdfxml_writer(out, prefixes);
    }
    return nullptr;
}

}  // namespace tercet::results

#include <array>
#include <ostream>
#include <string>
#include <string_view>

#include "engine/model/vocabulary.hpp"
#include "engine/results/writers.hpp"
#include "tercet/error.hpp"

namespace tercet::results {
namespace {

/// XML 1.0 has no way to write most control characters; U+FFFD stands for them.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\r': out += "&#13;"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') out += "\xEF\xBF\xBD";
                else out += c;
        }
    }
    return out;
}

void write_term(std::ostream& out, const Term& term);

void write_triple(std::ostream& out, const Triple& triple) {
    out << "<triple><subject>";
    write_term(out, triple.subject);
    out << "</subject><predicate>";
    write_term(out, triple.predicate);
    out << "</predicate><object>";
    write_term(out, triple.object);
    out << "</object></triple>";
}

void write_literal(std::ostream& out, const Term& term) {
    out << "<literal";
    if (!term.language.empty()) out << " xml:lang=\"" << escaped(term.language) << '"';
    else if (term.datatype != vocabulary::xsd::kString) out << " datatype=\"" << escaped(term.datatype) << '"';
    if (term.direction != BaseDirection::None) {
        out << " its:dir=\"" << (term.direction == BaseDirection::LeftToRight ? "ltr" : "rtl") << '"';
    }
    out << '>' << escaped(term.value) << "</literal>";
}

void write_term(std::ostream& out, const Term& term) {
    switch (term.kind) {
        case TermKind::Iri: out << "<uri>" << escaped(term.value) << "</uri>"; break;
        case TermKind::BlankNode: out << "<bnode>" << escaped(term.value) << "</bnode>"; break;
        case TermKind::Literal: write_literal(out, term); break;
        case TermKind::TripleTerm: write_triple(out, term.triple()); break;
        case TermKind::Path:
            throw Error(ErrorCode::InvalidArgument,
                        "XML results have no form for a path; use json, or UNFOLD the path into rows");
        case TermKind::Undefined: break;
    }
}

std::uint64_t write_bindings(Result& result, std::ostream& out) {
    const auto& variables = result.variables();
    out << "  <results>\n";
    std::uint64_t rows = 0;
    while (const Row* row = result.next()) {
        out << "    <result>";
        for (std::size_t i = 0; i < variables.size(); ++i) {
            if (!row->at(i).is_defined()) continue;
            out << "<binding name=\"" << escaped(variables[i]) << "\">";
            write_term(out, row->at(i));
            out << "</binding>";
        }
        out << "</result>\n";
        ++rows;
    }
    out << "  </results>\n";
    return rows;
}

}  // namespace

std::uint64_t write_xml(Result& result, std::ostream& out, const WriteOptions&) {
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\" xmlns:its=\"http://www.w3.org/2005/11/its\" "
           "its:version=\"2.0\">\n  <head>";
    for (const std::string& variable : result.variables()) out << "<variable name=\"" << escaped(variable) << "\"/>";
    out << "</head>\n";
    std::uint64_t rows = 1;
    if (result.kind() == ResultKind::Bindings) rows = write_bindings(result, out);
    else out << "  <boolean>" << (result.boolean() ? "true" : "false") << "</boolean>\n";
    out << "</sparql>\n";
    return rows;
}

}  // namespace tercet::results

#include "tercet/term.hpp"

#include <ostream>
#include <utility>

#include "engine/model/vocabulary.hpp"
#include "engine/model/xsd_format.hpp"
#include "tercet/error.hpp"

namespace tercet {
namespace {

std::string lower_ascii(std::string_view text) {
    std::string lowered(text);
    for (char& c : lowered) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lowered;
}

/// ECHAR of N-Triples: the characters that may not stand in a quoted literal as they are.
void append_escaped(std::string& out, std::string_view text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
                    out += "\\u00";
                    out += kHex[(static_cast<unsigned char>(c) >> 4U) & 15U];
                    out += kHex[static_cast<unsigned char>(c) & 15U];
                } else {
                    out += c;
                }
        }
    }
}

void append_literal(std::string& out, const Term& term) {
    out += '"';
    append_escaped(out, term.value);
    out += '"';
    if (!term.language.empty()) {
        out += '@' + term.language;
        if (term.direction == BaseDirection::LeftToRight) out += "--ltr";
        if (term.direction == BaseDirection::RightToLeft) out += "--rtl";
    } else if (term.datatype != vocabulary::xsd::kString) {
        out += "^^<" + term.datatype + '>';
    }
}

void append_term(std::string& out, const Term& term);

void append_triple_term(std::string& out, const Triple& triple) {
    out += "<<( ";
    append_term(out, triple.subject);
    out += ' ';
    append_term(out, triple.predicate);
    out += ' ';
    append_term(out, triple.object);
    out += " )>>";
}

void append_path(std::string& out, const Term& path) {
    out += '[';
    for (const Triple& edge : *path.triples) {
        out += ' ';
        append_triple_term(out, edge);
    }
    out += " ]";
}

void append_term(std::string& out, const Term& term) {
    switch (term.kind) {
        case TermKind::Undefined: break;
        case TermKind::Iri: out += '<' + term.value + '>'; break;
        case TermKind::BlankNode: out += "_:" + term.value; break;
        case TermKind::Literal: append_literal(out, term); break;
        case TermKind::TripleTerm: append_triple_term(out, term.triple()); break;
        case TermKind::Path: append_path(out, term); break;
    }
}

Term make(TermKind kind, std::string value) {
    Term term;
    term.kind = kind;
    term.value = std::move(value);
    return term;
}

}  // namespace

Term Term::iri(std::string iri) { return make(TermKind::Iri, std::move(iri)); }

Term Term::blank_node(std::string label) { return make(TermKind::BlankNode, std::move(label)); }

Term Term::literal(std::string lexical_form) {
    return typed_literal(std::move(lexical_form), std::string(vocabulary::xsd::kString));
}

Term Term::typed_literal(std::string lexical_form, std::string datatype) {
    Term term = make(TermKind::Literal, std::move(lexical_form));
    term.datatype = std::move(datatype);
    return term;
}

Term Term::language_literal(std::string lexical_form, std::string_view language, BaseDirection direction) {
    const auto datatype = direction == BaseDirection::None ? vocabulary::rdf::kLangString
                                                           : vocabulary::rdf::kDirLangString;
    Term term = typed_literal(std::move(lexical_form), std::string(datatype));
    term.language = lower_ascii(language);
    term.direction = direction;
    return term;
}

Term Term::integer(std::int64_t value) {
    return typed_literal(std::to_string(value), std::string(vocabulary::xsd::kInteger));
}

Term Term::boolean(bool value) {
    return typed_literal(value ? "true" : "false", std::string(vocabulary::xsd::kBoolean));
}

Term Term::decimal(std::string lexical_form) {
    return typed_literal(std::move(lexical_form), std::string(vocabulary::xsd::kDecimal));
}

Term Term::floating(double value) {
    return typed_literal(format_double(value), std::string(vocabulary::xsd::kDouble));
}

Term Term::triple_term(Triple triple) {
    Term term = make(TermKind::TripleTerm, {});
    term.triples = std::make_shared<const std::vector<Triple>>(1, std::move(triple));
    return term;
}

Term Term::path(std::vector<Triple> edges) {
    Term term = make(TermKind::Path, {});
    term.triples = std::make_shared<const std::vector<Triple>>(std::move(edges));
    return term;
}

const Triple& Term::triple() const {
    if (kind != TermKind::TripleTerm || !triples || triples->empty()) {
        throw Error(ErrorCode::InvalidArgument, "the term " + to_string() + " is not a triple term");
    }
    return triples->front();
}

std::string Term::to_string() const {
    std::string out;
    append_term(out, *this);
    return out;
}

bool operator==(const Term& a, const Term& b) noexcept {
    if (a.kind != b.kind || a.value != b.value || a.datatype != b.datatype || a.language != b.language ||
        a.direction != b.direction) {
        return false;
    }
    if (a.triples == b.triples) return true;
    return a.triples && b.triples && *a.triples == *b.triples;
}

std::ostream& operator<<(std::ostream& out, const Term& term) { return out << term.to_string(); }

}  // namespace tercet

#include "engine/results/cell_text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "engine/model/vocabulary.hpp"

namespace tercet::results {
namespace {

bool is_plain_local_name(std::string_view text) {
    if (text.empty()) return true;
    if (text.front() == '-' || text.front() == '.' || text.back() == '.') return false;
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '-' || c == '.';
    });
}

bool is_number(const Term& term) {
    using namespace vocabulary::xsd;
    return term.datatype == kInteger || term.datatype == kDecimal || term.datatype == kDouble ||
           term.datatype == kFloat || term.datatype == kBoolean || term.datatype == kDate || term.datatype == kDateTime;
}

/// Line ends and other control characters would break a table.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out += "\xE2\x8F\x8E";  // return symbol
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) out += ' ';
        else out += c;
    }
    return out;
}

std::string literal_text(const Term& term, const Prefixes& prefixes) {
    if (!term.language.empty()) return one_line(term.value) + "@" + term.language;
    if (term.datatype == vocabulary::xsd::kString || is_number(term)) return one_line(term.value);
    return one_line(term.value) + "^^" + short_iri(term.datatype, prefixes);
}

std::string triple_text(const Triple& triple, const Prefixes& prefixes) {
    return "<<( " + cell_text(triple.subject, prefixes) + ' ' + cell_text(triple.predicate, prefixes) + ' ' +
           cell_text(triple.object, prefixes) + " )>>";
}

/// Edges are given as stored; which way each was walked follows from where the walk stands. A path keeps its start as text; one
/// without it begins along its first edge.
std::string path_text(const Term& path, const Prefixes& prefixes) {
    const auto& edges = *path.triples;
    if (edges.empty()) return "()";
    const bool backward = !path.value.empty() && edges.front().subject.to_string() != path.value;
    const Term* here = backward ? &edges[0].object : &edges[0].subject;
    std::string text = cell_text(*here, prefixes);
    for (const Triple& edge : edges) {
        const bool forward = edge.subject == *here;
        const std::string verb = cell_text(edge.predicate, prefixes);
        text += forward ? " -" + verb + "-> " : " <-" + verb + "- ";
        here = forward ? &edge.object : &edge.subject;
        text += cell_text(*here, prefixes);
    }
    return text;
}

/// Calls `each(code point, its bytes)` and stops when it returns false.
template <typename Each>
void for_each_code_point(std::string_view text, Each each) {
    const auto length = static_cast<std::int32_t>(text.size());
    std::int32_t i = 0;
    while (i < length) {
        const std::int32_t start = i;
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(text.data(), i, length, c);
        if (!each(c, text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start)))) return;
    }
}

std::size_t code_point_width(UChar32 c) {
    const int category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
    const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

}  // namespace

std::string short_iri(std::string_view iri, const Prefixes& prefixes) {
    const std::pair<std::string, std::string>* best = nullptr;
    for (const auto& prefix : prefixes) {
        if (prefix.second.empty() || !iri.starts_with(prefix.second)) continue;
        if (!is_plain_local_name(iri.substr(prefix.second.size()))) continue;
        if (best == nullptr || prefix.second.size() > best->second.size()) best = &prefix;
    }
    if (best == nullptr) return '<' + std::string(iri) + '>';
    return best->first + ':' + std::string(iri.substr(best->second.size()));
}

std::string cell_text(const Term& term, const Prefixes& prefixes) {
    switch (term.kind) {
        case TermKind::Iri: return short_iri(term.value, prefixes);
        case TermKind::BlankNode: return "_:" + term.value;
        case TermKind::Literal: return literal_text(term, prefixes);
        case TermKind::TripleTerm: return triple_text(term.triple(), prefixes);
        case TermKind::Path: return path_text(term, prefixes);
        case TermKind::Undefined: break;
    }
    return {};
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for_each_code_point(text, [&](UChar32 c, std::string_view) {
        width += code_point_width(c);
        return true;
    });
    return width;
}

std::string fit(std::string_view text, std::size_t width) {
    if (display_width(text) <= width) return std::string(text);
    std::string out;
    std::size_t used = 0;
    for_each_code_point(text, [&](UChar32 c, std::string_view bytes) {
        const std::size_t next = code_point_width(c);
        if (used + next + 1 > width) return false;
        used += next;
        out += bytes;
        return true;
    });
    return out + "\xE2\x80\xA6";  // ellipsis
}

}  // namespace tercet::results

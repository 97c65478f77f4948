#include "parser/results/terms.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "engine/model/vocabulary.hpp"
#include "parser/text/iri.hpp"
#include "parser/text/unescape.hpp"

namespace tercet::results {
namespace {

constexpr std::string_view kForbiddenInIri = "<>\"{}|^`\\";

bool is_iri(std::string_view text) {
    return grammar::is_absolute_iri(text) && std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || kForbiddenInIri.find(c) != std::string_view::npos;
    });
}

/// LANG_DIR without the sign: letters, then parts of letters and digits.
bool is_language_tag(std::string_view tag) {
    bool first_part = true, part_is_empty = true;
    for (const char c : tag) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c == '-' && !part_is_empty) {
            first_part = false;
            part_is_empty = true;
        } else if (letter || (!first_part && c >= '0' && c <= '9')) {
            part_is_empty = false;
        } else {
            return false;
        }
    }
    return !part_is_empty;
}

}  // namespace

Term make_iri(std::string iri) {
    if (!is_iri(iri)) throw std::invalid_argument("'" + iri + "' is not an absolute IRI");
    return Term::iri(std::move(iri));
}

Term make_blank_node(std::string label) {
    if (label.empty()) throw std::invalid_argument("a blank node needs a label");
    return Term::blank_node(std::move(label));
}

Term make_literal(LiteralParts parts) {
    namespace rdf = vocabulary::rdf;
    const auto& [value, datatype, language, direction] = parts;
    if (!language) {
        if (direction) throw std::invalid_argument("a literal with a base direction needs a language");
        if (!datatype) return Term::literal(std::move(parts.value));
        if (*datatype == rdf::kLangString || *datatype == rdf::kDirLangString) {
            throw std::invalid_argument("a literal of the datatype " + *datatype + " needs a language");
        }
        return Term::typed_literal(std::move(parts.value), make_iri(*datatype).value);
    }
    if (!is_language_tag(*language)) throw std::invalid_argument("'" + *language + "' is not a language tag");
    const std::string_view expected = direction ? rdf::kDirLangString : rdf::kLangString;
    if (datatype && *datatype != expected) throw std::invalid_argument("a literal has a language or a datatype, not both");
    const auto tag = grammar::language_tag("@" + *language + (direction ? "--" + *direction : ""));
    return Term::language_literal(std::move(parts.value), tag.language, tag.direction);
}

Term make_triple(Term subject, Term predicate, Term object) {
    if (!subject.is_iri() && !subject.is_blank_node()) throw std::invalid_argument("the subject of a triple is an IRI or a blank node");
    if (!predicate.is_iri()) throw std::invalid_argument("the predicate of a triple is an IRI");
    if (!object.is_defined()) throw std::invalid_argument("a triple needs an object");
    return Term::triple_term({std::move(subject), std::move(predicate), std::move(object)});
}

}  // namespace tercet::results

#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tercet {

enum class TermKind : std::uint8_t {
    Undefined,   ///< no value: an unbound variable, the default graph
    BlankNode,
    Iri,
    Literal,
    TripleTerm,  ///< RDF 1.2 triple term
    Path,        ///< a walk through the graph; in query answers only
};

/// RDF 1.2 base direction of a literal.
enum class BaseDirection : std::uint8_t { None, LeftToRight, RightToLeft };

struct Triple;

/// An RDF 1.2 term, or a path, as a value. Equality is RDF term equality.
struct Term {
    TermKind kind = TermKind::Undefined;
    std::string value;     ///< the IRI, the blank node's label, or the lexical form
    std::string datatype;  ///< IRI of a literal's datatype, always set for literals
    std::string language;  ///< lower-cased BCP 47 tag, or empty
    BaseDirection direction = BaseDirection::None;
    std::shared_ptr<const std::vector<Triple>> triples;  ///< one for a triple term; a path's edges in order

    [[nodiscard]] static Term iri(std::string iri);
    [[nodiscard]] static Term blank_node(std::string label);
    [[nodiscard]] static Term literal(std::string lexical_form);                          ///< xsd:string
    [[nodiscard]] static Term typed_literal(std::string lexical_form, std::string datatype);
    /// rdf:langString, or rdf:dirLangString when a direction is given. The tag is lower-cased.
    [[nodiscard]] static Term language_literal(std::string lexical_form, std::string_view language,
                                               BaseDirection direction = BaseDirection::None);
    [[nodiscard]] static Term integer(std::int64_t value);
    [[nodiscard]] static Term boolean(bool value);
    [[nodiscard]] static Term decimal(std::string lexical_form);
    [[nodiscard]] static Term floating(double value);                                     ///< xsd:double, canonical
    [[nodiscard]] static Term triple_term(Triple triple);
    /// A path over `edges`; a path of no edge stands at `start`, which value/datatype/... then carry as its text.
    [[nodiscard]] static Term path(std::vector<Triple> edges);

    [[nodiscard]] bool is_defined() const noexcept { return kind != TermKind::Undefined; }
    [[nodiscard]] bool is_iri() const noexcept { return kind == TermKind::Iri; }
    [[nodiscard]] bool is_blank_node() const noexcept { return kind == TermKind::BlankNode; }
    [[nodiscard]] bool is_literal() const noexcept { return kind == TermKind::Literal; }
    [[nodiscard]] bool is_triple_term() const noexcept { return kind == TermKind::TripleTerm; }
    [[nodiscard]] bool is_path() const noexcept { return kind == TermKind::Path; }
    [[nodiscard]] const Triple& triple() const;  ///< of a triple term; throws Error otherwise

    /// N-Triples 1.2 syntax; "" for Undefined; a path as [ <<( s p o )>> ... ].
    [[nodiscard]] std::string to_string() const;

    friend bool operator==(const Term& a, const Term& b) noexcept;
};

struct Triple {
    Term subject;
    Term predicate;
    Term object;

    friend bool operator==(const Triple&, const Triple&) noexcept = default;
};

std::ostream& operator<<(std::ostream& out, const Term& term);

}  // namespace tercet

#pragma once

#include <charconv>
#include <string>

#include "engine/model/vocabulary.hpp"
#include "parser/sparql/tokens.hpp"
#include "parser/text/unescape.hpp"

/// What the shared tokens leave behind: terms on the stack of terms.
namespace tercet::sparql {

template <typename Rule>
struct token_action : pegtl::nothing<Rule> {};

template <>
struct token_action<VAR> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.triples.push_variable(in.string().substr(1), b.at(in.begin()));
    }
};
template <>
struct token_action<iri_reference> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.terms.push_iri(b.names.iri_of_reference(in.string_view()), b.at(in.begin()));
    }
};
template <>
struct token_action<prefixed_name> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.terms.push_iri(b.names.iri_of_prefixed_name(in.string_view()), b.at(in.begin()));
    }
};
template <>
struct token_action<rdf_type> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.terms.push_iri(std::string(vocabulary::rdf::kType), b.at(in.begin()));
    }
};

template <>
struct token_action<string_text> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.lexical_form = grammar::string_value(in.string_view());
    }
};
template <>
struct token_action<language_tag> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        const auto [language, direction] = grammar::language_tag(in.string_view());
        b.terms.push(
            Constant{Term::language_literal(std::move(b.lexical_form), language, direction), b.at(in.begin())});
    }
};
template <>
struct token_action<datatype_iri> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        std::string datatype = b.terms.pop_iri();
        b.terms.push(Constant{Term::typed_literal(std::move(b.lexical_form), std::move(datatype)), b.at(in.begin())});
    }
};
template <>
struct token_action<simple_literal> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        b.terms.push(Constant{Term::literal(std::move(b.lexical_form)), b.at(in.begin())});
    }
};

/// A literal that is written without quotes.
struct bare_literal {
    template <typename Matched>
    static void push(const Matched& in, Builder& b, std::string_view datatype) {
        b.terms.push(Constant{Term::typed_literal(in.string(), std::string(datatype)), b.at(in.begin())});
    }
};
template <>
struct token_action<double_literal> : bare_literal {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        push(in, b, vocabulary::xsd::kDouble);
    }
};
template <>
struct token_action<decimal_literal> : bare_literal {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        push(in, b, vocabulary::xsd::kDecimal);
    }
};
template <>
struct token_action<integer_literal> : bare_literal {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        push(in, b, vocabulary::xsd::kInteger);
    }
};
template <>
struct token_action<boolean_text> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        const bool is_true = *in.begin() == 't' || *in.begin() == 'T';
        b.terms.push(Constant{Term::boolean(is_true), b.at(in.begin())});
    }
};

template <>
struct token_action<count_text> {
    template <typename Matched>
    static void apply(const Matched& in, Builder& b) {
        const auto [end, error] = std::from_chars(in.begin(), in.end(), b.number);
        if (error != std::errc{}) throw std::invalid_argument("the number " + in.string() + " is too large");
    }
};

}  // namespace tercet::sparql

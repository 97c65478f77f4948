#pragma once

#include <string>
#include <string_view>

#include "tercet/term.hpp"

namespace tercet {

struct TripleView;

/// A term that is only looked at: the views must outlive it. What parsers push, without a copy.
struct TermView {
    TermKind kind = TermKind::Undefined;
    std::string_view value;
    std::string_view datatype;  ///< always set for literals
    std::string_view language;  ///< already lower-cased
    BaseDirection direction = BaseDirection::None;
    const TripleView* triple = nullptr;  ///< of a triple term

    [[nodiscard]] static TermView iri(std::string_view iri) { return {TermKind::Iri, iri, {}, {}, {}, nullptr}; }
    [[nodiscard]] static TermView blank_node(std::string_view label) {
        return {TermKind::BlankNode, label, {}, {}, {}, nullptr};
    }
    [[nodiscard]] static TermView literal(std::string_view lexical_form, std::string_view datatype) {
        return {TermKind::Literal, lexical_form, datatype, {}, {}, nullptr};
    }
};

struct TripleView {
    TermView subject;
    TermView predicate;
    TermView object;
};

struct QuadView {
    TermView subject;
    TermView predicate;
    TermView object;
    TermView graph;  ///< Undefined: the default graph
};

/// The term as a value of its own.
[[nodiscard]] Term to_term(const TermView& view);

/// Keeps what a view needs to look at a Term, nested triple terms included. The Term must outlive it.
class TermViewHolder {
public:
    explicit TermViewHolder(const Term& term);
    ~TermViewHolder();
    TermViewHolder(const TermViewHolder&) = delete;
    TermViewHolder& operator=(const TermViewHolder&) = delete;
    [[nodiscard]] const TermView& view() const noexcept { return view_; }

private:
    struct Nested;
    TermView view_;
    std::unique_ptr<Nested> nested_;
};

}  // namespace tercet

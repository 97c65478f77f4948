#include "engine/model/term_view.hpp"

#include <array>

namespace tercet {

struct TermViewHolder::Nested {
    explicit Nested(const Triple& triple)
        : part{TermViewHolder(triple.subject), TermViewHolder(triple.predicate), TermViewHolder(triple.object)},
          view{part[0].view(), part[1].view(), part[2].view()} {}
    std::array<TermViewHolder, 3> part;
    TripleView view;
};

TermViewHolder::TermViewHolder(const Term& term)
    : view_{term.kind, term.value, term.datatype, term.language, term.direction, nullptr} {
    if (!term.is_triple_term()) return;
    nested_ = std::make_unique<Nested>(term.triple());
    view_.triple = &nested_->view;
}

TermViewHolder::~TermViewHolder() = default;

Term to_term(const TermView& view) {
    if (view.kind == TermKind::TripleTerm) {
        return Term::triple_term(
            {to_term(view.triple->subject), to_term(view.triple->predicate), to_term(view.triple->object)});
    }
    Term term;
    term.kind = view.kind;
    term.value = view.value;
    term.datatype = view.datatype;
    term.language = view.language;
    term.direction = view.direction;
    return term;
}

}  // namespace tercet

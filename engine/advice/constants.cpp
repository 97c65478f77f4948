#include <algorithm>
#include <optional>
#include <set>

#include "engine/advice/checks.hpp"
#include "engine/advice/store_terms.hpp"
#include "engine/algebra/rewrite.hpp"
#include "engine/model/vocabulary.hpp"
#include "engine/plan/names.hpp"
#include "engine/plan/pattern_size.hpp"
#include "engine/plan/plan.hpp"

namespace tercet::advice {
namespace {

using algebra::ExpressionPtr;
using algebra::NodePtr;
using algebra::PatternTerm;

constexpr std::size_t kSubject = 0, kPredicate = 1, kObject = 2;

bool is_type(const PatternTerm& term) {
    const Term* known = std::get_if<Term>(&term);
    return known != nullptr && known->is_iri() && known->value == vocabulary::rdf::kType;
}

class ConstantCheck {
public:
    explicit ConstantCheck(const Subject& subject) : subject_(subject), source_(subject.source), names_(subject.source) {}

    Remarks operator()() {
        for (const std::string& graph : subject_.query.dataset.from) check_graph(Term::iri(graph));
        for (const std::string& graph : subject_.query.dataset.from_named) check_graph(Term::iri(graph));
        pattern(subject_.query.node, true);
        takes_names_ = false;  // what is deleted goes by its very name
        for (const algebra::TemplateQuad& quad : subject_.remove) removal(quad);
        const bool is_empty = source_.statistics().quads == 0;
        if (is_empty && !remarks_.empty()) return {{"the store is empty", {}}};
        return std::move(remarks_);
    }

private:
    // --- where constants stand --------------------------------------------------------------------------------------

    /// `required`: without a match here there is no answer. Elsewhere a name may well be missing, unless it is a slip.
    void pattern(const NodePtr& node, bool required) {
        std::visit([&](const auto& n) { look(n, required); }, node->node);
        bool is_first = true;
        (void)algebra::with_inputs(node, [&](const NodePtr& input) {
            pattern(input, required && (is_first ? needs_first(*node) : needs_second(*node)));
            is_first = false;
            return input;
        });
        (void)algebra::with_expressions(node, [&](const ExpressionPtr& e) {
            expression(e);
            return e;
        });
    }
    static bool needs_first(const algebra::Node& node) { return !std::holds_alternative<algebra::Union>(node.node); }
    static bool needs_second(const algebra::Node& node) { return std::holds_alternative<algebra::Join>(node.node); }

    void expression(const ExpressionPtr& e) {
        (void)algebra::with_arguments(
            e,
            [&](const ExpressionPtr& argument) {
                expression(argument);
                return argument;
            },
            [&](const NodePtr& node) {
                pattern(node, false);
                return node;
            });
    }

    void look(const algebra::Bgp& n, bool required) {
        place_ = {n.triples.empty() ? sparql::Position{} : n.triples.front().position, required};
        graph(n.graph);
        for (const algebra::TriplePattern& triple : n.triples) {
            place_ = {triple.position, required};
            this->triple(triple);
        }
    }
    void look(const algebra::PathPattern& n, bool required) { search(n, required); }
    void look(const algebra::PathSearch& n, bool required) { search(n, required); }
    template <typename Search>
    void search(const Search& n, bool required) {
        place_ = {n.path->position, required};
        graph(n.graph);
        for (const PatternTerm* end : {&n.subject, &n.object}) {
            if (const Term* known = std::get_if<Term>(end); known != nullptr && known->is_iri()) check_node(*known, {}, kSubject);
        }
        path(*n.path, required);
    }
    void look(const algebra::GraphNames& n, bool required) {
        place_ = {{}, required};
        graph(n.graph);
    }
    template <typename Other>
    void look(const Other&, bool) {}

    void graph(const algebra::GraphRef& ref) {
        if (const Term* known = std::get_if<Term>(&ref)) check_graph(*known);
    }

    /// What a triple that is to be deleted must have; triple terms may be anything here.
    void removal(const algebra::TemplateQuad& quad) {
        place_ = {quad.triple.position, true};
        const auto graph = quad.graph ? std::get_if<Term>(&*quad.graph) : nullptr;
        if (graph != nullptr) check_graph(*graph);
        triple({pattern_term(quad.triple.subject), pattern_term(quad.triple.predicate), pattern_term(quad.triple.object), quad.triple.position});
    }
    [[nodiscard]] static PatternTerm pattern_term(const algebra::TemplateTerm& term) {
        if (const Term* known = std::get_if<Term>(&term)) return *known;
        const auto* variable = std::get_if<algebra::Var>(&term);
        return variable != nullptr ? *variable : algebra::Var{plan::kNoVariable};
    }

    void path(const sparql::Path& source, bool required) {
        place_ = {source.position, required};
        std::visit([&](const auto& n) { step(n, required); }, source.node);
    }
    void step(const sparql::PathIri& n, bool) { check_predicate(Term::iri(n.iri)); }
    void step(const sparql::PathInverse& n, bool required) { path(*n.path, required); }
    void step(const sparql::PathRepeat& n, bool required) { path(*n.path, required && n.min > 0); }
    void step(const sparql::PathSequence& n, bool required) {
        for (const auto& part : n.parts) path(*part, required);
    }
    void step(const sparql::PathAlternative& n, bool) {
        for (const auto& part : n.parts) path(*part, false);
    }
    void step(const sparql::PathNegatedSet&, bool) {}

    void triple(const algebra::TriplePattern& triple) {
        const QuadPattern known = plan::constants_of(source_, triple);
        const Term* predicate = std::get_if<Term>(&triple.predicate);
        const bool has_predicate = predicate == nullptr || check_predicate(*predicate);
        const Term* subject = std::get_if<Term>(&triple.subject);
        const Term* object = std::get_if<Term>(&triple.object);
        QuadPattern alike{{TermId::any(), has_predicate ? known.predicate() : TermId::any(), TermId::any(), TermId::any()}};
        if (has_readings(predicate)) alike.slot[kPredicate] = TermId::any();
        if (subject != nullptr && subject->is_iri()) check_node(*subject, alike, kSubject);
        if (object == nullptr || (!object->is_iri() && !object->is_literal())) return;
        if (object->is_literal()) check_literal(*object, alike, predicate);
        else if (is_type(triple.predicate)) check_class(*object, alike);
        else check_node(*object, alike, kObject);
    }

    // --- whether the store knows them -------------------------------------------------------------------------------

    /// Whether other names go by this one (docs/adr/0002).
    bool has_readings(const Term* term) { return term != nullptr && takes_names_ && !names_.resolve(*term).empty(); }

    [[nodiscard]] bool matches_something(const QuadPattern& alike, std::size_t slot, const Term& term) const {
        const auto id = plan::find_id(source_, term);
        if (!id) return false;
        QuadPattern pattern = alike;
        pattern.slot[slot] = *id;
        return source_.estimate(pattern) > 0;
    }
    [[nodiscard]] bool is_in_store(const Term& term) const {
        const auto id = plan::find_id(source_, term);
        return id && plan::is_used(source_, *id);
    }

    bool check_predicate(const Term& term) {
        const auto id = plan::find_id(source_, term);
        if ((id && source_.predicate_statistics(*id).triples > 0) || has_readings(&term)) return true;
        complain(term, "no triple has the predicate " + subject_.show(term), nearest_names(term, terms_at(source_, kEverything, kPredicate)));
        return false;
    }
    void check_class(const Term& term, const QuadPattern& types) {
        if (matches_something(types, kObject, term) || has_readings(&term)) return;
        complain(term, "nothing is of the class " + subject_.show(term), nearest_names(term, terms_at(source_, types, kObject)));
    }
    void check_node(const Term& term, const QuadPattern& alike, std::size_t slot) {
        if (is_in_store(term) || has_readings(&term)) return;
        complain(term, "nothing is said of " + subject_.show(term) + " in this store", nearest_names(term, terms_at(source_, alike, slot)));
    }
    void check_literal(const Term& term, const QuadPattern& alike, const Term* predicate) {
        if (matches_something(alike, kObject, term)) return;
        const std::vector<Term> others = terms_at(source_, alike, kObject);
        std::vector<Term> near = known_variants(source_, term, others);
        if (near.empty()) near = nearest_literals(term, others);
        complain(term, "no " + (predicate == nullptr ? std::string("object") : subject_.show(*predicate)) + " is " + subject_.show(term), near);
    }
    void check_graph(const Term& term) {
        const auto names = source_.graphs();
        const auto id = plan::find_id(source_, term);
        if (id && std::find(names.begin(), names.end(), *id) != names.end()) return;
        complain(term, "there is no graph " + subject_.show(term) + " in this store", nearest_names(term, source_.terms(names)));
    }

    void complain(const Term& term, std::string message, const std::vector<Term>& near) {
        if ((!place_.required && near.empty()) || !told_.insert(term.to_string()).second) return;
        std::string names;
        for (const Term& each : near) names += (names.empty() ? "" : " or ") + subject_.show(each);
        if (!names.empty()) message += "; did you mean " + names + "?";
        remarks_.push_back({std::move(message), place_.position});
    }

    static constexpr QuadPattern kEverything{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};
    struct Place {
        sparql::Position position;
        bool required = true;
    };

    const Subject& subject_;
    const QuadSource& source_;
    plan::NameResolver names_;
    Place place_;
    bool takes_names_ = subject_.resolve_names;
    std::set<std::string> told_;
    Remarks remarks_;
};

}  // namespace

Remarks check_constants(const Subject& subject) { return ConstantCheck(subject)(); }

}  // namespace tercet::advice

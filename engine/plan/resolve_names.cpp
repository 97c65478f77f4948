#include <algorithm>
#include <set>

#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "engine/plan/names.hpp"
#include "engine/plan/passes.hpp"
#include "tercet/error.hpp"

namespace tercet::plan {
namespace {

using algebra::Call;
using algebra::ExpressionPtr;
using algebra::NodePtr;
using algebra::PatternTerm;

/// Replaces names by what goes by them. A name that stands for several becomes a hidden variable, one for each name, so that it
/// is the same thing wherever a query says it.
class NameReader {
public:
    explicit NameReader(PassContext& context) : context_(context), names_(context.pool.source()) {}

    NodePtr operator()(const NodePtr& node) {
        const NodePtr inner = algebra::with_inputs(node, std::ref(*this));
        const NodePtr changed = algebra::with_expressions(inner, [this](const ExpressionPtr& e) { return expression(e); });
        return std::visit([&](const auto& n) { return read(n, changed); }, changed->node);
    }
    [[nodiscard]] const std::vector<std::string>& notes() const { return names_.notes(); }

private:
    /// The readings of a constant: itself if nothing else goes by it.
    std::vector<Term> readings(const Term& term) {
        std::vector<Term> terms;
        for (const TermId id : names_.resolve(term)) terms.push_back(context_.pool.term(id));
        if (terms.empty()) terms.push_back(term);
        return terms;
    }

    // --- patterns ---------------------------------------------------------------------------------------------------

    using Used = std::set<VariableId>;

    PatternTerm place(const PatternTerm& term, Used& used) {
        if (const Term* constant = std::get_if<Term>(&term)) {
            const std::vector<Term> terms = readings(*constant);
            if (terms.size() == 1) return terms.front();
            const VariableId variable = context_.variables.id(".name:" + constant->value);
            values_[variable] = terms;
            used.insert(variable);
            return algebra::Var{variable};
        }
        if (const auto* triple = std::get_if<std::shared_ptr<const algebra::TripleTermNode>>(&term)) {
            return std::make_shared<const algebra::TripleTermNode>(
                algebra::TripleTermNode{place((*triple)->subject, used), place((*triple)->predicate, used), place((*triple)->object, used)});
        }
        return term;
    }
    NodePtr with_values(NodePtr node, const Used& used) const {
        for (const VariableId variable : used) {
            algebra::Values values{{variable}, {}};
            for (const Term& term : values_.at(variable)) values.rows.push_back({term});
            node = algebra::make_node(algebra::Join{algebra::make_node(std::move(values)), std::move(node)});
        }
        return node;
    }

    NodePtr read(algebra::Bgp n, const NodePtr&) {
        Used used;
        for (algebra::TriplePattern& triple : n.triples) {
            for (PatternTerm* term : {&triple.subject, &triple.predicate, &triple.object}) *term = place(*term, used);
        }
        return with_values(algebra::make_node(std::move(n)), used);
    }
    template <typename Path>
    NodePtr read_path(Path n) {
        Used used;
        n.subject = place(n.subject, used);
        n.object = place(n.object, used);
        n.path = path(n.path);
        return with_values(algebra::make_node(std::move(n)), used);
    }
    NodePtr read(const algebra::PathPattern& n, const NodePtr&) { return read_path(n); }
    NodePtr read(const algebra::PathSearch& n, const NodePtr&) { return read_path(n); }

    /// What is subtracted must not be asked to use the same reading as the rest.
    NodePtr read(const algebra::Minus& n, const NodePtr&) {
        std::vector<VariableId> visible = algebra::in_scope(*n.right);
        std::erase_if(visible, [this](VariableId variable) { return values_.count(variable) != 0; });
        return algebra::make_node(algebra::Minus{n.left, algebra::make_node(algebra::Project{n.right, std::move(visible)})});
    }
    NodePtr read(const algebra::Values& n, const NodePtr&) {
        algebra::Values made{n.variables, {}};
        for (const auto& row : n.rows) {
            std::vector<std::vector<Term>> rows{{}};
            for (const Term& cell : row) rows = extended(rows, readings(cell));
            made.rows.insert(made.rows.end(), rows.begin(), rows.end());
        }
        return algebra::make_node(std::move(made));
    }
    static std::vector<std::vector<Term>> extended(const std::vector<std::vector<Term>>& rows, const std::vector<Term>& cells) {
        std::vector<std::vector<Term>> longer;
        for (const auto& row : rows) {
            for (const Term& cell : cells) {
                longer.push_back(row);
                longer.back().push_back(cell);
            }
        }
        return longer;
    }
    NodePtr read(algebra::CallProcedure n, const NodePtr&) {
        for (auto& argument : n.arguments) {
            const std::vector<Term> terms = readings(argument.value);
            if (terms.size() > 1) {
                throw Error(ErrorCode::Query, "the parameter " + argument.name + " stands for several things, " + terms[0].to_string() +
                                                  " and " + terms[1].to_string() + " among them; name one",
                            {{}, n.position.line, n.position.column, {}});
            }
            argument.value = terms.front();
        }
        return algebra::make_node(std::move(n));
    }
    template <typename Other>
    NodePtr read(const Other&, const NodePtr& node) { return node; }

    // --- paths ------------------------------------------------------------------------------------------------------

    sparql::PathPtr path(const sparql::PathPtr& source) {
        sparql::Path copy = *source;
        std::visit([&](auto& n) { change(n, copy); }, copy.node);
        return std::make_shared<const sparql::Path>(std::move(copy));
    }
    void change(sparql::PathIri& iri, sparql::Path& whole) {
        sparql::PathAlternative all;
        for (const Term& term : readings(Term::iri(iri.iri))) {
            all.parts.push_back(std::make_shared<const sparql::Path>(sparql::Path{sparql::PathIri{term.value}, whole.position}));
        }
        if (all.parts.size() == 1) whole = sparql::Path(*all.parts.front());
        else whole.node = std::move(all);
    }
    void change(sparql::PathInverse& n, sparql::Path&) { n.path = path(n.path); }
    void change(sparql::PathRepeat& n, sparql::Path&) { n.path = path(n.path); }
    void change(sparql::PathSequence& n, sparql::Path&) {
        for (auto& part : n.parts) part = path(part);
    }
    void change(sparql::PathAlternative& n, sparql::Path&) {
        for (auto& part : n.parts) part = path(part);
    }
    void change(sparql::PathNegatedSet& n, sparql::Path&) {
        for (std::vector<std::string>* iris : {&n.forward, &n.backward}) {
            std::vector<std::string> all;
            for (const std::string& iri : *iris) {
                for (const Term& term : readings(Term::iri(iri))) all.push_back(term.value);
            }
            *iris = std::move(all);
        }
    }

    // --- expressions ------------------------------------------------------------------------------------------------

    ExpressionPtr expression(const ExpressionPtr& source) {
        if (const Term* term = std::get_if<Term>(&source->node)) {
            const std::vector<Term> terms = readings(*term);
            return terms.size() == 1 ? algebra::make_expression(terms.front(), source->position) : source;
        }
        if (const Call* call = std::get_if<Call>(&source->node); call != nullptr && !call->is_iri) {
            if (call->function == "=" || call->function == "!=") return comparison(*call, source);
            if (call->function == "IN" || call->function == "NOT IN") return membership(*call, source);
        }
        return algebra::with_arguments(source, [this](const ExpressionPtr& e) { return expression(e); }, std::ref(*this));
    }
    /// ?x = :name with several readings is ?x IN (readings).
    ExpressionPtr comparison(const Call& call, const ExpressionPtr& source) {
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            const Term* term = std::get_if<Term>(&call.arguments[side]->node);
            if (term == nullptr || readings(*term).size() == 1) continue;
            const Call member{call.function == "=" ? "IN" : "NOT IN", false, {call.arguments[1 - side], call.arguments[side]}};
            return membership(member, source);
        }
        return algebra::with_arguments(source, [this](const ExpressionPtr& e) { return expression(e); }, std::ref(*this));
    }
    ExpressionPtr membership(const Call& call, const ExpressionPtr& source) {
        Call made{call.function, false, {expression(call.arguments.front())}};
        for (auto argument = call.arguments.begin() + 1; argument != call.arguments.end(); ++argument) {
            const Term* term = std::get_if<Term>(&(*argument)->node);
            if (term == nullptr) {
                made.arguments.push_back(expression(*argument));
                continue;
            }
            for (Term& each : readings(*term)) made.arguments.push_back(algebra::make_expression(std::move(each), (*argument)->position));
        }
        return algebra::make_expression(std::move(made), source->position);
    }

    PassContext& context_;
    NameResolver names_;
    std::map<VariableId, std::vector<Term>> values_;
};

}  // namespace

algebra::NodePtr resolve_names(const algebra::NodePtr& node, PassContext& context) {
    NameReader reader(context);
    algebra::NodePtr made = reader(node);
    context.notes.insert(context.notes.end(), reader.notes().begin(), reader.notes().end());
    return made;
}

}  // namespace tercet::plan

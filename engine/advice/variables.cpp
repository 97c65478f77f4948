#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "engine/advice/checks.hpp"
#include "engine/algebra/rewrite.hpp"
#include "engine/algebra/scope.hpp"
#include "parser/sparql/spelling.hpp"

namespace tercet::advice {
namespace {

using algebra::ExpressionPtr;
using algebra::NodePtr;
using algebra::VariableId;
using Scope = std::set<VariableId>;

/// Finds the variables that are read where nothing has bound them.
class ScopeCheck {
public:
    explicit ScopeCheck(const algebra::Variables& variables) : variables_(variables) {}

    /// `outer`: what a row of the query around an EXISTS binds.
    void pattern(const NodePtr& node, const Scope& outer) {
        Scope visible = outer;
        bool is_leaf = true;
        (void)algebra::with_inputs(node, [&](const NodePtr& input) {
            is_leaf = false;
            pattern(input, outer);
            add(*input, visible);
            return input;
        });
        if (is_leaf) return add(*node, bound_);
        if (const auto* extend = std::get_if<algebra::Extend>(&node->node)) bound_.insert(extend->variable);
        if (const auto* unfold = std::get_if<algebra::Unfold>(&node->node)) bound_.insert({unfold->element, unfold->index.value_or(unfold->element)});
        (void)algebra::with_expressions(node, [&](const ExpressionPtr& e) {
            expression(e, visible);
            return e;
        });
        if (const auto* project = std::get_if<algebra::Project>(&node->node)) columns(project->variables, visible);
        if (const auto* group = std::get_if<algebra::Group>(&node->node)) columns(group->keys, visible);
        if (const auto* call = std::get_if<algebra::CallProcedure>(&node->node)) {
            columns(call->projection, visible);
            add(*node, bound_);
        }
    }

    void quads(std::span<const algebra::TemplateQuad> quads, const Scope& visible) {
        for (const auto& quad : quads) {
            triple(quad.triple, visible);
            if (quad.graph) term(*quad.graph, visible);
        }
    }
    void term(const algebra::TemplateTerm& term, const Scope& visible) {
        if (const auto* variable = std::get_if<algebra::Var>(&term)) need(variable->id, visible, {});
        if (const auto* triple = std::get_if<std::shared_ptr<const algebra::TemplateTriple>>(&term)) this->triple(**triple, visible);
    }
    void triple(const algebra::TemplateTriple& triple, const Scope& visible) {
        for (const auto* part : {&triple.subject, &triple.predicate, &triple.object}) term(*part, visible);
    }

    struct Missing {
        VariableId variable;
        sparql::Position position;
    };
    [[nodiscard]] const std::vector<Missing>& missing() const noexcept { return missing_; }
    [[nodiscard]] bool is_missing(VariableId variable) const {
        return std::any_of(missing_.begin(), missing_.end(), [&](const Missing& each) { return each.variable == variable; });
    }
    /// Bound by some pattern, be it out of sight.
    [[nodiscard]] bool is_bound(VariableId variable) const { return bound_.count(variable) != 0; }

private:
    static void add(const algebra::Node& node, Scope& scope) {
        for (const VariableId variable : algebra::in_scope(node)) scope.insert(variable);
    }
    void columns(const std::vector<VariableId>& variables, const Scope& visible) {
        for (const VariableId variable : variables) need(variable, visible, {});
    }
    void expression(const ExpressionPtr& e, const Scope& visible) {
        if (const auto* variable = std::get_if<algebra::Var>(&e->node)) need(variable->id, visible, e->position);
        (void)algebra::with_arguments(
            e,
            [&](const ExpressionPtr& argument) {
                expression(argument, visible);
                return argument;
            },
            [&](const NodePtr& node) {
                pattern(node, visible);
                return node;
            });
    }
    void need(VariableId variable, const Scope& visible, sparql::Position position) {
        if (visible.count(variable) != 0 || variables_.is_hidden(variable) || is_missing(variable)) return;
        missing_.push_back({variable, position.line != 0 ? position : variables_.first_use(variable)});
    }

    const algebra::Variables& variables_;
    std::vector<Missing> missing_;
    Scope bound_;
};

std::string without_digits(std::string name) {
    std::erase_if(name, [](char c) { return c >= '0' && c <= '9'; });
    return name;
}

/// Whether one of two names may be the other, misspelt. Short names are near each other anyway, and ?name1 and ?name2 are meant.
bool is_misspelling(const std::string& a, const std::string& b) {
    constexpr std::size_t kShortest = 4, kLong = 7;
    if (sparql::upper_case(a) == sparql::upper_case(b)) return true;
    const std::size_t shorter = std::min(a.size(), b.size());
    if (shorter < kShortest || without_digits(a) == without_digits(b)) return false;
    const std::size_t distance = sparql::edit_distance(a, b);
    return distance == 1 || (distance == 2 && shorter >= kLong && a.front() == b.front());
}

class VariableAdvice {
public:
    explicit VariableAdvice(const Subject& subject) : subject_(subject), query_(subject.query), variables_(query_.variables), scopes_(variables_) {}

    Remarks operator()() {
        scopes_.pattern(query_.node, {});
        const auto columns = algebra::in_scope(*query_.node);
        const Scope visible(columns.begin(), columns.end());
        for (const auto& triple : query_.construct_template) scopes_.triple(triple, visible);
        scopes_.quads(subject_.remove, visible);
        scopes_.quads(subject_.insert, visible);
        Remarks remarks;
        for (const auto& [variable, position] : scopes_.missing()) remarks.push_back({unbound(variable), position});
        for (VariableId id = 0; id < variables_.size(); ++id) {
            if (const auto other = misspelt(id)) {
                remarks.push_back({name(id) + " is used only once; did you mean " + name(*other) + "?", variables_.first_use(id)});
            }
        }
        return remarks;
    }

private:
    [[nodiscard]] std::string name(VariableId id) const { return "?" + variables_.name(id); }

    [[nodiscard]] std::string unbound(VariableId id) const {
        if (scopes_.is_bound(id)) {
            return name(id) + " has no value here: the pattern that binds it stands in another group, or later";
        }
        std::vector<std::string_view> others;
        for (VariableId other = 0; other < variables_.size(); ++other) {
            if (!variables_.is_hidden(other) && scopes_.is_bound(other)) others.push_back(variables_.name(other));
        }
        const std::string_view near = sparql::nearest(variables_.name(id), others);
        if (near.empty() || near.size() < 2) return name(id) + " is never bound: no pattern gives it a value";
        return name(id) + " is never bound; did you mean ?" + std::string(near) + "?";
    }

    /// The variable that another one, which stands nowhere else, was meant to be.
    [[nodiscard]] std::optional<VariableId> misspelt(VariableId id) const {
        if (query_.selects_all || variables_.is_hidden(id) || variables_.uses(id) != 1 || scopes_.is_missing(id)) return std::nullopt;
        for (VariableId other = 0; other < variables_.size(); ++other) {
            const bool is_used = other != id && !variables_.is_hidden(other) && variables_.uses(other) > 1;
            if (is_used && is_misspelling(variables_.name(id), variables_.name(other))) return other;
        }
        return std::nullopt;
    }

    const Subject& subject_;
    const algebra::Query& query_;
    const algebra::Variables& variables_;
    ScopeCheck scopes_;
};

}  // namespace

Remarks check_variables(const Subject& subject) { return VariableAdvice(subject)(); }

}  // namespace tercet::advice

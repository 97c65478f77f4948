#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "engine/algebra/graph_patterns.hpp"
#include "engine/algebra/named_projections.hpp"
#include "engine/algebra/translator.hpp"
#include "tercet/error.hpp"

namespace tercet::algebra {
namespace {

constexpr std::string_view kProjection = "projection";  ///< the parameter that names one

/// Whether a variable of this name stands somewhere in the text, as ?name or $name.
bool mentions(std::string_view text, std::string_view name) {
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        const bool goes_on = end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_');
        if (at > 0 && (text[at - 1] == '?' || text[at - 1] == '$') && !goes_on) return true;
    }
    return false;
}

}  // namespace

NodePtr unit() { return make_node(Bgp{{}, DefaultGraph{}}); }

NodePtr join(NodePtr left, NodePtr right) {
    const auto is_unit = [](const NodePtr& node) {
        const Bgp* bgp = std::get_if<Bgp>(&node->node);
        return bgp != nullptr && bgp->triples.empty();
    };
    if (is_unit(left)) return right;
    if (is_unit(right)) return left;
    return make_node(Join{std::move(left), std::move(right)});
}

ExpressionPtr conjunction(const std::vector<ExpressionPtr>& conditions) {
    if (conditions.size() == 1) return conditions.front();
    return make_expression(Call{"&&", false, conditions});
}

void fail(const std::string& message, sparql::Position position) {
    throw Error(ErrorCode::Query, message, {{}, position.line, position.column, {}});
}

// --- groups -------------------------------------------------------------------------------------------------------

NodePtr Translator::group(const sparql::GroupGraphPattern& group) {
    std::vector<ExpressionPtr> filters;
    NodePtr node = group_parts(group, filters);
    if (filters.empty()) return node;
    return make_node(Filter{std::move(node), conjunction(filters)});
}

NodePtr Translator::group_parts(const sparql::GroupGraphPattern& group, std::vector<ExpressionPtr>& filters) {
    auto outer_mentioned = std::exchange(mentioned_, {});
    auto* outer_aggregates = std::exchange(aggregates_, nullptr);
    NodePtr node = unit();
    for (const auto& element : group.elements) {
        if (const auto* filter = std::get_if<sparql::Filter>(&element)) filters.push_back(expression(*filter->expression));
        else node = std::visit([&](const auto& e) { return element_after(std::move(node), e); }, element);
    }
    node = with_mentioned(std::move(node));
    mentioned_ = std::move(outer_mentioned);
    aggregates_ = outer_aggregates;
    return node;
}

NodePtr Translator::with_mentioned(NodePtr node) {
    std::sort(mentioned_.begin(), mentioned_.end());
    mentioned_.erase(std::unique(mentioned_.begin(), mentioned_.end()), mentioned_.end());
    for (const VariableId id : std::exchange(mentioned_, {})) {
        for (const auto& [name, terms] : parameters_) {
            if (variables_.name(id) != name) continue;
            Values values{{id}, {}};
            for (const Term& term : terms) values.rows.push_back({term});
            node = join(make_node(std::move(values)), std::move(node));
        }
    }
    return node;
}

NodePtr Translator::inline_data(const sparql::InlineData& data) {
    Values values;
    for (const auto& v : data.variables) values.variables.push_back(variables_.use(v));
    for (const auto& row : data.rows) {
        std::vector<Term> terms;
        for (const auto& term : row) terms.push_back(term.value_or(Term{}));
        values.rows.push_back(std::move(terms));
    }
    return make_node(std::move(values));
}

// --- elements of a group ------------------------------------------------------------------------------------------

NodePtr Translator::element_after(NodePtr node, const sparql::TriplesBlock& e) { return join(std::move(node), triples(e)); }

NodePtr Translator::element_after(NodePtr node, const sparql::GroupOrUnionGraphPattern& e) {
    if (e.alternatives.size() == 1) return join(std::move(node), group(*e.alternatives.front()));
    Union made;
    for (const auto& alternative : e.alternatives) made.inputs.push_back(group(*alternative));
    return join(std::move(node), make_node(std::move(made)));
}

NodePtr Translator::element_after(NodePtr node, const sparql::OptionalGraphPattern& e) {
    std::vector<ExpressionPtr> filters;
    NodePtr right = group_parts(*e.pattern, filters);
    return make_node(LeftJoin{std::move(node), std::move(right), filters.empty() ? nullptr : conjunction(filters)});
}

NodePtr Translator::element_after(NodePtr node, const sparql::MinusGraphPattern& e) {
    return make_node(Minus{std::move(node), group(*e.pattern)});
}

NodePtr Translator::element_after(NodePtr node, const sparql::GraphGraphPattern& e) {
    const auto* v = std::get_if<sparql::Variable>(&e.graph);
    const GraphRef graph = v != nullptr ? GraphRef(variable(*v)) : GraphRef(std::get<sparql::Constant>(e.graph).term);
    NodePtr pattern = graph_pattern(*e.pattern, graph);
    if (const Var* name = std::get_if<Var>(&graph); name != nullptr && !can_read_graph_in_leaves(*pattern, name->id)) {
        const Var inner{variables_.fresh("graph")};
        pattern = make_node(EachGraph{name->id, inner.id, graph_pattern(*e.pattern, inner)});
    } else if (!needs_graph(*pattern, graph)) {
        pattern = join(make_node(GraphNames{graph}), std::move(pattern));
    }
    return join(std::move(node), std::move(pattern));
}

NodePtr Translator::graph_pattern(const sparql::GroupGraphPattern& pattern, const GraphRef& graph) {
    const GraphRef outer = std::exchange(graph_, graph);
    NodePtr node = group(pattern);
    graph_ = outer;
    return node;
}

NodePtr Translator::element_after(NodePtr node, const sparql::ServiceGraphPattern& e) {
    Service made;
    if (const auto* v = std::get_if<sparql::Variable>(&e.endpoint)) made.endpoint = variable(*v);
    else made.endpoint = std::get<sparql::Constant>(e.endpoint).term;
    for (const std::string& name : e.visible) made.variables.push_back(variable({name, e.position}).id);
    for (const auto& [name, values] : parameters_) {
        const bool visible = std::find(e.visible.begin(), e.visible.end(), name) != e.visible.end();
        if (visible || !mentions(e.text, name)) continue;
        fail("the endpoint of SERVICE does not know $" + name + "; use it in a triple pattern there, or in a FILTER outside", e.position);
    }
    made.declarations = e.declarations;
    made.group = e.text;
    made.silent = e.silent;
    made.position = e.position;
    return join(std::move(node), make_node(std::move(made)));
}

NodePtr Translator::element_after(NodePtr node, const sparql::Filter&) { return node; }  // collected by the group

NodePtr Translator::element_after(NodePtr node, const sparql::Bind& e) {
    ExpressionPtr value = expression(*e.expression);
    return make_node(Extend{with_mentioned(std::move(node)), variables_.use(e.variable), std::move(value)});
}

NodePtr Translator::element_after(NodePtr node, const sparql::InlineData& e) { return join(std::move(node), inline_data(e)); }

NodePtr Translator::element_after(NodePtr node, const sparql::SubSelect& e) { return join(std::move(node), select(*e.query)); }

NodePtr Translator::element_after(NodePtr node, const sparql::Unfold& e) {
    Unfold made{std::move(node), expression(*e.expression), variables_.use(e.element), std::nullopt};
    if (e.index) made.index = variables_.use(*e.index);
    return make_node(std::move(made));
}

NodePtr Translator::element_after(NodePtr node, const sparql::CallClause& e) {
    CallProcedure made;
    made.procedure = e.procedure;
    made.position = e.position;
    made.graph = graph_;
    made.definition = definition_of(e);
    const bool kept_places = variables_.keep_places(!e.text.empty());  // a named definition was written elsewhere
    project(*made.definition, made);
    variables_.keep_places(kept_places);
    for (const auto& argument : e.arguments) {
        if (argument.name != kProjection) made.arguments.push_back({argument.name, argument_value(argument)});
    }
    for (const auto& yield : e.yields) made.yields.push_back({yield.output, variables_.use(yield.variable)});
    return join(std::move(node), make_node(std::move(made)));
}

std::shared_ptr<const ProjectionDefinition> Translator::definition_of(const sparql::CallClause& call) {
    const auto named = std::find_if(call.arguments.begin(), call.arguments.end(), [](const auto& a) { return a.name == kProjection; });
    if (named == call.arguments.end()) {
        ProjectionDefinition own{call.projection, call.pattern, {}, call.text, call.declarations};
        std::copy_if(parameters_.begin(), parameters_.end(), std::back_inserter(own.parameters),
                     [&](const auto& parameter) { return mentions(call.text, parameter.first); });
        return std::make_shared<const ProjectionDefinition>(std::move(own));
    }
    const sparql::Position place = named->value->position;
    if (!call.text.empty()) fail("a CALL has a pattern or the parameter projection, not both", place);
    if (named_ == nullptr) fail("projections have no names here", place);
    try {
        return named_->find(argument_value(*named).value);
    } catch (const Error& error) {
        fail(error.message(), place);
    }
}

/// A named pattern has the parameters of the query that named it, and blank nodes of its own.
void Translator::project(const ProjectionDefinition& definition, CallProcedure& made) {
    Translator inner(variables_, definition.parameters, named_);
    inner.graph_ = graph_;
    for (const auto& v : definition.variables) made.projection.push_back(variables_.use(v));
    if (definition.pattern) made.pattern = inner.group(*definition.pattern);
}

Term Translator::argument_value(const sparql::CallClause::Argument& argument) {
    const auto& node = argument.value->node;
    if (const auto* constant = std::get_if<sparql::Constant>(&node)) return constant->term;
    if (const auto* v = std::get_if<sparql::Variable>(&node)) {
        for (const auto& [name, values] : parameters_) {
            if (name == v->name && values.size() == 1) return values.front();
        }
    }
    fail("the parameter " + argument.name + " needs a constant", argument.value->position);
}

}  // namespace tercet::algebra

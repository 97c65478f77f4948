#include "engine/algebra/translate.hpp"

#include <algorithm>
#include <map>

#include "engine/algebra/scope.hpp"
#include "tercet/error.hpp"

namespace tercet::algebra {
namespace {

NodePtr unit() { return make_node(Bgp{{}, DefaultGraph{}}); }

bool is_unit(const NodePtr& node) {
    const Bgp* bgp = std::get_if<Bgp>(&node->node);
    return bgp != nullptr && bgp->triples.empty();
}

NodePtr join(NodePtr left, NodePtr right) {
    if (is_unit(left)) return right;
    if (is_unit(right)) return left;
    return make_node(Join{std::move(left), std::move(right)});
}

ExpressionPtr conjunction(const std::vector<ExpressionPtr>& conditions) {
    if (conditions.size() == 1) return conditions.front();
    return make_expression(Call{"&&", false, conditions});
}

class Translator {
public:
    Translator(Variables& variables, const Parameters& parameters) : variables_(variables), parameters_(parameters) {}

    // --- terms ----------------------------------------------------------------------------------------------------

    Var variable(const sparql::Variable& variable) {
        const VariableId id = variables_.id(variable.name);
        for (const auto& [name, values] : parameters_) {
            if (name == variable.name) mentioned_.push_back(id);
        }
        return {id};
    }

    PatternTerm pattern_term(const sparql::TermPattern& term) {
        if (const auto* v = std::get_if<sparql::Variable>(&term)) return variable(*v);
        if (const auto* c = std::get_if<sparql::Constant>(&term)) return c->term;
        if (const auto* b = std::get_if<sparql::BlankNode>(&term)) {
            const auto [found, is_new] = blank_nodes_.try_emplace(b->label);
            if (is_new) found->second = variables_.fresh("blank");
            return Var{found->second};
        }
        const auto& triple = *std::get<std::shared_ptr<const sparql::TripleTermPattern>>(term);
        const PatternTerm s = pattern_term(triple.subject), p = pattern_term(triple.predicate), o = pattern_term(triple.object);
        const auto* x = std::get_if<Term>(&s);
        const auto* y = std::get_if<Term>(&p);
        const auto* z = std::get_if<Term>(&o);
        if (x != nullptr && y != nullptr && z != nullptr) return Term::triple_term({*x, *y, *z});
        return std::make_shared<const TripleTermNode>(TripleTermNode{s, p, o});
    }

    TemplateTerm template_term(const sparql::TermPattern& term) {
        if (const auto* v = std::get_if<sparql::Variable>(&term)) return variable(*v);
        if (const auto* c = std::get_if<sparql::Constant>(&term)) return c->term;
        if (const auto* b = std::get_if<sparql::BlankNode>(&term)) return TemplateBlank{b->label};
        const auto& triple = *std::get<std::shared_ptr<const sparql::TripleTermPattern>>(term);
        return std::make_shared<const TemplateTriple>(
            TemplateTriple{template_term(triple.subject), template_term(triple.predicate), template_term(triple.object)});
    }

    TemplateTriple template_triple(const sparql::TriplePattern& triple) {
        const auto* verb = std::get_if<sparql::TermPattern>(&triple.verb);
        if (verb == nullptr) fail("a template cannot hold a property path", triple.position);
        return {template_term(triple.subject), template_term(*verb), template_term(triple.object)};
    }

    TemplateQuad template_quad(const sparql::QuadPattern& quad) {
        TemplateQuad made{template_triple(quad.triple), std::nullopt};
        if (quad.graph) {
            if (const auto* v = std::get_if<sparql::Variable>(&*quad.graph)) made.graph = variable(*v);
            else made.graph = std::get<sparql::Constant>(*quad.graph).term;
        }
        return made;
    }

    // --- expressions ----------------------------------------------------------------------------------------------

    ExpressionPtr expression(const sparql::Expression& e) {
        return std::visit([&](const auto& node) { return expression(node, e.position); }, e.node);
    }

    // --- patterns -------------------------------------------------------------------------------------------------

    NodePtr group(const sparql::GroupGraphPattern& group) {
        std::vector<ExpressionPtr> filters;
        NodePtr node = group_parts(group, filters);
        if (filters.empty()) return node;
        return make_node(Filter{std::move(node), conjunction(filters)});
    }

    NodePtr select(const sparql::SelectQuery& query, std::vector<VariableId>* projection = nullptr) {
        NodePtr node = with_modifiers_begin(query.where ? group(*query.where) : unit(), query.modifier, query.values, query.projection);
        std::vector<VariableId> visible;
        if (query.all) {
            for (const VariableId id : in_scope(*node)) {
                if (!variables_.is_hidden(id)) visible.push_back(id);
            }
        }
        for (const auto& item : query.projection) visible.push_back(variables_.id(item.variable.name));
        node = with_modifiers_end(std::move(node), query.modifier, visible, query.distinct, query.reduced);
        if (projection != nullptr) *projection = visible;
        return node;
    }

    /// The part of the modifiers before projection: grouping, HAVING, VALUES, select expressions, ORDER BY.
    NodePtr with_modifiers_begin(NodePtr node, const sparql::SolutionModifier& modifier, const std::optional<sparql::InlineData>& values,
                                 const std::vector<sparql::ProjectionItem>& projection) {
        std::vector<Aggregate> aggregates;
        std::vector<Aggregate>* outer = std::exchange(aggregates_, &aggregates);
        std::vector<VariableId> keys;
        for (const auto& condition : modifier.group_by) {
            const auto* plain = std::get_if<sparql::Variable>(&condition.expression->node);
            if (plain != nullptr && !condition.variable) {
                keys.push_back(variable(*plain).id);
                continue;
            }
            const VariableId key = condition.variable ? variables_.id(condition.variable->name) : variables_.fresh("key");
            node = make_node(Extend{std::move(node), key, expression(*condition.expression)});
            keys.push_back(key);
        }
        std::vector<ExpressionPtr> having;
        for (const auto& condition : modifier.having) having.push_back(expression(*condition));
        std::vector<std::pair<VariableId, ExpressionPtr>> selected;
        for (const auto& item : projection) {
            if (item.expression) selected.emplace_back(variables_.id(item.variable.name), expression(*item.expression));
        }
        std::vector<OrderBy::Key> order;
        for (const auto& condition : modifier.order_by) order.push_back({expression(*condition.expression), condition.descending});
        aggregates_ = outer;

        if (!keys.empty() || !aggregates.empty() || !modifier.having.empty()) {
            node = make_node(Group{std::move(node), std::move(keys), std::move(aggregates)});
        }
        if (!having.empty()) node = make_node(Filter{std::move(node), conjunction(having)});
        if (values) node = join(std::move(node), inline_data(*values));
        node = with_mentioned(std::move(node));
        for (auto& [id, e] : selected) node = make_node(Extend{std::move(node), id, std::move(e)});
        if (!order.empty()) node = make_node(OrderBy{std::move(node), std::move(order)});
        return node;
    }

    static NodePtr with_modifiers_end(NodePtr node, const sparql::SolutionModifier& modifier, std::vector<VariableId> projection,
                                      bool distinct, bool reduced) {
        node = make_node(Project{std::move(node), std::move(projection)});
        if (distinct || reduced) node = make_node(Distinct{std::move(node), reduced && !distinct});
        if (modifier.limit || modifier.offset) node = make_node(Slice{std::move(node), modifier.offset.value_or(0), modifier.limit});
        return node;
    }

    [[nodiscard]] NodePtr inline_data(const sparql::InlineData& data) {
        Values values;
        for (const auto& v : data.variables) values.variables.push_back(variables_.id(v.name));
        for (const auto& row : data.rows) {
            std::vector<Term> terms;
            for (const auto& term : row) terms.push_back(term.value_or(Term{}));
            values.rows.push_back(std::move(terms));
        }
        return make_node(std::move(values));
    }

    [[noreturn]] static void fail(const std::string& message, sparql::Position position, ErrorCode code = ErrorCode::Query) {
        throw Error(code, message, {{}, position.line, position.column, {}});
    }

private:
    // --- expressions ----------------------------------------------------------------------------------------------

    ExpressionPtr expression(const sparql::Variable& v, sparql::Position position) { return make_expression(variable(v), position); }
    ExpressionPtr expression(const sparql::Constant& c, sparql::Position position) { return make_expression(c.term, position); }
    ExpressionPtr expression(const sparql::FunctionCall& call, sparql::Position position) {
        Call made{call.name, call.is_iri, {}};
        for (const auto& argument : call.arguments) made.arguments.push_back(expression(*argument));
        return make_expression(std::move(made), position);
    }
    ExpressionPtr expression(const sparql::ExistsExpression& exists, sparql::Position position) {
        return make_expression(Exists{group(*exists.pattern), exists.negated}, position);
    }
    ExpressionPtr expression(const sparql::TripleTermExpression& triple, sparql::Position position) {
        return make_expression(Call{"TRIPLE", false, {expression(*triple.subject), expression(*triple.predicate), expression(*triple.object)}}, position);
    }
    ExpressionPtr expression(const sparql::AggregateExpression& aggregate, sparql::Position position) {
        if (aggregates_ == nullptr) fail("an aggregate such as " + aggregate.name + " can stand in SELECT, HAVING and ORDER BY only", position);
        std::vector<Aggregate>* outer = std::exchange(aggregates_, nullptr);  // no aggregate within an aggregate
        ExpressionPtr argument = aggregate.argument ? expression(*aggregate.argument) : nullptr;
        aggregates_ = outer;
        const VariableId output = variables_.fresh("aggregate");
        aggregates_->push_back({aggregate.name, aggregate.distinct, std::move(argument), aggregate.separator.value_or(" "), output});
        return make_expression(Var{output}, position);
    }

    // --- patterns -------------------------------------------------------------------------------------------------

    NodePtr group_parts(const sparql::GroupGraphPattern& group, std::vector<ExpressionPtr>& filters) {
        auto outer_mentioned = std::exchange(mentioned_, {});
        auto outer_aggregates = std::exchange(aggregates_, nullptr);
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

    /// Joins the values of the parameters that were mentioned since the group began.
    NodePtr with_mentioned(NodePtr node) {
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

    NodePtr element_after(NodePtr node, const sparql::TriplesBlock& block) { return join(std::move(node), triples(block)); }
    NodePtr element_after(NodePtr node, const sparql::GroupOrUnionGraphPattern& e) {
        if (e.alternatives.size() == 1) return join(std::move(node), group(*e.alternatives.front()));
        Union made;
        for (const auto& alternative : e.alternatives) made.inputs.push_back(group(*alternative));
        return join(std::move(node), make_node(std::move(made)));
    }
    NodePtr element_after(NodePtr node, const sparql::OptionalGraphPattern& e) {
        std::vector<ExpressionPtr> filters;
        NodePtr right = group_parts(*e.pattern, filters);
        return make_node(LeftJoin{std::move(node), std::move(right), filters.empty() ? nullptr : conjunction(filters)});
    }
    NodePtr element_after(NodePtr node, const sparql::MinusGraphPattern& e) { return make_node(Minus{std::move(node), group(*e.pattern)}); }
    NodePtr element_after(NodePtr node, const sparql::GraphGraphPattern& e) {
        GraphRef inner;
        if (const auto* v = std::get_if<sparql::Variable>(&e.graph)) inner = variable(*v);
        else inner = std::get<sparql::Constant>(e.graph).term;
        const GraphRef outer = std::exchange(graph_, inner);
        NodePtr pattern = group(*e.pattern);
        graph_ = outer;
        const auto bound = in_scope(*pattern);
        const Var* v = std::get_if<Var>(&inner);
        const bool reads_graph = v != nullptr && std::find(bound.begin(), bound.end(), v->id) != bound.end();
        if (!reads_graph || !is_simple(*pattern)) pattern = join(make_node(GraphNames{inner}), std::move(pattern));
        return join(std::move(node), std::move(pattern));
    }
    NodePtr element_after(NodePtr node, const sparql::ServiceGraphPattern& e) {
        static_cast<void>(node);
        static_cast<void>(e);
        throw Error(ErrorCode::Unsupported, "SERVICE is not evaluated yet");
    }
    NodePtr element_after(NodePtr node, const sparql::Bind& e) {
        ExpressionPtr value = expression(*e.expression);
        return make_node(Extend{with_mentioned(std::move(node)), variables_.id(e.variable.name), std::move(value)});
    }
    NodePtr element_after(NodePtr node, const sparql::InlineData& e) { return join(std::move(node), inline_data(e)); }
    NodePtr element_after(NodePtr node, const sparql::SubSelect& e) { return join(std::move(node), select(*e.query)); }
    NodePtr element_after(NodePtr node, const sparql::Unfold& e) {
        Unfold made{std::move(node), expression(*e.expression), variables_.id(e.element.name), std::nullopt};
        if (e.index) made.index = variables_.id(e.index->name);
        return make_node(std::move(made));
    }
    NodePtr element_after(NodePtr node, const sparql::CallClause& e) { return join(std::move(node), call(e)); }
    NodePtr element_after(NodePtr node, const sparql::Filter&) { return node; }  // collected by the caller

    /// A basic graph pattern certainly binds the variable of its graph.
    static bool is_simple(const Node& node) {
        if (const Filter* filter = std::get_if<Filter>(&node.node)) return is_simple(*filter->input);
        if (const Join* both = std::get_if<Join>(&node.node)) return is_simple(*both->left) || is_simple(*both->right);
        const Bgp* bgp = std::get_if<Bgp>(&node.node);
        return bgp != nullptr && !bgp->triples.empty();
    }

    NodePtr call(const sparql::CallClause& e) {
        CallProcedure made;
        made.procedure = e.procedure;
        made.position = e.position;
        for (const auto& v : e.projection) made.projection.push_back(variables_.id(v.name));
        if (e.pattern) made.pattern = group(*e.pattern);
        for (const auto& argument : e.arguments) made.arguments.push_back({argument.name, argument_value(argument)});
        for (const auto& yield : e.yields) made.yields.push_back({yield.output, variables_.id(yield.variable.name)});
        return make_node(std::move(made));
    }

    Term argument_value(const sparql::CallClause::Argument& argument) {
        const auto& node = argument.value->node;
        if (const auto* constant = std::get_if<sparql::Constant>(&node)) return constant->term;
        if (const auto* v = std::get_if<sparql::Variable>(&node)) {
            for (const auto& [name, values] : parameters_) {
                if (name == v->name && values.size() == 1) return values.front();
            }
        }
        fail("the parameter " + argument.name + " needs a constant", argument.value->position);
    }

    NodePtr triples(const sparql::TriplesBlock& block) {
        Bgp bgp{{}, graph_};
        std::vector<NodePtr> others;
        for (const auto& triple : block.triples) {
            PatternTerm subject = pattern_term(triple.subject), object = pattern_term(triple.object);
            if (const auto* verb = std::get_if<sparql::TermPattern>(&triple.verb)) {
                bgp.triples.push_back({std::move(subject), pattern_term(*verb), std::move(object), triple.position});
            } else if (const auto* path = std::get_if<sparql::PathPtr>(&triple.verb)) {
                add_path(std::move(subject), *path, std::move(object), bgp, others);
            } else {
                others.push_back(search(std::move(subject), std::get<sparql::PathSearch>(triple.verb), std::move(object)));
            }
        }
        NodePtr node = bgp.triples.empty() ? unit() : make_node(std::move(bgp));
        for (NodePtr& other : others) node = join(std::move(node), std::move(other));
        return node;
    }

    NodePtr search(PatternTerm subject, const sparql::PathSearch& s, PatternTerm object) {
        return make_node(PathSearch{std::move(subject), std::move(object), s.selector, s.k, s.mode, s.path, variables_.id(s.variable.name),
                                    s.cost ? expression(*s.cost) : nullptr, graph_});
    }

    /// Takes apart what needs no search: SPARQL 1.2 section 18.3.2.4.
    void add_path(PatternTerm subject, const sparql::PathPtr& path, PatternTerm object, Bgp& bgp, std::vector<NodePtr>& others) {
        if (const auto* iri = std::get_if<sparql::PathIri>(&path->node)) {
            bgp.triples.push_back({std::move(subject), Term::iri(iri->iri), std::move(object), path->position});
        } else if (const auto* inverse = std::get_if<sparql::PathInverse>(&path->node)) {
            add_path(std::move(object), inverse->path, std::move(subject), bgp, others);
        } else if (const auto* sequence = std::get_if<sparql::PathSequence>(&path->node)) {
            for (std::size_t i = 0; i < sequence->parts.size(); ++i) {
                const bool last = i + 1 == sequence->parts.size();
                PatternTerm next = last ? object : PatternTerm(Var{variables_.fresh("step")});
                add_path(std::move(subject), sequence->parts[i], next, bgp, others);
                subject = std::move(next);
            }
        } else if (const auto* alternative = std::get_if<sparql::PathAlternative>(&path->node)) {
            Union made;
            for (const auto& part : alternative->parts) {
                Bgp inner{{}, graph_};
                std::vector<NodePtr> inner_others;
                add_path(subject, part, object, inner, inner_others);
                NodePtr node = inner.triples.empty() ? unit() : make_node(std::move(inner));
                for (NodePtr& other : inner_others) node = join(std::move(node), std::move(other));
                made.inputs.push_back(std::move(node));
            }
            others.push_back(make_node(std::move(made)));
        } else {
            others.push_back(make_node(PathPattern{std::move(subject), path, std::move(object), graph_}));
        }
    }

    Variables& variables_;
    const Parameters& parameters_;
    GraphRef graph_ = DefaultGraph{};
    std::map<std::string, VariableId> blank_nodes_;
    std::vector<Aggregate>* aggregates_ = nullptr;  ///< where aggregates of the current level go; null: none may stand here
    std::vector<VariableId> mentioned_;             ///< parameters used in the current group
};

void translate_form(const sparql::SelectQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Select;
    query.node = translator.select(form, &query.projection);
}

void translate_form(const sparql::AskQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Ask;
    query.node = translator.with_modifiers_begin(translator.group(*form.where), form.modifier, form.values, {});
    query.node = Translator::with_modifiers_end(query.node, form.modifier, {}, false, false);
}

void translate_form(const sparql::ConstructQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Construct;
    query.node = translator.with_modifiers_begin(translator.group(*form.where), form.modifier, form.values, {});
    for (const auto& triple : form.construct_template) query.construct_template.push_back(translator.template_triple(triple));
    query.projection = in_scope(*query.node);
    query.node = Translator::with_modifiers_end(query.node, form.modifier, query.projection, false, false);
}

void translate_form(const sparql::DescribeQuery& form, Translator& translator, Query& query) {
    query.form = QueryForm::Describe;
    query.node = translator.with_modifiers_begin(form.where ? translator.group(*form.where) : unit(), form.modifier, form.values, {});
    if (form.all) query.projection = in_scope(*query.node);
    for (const auto& resource : form.resources) {
        if (const auto* v = std::get_if<sparql::Variable>(&resource)) query.projection.push_back(translator.variable(*v).id);
        else query.resources.push_back(std::get<sparql::Constant>(resource).term);
    }
    query.node = Translator::with_modifiers_end(query.node, form.modifier, query.projection, true, false);
}

}  // namespace

Query translate(const sparql::Query& source, const Parameters& parameters) {
    Query query;
    query.dataset = source.dataset;
    Translator translator(query.variables, parameters);
    std::visit([&](const auto& form) { translate_form(form, translator, query); }, source.form);
    return query;
}

Modification translate(const sparql::Modify& update, const Parameters& parameters) {
    Modification made;
    Translator translator(made.variables, parameters);
    made.node = translator.group(*update.where);
    for (const auto& quad : update.remove) made.remove.push_back(translator.template_quad(quad));
    for (const auto& quad : update.insert) made.insert.push_back(translator.template_quad(quad));
    made.node = make_node(Project{made.node, in_scope(*made.node)});
    return made;
}

std::vector<TemplateQuad> translate_data(const std::vector<sparql::QuadPattern>& quads, Variables& variables) {
    const Parameters none;
    Translator translator(variables, none);
    std::vector<TemplateQuad> made;
    for (const auto& quad : quads) made.push_back(translator.template_quad(quad));
    return made;
}

}  // namespace tercet::algebra

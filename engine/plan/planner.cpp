#include "engine/plan/planner.hpp"

#include <algorithm>

#include "engine/algebra/scope.hpp"
#include "engine/model/index_choice.hpp"
#include "engine/plan/join_order.hpp"
#include "engine/plan/names.hpp"
#include "tercet/error.hpp"

namespace tercet::plan {
namespace {

class Planner {
public:
    Planner(Plan& plan, const sparql::DatasetClause& dataset, TermPool& pool, const PlanOptions& options)
        : plan_(plan), pool_(pool), options_(options), names_(pool.source()), has_dataset_(!dataset.empty()) {
        for (const std::string& graph : dataset.from) default_graphs_.push_back(pool.intern(Term::iri(graph)));
        for (const std::string& graph : dataset.from_named) named_graphs_.push_back(pool.intern(Term::iri(graph)));
    }

    NodePtr run(const algebra::NodePtr& root) {
        NodePtr node = plan(root);
        plan_.notes = names_.notes();
        return node;
    }

private:
    NodePtr plan(const algebra::NodePtr& node) {
        return std::visit([&](const auto& n) { return plan_node(n, node); }, node->node);
    }

    // --- joins ------------------------------------------------------------------------------------------------------

    NodePtr plan_node(const algebra::Bgp&, const algebra::NodePtr& node) { return plan_join(node, {}); }
    NodePtr plan_node(const algebra::PathPattern&, const algebra::NodePtr& node) { return plan_join(node, {}); }
    NodePtr plan_node(const algebra::PathSearch&, const algebra::NodePtr& node) { return plan_join(node, {}); }
    NodePtr plan_node(const algebra::GraphNames&, const algebra::NodePtr& node) { return plan_join(node, {}); }
    NodePtr plan_node(const algebra::Join&, const algebra::NodePtr& node) { return plan_join(node, {}); }
    NodePtr plan_node(const algebra::Filter& filter, const algebra::NodePtr&) {
        std::vector<ExpressionPtr> conditions;
        split_conjunction(filter.condition, conditions);
        for (const ExpressionPtr& condition : conditions) prepare_exists(*condition, algebra::in_scope(*filter.input));
        return plan_join(filter.input, std::move(conditions));
    }

    NodePtr plan_join(const algebra::NodePtr& node, std::vector<ExpressionPtr> filters) {
        JoinGroup group;
        VariableList outer;
        for (const ExpressionPtr& filter : filters) note_outer_variables(*filter, *node, outer);
        if (!outer.empty()) group.plans.push_back(outer_row());
        group.filters = std::move(filters);
        collect(node, group);
        return order_joins(std::move(group), pool_);
    }

    void collect(const algebra::NodePtr& node, JoinGroup& group) {
        if (const auto* join = std::get_if<algebra::Join>(&node->node)) {
            collect(join->left, group);
            collect(join->right, group);
        } else if (const auto* bgp = std::get_if<algebra::Bgp>(&node->node)) {
            for (const auto& triple : bgp->triples) add_pattern(triple, bgp->graph, group);
        } else if (const auto* path = std::get_if<algebra::PathPattern>(&node->node)) {
            add_path(*path, group);
        } else if (const auto* search = std::get_if<algebra::PathSearch>(&node->node)) {
            add_search(*search, group);
        } else if (const auto* names = std::get_if<algebra::GraphNames>(&node->node)) {
            group.plans.push_back(graph_names(*names));
        } else {
            group.plans.push_back(plan(node));
        }
    }

    // --- leaves -----------------------------------------------------------------------------------------------------

    /// A constant as a slot. A name that stands for several becomes a variable with a table of values.
    Slot constant(const Term& term, JoinGroup& group) {
        if (options_.resolve_names) {
            const std::vector<TermId>& ids = names_.resolve(term);
            if (ids.size() == 1) return {ids.front(), kNoVariable};
            if (ids.size() > 1) {
                const VariableId variable = plan_.variables.id(".name:" + term.value);
                const bool there = std::any_of(group.plans.begin(), group.plans.end(), [&](const NodePtr& p) { return contains(p->variables, variable); });
                std::vector<std::vector<TermId>> rows;
                for (const TermId id : ids) rows.push_back({id});
                if (!there) group.plans.push_back(make_values({variable}, std::move(rows)));
                return {TermId::any(), variable};
            }
        }
        return {pool_.intern(term), kNoVariable};
    }

    Slot slot(const algebra::PatternTerm& term, JoinGroup& group) {
        if (const auto* variable = std::get_if<algebra::Var>(&term)) return {TermId::any(), variable->id};
        if (const auto* value = std::get_if<Term>(&term)) return constant(*value, group);
        const auto& triple = *std::get<std::shared_ptr<const algebra::TripleTermNode>>(term);
        const VariableId whole = plan_.variables.fresh("triple");
        const TripleTermItem item{whole, {slot(triple.subject, group), slot(triple.predicate, group), slot(triple.object, group)}};
        group.triple_terms.push_back(item);
        return {TermId::any(), whole};
    }

    /// The fourth slot, and which graphs it reads.
    std::pair<Slot, GraphScope> graph(const algebra::GraphRef& graph) {
        using Kind = GraphScope::Kind;
        if (std::holds_alternative<algebra::DefaultGraph>(graph)) {
            if (!has_dataset_) return {{TermId{}, kNoVariable}, {Kind::One, {}}};
            if (default_graphs_.size() == 1) return {{default_graphs_.front(), kNoVariable}, {Kind::One, {}}};
            return {{TermId::any(), kNoVariable}, {Kind::Merge, default_graphs_}};
        }
        const GraphScope named = has_dataset_ ? GraphScope{Kind::Among, named_graphs_} : GraphScope{Kind::NamedAll, {}};
        if (const auto* variable = std::get_if<algebra::Var>(&graph)) return {{TermId::any(), variable->id}, named};
        const TermId id = pool_.intern(std::get<Term>(graph));
        return {{id, kNoVariable}, has_dataset_ ? named : GraphScope{Kind::One, {}}};
    }

    void add_pattern(const algebra::TriplePattern& triple, const algebra::GraphRef& ref, JoinGroup& group) {
        const auto [graph_slot, graphs] = graph(ref);
        PatternItem item{{slot(triple.subject, group), slot(triple.predicate, group), slot(triple.object, group), graph_slot}, graphs};
        group.patterns.push_back(std::move(item));
    }

    NodePtr graph_names(const algebra::GraphNames& names) {
        auto [graph_slot, graphs] = graph(names.graph);
        VariableList variables;
        add_to(variables, graph_slot.variable);
        const auto count = static_cast<double>(pool_.source().graphs().size());
        return make_node(GraphNames{graph_slot, std::move(graphs)}, std::move(variables), {}, count, count);
    }

    /// Names inside a path stand for what they would stand for outside.
    sparql::PathPtr resolved(const sparql::PathPtr& path) {
        if (!options_.resolve_names) return path;
        sparql::Path copy = *path;
        struct Visitor {
            Planner& planner;
            sparql::Path& copy;
            void operator()(sparql::PathIri& iri) {
                const auto& ids = planner.names_.resolve(Term::iri(iri.iri));
                if (ids.empty()) return;
                if (ids.size() == 1) {
                    iri.iri = planner.pool_.term(ids.front()).value;
                    return;
                }
                sparql::PathAlternative alternative;
                for (const TermId id : ids) {
                    alternative.parts.push_back(std::make_shared<const sparql::Path>(sparql::Path{sparql::PathIri{planner.pool_.term(id).value}, copy.position}));
                }
                copy.node = std::move(alternative);
            }
            void operator()(sparql::PathInverse& p) { p.path = planner.resolved(p.path); }
            void operator()(sparql::PathSequence& p) { for (auto& part : p.parts) part = planner.resolved(part); }
            void operator()(sparql::PathAlternative& p) { for (auto& part : p.parts) part = planner.resolved(part); }
            void operator()(sparql::PathRepeat& p) { p.path = planner.resolved(p.path); }
            void operator()(sparql::PathNegatedSet&) {}
        };
        std::visit(Visitor{*this, copy}, copy.node);
        return std::make_shared<const sparql::Path>(std::move(copy));
    }

    /// Rows that a path finds are hard to guess: a few for every start.
    static constexpr double kPathRows = 20;

    void add_path(const algebra::PathPattern& path, JoinGroup& group) {
        const Slot subject = slot(path.subject, group), object = slot(path.object, group);
        const auto [graph_slot, graphs] = graph(path.graph);
        const std::array<Slot, 3> slots{subject, object, graph_slot};
        const sparql::PathPtr inner = resolved(path.path);
        const bool anchored = !subject.constant.is_any() || !object.constant.is_any();
        VariableList needs;
        add_to(needs, subject.variable);
        if (needs.empty()) add_to(needs, object.variable);
        if (anchored) needs.clear();
        group.steps.push_back({needs, [=](NodePtr input) {
            VariableList variables = variables_of(slots), unbound;
            double rows = kPathRows, cost = 100;
            if (input) {
                variables = merged(input->variables, variables);
                unbound = input->maybe_unbound;
                std::erase_if(unbound, [&](VariableId v) { return contains(variables_of(slots), v); });
                rows *= std::max(1.0, input->estimated_rows);
                cost = input->cost + 20 * rows;
            }
            return make_node(PathScan{std::move(input), subject, object, inner, graph_slot, graphs}, std::move(variables), std::move(unbound), rows, cost);
        }});
    }

    void add_search(const algebra::PathSearch& search, JoinGroup& group) {
        const Slot subject = slot(search.subject, group), object = slot(search.object, group);
        const auto [graph_slot, graphs] = graph(search.graph);
        const std::array<Slot, 4> slots{subject, object, graph_slot, Slot{TermId::any(), search.variable}};
        const sparql::PathPtr inner = resolved(search.path);
        VariableList needs;
        add_to(needs, subject.variable);
        add_to(needs, object.variable);
        if (search.cost) prepare_exists(*search.cost, {});
        group.steps.push_back({needs, [=, &search](NodePtr input) {
            VariableList variables = variables_of(slots), unbound;
            double rows = 1, cost = 100;
            if (input) {
                variables = merged(input->variables, variables);
                unbound = input->maybe_unbound;
                std::erase_if(unbound, [&](VariableId v) { return contains(variables_of(slots), v); });
                rows = std::max(1.0, input->estimated_rows);
                cost = input->cost + 100 * rows;
            }
            return make_node(PathSearch{std::move(input), subject, object, search.selector, search.k, search.mode, inner, search.variable, search.cost, graph_slot, graphs},
                             std::move(variables), std::move(unbound), rows, cost);
        }});
    }

    // --- the rest ---------------------------------------------------------------------------------------------------

    NodePtr plan_node(const algebra::LeftJoin& n, const algebra::NodePtr&) {
        if (n.condition) {
            algebra::Node both{algebra::Join{n.left, n.right}};
            prepare_exists(*n.condition, algebra::in_scope(both));
        }
        NodePtr left = plan(n.left), right = plan(n.right);
        return make_left_join(std::move(left), std::move(right), n.condition);
    }
    NodePtr plan_node(const algebra::Union& n, const algebra::NodePtr&) {
        std::vector<NodePtr> inputs;
        for (const auto& input : n.inputs) inputs.push_back(plan(input));
        return make_union(std::move(inputs));
    }
    NodePtr plan_node(const algebra::Minus& n, const algebra::NodePtr&) {
        NodePtr left = plan(n.left), right = plan(n.right);
        if (common(left->variables, right->variables).empty()) return left;
        return make_minus(std::move(left), std::move(right));
    }
    NodePtr plan_node(const algebra::Extend& n, const algebra::NodePtr&) {
        prepare_exists(*n.expression, algebra::in_scope(*n.input));
        return make_extend(with_outer(*n.expression, n.input), n.variable, n.expression);
    }
    NodePtr plan_node(const algebra::Values& n, const algebra::NodePtr&) {
        std::vector<std::vector<TermId>> rows;
        for (const auto& row : n.rows) {
            std::vector<TermId> ids;
            for (const Term& term : row) ids.push_back(pool_.intern(term));
            rows.push_back(std::move(ids));
        }
        return make_values(n.variables, std::move(rows));
    }
    NodePtr plan_node(const algebra::Project& n, const algebra::NodePtr&) { return make_project(plan(n.input), n.variables); }
    NodePtr plan_node(const algebra::Distinct& n, const algebra::NodePtr&) { return n.reduced ? plan(n.input) : make_distinct(plan(n.input)); }
    NodePtr plan_node(const algebra::OrderBy& n, const algebra::NodePtr&) {
        std::vector<OrderBy::Key> keys;
        for (const auto& key : n.keys) {
            prepare_exists(*key.expression, algebra::in_scope(*n.input));
            keys.push_back({key.expression, key.descending});
        }
        return make_order_by(plan(n.input), std::move(keys));
    }
    NodePtr plan_node(const algebra::Slice& n, const algebra::NodePtr&) {
        NodePtr input = plan(n.input);
        if (n.limit) mark_top(*input, n.offset + *n.limit);
        return make_slice(std::move(input), n.offset, n.limit);
    }
    NodePtr plan_node(const algebra::Group& n, const algebra::NodePtr&) {
        for (const auto& aggregate : n.aggregates) {
            if (aggregate.argument) prepare_exists(*aggregate.argument, algebra::in_scope(*n.input));
        }
        return make_group(plan(n.input), n.keys, n.aggregates);
    }
    NodePtr plan_node(const algebra::Unfold& n, const algebra::NodePtr&) {
        NodePtr input = plan(n.input);
        VariableList variables = input->variables, unbound = input->maybe_unbound;
        add_to(variables, n.element);
        if (n.index) add_to(variables, *n.index);
        const double rows = input->estimated_rows * 3, cost = input->cost + rows;
        return make_node(Unfold{std::move(input), n.expression, n.element, n.index.value_or(kNoVariable)}, std::move(variables), std::move(unbound), rows, cost);
    }
    NodePtr plan_node(const algebra::CallProcedure& n, const algebra::NodePtr&) {
        CallProcedure call{nullptr, n.projection, n.procedure, n.arguments, n.yields, n.position};
        call.pattern = n.pattern ? plan(n.pattern) : default_projection(call.projection);
        VariableList variables;
        for (const auto& yield : n.yields) add_to(variables, yield.variable);
        const double rows = std::max(1.0, call.pattern->estimated_rows / 2), cost = call.pattern->cost + 40 * rows;
        VariableList unbound = variables;
        return make_node(std::move(call), std::move(variables), std::move(unbound), rows, cost);
    }
    NodePtr plan_node(const algebra::Service&, const algebra::NodePtr&) { throw Error(ErrorCode::Unsupported, "SERVICE is not evaluated yet"); }

    /// Every triple of the default graph; the call leaves out literals.
    NodePtr default_projection(std::vector<VariableId>& projection) {
        while (projection.size() < 2) projection.push_back(plan_.variables.fresh("end"));
        const auto [graph_slot, graphs] = graph(algebra::DefaultGraph{});
        PatternItem item{{Slot{TermId::any(), projection[0]}, Slot{}, Slot{TermId::any(), projection[1]}, graph_slot}, graphs};
        JoinGroup group;
        group.patterns.push_back(std::move(item));
        return order_joins(std::move(group), pool_);
    }

    /// ORDER BY below a LIMIT needs to keep only so many rows; a projection between them does not matter.
    static void mark_top(Node& node, std::uint64_t rows) {
        if (auto* order = std::get_if<OrderBy>(&node.operation)) order->top = rows;
        if (auto* project = std::get_if<Project>(&node.operation)) mark_top(*project->input, rows);
    }

    static void split_conjunction(const ExpressionPtr& condition, std::vector<ExpressionPtr>& parts) {
        const auto* call = std::get_if<algebra::Call>(&condition->node);
        if (call == nullptr || call->function != "&&") {
            parts.push_back(condition);
            return;
        }
        for (const ExpressionPtr& part : call->arguments) split_conjunction(part, parts);
    }

    // --- EXISTS -----------------------------------------------------------------------------------------------------

    /// Plans the patterns of EXISTS in an expression that looks at rows with `outside` in scope. A pattern that has a filter on a
    /// variable from outside which it does not bind itself is correlated: it runs for every row.
    void prepare_exists(const algebra::Expression& expression, const VariableList& outside) {
        if (const auto* call = std::get_if<algebra::Call>(&expression.node)) {
            for (const ExpressionPtr& argument : call->arguments) prepare_exists(*argument, outside);
        }
        const auto* exists = std::get_if<algebra::Exists>(&expression.node);
        if (exists == nullptr) return;
        const VariableList inside = algebra::in_scope(*exists->pattern);
        const VariableList visible = merged(outside, outer_);
        VariableList correlated;
        for (const VariableId variable : algebra::used_in_expressions(*exists->pattern)) {
            if (contains(visible, variable)) add_to(correlated, variable);
        }
        const bool is_correlated = std::any_of(correlated.begin(), correlated.end(), [&](VariableId v) { return !contains(inside, v); }) || hides(*exists->pattern, correlated);
        if (is_correlated) {
            for (const VariableId variable : inside) {
                if (contains(visible, variable)) add_to(correlated, variable);
            }
            const VariableList before = std::exchange(outer_, correlated);
            const algebra::NodePtr& pattern = exists->pattern;
            JoinGroup group;
            group.plans.push_back(outer_row());
            group.plans.push_back(plan(pattern));
            plan_.exists[pattern.get()] = order_joins(std::move(group), pool_);
            plan_.correlated[pattern.get()] = correlated;
            outer_ = before;
            return;
        }
        const VariableList before = std::exchange(outer_, {});
        plan_.exists[exists->pattern.get()] = plan(exists->pattern);
        outer_ = before;
    }

    /// Whether an inner group filters on a variable that only another part of the pattern, or the row outside, binds.
    static bool hides(const algebra::Node& node, const VariableList& variables) {
        if (const auto* filter = std::get_if<algebra::Filter>(&node.node)) {
            VariableList used;
            algebra::collect_variables(*filter->condition, used);
            const VariableList inside = algebra::in_scope(*filter->input);
            const bool missing = std::any_of(used.begin(), used.end(), [&](VariableId v) { return contains(variables, v) && !contains(inside, v); });
            return missing || hides(*filter->input, variables);
        }
        if (const auto* join = std::get_if<algebra::Join>(&node.node)) return hides(*join->left, variables) || hides(*join->right, variables);
        if (const auto* left = std::get_if<algebra::LeftJoin>(&node.node)) return hides(*left->left, variables) || hides(*left->right, variables);
        if (const auto* minus = std::get_if<algebra::Minus>(&node.node)) return hides(*minus->left, variables) || hides(*minus->right, variables);
        if (const auto* extend = std::get_if<algebra::Extend>(&node.node)) {
            VariableList used;
            algebra::collect_variables(*extend->expression, used);
            const VariableList inside = algebra::in_scope(*extend->input);
            return std::any_of(used.begin(), used.end(), [&](VariableId v) { return contains(variables, v) && !contains(inside, v); }) || hides(*extend->input, variables);
        }
        if (const auto* all = std::get_if<algebra::Union>(&node.node)) {
            return std::any_of(all->inputs.begin(), all->inputs.end(), [&](const algebra::NodePtr& input) { return hides(*input, variables); });
        }
        return false;
    }

    void note_outer_variables(const algebra::Expression& filter, const algebra::Node& input, VariableList& outer) const {
        VariableList used;
        algebra::collect_variables(filter, used);
        const VariableList inside = algebra::in_scope(input);
        for (const VariableId variable : used) {
            if (contains(outer_, variable) && !contains(inside, variable)) add_to(outer, variable);
        }
    }

    NodePtr with_outer(const algebra::Expression& expression, const algebra::NodePtr& input) {
        VariableList outer;
        note_outer_variables(expression, *input, outer);
        if (outer.empty()) return plan(input);
        JoinGroup group;
        group.plans.push_back(outer_row());
        collect(input, group);
        return order_joins(std::move(group), pool_);
    }

    NodePtr outer_row() const { return make_node(OuterRow{}, outer_, outer_, 1, 1); }

    Plan& plan_;
    TermPool& pool_;
    const PlanOptions& options_;
    NameResolver names_;
    bool has_dataset_;
    std::vector<TermId> default_graphs_, named_graphs_;
    VariableList outer_;  ///< variables of the row outside, while a correlated pattern is planned
};

void number(Node& node, std::uint32_t& next);

void number(NodePtr& node, std::uint32_t& next) {
    if (node) number(*node, next);
}

void number(Node& node, std::uint32_t& next) {
    node.id = next++;
    std::visit(
        [&](auto& operation) {
            if constexpr (requires { operation.left; }) {
                number(operation.left, next);
                number(operation.right, next);
            } else if constexpr (requires { operation.input; }) {
                number(operation.input, next);
            } else if constexpr (requires { operation.inputs; }) {
                for (NodePtr& input : operation.inputs) number(input, next);
            } else if constexpr (requires { operation.pattern; }) {
                number(operation.pattern, next);
            }
        },
        node.operation);
}

}  // namespace

Plan plan_query(const algebra::NodePtr& node, algebra::Variables variables, const sparql::DatasetClause& dataset, TermPool& pool,
                const PlanOptions& options) {
    Plan plan;
    plan.variables = std::move(variables);
    plan.root = Planner(plan, dataset, pool, options).run(node);
    std::uint32_t next = 0;
    number(plan.root, next);
    for (auto& [pattern, inner] : plan.exists) number(inner, next);
    return plan;
}

}  // namespace tercet::plan

#include <utility>

#include "engine/algebra/scope.hpp"
#include "engine/algebra/translator.hpp"

namespace tercet::algebra {

NodePtr Translator::select(const sparql::SelectQuery& query, std::vector<VariableId>* projection) {
    NodePtr node = before_projection(query.where ? group(*query.where) : unit(), query.modifier, query.values, query.projection);
    std::vector<VariableId> visible;
    if (query.all) {
        for (const VariableId id : in_scope(*node)) {
            if (!variables_.is_hidden(id)) visible.push_back(id);
        }
    }
    for (const auto& item : query.projection) visible.push_back(variables_.use(item.variable));
    if (projection != nullptr) *projection = visible;
    return projected(std::move(node), query.modifier, std::move(visible), query.distinct, query.reduced);
}

NodePtr Translator::before_projection(NodePtr node, const sparql::SolutionModifier& modifier,
                                      const std::optional<sparql::InlineData>& values,
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
        const VariableId key = condition.variable ? variables_.use(*condition.variable) : variables_.fresh("key");
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

NodePtr Translator::projected(NodePtr node, const sparql::SolutionModifier& modifier, std::vector<VariableId> projection,
                              bool distinct, bool reduced) {
    node = make_node(Project{std::move(node), std::move(projection)});
    if (distinct || reduced) node = make_node(Distinct{std::move(node), reduced && !distinct});
    if (modifier.limit || modifier.offset) node = make_node(Slice{std::move(node), modifier.offset.value_or(0), modifier.limit});
    return node;
}

}  // namespace tercet::algebra

#include "engine/plan/join_order.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "engine/algebra/scope.hpp"
#include "engine/plan/join_parts.hpp"
#include "engine/plan/value_join.hpp"
#include "tercet/error.hpp"

namespace tercet::plan {
namespace {

/// Every part is one more operator on top of the others, and a time to be chosen that grows with the square of their number.
constexpr std::size_t kMostParts = 1000;

/// Parts of a group that are connected by the variables they share.
struct Component {
    VariableList variables;
    JoinGroup group;

    void absorb(Component other) {
        const auto take = [](auto& all, auto& more) { std::move(more.begin(), more.end(), std::back_inserter(all)); };
        variables = merged(variables, other.variables);
        take(group.patterns, other.group.patterns);
        take(group.triple_terms, other.group.triple_terms);
        take(group.plans, other.group.plans);
        take(group.steps, other.group.steps);
    }
};

class Components {
public:
    explicit Components(JoinGroup group) {
        for (PatternItem& item : group.patterns) add(variables_of(item.slots)).patterns.push_back(std::move(item));
        for (TripleTermItem& item : group.triple_terms) {
            VariableList variables = variables_of(item.parts);
            add_to(variables, item.whole);
            add(variables).triple_terms.push_back(item);
        }
        for (NodePtr& node : group.plans) add(node->variables).plans.push_back(std::move(node));
        for (JoinGroup::Step& step : group.steps) add(step.variables).steps.push_back(std::move(step));
        for (ExpressionPtr& filter : group.filters) filters_of(*filter).push_back(std::move(filter));
    }

    std::vector<Component> all;
    std::vector<ExpressionPtr> filters;  ///< of more than one of them

private:
    /// The component that something with these variables belongs to.
    JoinGroup& add(const VariableList& variables) {
        const auto shares = [&](const Component& component) { return !common(component.variables, variables).empty(); };
        const auto home = std::find_if(all.begin(), all.end(), shares);
        if (home == all.end()) return all.emplace_back(Component{variables, {}}).group;
        for (auto other = std::find_if(home + 1, all.end(), shares); other != all.end(); other = std::find_if(other, all.end(), shares)) {
            home->absorb(std::move(*other));
            other = all.erase(other);
        }
        home->variables = merged(home->variables, variables);
        return home->group;
    }
    std::vector<ExpressionPtr>& filters_of(const algebra::Expression& filter) {
        VariableList used;
        algebra::collect_variables(filter, used);
        if (all.size() > 1 && (used.empty() || algebra::contains_exists(filter))) return filters;
        const auto home = std::find_if(all.begin(), all.end(), [&](const Component& component) {
            return all.size() == 1 || common(used, component.variables).size() == used.size();
        });
        return home == all.end() ? filters : home->group.filters;
    }
};

NodePtr order_connected(JoinGroup group, TermPool& pool) {
    const bool is_plain = group.triple_terms.empty() && group.steps.empty();
    if (is_plain && group.patterns.size() + group.plans.size() <= kSearchedLeaves) return search_joins(std::move(group), pool.source());
    return join_greedily(std::move(group), pool);
}

/// Joins plans that share no variable: those first that a filter connects by equal values.
class Assembly {
public:
    Assembly(std::vector<NodePtr> parts, const std::vector<ExpressionPtr>& filters, algebra::Variables& variables)
        : parts_(std::move(parts)), conditions_(filters), filters_(filters), variables_(variables) {}

    NodePtr run() {
        std::vector<NodePtr> connected;
        while (!parts_.empty()) connected.push_back(all_connected());
        parts_ = std::move(connected);
        NodePtr made = take(largest());
        while (!parts_.empty()) {
            NodePtr next = take(largest());
            const double rows = made->estimated_rows * next->estimated_rows;
            made = filters_.apply(make_hash_join(std::move(made), std::move(next), rows), false);
        }
        return filters_.apply(std::move(made), true);
    }

private:
    using Place = std::vector<NodePtr>::iterator;

    [[nodiscard]] Place largest() {
        return std::max_element(parts_.begin(), parts_.end(), [](const NodePtr& a, const NodePtr& b) { return a->estimated_rows < b->estimated_rows; });
    }
    NodePtr take(Place place) {
        NodePtr node = std::move(*place);
        parts_.erase(place);
        return node;
    }
    /// The largest part with all that equalities lead to from it.
    NodePtr all_connected() {
        NodePtr made = take(largest());
        while (true) {
            const auto next = std::find_if(parts_.begin(), parts_.end(), [&](const NodePtr& part) { return !equalities(*made, *part).empty(); });
            if (next == parts_.end()) return made;
            const Equalities equal = equalities(*made, **next);
            const double rows = std::max(made->estimated_rows, (*next)->estimated_rows);
            made = filters_.apply(make_value_join(std::move(made), take(next), equal, rows, variables_), false);
        }
    }
    [[nodiscard]] Equalities equalities(const Node& left, const Node& right) const { return equalities_between(conditions_, left, right); }

    std::vector<NodePtr> parts_;
    const std::vector<ExpressionPtr>& conditions_;
    WaitingFilters filters_;
    algebra::Variables& variables_;
};

}  // namespace

NodePtr order_joins(JoinGroup group, TermPool& pool, algebra::Variables& variables) {
    const std::size_t parts = group.patterns.size() + group.plans.size() + group.steps.size();
    if (parts > kMostParts) {
        throw Error(ErrorCode::Query, "the query joins " + std::to_string(parts) + " patterns at once; at most " + std::to_string(kMostParts) +
                                          " can be, so split it with sub-selects");
    }
    if (parts == 0) return order_connected(std::move(group), pool);
    Components components(std::move(group));
    std::vector<NodePtr> plans;
    for (Component& component : components.all) plans.push_back(order_connected(std::move(component.group), pool));
    return Assembly(std::move(plans), components.filters, variables).run();
}

}  // namespace tercet::plan

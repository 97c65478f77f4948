#include "engine/plan/join_parts.hpp"

#include <algorithm>
#include <cmath>

#include "engine/algebra/scope.hpp"
#include "engine/model/index_choice.hpp"

namespace tercet::plan {
namespace {

QuadPattern constants(const PatternItem& item) {
    QuadPattern pattern;
    for (std::size_t i = 0; i < 4; ++i) pattern.slot[i] = item.slots[i].constant;
    return pattern;
}

/// Orders in which the pattern's quads lie as close together as they can.
std::vector<const IndexOrder*> best_orders(const QuadPattern& pattern) {
    const std::size_t prefix = bound_prefix(best_order(pattern), pattern);
    std::vector<const IndexOrder*> orders;
    for (const IndexOrder& order : kIndexOrders) {
        if (!order.named_graphs_only && bound_prefix(order, pattern) == prefix) orders.push_back(&order);
    }
    return orders;
}

VariableId first_variable(const IndexOrder& order, const PatternItem& item) {
    const std::size_t prefix = bound_prefix(order, constants(item));
    return prefix == 4 ? kNoVariable : item.slots[order.position[prefix]].variable;
}

}  // namespace

bool is_bound(const Slot& slot, const VariableList& bound) {
    return !slot.constant.is_any() || (slot.variable != kNoVariable && contains(bound, slot.variable));
}

double JoinEstimates::rows(const PatternItem& item) const { return static_cast<double>(source_.estimate(constants(item))); }

double JoinEstimates::distinct(const PatternItem& item, std::size_t place, double rows) const {
    static constexpr double kPredicates = 8, kGraphs = 4;
    const TermId predicate = item.slots[1].constant;
    double distinct = rows;
    if (place == 1) {
        distinct = kPredicates;
    } else if (place == 3) {
        distinct = kGraphs;
    } else if (predicate.is_any()) {
        distinct = std::sqrt(rows) + 1;
    } else {
        const PredicateStatistics statistics = source_.predicate_statistics(predicate);
        distinct = static_cast<double>(place == 0 ? statistics.distinct_subjects : statistics.distinct_objects);
    }
    return std::max(1.0, std::min(rows, distinct));
}

double JoinEstimates::rows_per_lookup(const PatternItem& item, const VariableList& bound) const {
    const double all = rows(item);
    double left = all;
    for (std::size_t i = 0; i < 4; ++i) {
        if (item.slots[i].constant.is_any() && is_bound(item.slots[i], bound)) left /= distinct(item, i, all);
    }
    return left;
}

VariableList possible_orders(const PatternItem& item) {
    VariableList found;
    for (const IndexOrder* order : best_orders(constants(item))) add_to(found, first_variable(*order, item));
    return found;
}

NodePtr scan_of(const PatternItem& item, VariableId first, const JoinEstimates& estimates) {
    const QuadPattern pattern = constants(item);
    const IndexOrder* chosen = &best_order(pattern);
    for (const IndexOrder* order : best_orders(pattern)) {
        if (first == kNoVariable || first_variable(*order, item) != first) continue;
        chosen = order;
        break;
    }
    return make_scan({item.slots, item.graphs, chosen}, estimates.rows(item));
}

WaitingFilters::WaitingFilters(std::vector<ExpressionPtr> filters) {
    for (ExpressionPtr& filter : filters) {
        Waiting waiting{std::move(filter), {}, false};
        algebra::collect_variables(*waiting.condition, waiting.needs);
        waiting.at_end = waiting.needs.empty() || algebra::contains_exists(*waiting.condition);
        waiting_.push_back(std::move(waiting));
    }
}

bool WaitingFilters::is_ready(const Waiting& filter, const VariableList& bound) {
    return !filter.at_end && common(filter.needs, bound).size() == filter.needs.size();
}

NodePtr WaitingFilters::apply(NodePtr node, bool all) {
    const VariableList bound = certain(*node);
    std::vector<Waiting> later;
    std::vector<ExpressionPtr> ready;
    for (Waiting& filter : waiting_) {
        if (all || is_ready(filter, bound)) ready.push_back(std::move(filter.condition));
        else later.push_back(std::move(filter));
    }
    waiting_ = std::move(later);
    // One after the other, so that each sees only what those before it let through; very many would make a deep tree.
    constexpr std::size_t kMostFilters = 30;
    const std::size_t single = std::min(ready.size(), kMostFilters);
    for (std::size_t i = 0; i < single; ++i) node = make_filter(std::move(node), std::move(ready[i]));
    ready.erase(ready.begin(), ready.begin() + static_cast<std::ptrdiff_t>(single));
    if (!ready.empty()) node = make_filter(std::move(node), algebra::make_expression(algebra::Call{"&&", false, std::move(ready)}));
    return node;
}

double WaitingFilters::share(const VariableList& bound) const {
    double share = 1;
    for (const Waiting& filter : waiting_) {
        if (is_ready(filter, bound)) share *= kFilterShare;
    }
    return share;
}

}  // namespace tercet::plan

#include "engine/plan/join_order.hpp"

#include "engine/plan/join_parts.hpp"

namespace tercet::plan {

NodePtr order_joins(JoinGroup group, TermPool& pool) {
    const bool is_plain = group.triple_terms.empty() && group.steps.empty();
    if (is_plain && group.patterns.size() + group.plans.size() <= kSearchedLeaves) return search_joins(std::move(group), pool.source());
    return join_greedily(std::move(group), pool);
}

}  // namespace tercet::plan

#include "engine/plan/join_order.hpp"

#include <string>

#include "engine/plan/join_parts.hpp"
#include "tercet/error.hpp"

namespace tercet::plan {
namespace {

/// Every part is one more operator on top of the others, and a time to be chosen that grows with the square of their number.
constexpr std::size_t kMostParts = 1000;

}  // namespace

NodePtr order_joins(JoinGroup group, TermPool& pool) {
    const std::size_t parts = group.patterns.size() + group.plans.size() + group.steps.size();
    if (parts > kMostParts) {
        throw Error(ErrorCode::Query, "the query joins " + std::to_string(parts) + " patterns at once; at most " + std::to_string(kMostParts) +
                                          " can be, so split it with sub-selects");
    }
    const bool is_plain = group.triple_terms.empty() && group.steps.empty();
    if (is_plain && group.patterns.size() + group.plans.size() <= kSearchedLeaves) return search_joins(std::move(group), pool.source());
    return join_greedily(std::move(group), pool);
}

}  // namespace tercet::plan

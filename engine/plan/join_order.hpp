#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/model/term_pool.hpp"
#include "engine/plan/nodes.hpp"

namespace tercet::plan {

/// One triple pattern of a join, constants as ids. A triple term with variables is a hidden variable here and a part beside it.
struct PatternItem {
    std::array<Slot, 4> slots;
    GraphScope graphs;
};
/// The hidden variable `whole` stands for a triple term of these parts.
struct TripleTermItem {
    VariableId whole = 0;
    std::array<Slot, 3> parts;
};

/// Parts of a join for which the best order is searched.
inline constexpr std::size_t kSearchedLeaves = 10;

/// What is to be joined: patterns, sub-plans, and filters that each wait for their variables.
struct JoinGroup {
    std::vector<PatternItem> patterns;
    std::vector<TripleTermItem> triple_terms;
    std::vector<NodePtr> plans;
    std::vector<ExpressionPtr> filters;
    /// Operations on what was joined before, such as a path between bound ends; applied as soon as `needs` are bound, or at the end.
    struct Step {
        VariableList needs;
        VariableList variables;                       ///< what it binds or looks at
        std::function<NodePtr(NodePtr input)> apply;  ///< the input may be null
    };
    std::vector<Step> steps;
};

/// Orders the joins and chooses their methods: merging where both sides have the order, index lookups where the left side is small,
/// else hashing. Parts that share no variable are joined in the end, by equal values where a filter asks for them (value_join.hpp).
/// Of the others up to kSearchedLeaves are ordered by dynamic programming (join_search.cpp); more of them, and those with triple
/// terms or paths, step by step (greedy_joins.cpp). Leaf counts are the store's.
[[nodiscard]] NodePtr order_joins(JoinGroup group, TermPool& pool, algebra::Variables& variables);

}  // namespace tercet::plan

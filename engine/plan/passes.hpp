#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/algebra/algebra.hpp"
#include "engine/model/term_pool.hpp"
#include "engine/plan/planner.hpp"

/// The rewriting of a query before it is planned: a list of passes, each of which may be left out without changing an answer
/// (but for resolve_names, which is there to change it).
namespace tercet::plan {

struct PassContext {
    TermPool& pool;
    algebra::Variables& variables;
    std::vector<std::string>& notes;  ///< for the user
    bool has_dataset = false;         ///< the query says FROM
};

struct Pass {
    std::string_view name;
    std::string_view purpose;
    algebra::NodePtr (*run)(const algebra::NodePtr& node, PassContext& context);
};

/// In the order in which they run.
[[nodiscard]] std::span<const Pass> passes();

/// Names of the store for what goes by them: pattern constants become variables with their values beside them.
[[nodiscard]] algebra::NodePtr resolve_names(const algebra::NodePtr& node, PassContext& context);
/// Nested conjunctions as one, `!(a = b)` as `a != b`, conditions that constants decide.
[[nodiscard]] algebra::NodePtr simplify_filters(const algebra::NodePtr& node, PassContext& context);
/// Filters as near to the leaves as their variables allow.
[[nodiscard]] algebra::NodePtr push_filters(const algebra::NodePtr& node, PassContext& context);
/// The join with a union as a union of joins, where it begins with few triples.
[[nodiscard]] algebra::NodePtr distribute_unions(const algebra::NodePtr& node, PassContext& context);
/// FILTER(?x = <iri>) as a value for ?x to begin with.
[[nodiscard]] algebra::NodePtr bind_equalities(const algebra::NodePtr& node, PassContext& context);
/// COUNT(*) of a pattern that the store's statistics know.
[[nodiscard]] algebra::NodePtr count_from_statistics(const algebra::NodePtr& node, PassContext& context);

/// Whether the function gives another value each time.
[[nodiscard]] bool changes_by_call(const algebra::Call& call);
/// EXISTS keeps its row, and functions that answer differently each time keep their place.
[[nodiscard]] bool is_movable(const algebra::Expression& expression);
/// Whether a pattern, or null, has the same solutions each time that a query asks one snapshot for it.
[[nodiscard]] bool is_repeatable(const algebra::NodePtr& pattern);

/// The parts of a conjunction.
[[nodiscard]] std::vector<algebra::ExpressionPtr> conjuncts(const algebra::ExpressionPtr& condition);
/// A filter of all conditions; the node itself if there are none.
[[nodiscard]] algebra::NodePtr filtered(algebra::NodePtr node, const std::vector<algebra::ExpressionPtr>& conditions);

}  // namespace tercet::plan

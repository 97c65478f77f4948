#pragma once

#include "engine/algebra/translate.hpp"
#include "engine/model/term_pool.hpp"
#include "engine/plan/plan.hpp"

namespace tercet::plan {

struct PlanOptions {
    bool resolve_names = true;         ///< `:Miller` may stand for `:Matthew_Miller`
    std::vector<std::string> without;  ///< passes to leave out, by name
};

/// Decides how a pattern is answered over a snapshot: which joins in which order by which method.
///
/// `pool` gives ids to the constants. The algebra must outlive the plan, which points into it for EXISTS.
[[nodiscard]] Plan plan_query(const algebra::NodePtr& node, algebra::Variables variables, const sparql::DatasetClause& dataset,
                              TermPool& pool, const PlanOptions& options = {});

/// The canonical names that an IRI of our namespace stands for; itself if it is in the data or nothing is known of it.
[[nodiscard]] std::vector<Term> resolve_name(const Term& term, const QuadSource& source);

}  // namespace tercet::plan

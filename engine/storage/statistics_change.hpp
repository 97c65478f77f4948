#pragma once

#include <map>
#include <vector>

#include "engine/model/quad_source.hpp"

namespace tercet::storage {

/// The statistics of the touched predicates after a change. `additions` and `removals` are settled against `before`; `after` is
/// `before` with them.
[[nodiscard]] std::map<TermId, PredicateStatistics> changed_statistics(const QuadSource& before, const QuadSource& after,
                                                                       const std::vector<Quad>& additions, const std::vector<Quad>& removals);

}  // namespace tercet::storage

#include "engine/graph/projection.hpp"

#include <algorithm>
#include <utility>

namespace tercet::graph {

void Projection::build() {
    terms_.reserve(2 * rows_.size());
    for (const Row& row : rows_) {
        terms_.push_back(row.source);
        terms_.push_back(row.target);
    }
    std::sort(terms_.begin(), terms_.end());
    terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());

    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<Weight> weights;
    ends.reserve(rows_.size());
    for (const Row& row : rows_) {
        ends.emplace_back(*vertex(row.source), *vertex(row.target));
        weights.push_back({row.weight});
        negative_ = negative_ || row.weight < 0;
    }
    rows_.clear();
    rows_.shrink_to_fit();
    graph_ = CsrGraph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), weights.begin(), static_cast<std::uint32_t>(terms_.size()));
}

std::optional<std::uint32_t> Projection::vertex(TermId term) const {
    const auto found = std::lower_bound(terms_.begin(), terms_.end(), term);
    if (found == terms_.end() || *found != term) return std::nullopt;
    return static_cast<std::uint32_t>(found - terms_.begin());
}

}  // namespace tercet::graph

#include "engine/graph/projection.hpp"

#include <algorithm>
#include <boost/range/iterator_range.hpp>
#include <utility>

namespace tercet::graph {
namespace {

using Ends = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Ends ends_of(const CsrGraph& graph) {
    Ends ends;
    ends.reserve(boost::num_edges(graph));
    for (const auto v : boost::make_iterator_range(boost::vertices(graph))) {
        for (const std::uint32_t w : targets_of(v, graph)) ends.emplace_back(v, w);
    }
    return ends;
}

}  // namespace

Projection::Projection(std::vector<Row> rows) {
    terms_.reserve(2 * rows.size());
    for (const Row& row : rows) {
        terms_.push_back(row.source);
        terms_.push_back(row.target);
        negative_ = negative_ || row.weight < 0;
    }
    std::sort(terms_.begin(), terms_.end());
    terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
    terms_.shrink_to_fit();
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.source, a.target, a.weight) < std::tie(b.source, b.target, b.weight);
    });
    Ends ends;
    std::vector<Weight> weights;
    ends.reserve(rows.size());
    weights.reserve(rows.size());
    std::uint32_t source = 0;
    for (const Row& row : rows) {
        while (terms_[source] != row.source) ++source;
        ends.emplace_back(source, *vertex(row.target));
        weights.push_back({row.weight});
    }
    graph_ = CsrGraph(boost::edges_are_sorted, ends.begin(), ends.end(), weights.begin(),
                      static_cast<std::uint32_t>(size()));
}

std::optional<std::uint32_t> Projection::vertex(TermId term) const {
    const auto found = std::lower_bound(terms_.begin(), terms_.end(), term);
    if (found == terms_.end() || *found != term) return std::nullopt;
    return static_cast<std::uint32_t>(found - terms_.begin());
}

void Projection::set_values(const std::vector<std::pair<TermId, double>>& values) {
    std::vector<bool> known(size(), false);
    values_.assign(size(), 0);
    for (const auto& [term, value] : values) {
        const auto v = vertex(term);
        if (!v) continue;
        values_[*v] = known[*v] ? std::min(values_[*v], value) : value;
        known[*v] = true;
    }
}

bool Projection::has_local_nodes() const {
    return std::any_of(terms_.begin(), terms_.end(), [](TermId term) { return term.is_local(); });
}

std::size_t Projection::bytes() const noexcept {
    const std::size_t per_edge = sizeof(std::uint32_t) + sizeof(Weight);
    return terms_.capacity() * (sizeof(TermId) + sizeof(std::uint64_t)) + boost::num_edges(graph_) * per_edge +
           values_.capacity() * sizeof(double);
}

CsrGraph Projection::reversed() const {
    Ends ends = ends_of(graph_);
    for (auto& [from, to] : ends) std::swap(from, to);
    std::vector<Weight> weights;
    weights.reserve(ends.size());
    for (const auto edge : boost::make_iterator_range(boost::edges(graph_))) weights.push_back(graph_[edge]);
    return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), weights.begin(),
            static_cast<std::uint32_t>(size())};
}

CsrGraph Projection::undirected() const {
    Ends ends = ends_of(graph_);
    std::erase_if(ends, [](const auto& edge) { return edge.first == edge.second; });
    const std::size_t count = ends.size();
    ends.reserve(2 * count);
    for (std::size_t i = 0; i < count; ++i) ends.emplace_back(ends[i].second, ends[i].first);
    std::sort(ends.begin(), ends.end());
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return {boost::edges_are_sorted, ends.begin(), ends.end(), static_cast<std::uint32_t>(size())};
}

}  // namespace tercet::graph

#include "engine/graph/projection.hpp"

#include <algorithm>
#include <boost/range/iterator_range.hpp>
#include <functional>
#include <tuple>
#include <utility>

namespace tercet::graph {
namespace {

using Ends = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Ends ends_of(const CsrGraph& graph, const CancelToken& cancel) {
    Ends ends;
    ends.reserve(boost::num_edges(graph));
    CancelCheck check(cancel);
    for (const auto v : boost::make_iterator_range(boost::vertices(graph))) {
        check.step();
        for (const std::uint32_t w : targets_of(v, graph)) ends.emplace_back(v, w);
    }
    return ends;
}

template <typename T, typename Less>
void sort(std::vector<T>& values, const CancelToken& cancel, Less less) {
    CancelCheck check(cancel);
    std::sort(values.begin(), values.end(), [&](const T& a, const T& b) {
        check.step();
        return less(a, b);
    });
}

}  // namespace

Projection::Projection(std::vector<Row> rows, CancelToken cancel) : cancel_(std::move(cancel)) {
    terms_.reserve(2 * rows.size());
    for (const Row& row : rows) {
        terms_.push_back(row.source);
        terms_.push_back(row.target);
        negative_ = negative_ || row.weight < 0;
    }
    sort(terms_, cancel_, std::less{});
    terms_.erase(std::unique(terms_.begin(), terms_.end()), terms_.end());
    sort(rows, cancel_, [](const Row& a, const Row& b) {
        return std::tie(a.source, a.target, a.weight) < std::tie(b.source, b.target, b.weight);
    });
    Ends ends;
    std::vector<Weight> weights;
    ends.reserve(rows.size());
    weights.reserve(rows.size());
    std::uint32_t source = 0;
    CancelCheck check(cancel_);
    for (const Row& row : rows) {
        check.step();
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
    CancelCheck check(cancel_);
    for (const auto& [term, value] : values) {
        check.step();
        const auto v = vertex(term);
        if (!v) continue;
        values_[*v] = known[*v] ? std::min(values_[*v], value) : value;
        known[*v] = true;
    }
}

CsrGraph Projection::reversed() const {
    Ends ends = ends_of(graph_, cancel_);
    for (auto& [from, to] : ends) std::swap(from, to);
    std::vector<Weight> weights;
    weights.reserve(ends.size());
    for (const auto edge : boost::make_iterator_range(boost::edges(graph_))) weights.push_back(graph_[edge]);
    return {boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), weights.begin(),
            static_cast<std::uint32_t>(size())};
}

CsrGraph Projection::undirected() const {
    Ends ends = ends_of(graph_, cancel_);
    std::erase_if(ends, [](const auto& edge) { return edge.first == edge.second; });
    const std::size_t count = ends.size();
    ends.reserve(2 * count);
    for (std::size_t i = 0; i < count; ++i) ends.emplace_back(ends[i].second, ends[i].first);
    sort(ends, cancel_, std::less{});
    ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    return {boost::edges_are_sorted, ends.begin(), ends.end(), static_cast<std::uint32_t>(size())};
}

}  // namespace tercet::graph

#include "engine/graph/snapshot_graph.hpp"

#include <algorithm>
#include <mutex>

#include "engine/model/index_choice.hpp"

namespace tercet::graph {

struct SnapshotGraph::Shared {
    std::shared_ptr<const QuadSource> source;
    SnapshotGraphOptions options;
    std::once_flag listed;
    std::vector<TermId> vertices;

    /// Calls `take` for every edge of the graph that fits.
    template <typename Take>
    void for_each_edge(TermId subject, TermId object, Take take) const {
        std::vector<TermId> predicates = options.predicates;
        if (predicates.empty()) predicates.push_back(TermId::any());
        const auto batch = std::make_unique<QuadBatch>();
        for (const TermId predicate : predicates) {
            const QuadPattern pattern{{subject, predicate, object, options.named_graph.value_or(TermId{})}};
            const auto cursor = source->scan(best_order(pattern), pattern);
            while (cursor->next(*batch)) {
                for (std::size_t i = 0; i < batch->size; ++i) {
                    const SnapshotEdge edge{batch->column[0][i], batch->column[1][i], batch->column[2][i]};
                    if (options.literals || !edge.target.is_literal()) take(edge);
                }
            }
        }
    }
};

SnapshotGraph::SnapshotGraph(std::shared_ptr<const QuadSource> source, SnapshotGraphOptions options)
    : shared_(std::make_shared<Shared>()) {
    shared_->source = std::move(source);
    shared_->options = std::move(options);
}

SnapshotGraph::edge_iterator::Edges SnapshotGraph::edges_at(TermId vertex, bool outward) const {
    std::vector<SnapshotEdge> edges;
    shared_->for_each_edge(outward ? vertex : TermId::any(), outward ? TermId::any() : vertex,
                           [&](const SnapshotEdge& edge) { edges.push_back(edge); });
    return std::make_shared<const std::vector<SnapshotEdge>>(std::move(edges));
}

const std::vector<TermId>& SnapshotGraph::all_vertices() const {
    std::call_once(shared_->listed, [this] {
        auto& found = shared_->vertices;
        shared_->for_each_edge(TermId::any(), TermId::any(), [&](const SnapshotEdge& edge) {
            found.push_back(edge.source);
            found.push_back(edge.target);
        });
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
    });
    return shared_->vertices;
}

std::size_t SnapshotGraph::index_of(TermId vertex) const {
    const auto& all = all_vertices();
    return static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), vertex) - all.begin());
}

}  // namespace tercet::graph

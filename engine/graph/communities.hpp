#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/graph/projection.hpp"

/// Communities by modularity (Newman and Girvan 2004): parts of a graph with more weight inside than chance would give.
namespace tercet::graph {

/// A graph without direction: each vertex with its neighbours, ascending, and the sums of the weights of the edges
/// between. A loop counts once, with twice its weight.
class WeightedGraph {
public:
    struct Neighbour {
        std::uint32_t vertex;
        double weight;
    };

    WeightedGraph() = default;
    /// Throws Error (Query) if a weight is below nothing.
    explicit WeightedGraph(const Projection& projection);
    /// The graph whose vertices are the parts of `graph`, as many as `parts`.
    WeightedGraph(const WeightedGraph& graph, std::span<const std::uint32_t> part, std::uint32_t parts);

    [[nodiscard]] std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(degree_.size()); }
    [[nodiscard]] std::span<const Neighbour> neighbours(std::uint32_t vertex) const {
        return {neighbours_.data() + begin_[vertex], begin_[vertex + 1] - begin_[vertex]};
    }
    /// The sum of the weights at a vertex.
    [[nodiscard]] double degree(std::uint32_t vertex) const { return degree_[vertex]; }
    /// The sum of all degrees: twice the weight of the edges.
    [[nodiscard]] double total() const noexcept { return total_; }

private:
    void sum_up();

    std::vector<std::size_t> begin_{0};
    std::vector<Neighbour> neighbours_;
    std::vector<double> degree_;
    double total_ = 0;
};

/// The part that each vertex is in, numbered by the first of their members.
using Parts = std::vector<std::uint32_t>;

/// Numbers the parts by the first of their members; returns how many there are.
std::uint32_t renumber(Parts& parts);

enum class CommunityMethod { Louvain, Leiden };

struct CommunitySettings {
    CommunityMethod method = CommunityMethod::Louvain;
    double resolution = 1;    ///< larger: more and smaller parts
    std::uint64_t tries = 1;  ///< with the vertices in another order each; the best is kept
};

/// The parts found; the same each time.
[[nodiscard]] Parts find_communities(const WeightedGraph& graph, const CommunitySettings& settings,
                                     const CancelToken& cancel);

/// From -1/2 to 1; 0 for a graph without edges.
[[nodiscard]] double modularity(const WeightedGraph& graph, const Parts& part, double resolution);

}  // namespace tercet::graph

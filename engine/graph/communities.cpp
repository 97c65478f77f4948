#include "engine/graph/communities.hpp"

#include <algorithm>
#include <numeric>
#include <random>

#include "tercet/error.hpp"

namespace tercet::graph {
namespace {

/// Smaller gains than this share of the most that is possible are rounding.
constexpr double kRounding = 1e-11;
/// Another pass over the whole graph is made while the last one brought so much modularity.
constexpr double kWorthAnotherPass = 1e-4;
constexpr std::size_t kMovesBetweenChecks = 4096;

/// Adds up weights by part, and knows which parts it met.
class PartWeights {
public:
    explicit PartWeights(std::size_t parts) : weight_(parts, 0), met_already_(parts, false) {}

    void add(std::uint32_t part, double weight) {
        if (!met_already_[part]) met_.push_back(part);
        met_already_[part] = true;
        weight_[part] += weight;
    }
    [[nodiscard]] double operator[](std::uint32_t part) const { return weight_[part]; }
    [[nodiscard]] std::vector<std::uint32_t>& met() noexcept { return met_; }
    void clear() {
        for (const std::uint32_t part : met_) {
            weight_[part] = 0;
            met_already_[part] = false;
        }
        met_.clear();
    }

private:
    std::vector<double> weight_;
    std::vector<bool> met_already_;
    std::vector<std::uint32_t> met_;
};

Parts singletons(std::uint32_t size) {
    Parts parts(size);
    std::iota(parts.begin(), parts.end(), 0U);
    return parts;
}

using Random = std::mt19937_64;

/// Fisher and Yates, as std::shuffle may differ from library to library. Without a generator they stay in their order.
std::vector<std::uint32_t> order_of(std::uint32_t size, Random* random) {
    std::vector<std::uint32_t> order = singletons(size);
    for (std::size_t i = size; random != nullptr && i > 1; --i) std::swap(order[i - 1], order[(*random)() % i]);
    return order;
}

/// Moves vertices between parts as long as modularity grows. A vertex is looked at again when a neighbour has left its
/// part (Leiden's fast local move).
class LocalMoves {
public:
    LocalMoves(const WeightedGraph& graph, double resolution, Parts& part)
        : graph_(graph),
          resolution_(resolution),
          part_(part),
          sum_(graph.size(), 0),
          members_(graph.size(), 0),
          near_(graph.size()) {
        for (std::uint32_t v = 0; v < graph.size(); ++v) {
            sum_[part[v]] += graph.degree(v);
            ++members_[part[v]];
        }
        for (std::uint32_t p = graph.size(); p-- > 0;) {
            if (members_[p] == 0) empty_.push_back(p);
        }
    }

    /// True if any vertex moved.
    bool run(std::vector<std::uint32_t> queue, const CancelToken& cancel) {
        std::vector<bool> waiting(graph_.size(), true);
        bool moved = false;
        for (std::size_t at = 0; at < queue.size(); ++at) {
            if (at % kMovesBetweenChecks == 0) cancel.check();
            const std::uint32_t v = queue[at];
            waiting[v] = false;
            const std::uint32_t from = part_[v], to = best_part(v);
            if (to == from) continue;
            moved = true;
            move(v, to);
            for (const auto& [w, weight] : graph_.neighbours(v)) {
                if (part_[w] == to || waiting[w]) continue;
                waiting[w] = true;
                queue.push_back(w);
            }
        }
        return moved;
    }

private:
    [[nodiscard]] double gain(std::uint32_t v, std::uint32_t part, double others) const {
        return near_[part] - resolution_ * others * graph_.degree(v) / graph_.total();
    }

    std::uint32_t best_part(std::uint32_t v) {
        const std::uint32_t own = part_[v];
        for (const auto& [w, weight] : graph_.neighbours(v)) {
            if (w != v) near_.add(part_[w], weight);
        }
        std::uint32_t best = own;
        double most = gain(v, own, sum_[own] - graph_.degree(v));
        const double rounding = kRounding * graph_.degree(v);
        for (const std::uint32_t part : near_.met()) {
            if (part == own || gain(v, part, sum_[part]) <= most + rounding) continue;
            best = part;
            most = gain(v, part, sum_[part]);
        }
        near_.clear();
        return most < -rounding && members_[own] > 1 ? empty_.back() : best;
    }

    void move(std::uint32_t v, std::uint32_t to) {
        const std::uint32_t from = part_[v];
        if (!empty_.empty() && empty_.back() == to) empty_.pop_back();
        sum_[from] -= graph_.degree(v);
        sum_[to] += graph_.degree(v);
        ++members_[to];
        if (--members_[from] == 0) empty_.push_back(from);
        part_[v] = to;
    }

    const WeightedGraph& graph_;
    const double resolution_;
    Parts& part_;
    std::vector<double> sum_;
    std::vector<std::uint32_t> members_, empty_;
    PartWeights near_;
};

/// Leiden's refinement: parts within the given ones, each grown from single vertices by merges that gain, and each well
/// connected to the rest of the part around it. The best merge is taken, where Traag, Waltman and van Eck draw one.
class Refinement {
public:
    Refinement(const WeightedGraph& graph, double resolution, const Parts& around)
        : graph_(graph),
          resolution_(resolution),
          around_(around),
          refined_(singletons(graph.size())),
          sum_around_(graph.size(), 0),
          sum_(graph.size(), 0),
          outward_(graph.size(), 0),
          alone_(graph.size(), true),
          near_(graph.size()) {
        for (std::uint32_t v = 0; v < graph.size(); ++v) {
            sum_[v] = graph.degree(v);
            sum_around_[around[v]] += graph.degree(v);
            for (const auto& [w, weight] : graph.neighbours(v)) {
                if (w != v && around[w] == around[v]) outward_[v] += weight;
            }
        }
    }

    [[nodiscard]] Parts run(const std::vector<std::uint32_t>& order) {
        for (const std::uint32_t v : order) {
            if (alone_[v] && is_well_connected(v)) merge(v);
        }
        return std::move(refined_);
    }

private:
    /// Whether a refined part has at least the weight to the rest of the part around it that chance would give.
    [[nodiscard]] bool is_well_connected(std::uint32_t part) const {
        const double rest = sum_around_[around_[part]] - sum_[part];
        return outward_[part] >= resolution_ * sum_[part] * rest / graph_.total();
    }

    void merge(std::uint32_t v) {
        for (const auto& [w, weight] : graph_.neighbours(v)) {
            if (w != v && around_[w] == around_[v]) near_.add(refined_[w], weight);
        }
        std::uint32_t best = v;
        double most = 0;
        for (const std::uint32_t part : near_.met()) {
            const double gain = near_[part] - resolution_ * sum_[part] * graph_.degree(v) / graph_.total();
            if (gain <= most + kRounding * graph_.degree(v) || !is_well_connected(part)) continue;
            best = part;
            most = gain;
        }
        if (best != v) {
            outward_[best] += outward_[v] - 2 * near_[best];
            sum_[best] += graph_.degree(v);
            refined_[v] = best;
            alone_[best] = false;
        }
        near_.clear();
    }

    const WeightedGraph& graph_;
    const double resolution_;
    const Parts& around_;
    Parts refined_;                   ///< a part goes by the vertex that it grew from
    std::vector<double> sum_around_;  ///< degrees, by part around
    std::vector<double> sum_;         ///< degrees, by refined part
    std::vector<double> outward_;     ///< weight to the rest of the part around, by refined part
    std::vector<bool> alone_;
    PartWeights near_;
};

/// Splits parts that do not hang together, which loses no modularity.
Parts connected_parts(const WeightedGraph& graph, const Parts& part) {
    constexpr auto kNew = static_cast<std::uint32_t>(-1);
    Parts found(part.size(), kNew);
    std::vector<std::uint32_t> reached;
    for (std::uint32_t v = 0; v < part.size(); ++v) {
        if (found[v] != kNew) continue;
        found[v] = v;
        reached.assign(1, v);
        while (!reached.empty()) {
            const std::uint32_t at = reached.back();
            reached.pop_back();
            for (const auto& [w, weight] : graph.neighbours(at)) {
                if (found[w] != kNew || part[w] != part[v] || weight == 0) continue;
                found[w] = v;
                reached.push_back(w);
            }
        }
    }
    return found;
}

/// Carries parts of vertices over to the vertices that `inner`, parts within them, are contracted to.
Parts carried(const Parts& part, const Parts& inner, std::uint32_t size) {
    Parts found(size);
    for (std::size_t v = 0; v < part.size(); ++v) found[inner[v]] = part[v];
    renumber(found);
    return found;
}

/// One pass over all levels: move vertices, contract what belongs together, and so on with the smaller graph. True if
/// the parts got better.
bool pass(const WeightedGraph& whole, const CommunitySettings& settings, Random* random, Parts& parts,
          const CancelToken& cancel) {
    WeightedGraph contracted;
    const WeightedGraph* graph = &whole;
    Parts part = parts;                       // of the vertices of `graph`
    Parts vertex = singletons(whole.size());  // of `graph`, for each of `whole`
    bool better = false;
    while (true) {
        const bool moved = LocalMoves(*graph, settings.resolution, part).run(order_of(graph->size(), random), cancel);
        const std::uint32_t count = renumber(part);
        for (std::size_t v = 0; v < vertex.size(); ++v) parts[v] = part[vertex[v]];
        better = better || moved;
        if (count == graph->size()) return better;
        Parts inner = part;
        if (settings.method == CommunityMethod::Leiden)
            inner = Refinement(*graph, settings.resolution, part).run(order_of(graph->size(), random));
        const std::uint32_t size = renumber(inner);
        if (size == graph->size()) return better;
        for (std::uint32_t& v : vertex) v = inner[v];
        part = carried(part, inner, size);
        contracted = WeightedGraph(*graph, inner, size);
        graph = &contracted;
    }
}

}  // namespace

WeightedGraph::WeightedGraph(const Projection& projection) : begin_(projection.size() + 1, 0) {
    const auto vertices = static_cast<std::uint32_t>(projection.size());
    std::vector<std::size_t> next(vertices + 1, 0);
    for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double) {
        ++next[v];
        ++next[w];
    });
    std::exclusive_scan(next.begin(), next.end(), next.begin(), std::size_t{0});
    const std::vector<std::size_t> start = next;
    std::vector<Neighbour> all(start.back());
    for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double weight) {
        if (weight < 0) throw Error(ErrorCode::Query, "communities need weights that are not negative");
        all[next[v]++] = {w, weight};
        all[next[w]++] = {v, weight};
    });
    for (std::uint32_t v = 0; v < vertices; ++v) {
        const auto list = std::span(all).subspan(start[v], start[v + 1] - start[v]);
        std::sort(list.begin(), list.end(), [](const Neighbour& a, const Neighbour& b) { return a.vertex < b.vertex; });
        for (const Neighbour& neighbour : list) {
            if (neighbours_.size() > begin_[v] && neighbours_.back().vertex == neighbour.vertex)
                neighbours_.back().weight += neighbour.weight;
            else
                neighbours_.push_back(neighbour);
        }
        begin_[v + 1] = neighbours_.size();
    }
    sum_up();
}

WeightedGraph::WeightedGraph(const WeightedGraph& graph, std::span<const std::uint32_t> part, std::uint32_t parts)
    : begin_(parts + 1, 0) {
    std::vector<std::size_t> start(parts + 1, 0);
    for (const std::uint32_t p : part) ++start[p + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    std::vector<std::uint32_t> members(part.size());
    std::vector<std::size_t> next(start.begin(), start.end() - 1);
    for (std::uint32_t v = 0; v < part.size(); ++v) members[next[part[v]]++] = v;
    PartWeights sums(parts);
    for (std::uint32_t p = 0; p < parts; ++p) {
        for (std::size_t i = start[p]; i < start[p + 1]; ++i) {
            for (const auto& [w, weight] : graph.neighbours(members[i])) sums.add(part[w], weight);
        }
        std::sort(sums.met().begin(), sums.met().end());
        for (const std::uint32_t other : sums.met()) neighbours_.push_back({other, sums[other]});
        sums.clear();
        begin_[p + 1] = neighbours_.size();
    }
    sum_up();
}

void WeightedGraph::sum_up() {
    degree_.assign(begin_.size() - 1, 0);
    for (std::uint32_t v = 0; v < size(); ++v) {
        for (const auto& [w, weight] : neighbours(v)) degree_[v] += weight;
        total_ += degree_[v];
    }
}

std::uint32_t renumber(Parts& parts) {
    std::uint32_t most = 0, count = 0;
    for (const std::uint32_t part : parts) most = std::max(most, part + 1);
    constexpr auto kUnnumbered = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> number(most, kUnnumbered);
    for (std::uint32_t& part : parts) {
        if (number[part] == kUnnumbered) number[part] = count++;
        part = number[part];
    }
    return count;
}

Parts find_communities(const WeightedGraph& graph, const CommunitySettings& settings, const CancelToken& cancel) {
    Parts best = singletons(graph.size());
    if (graph.total() <= 0) return best;
    double most = -1;
    for (std::uint64_t i = 0; i < settings.tries; ++i) {
        Random random(i);
        Parts parts = singletons(graph.size());
        // Once more over the whole graph as long as that helps: a part may have grown past some of its members.
        double found = -1, before = -2;
        while (found > before + kWorthAnotherPass && pass(graph, settings, i == 0 ? nullptr : &random, parts, cancel)) {
            before = found;
            found = modularity(graph, parts, settings.resolution);
        }
        if (settings.method == CommunityMethod::Leiden) parts = connected_parts(graph, parts);
        found = modularity(graph, parts, settings.resolution);
        if (found <= most + kRounding) continue;
        most = found;
        best = std::move(parts);
    }
    renumber(best);
    return best;
}

double modularity(const WeightedGraph& graph, const Parts& part, double resolution) {
    std::vector<double> inside(graph.size(), 0), sum(graph.size(), 0);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
        sum[part[v]] += graph.degree(v);
        for (const auto& [w, weight] : graph.neighbours(v)) {
            if (part[v] == part[w]) inside[part[v]] += weight;
        }
    }
    double found = 0;
    const double total = graph.total();
    for (std::size_t p = 0; p < sum.size() && total > 0; ++p)
        found += inside[p] / total - resolution * (sum[p] / total) * (sum[p] / total);
    return found;
}

}  // namespace tercet::graph

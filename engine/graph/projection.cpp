#include "engine/graph/projection.hpp"

#include <algorithm>
#include <utility>

namespace tercet::graph {
namespace {

constexpr std::size_t kRowsPerCount = 1U << 12U;
/// Of a projection: the term, where the row begins, and two numbers while it is made; the target and its weight.
constexpr std::size_t kBytesPerNode = sizeof(TermId) + 2 * sizeof(std::uint64_t) + sizeof(std::uint32_t);
constexpr std::size_t kBytesPerEdge = sizeof(std::uint32_t) + sizeof(Weight);

/// Numbers for nodes in the order in which they come.
class Numbering {
public:
    std::uint32_t number_of(TermId node) {
        if (2 * (nodes_.size() + 1) > slots_.size()) grow();
        Slot& slot = slots_[slot_of(node)];
        if (slot.node != node) {
            slot = {node, static_cast<std::uint32_t>(nodes_.size())};
            nodes_.push_back(node);
        }
        return slot.number;
    }
    [[nodiscard]] const std::vector<TermId>& nodes() const noexcept { return nodes_; }
    /// What it takes while so many more nodes come; the old ones are there, too, while it grows.
    [[nodiscard]] std::size_t bytes_with(std::size_t more) const noexcept {
        const bool grows = 2 * (nodes_.size() + more + 1) > slots_.size();
        return (grows ? 3 : 1) * (nodes_.capacity() * sizeof(TermId) + slots_.size() * sizeof(Slot));
    }

private:
    struct Slot {
        TermId node;  ///< undefined: free
        std::uint32_t number = 0;
    };
    [[nodiscard]] std::size_t slot_of(TermId node) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = mix(node.bits()) & mask;
        while (slots_[slot].node.is_defined() && slots_[slot].node != node) slot = (slot + 1) & mask;
        return slot;
    }
    void grow() {
        slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), {});
        for (std::size_t i = 0; i < nodes_.size(); ++i) slots_[slot_of(nodes_[i])] = {nodes_[i], static_cast<std::uint32_t>(i)};
    }

    std::vector<TermId> nodes_;
    std::vector<Slot> slots_;
};

/// Compressed rows of edges given by `for_each(each)`, which calls each(source, target, weight) and does so twice; those of one
/// source stay in their order.
template <typename ForEach>
CsrGraph compressed(std::size_t vertices, std::size_t edges, ForEach for_each) {
    CsrGraph graph;
    auto& starts = graph.m_forward.m_rowstart;
    auto& targets = graph.m_forward.m_column;
    auto& weights = graph.m_forward.m_edge_properties;
    starts.assign(vertices + 1, 0);
    targets.resize(edges);
    weights.resize(edges);
    for_each([&](std::uint32_t v, std::uint32_t, double) { ++starts[v + 1]; });
    for (std::size_t v = 0; v < vertices; ++v) starts[v + 1] += starts[v];
    std::vector<std::uint64_t> next(starts.begin(), starts.end() - 1);
    for_each([&](std::uint32_t v, std::uint32_t w, double weight) {
        targets[next[v]] = w;
        weights[next[v]++] = {weight};
    });
    return graph;
}

/// Edges of one source ascend by target and weight.
void sort_rows(CsrGraph& graph, CancelCheck& check) {
    const auto& starts = graph.m_forward.m_rowstart;
    auto& targets = graph.m_forward.m_column;
    auto& weights = graph.m_forward.m_edge_properties;
    std::vector<std::pair<std::uint32_t, double>> row;
    for (std::size_t v = 0; v + 1 < starts.size(); ++v) {
        check.step();
        row.clear();
        for (std::uint64_t i = starts[v]; i < starts[v + 1]; ++i) row.emplace_back(targets[i], weights[i].weight);
        if (std::is_sorted(row.begin(), row.end())) continue;
        std::sort(row.begin(), row.end());
        for (std::size_t i = 0; i < row.size(); ++i) {
            targets[starts[v] + i] = row[i].first;
            weights[starts[v] + i] = {row[i].second};
        }
    }
}

}  // namespace

Projection::Projection(std::vector<Row> rows, const CancelToken& cancel, MemoryShare* held) {
    CancelCheck check(cancel);
    Numbering numbering;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    const std::size_t input = rows.capacity() * sizeof(Row) + rows.size() * sizeof ends[0];
    const auto hold = [&](std::size_t nodes, std::size_t more) {
        if (held != nullptr) held->resize(input + numbering.bytes_with(nodes) + more);
    };
    hold(0, 0);
    ends.reserve(rows.size());
    for (const Row& row : rows) {
        check.step();
        if (ends.size() % kRowsPerCount == 0) hold(2 * kRowsPerCount, 0);
        const std::uint32_t source = numbering.number_of(row.source);
        ends.emplace_back(source, numbering.number_of(row.target));
        negative_ = negative_ || row.weight < 0;
    }
    hold(0, numbering.nodes().size() * kBytesPerNode + rows.size() * kBytesPerEdge);
    terms_ = numbering.nodes();
    std::sort(terms_.begin(), terms_.end());
    std::vector<std::uint32_t> vertex_of(terms_.size());
    for (std::uint32_t v = 0; v < terms_.size(); ++v) vertex_of[numbering.number_of(terms_[v])] = v;
    graph_ = compressed(size(), rows.size(), [&](auto each) {
        for (std::size_t i = 0; i < rows.size(); ++i) each(vertex_of[ends[i].first], vertex_of[ends[i].second], rows[i].weight);
    });
    sort_rows(graph_, check);
    if (held != nullptr) held->resize(bytes());
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
    return terms_.capacity() * (sizeof(TermId) + sizeof(std::uint64_t)) + boost::num_edges(graph_) * kBytesPerEdge +
           values_.capacity() * sizeof(double);
}

CsrGraph Projection::reversed() const {
    return compressed(size(), edge_count(), [&](auto each) {
        for_each_edge(graph_, [&](std::uint32_t v, std::uint32_t w, double weight) { each(w, v, weight); });
    });
}

CsrGraph Projection::undirected() const {
    const CsrGraph in = reversed();
    CsrGraph graph;
    auto& starts = graph.m_forward.m_rowstart;
    auto& neighbours = graph.m_forward.m_column;
    starts.assign(size() + 1, 0);
    neighbours.reserve(2 * edge_count());
    for (std::uint32_t v = 0; v < size(); ++v) {
        const auto add = [&](std::uint32_t w) {
            if (w != v && (neighbours.size() == starts[v] || neighbours.back() != w)) neighbours.push_back(w);
        };
        const auto before = targets_of(v, in), after = targets_of(v, graph_);
        auto a = before.begin(), b = after.begin();
        while (a != before.end() && b != after.end()) add(*a < *b ? *a++ : *b++);
        std::for_each(a, before.end(), add);
        std::for_each(b, after.end(), add);
        starts[v + 1] = neighbours.size();
    }
    graph.m_forward.m_edge_properties.resize(neighbours.size());
    return graph;
}

}  // namespace tercet::graph

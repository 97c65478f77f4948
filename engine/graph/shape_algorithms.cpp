#include <boost/pending/disjoint_sets.hpp>
#include <limits>
#include <queue>
#include <sstream>
#include <tuple>

#include "engine/graph/layout.hpp"
#include "engine/graph/parameters.hpp"

/// Trees that join some nodes, places that look like a pattern, and places on a sheet.
namespace tercet::graph {
namespace {

using Kind = ParameterRow::Kind;
constexpr double kFar = std::numeric_limits<double>::infinity();
constexpr std::uint64_t kStepsPerCheck = 1024;

// --- Steiner trees ------------------------------------------------------------------------------------------------

/// Mehlhorn's: every node belongs to the terminal nearest to it; the lightest tree over the ways between neighbouring
/// realms is at most twice as heavy as the best. Edges count in both directions.
class SteinerTree {
public:
    SteinerTree(const Projection& projection, std::vector<std::uint32_t> terminals, const Run& run)
        : terminals_(std::move(terminals)), run_(run), around_(projection.size()), nearest_(projection.size()) {
        for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double weight) {
            if (v == w) return;
            const auto edge = static_cast<std::uint32_t>(edges_.size());
            edges_.push_back({v, w, weight});
            around_[v].push_back(edge);
            around_[w].push_back(edge);
        });
    }

    Table find() {
        claim();
        std::vector<bool> taken(edges_.size(), false);
        for (const std::uint32_t bridge : bridges()) {
            taken[bridge] = true;
            for (std::uint32_t v : {edges_[bridge].from, edges_[bridge].to}) {
                for (; nearest_[v].edge != kNone; v = other_end(nearest_[v].edge, v)) taken[nearest_[v].edge] = true;
            }
        }
        Table table(run_.memory);
        for (std::uint32_t e = 0; e < edges_.size(); ++e) {
            if (taken[e]) table.add({Vertex{edges_[e].from}, Vertex{edges_[e].to}, edges_[e].weight});
        }
        return table;
    }

private:
    static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);
    struct Edge {
        std::uint32_t from, to;
        double weight;
    };
    struct Nearest {
        double distance = kFar;
        std::uint32_t terminal = kNone, edge = kNone;  ///< the edge leads towards the terminal
    };

    [[nodiscard]] std::uint32_t other_end(std::uint32_t edge, std::uint32_t v) const {
        return edges_[edge].from == v ? edges_[edge].to : edges_[edge].from;
    }

    /// Dijkstra's search from all terminals at once.
    void claim() {
        using Entry = std::pair<double, std::uint32_t>;
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
        for (const std::uint32_t terminal : terminals_) {
            nearest_[terminal] = {0, terminal, kNone};
            queue.push({0, terminal});
        }
        for (std::uint64_t steps = 0; !queue.empty(); ++steps) {
            if (steps % kStepsPerCheck == 0) run_.cancel.check();
            const auto [far, v] = queue.top();
            queue.pop();
            if (far > nearest_[v].distance) continue;
            for (const std::uint32_t edge : around_[v]) {
                Nearest& next = nearest_[other_end(edge, v)];
                const double distance = far + edges_[edge].weight;
                if (distance >= next.distance) continue;
                next = {distance, nearest_[v].terminal, edge};
                queue.push({distance, other_end(edge, v)});
            }
        }
    }

    /// Edges between realms that make the lightest tree of terminals.
    [[nodiscard]] std::vector<std::uint32_t> bridges() {
        std::vector<std::tuple<double, std::uint32_t>> ways;
        for (std::uint32_t e = 0; e < edges_.size(); ++e) {
            const Nearest &from = nearest_[edges_[e].from], &to = nearest_[edges_[e].to];
            if (from.terminal == to.terminal) continue;
            ways.emplace_back(from.distance + edges_[e].weight + to.distance, e);
        }
        std::sort(ways.begin(), ways.end());
        boost::disjoint_sets_with_storage<> sets(nearest_.size());
        for (const std::uint32_t terminal : terminals_) sets.make_set(terminal);
        std::vector<std::uint32_t> chosen;
        for (const auto& [length, e] : ways) {
            const auto a = sets.find_set(nearest_[edges_[e].from].terminal), b = sets.find_set(nearest_[edges_[e].to].terminal);
            if (a == b) continue;
            sets.link(a, b);
            chosen.push_back(e);
        }
        if (chosen.size() + 1 < terminals_.size())
            throw Error(ErrorCode::Query, "no tree joins the terminals: they lie in several components; algo:components shows which");
        return chosen;
    }

    const std::vector<std::uint32_t> terminals_;
    const Run& run_;
    std::vector<Edge> edges_;
    std::vector<std::vector<std::uint32_t>> around_;  ///< edges by vertex
    std::vector<Nearest> nearest_;
};

Table steiner_tree(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    if (projection.has_negative_weight()) throw Error(ErrorCode::Query, "algo:steinerTree needs weights that are not negative");
    return SteinerTree(projection, named_vertices(projection, parameters, "terminal"), run).find();
}

// --- subgraphs ----------------------------------------------------------------------------------------------------

/// A small graph whose nodes are numbered as they come in its text: "a b, b c".
struct Shape {
    std::size_t nodes = 0;
    std::vector<std::pair<std::size_t, std::size_t>> edges;

    explicit Shape(const std::string& text) {
        std::vector<std::string> names;
        const auto number_of = [&](const std::string& name) {
            const auto known = std::find(names.begin(), names.end(), name);
            if (known == names.end()) return names.push_back(name), names.size() - 1;
            return static_cast<std::size_t>(known - names.begin());
        };
        std::istringstream pairs(text);
        for (std::string pair; std::getline(pairs, pair, ',');) {
            std::istringstream ends(pair);
            std::string from, to, more;
            if (!(ends >> from >> to) || ends >> more) refuse();
            const std::size_t first = number_of(from);
            edges.emplace_back(first, number_of(to));
        }
        nodes = names.size();
        if (nodes == 0) refuse();
        for (std::size_t n = 1; n < nodes; ++n) {
            const bool hangs = std::any_of(edges.begin(), edges.end(),
                                           [&](const auto& e) { return std::max(e.first, e.second) == n && e.first != e.second; });
            if (!hangs) refuse();
        }
    }

private:
    [[noreturn]] static void refuse() {
        throw Error(ErrorCode::Query,
                    "the parameter pattern of algo:subgraphs is the edges of a small graph as \"a b, b c, c a\", each after the "
                    "first beginning or ending at a node that was named before");
    }
};

/// Ullmann's search: one node of the shape after the other is laid on a neighbour of those that lie already.
class Subgraphs {
public:
    Subgraphs(const Projection& projection, const Shape& shape, std::int64_t most, const Run& run)
        : shape_(shape), out_(projection.graph()), in_(projection.reversed()), most_(most), cancel_(run.cancel), lies_on_(shape.nodes), table_(run.memory) {
        std::vector<std::uint32_t>& in = in_.m_forward.m_column;
        for (std::uint32_t v = 0; v < projection.size(); ++v) {
            const auto& rows = in_.m_forward.m_rowstart;
            std::sort(in.begin() + static_cast<std::ptrdiff_t>(rows[v]), in.begin() + static_cast<std::ptrdiff_t>(rows[v + 1]));
        }
    }

    Table find() {
        for (std::uint32_t v = 0; v < boost::num_vertices(out_); ++v) try_at(0, v);
        return std::move(table_);
    }

private:
    void try_at(std::size_t node, std::uint32_t vertex) {
        if (++steps_ % kStepsPerCheck == 0) cancel_.check();
        if (found_ >= most_ || !fits(node, vertex)) return;
        lies_on_[node] = vertex;
        if (node + 1 == shape_.nodes) return note();
        const auto candidates = candidates_for(node + 1);
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (i == 0 || candidates[i] != candidates[i - 1]) try_at(node + 1, candidates[i]);  // once where edges are parallel
        }
    }

    [[nodiscard]] bool fits(std::size_t node, std::uint32_t vertex) const {
        if (std::find(lies_on_.begin(), lies_on_.begin() + static_cast<std::ptrdiff_t>(node), vertex) !=
            lies_on_.begin() + static_cast<std::ptrdiff_t>(node))
            return false;
        const auto at = [&](std::size_t n) { return n == node ? vertex : lies_on_[n]; };
        return std::all_of(shape_.edges.begin(), shape_.edges.end(), [&](const auto& edge) {
            if (std::max(edge.first, edge.second) != node) return true;
            const auto targets = targets_of(at(edge.first), out_);
            return std::binary_search(targets.begin(), targets.end(), at(edge.second));
        });
    }

    /// The smallest list of neighbours that the vertex of a node must be in.
    [[nodiscard]] std::span<const std::uint32_t> candidates_for(std::size_t node) const {
        std::optional<std::span<const std::uint32_t>> best;
        for (const auto& [from, to] : shape_.edges) {
            if (std::max(from, to) != node || from == to) continue;
            const auto list = to == node ? targets_of(lies_on_[from], out_) : targets_of(lies_on_[to], in_);
            if (!best || list.size() < best->size()) best = list;
        }
        return *best;
    }

    void note() {
        for (std::size_t n = 0; n < shape_.nodes; ++n) table_.add({found_, static_cast<std::int64_t>(n), Vertex{lies_on_[n]}});
        ++found_;
    }

    const Shape& shape_;
    const CsrGraph& out_;
    CsrGraph in_;
    const std::int64_t most_;
    const CancelToken& cancel_;
    std::vector<std::uint32_t> lies_on_;
    Table table_;
    std::int64_t found_ = 0;
    std::uint64_t steps_ = 0;
};

Table subgraphs(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const Shape shape(parameters.find("pattern")->second.text);
    return Subgraphs(projection, shape, static_cast<std::int64_t>(number(parameters, "most")), run).find();
}

// --- places on a sheet --------------------------------------------------------------------------------------------

Table layout(const Projection& projection, const ParameterValues& parameters, const Run& run) {
    const auto most = static_cast<std::size_t>(number(parameters, "most"));
    if (projection.size() > most) {
        throw Error(ErrorCode::Query, "algo:layout is for small graphs: this one has " + std::to_string(projection.size()) +
                                          " nodes; raise the parameter most if you can wait");
    }
    run.cancel.check();
    Drawing drawing{std::vector<Point>(projection.size(), {1, 1}), {}};
    for_each_edge(projection.graph(), [&](std::uint32_t v, std::uint32_t w, double) {
        if (v != w) drawing.lines.push_back({v, w});
    });
    const auto middles = Layout(drawing, number(parameters, "aspect")).middles(number(parameters, "distance"));
    Table table(run.memory);
    for (std::uint32_t v = 0; v < middles.size(); ++v) table.add({Vertex{v}, middles[v].x, middles[v].y});
    return table;
}

}  // namespace

std::vector<AlgorithmRow> shape_algorithms() {
    return {
        {"steinerTree", {{"terminal", "a node to be joined; give several", Kind::Nodes}}, {"source", "target", "weight"},
         "edges * log(nodes)", {72, 112}, "a tree that joins the terminals, at most twice as heavy as the lightest; edges count in both directions",
         "Mehlhorn 1988", steiner_tree},
        {"subgraphs",
         {{"pattern", "edges of a small graph, as \"a b, b c, c a\"", Kind::Text}, {"most", "places to find at most", Kind::Number, 10000, 1, 1e9}},
         {"match", "place", "node"}, "nodes * degree ^ nodes of the pattern", {16, 12},
         "where the projection has the edges of a small graph, whose nodes count from 0 as they are named", "Ullmann 1976", subgraphs},
        {"layout",
         {{"distance", "between connected nodes, about", Kind::Number, 100, 1, 1e6}, {"aspect", "how many times as wide as high", Kind::Number, 1.5, 0.1, 10},
          {"most", "nodes that it may have", Kind::Number, 1500, 1, 1e5}},
         {"node", "x", "y"}, "nodes ^ 3", {400, 200}, "places on a sheet such that what is connected is near", "Kamada and Kawai 1989; Fruchterman and Reingold 1991", layout},
    };
}

}  // namespace tercet::graph

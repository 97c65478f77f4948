#pragma once

#include <algorithm>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/base/memory_budget.hpp"
#include "engine/graph/projection.hpp"

/// The algorithms of `CALL algo:name(...)`: a registry of rows, one per algorithm.
namespace tercet::graph {

/// A cell of an algorithm's answer: a vertex, a whole number, a real number, or nothing.
struct Vertex {
    std::uint32_t number;
    friend bool operator==(Vertex, Vertex) = default;
};
using Cell = std::variant<std::monostate, Vertex, std::int64_t, double>;

/// Rows whose columns are the algorithm's outputs in their order.
class Table {
public:
    Table() = default;  ///< without rows, for good
    explicit Table(MemoryBudget& memory) : held_(std::make_unique<MemoryShare>(memory, "the answer of an algorithm")) {}

    /// Throws Error (Memory), as reserve() does.
    void add(std::initializer_list<Cell> row) {
        width_ = row.size();
        if (cells_.size() + width_ > cells_.capacity()) make_room(std::max(2 * cells_.capacity(), cells_.size() + width_));
        cells_.insert(cells_.end(), row);
    }
    void reserve(std::size_t rows, std::size_t width) { make_room(rows * width); }
    [[nodiscard]] std::size_t rows() const noexcept { return width_ == 0 ? 0 : cells_.size() / width_; }
    [[nodiscard]] const Cell& at(std::size_t row, std::size_t column) const { return cells_[row * width_ + column]; }

private:
    void make_room(std::size_t cells) {
        held_->grow(cells * sizeof(Cell));  // beside the old cells, which are copied
        cells_.reserve(cells);
        held_->resize(cells_.capacity() * sizeof(Cell));
    }

    std::size_t width_ = 0;
    std::vector<Cell> cells_;
    std::unique_ptr<MemoryShare> held_;
};

/// A parameter is a number within limits, a text, or names a node of the projection; Nodes may be given again and again.
struct ParameterRow {
    std::string_view name;
    std::string_view meaning;
    enum class Kind { Number, Node, OptionalNode, Nodes, Text } kind = Kind::Number;
    double default_number = 0;
    double least = 0, most = 0;
};
struct ParameterValue {
    double number = 0;
    TermId term;                 ///< undefined: left out
    std::vector<TermId> terms{};  ///< of Nodes
    std::string text{};
};
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

/// What an algorithm runs under.
struct Run {
    const CancelToken& cancel;
    MemoryBudget& memory;  ///< of the query; the answer counts for it
};

struct AlgorithmRow {
    /// What it holds at once besides the projection and its answer, about.
    struct Arrays {
        std::size_t bytes_per_node, bytes_per_edge;
    };

    std::string_view name;
    std::vector<ParameterRow> parameters;
    std::vector<std::string_view> outputs;
    std::string_view complexity;
    Arrays arrays;
    std::string_view meaning;
    std::string_view source;
    /// Precondition: `parameters` has a value for every row of them, within its limits. Throws Error (Query) for a node
    /// that the projection does not hold, (Memory) for an answer that does not fit, and (Cancelled, Timeout).
    Table (*run)(const Projection& projection, const ParameterValues& parameters, const Run& run);
    [[nodiscard]] std::size_t bytes_for(const Projection& projection) const {
        return projection.size() * arrays.bytes_per_node + projection.edge_count() * arrays.bytes_per_edge;
    }
    bool of_empty = false;          ///< says something of a projection without edges, too
    bool names_projection = false;  ///< the parameter name is one by which later calls find the projection
};

/// All of them, sorted by name.
[[nodiscard]] std::span<const AlgorithmRow> algorithms();

/// The row of a name. Throws Error (Query) that lists the names there are.
[[nodiscard]] const AlgorithmRow& find_algorithm(std::string_view name);

// The rows by theme.
[[nodiscard]] std::vector<AlgorithmRow> ranking_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> structure_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> walking_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> centrality_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> community_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> cutting_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> finding_algorithms();
[[nodiscard]] std::vector<AlgorithmRow> shape_algorithms();

}  // namespace tercet::graph

#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/cancellation.hpp"
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
    void add(std::initializer_list<Cell> row) {
        width_ = row.size();
        cells_.insert(cells_.end(), row);
    }
    void reserve(std::size_t rows, std::size_t width) { cells_.reserve(rows * width); }
    [[nodiscard]] std::size_t rows() const noexcept { return width_ == 0 ? 0 : cells_.size() / width_; }
    [[nodiscard]] const Cell& at(std::size_t row, std::size_t column) const { return cells_[row * width_ + column]; }
    [[nodiscard]] std::size_t bytes() const noexcept { return cells_.capacity() * sizeof(Cell); }

private:
    std::size_t width_ = 0;
    std::vector<Cell> cells_;
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

struct AlgorithmRow {
    std::string_view name;
    std::vector<ParameterRow> parameters;
    std::vector<std::string_view> outputs;
    std::string_view complexity;
    std::string_view meaning;
    std::string_view source;
    /// Precondition: `parameters` has a value for every row of them, within its limits. Throws Error (Query) for a node
    /// that the projection does not hold, and (Cancelled, Timeout).
    Table (*run)(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel);
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

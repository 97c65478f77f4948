#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tercet/result.hpp"
#include "tercet/term.hpp"

namespace tercet {

/// What `CALL algo:NAME(...)` offers under a name.
struct AlgorithmInfo {
    std::string name;
    std::string parameters;  ///< with what they are by default, as "damping 0.85, iterations 200"
    std::string outputs;     ///< as "?node ?score"
    std::string meaning;
    std::string complexity;
    std::string source;      ///< who found it; may be empty
};
[[nodiscard]] std::vector<AlgorithmInfo> graph_algorithms();

/// A directed graph in numbers, made from the rows of an answer: for algorithms of your own.
///
/// The first column of the answer is the source of an edge, the second its target, the third, if there is one, its
/// weight (else 1). Vertices count from 0 in the order in which they appear; rows in which an end is unbound are left
/// out. With tercet/graph_bgl.hpp it is a graph of Boost.Graph. Immutable; keeps nothing of the answer.
class Graph {
public:
    using Vertex = std::uint32_t;
    struct Edge {
        Vertex target;
        double weight;
    };

    /// Reads the answer to its end. Throws Error (InvalidArgument) if it does not have two or three columns, and (Data)
    /// for a weight that is not a number.
    explicit Graph(Result result);
    Graph(Graph&&) noexcept;
    Graph& operator=(Graph&&) noexcept;
    ~Graph();

    [[nodiscard]] std::size_t vertex_count() const noexcept;
    [[nodiscard]] std::size_t edge_count() const noexcept;
    /// What a vertex stands for. Precondition: vertex < vertex_count(), as everywhere below.
    [[nodiscard]] const Term& term(Vertex vertex) const;
    /// The vertex of a term, if it is in the graph.
    [[nodiscard]] std::optional<Vertex> find(const Term& term) const;
    /// The edges that leave a vertex, in the order of the answer's rows.
    [[nodiscard]] std::span<const Edge> edges(Vertex vertex) const;

private:
    struct Implementation;
    std::unique_ptr<const Implementation> implementation_;
};

}  // namespace tercet

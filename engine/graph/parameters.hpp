#pragma once

#include <algorithm>
#include <optional>
#include <ranges>

#include "engine/graph/algorithms.hpp"
#include "tercet/error.hpp"
#include "tercet/term.hpp"

namespace tercet::graph {

[[nodiscard]] inline double number(const ParameterValues& parameters, std::string_view name) {
    return parameters.find(name)->second.number;
}

/// The vertex of what a parameter names.
[[nodiscard]] inline std::uint32_t vertex_of(const Projection& projection, TermId term, std::string_view parameter) {
    const auto vertex = projection.vertex(term);
    if (!vertex)
        throw Error(ErrorCode::Query,
                    "the parameter " + std::string(parameter) + " names a node that no edge of the projection touches");
    return *vertex;
}

/// The vertex that a parameter names; nothing if it was left out.
[[nodiscard]] inline std::optional<std::uint32_t> named_vertex(const Projection& projection,
                                                               const ParameterValues& parameters,
                                                               std::string_view name) {
    const TermId term = parameters.find(name)->second.term;
    return term.is_defined() ? std::optional(vertex_of(projection, term, name)) : std::nullopt;
}

/// The distinct vertices that a parameter names, ascending.
[[nodiscard]] inline std::vector<std::uint32_t> named_vertices(const Projection& projection,
                                                               const ParameterValues& parameters,
                                                               std::string_view name) {
    std::vector<std::uint32_t> vertices;
    for (const TermId term : parameters.find(name)->second.terms) vertices.push_back(vertex_of(projection, term, name));
    std::sort(vertices.begin(), vertices.end());
    vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
    return vertices;
}

/// The one vertex, or without one all of them.
[[nodiscard]] inline auto chosen_vertices(const Projection& projection, std::optional<std::uint32_t> only) {
    return std::views::iota(only.value_or(0), only ? *only + 1 : static_cast<std::uint32_t>(projection.size()));
}

/// A row of (vertex, value) for each vertex.
template <typename Values>
[[nodiscard]] Table table_of(const Values& values, MemoryBudget& memory) {
    Table table(memory);
    table.reserve(values.size(), 2);
    for (std::uint32_t v = 0; v < values.size(); ++v) table.add({Vertex{v}, values[v]});
    return table;
}

}  // namespace tercet::graph

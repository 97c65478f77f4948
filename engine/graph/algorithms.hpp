#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/cancellation.hpp"
#include "engine/graph/projection.hpp"

namespace tercet::graph {

/// A cell of an algorithm's answer: a vertex, a whole number, a real number, or nothing.
struct Vertex {
    std::uint32_t number;
};
using Cell = std::variant<std::monostate, Vertex, std::int64_t, double>;

/// Columns in the order of the algorithm's outputs, row by row.
using Table = std::vector<std::vector<Cell>>;

/// Parameters by name: numbers, or terms for those that name a vertex.
struct ParameterValue {
    double number = 0;
    TermId term;
};
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

struct ParameterRow {
    std::string_view name;
    bool is_vertex;
    std::optional<double> default_number;  ///< none: must be given, unless it is a vertex that may be left out
    bool required;
};

/// One algorithm of `CALL algo:name(...)`.
struct AlgorithmRow {
    std::string_view name;
    std::vector<ParameterRow> parameters;
    std::vector<std::string_view> outputs;
    std::string_view complexity;
    std::string_view source;
    Table (*run)(const Projection& projection, const ParameterValues& parameters, const CancelToken& cancel);
};

[[nodiscard]] std::span<const AlgorithmRow> algorithms();

/// The row of a name. Throws Error (Query) that lists the names there are.
[[nodiscard]] const AlgorithmRow& find_algorithm(std::string_view name);

}  // namespace tercet::graph

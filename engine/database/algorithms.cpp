#include "engine/graph/algorithms.hpp"

#include <array>
#include <charconv>

#include "tercet/graph.hpp"

namespace tercet {
namespace {

std::string described(const graph::ParameterRow& row) {
    using Kind = graph::ParameterRow::Kind;
    const std::string name(row.name);
    if (row.kind == Kind::Node) return name + " NODE";
    if (row.kind == Kind::OptionalNode) return '[' + name + " NODE]";
    if (row.kind == Kind::Nodes) return name + " NODE ...";
    if (row.kind == Kind::Text) return name + " TEXT";
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), row.default_number).ptr;
    return name + ' ' + std::string(text.data(), end);
}

}  // namespace

std::vector<AlgorithmInfo> graph_algorithms() {
    std::vector<AlgorithmInfo> found;
    for (const graph::AlgorithmRow& row : graph::algorithms()) {
        AlgorithmInfo info{std::string(row.name), {}, {}, std::string(row.meaning), std::string(row.complexity), std::string(row.source)};
        for (const auto& parameter : row.parameters) info.parameters += (info.parameters.empty() ? "" : ", ") + described(parameter);
        for (const auto& output : row.outputs) info.outputs += (info.outputs.empty() ? "?" : " ?") + std::string(output);
        found.push_back(std::move(info));
    }
    return found;
}

}  // namespace tercet

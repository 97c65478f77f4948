#include "parser/sparql/update_builder.hpp"

#include <memory>

namespace tercet::sparql {
namespace {

bool is_same_graph(const VarOrIri& a, const VarOrIri& b) {
    if (a.index() != b.index()) return false;
    if (const auto* variable = std::get_if<Variable>(&a)) return variable->name == std::get<Variable>(b).name;
    return std::get<Constant>(a).term == std::get<Constant>(b).term;
}

bool is_same_graph(const std::optional<VarOrIri>& a, const std::optional<VarOrIri>& b) {
    return a && b ? is_same_graph(*a, *b) : !a && !b;
}

}  // namespace

GroupPtr as_pattern(const std::vector<QuadPattern>& quads, Position position) {
    auto group = std::make_shared<GroupGraphPattern>();
    group->position = position;
    for (std::size_t i = 0; i < quads.size();) {
        TriplesBlock block;
        const std::optional<VarOrIri>& graph = quads[i].graph;
        for (; i < quads.size() && is_same_graph(quads[i].graph, graph); ++i) block.triples.push_back(quads[i].triple);
        if (!graph) {
            group->elements.emplace_back(std::move(block));
            continue;
        }
        auto inner = std::make_shared<GroupGraphPattern>();
        inner->position = position;
        inner->elements.emplace_back(std::move(block));
        group->elements.emplace_back(GraphGraphPattern{*graph, std::move(inner)});
    }
    return group;
}

}  // namespace tercet::sparql

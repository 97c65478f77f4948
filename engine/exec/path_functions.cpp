#include <algorithm>
#include <array>

#include "engine/exec/functions.hpp"
#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

const TermPool::PathValue* path_of(FunctionContext& context, const Value& value) {
    const TermId* id = std::get_if<TermId>(&value);
    if (id == nullptr || id->tag() != TermTag::Path) return nullptr;
    const auto& path = context.reader.pool().path(*id);
    return path.is_list ? nullptr : &path;
}

Value length(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    return path != nullptr ? Value(Numeric::integer(path->edges.size())) : Value{};
}

Value cost(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    return path != nullptr ? Value(Numeric::floating(path->cost)) : Value{};
}

/// The nodes in the order of the walk, as a list.
Value nodes(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    if (path == nullptr) return {};
    std::pmr::vector<TermId> nodes{path->start};
    for (std::size_t i = 0; i < path->edges.size(); ++i) nodes.push_back(path->edges[i][path->forward[i] ? 2 : 0]);
    return context.reader.pool().intern_list(std::move(nodes));
}

/// The triples in the order of the walk, as a list of triple terms.
Value edges(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    if (path == nullptr) return {};
    std::pmr::vector<TermId> edges;
    for (const auto& edge : path->edges) edges.push_back(context.reader.pool().intern_triple(edge));
    return context.reader.pool().intern_list(std::move(edges));
}

Value start(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    return path != nullptr ? Value(path->start) : Value{};
}

Value end(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    if (path == nullptr) return {};
    if (path->edges.empty()) return path->start;
    return path->edges.back()[path->forward.back() ? 2 : 0];
}

/// Whether the walk passes a node or a triple.
Value contains(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    if (path == nullptr) return {};
    const TermId wanted = context.reader.id(a[1]);
    if (wanted.tag() == TermTag::TripleTerm) {
        const auto triple = context.reader.pool().triple(wanted);
        return std::find(path->edges.begin(), path->edges.end(), triple) != path->edges.end();
    }
    return path->start == wanted || std::any_of(path->edges.begin(), path->edges.end(), [&](const auto& edge) {
               return edge[0] == wanted || edge[2] == wanted;
           });
}

constexpr std::array kRows{
    FunctionRow{"urn:tercet:path:length", 1, 1, length},
    FunctionRow{"urn:tercet:path:cost", 1, 1, cost},
    FunctionRow{"urn:tercet:path:nodes", 1, 1, nodes},
    FunctionRow{"urn:tercet:path:edges", 1, 1, edges},
    FunctionRow{"urn:tercet:path:start", 1, 1, start},
    FunctionRow{"urn:tercet:path:end", 1, 1, end},
    FunctionRow{"urn:tercet:path:contains", 2, 2, contains},
};
static_assert(std::string_view("urn:tercet:path:length").starts_with(vocabulary::kPaths));

}  // namespace

std::span<const FunctionRow> path_functions() { return kRows; }

}  // namespace tercet::exec

#include <array>

#include "engine/exec/functions.hpp"
#include "engine/model/vocabulary.hpp"

namespace tercet::exec {
namespace {

const TermPool::PathValue* path_of(FunctionContext& context, const Value& value) {
    const TermId* id = std::get_if<TermId>(&value);
    return id != nullptr && id->tag() == TermTag::Path ? &context.reader.pool().path(*id) : nullptr;
}

Value length(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    return path != nullptr ? Value(Numeric::integer(path->edges.size())) : Value{};
}

Value cost(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    return path != nullptr ? Value(Numeric::floating(path->cost)) : Value{};
}

/// The nodes in the order of the walk, as text with a blank between them.
Value nodes(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    if (path == nullptr) return {};
    std::string text = context.reader.term(path->start).to_string();
    for (std::size_t i = 0; i < path->edges.size(); ++i) {
        text += ' ' + context.reader.term(path->edges[i][path->forward[i] ? 2 : 0]).to_string();
    }
    return Text{std::move(text), {}, {}};
}

/// The triples in the order of the walk, as text with a blank between them.
Value edges(FunctionContext& context, Arguments a) {
    const auto* path = path_of(context, a[0]);
    if (path == nullptr) return {};
    std::string text;
    for (const auto& [s, p, o] : path->edges) {
        text += (text.empty() ? "<<( " : " <<( ") + context.reader.term(s).to_string() + ' ' +
                context.reader.term(p).to_string() + ' ' + context.reader.term(o).to_string() + " )>>";
    }
    return Text{std::move(text), {}, {}};
}

constexpr std::array kRows{
    FunctionRow{"urn:tercet:path:length", 1, 1, length},
    FunctionRow{"urn:tercet:path:cost", 1, 1, cost},
    FunctionRow{"urn:tercet:path:nodes", 1, 1, nodes},
    FunctionRow{"urn:tercet:path:edges", 1, 1, edges},
};
static_assert(std::string_view("urn:tercet:path:length").starts_with(vocabulary::kPaths));

}  // namespace

std::span<const FunctionRow> path_functions() { return kRows; }

}  // namespace tercet::exec

#include <algorithm>
#include <optional>

#include "engine/algebra/rewrite.hpp"
#include "engine/plan/passes.hpp"

namespace tercet::plan {
namespace {

using algebra::NodePtr;

const algebra::Bgp* counted_pattern(const algebra::Group& group) {
    if (!group.keys.empty() || group.aggregates.size() != 1) return nullptr;
    const algebra::Aggregate& count = group.aggregates.front();
    if (count.name != "COUNT" || count.distinct || count.argument) return nullptr;
    const auto* bgp = std::get_if<algebra::Bgp>(&group.input->node);
    const bool one = bgp != nullptr && bgp->triples.size() == 1 && std::holds_alternative<algebra::DefaultGraph>(bgp->graph);
    return one ? bgp : nullptr;
}

/// How many quads of the default graph match, where the statistics are exact: all of them, or all of one predicate in a store
/// without named graphs.
std::optional<std::uint64_t> known_count(const algebra::TriplePattern& triple, PassContext& context) {
    const auto* s = std::get_if<algebra::Var>(&triple.subject);
    const auto* o = std::get_if<algebra::Var>(&triple.object);
    if (s == nullptr || o == nullptr || *s == *o) return std::nullopt;
    const QuadSource& source = context.pool.source();
    if (const auto* p = std::get_if<algebra::Var>(&triple.predicate)) {
        if (*p == *s || *p == *o) return std::nullopt;
        return source.statistics().default_graph_quads;
    }
    const Term* predicate = std::get_if<Term>(&triple.predicate);
    if (predicate == nullptr || !source.graphs().empty()) return std::nullopt;
    return source.predicate_statistics(context.pool.intern(*predicate)).triples;
}

}  // namespace

algebra::NodePtr count_from_statistics(const algebra::NodePtr& node, PassContext& context) {
    algebra::NodePtr made = algebra::with_inputs(node, [&](const algebra::NodePtr& input) { return count_from_statistics(input, context); });
    const auto* group = std::get_if<algebra::Group>(&made->node);
    const algebra::Bgp* bgp = group == nullptr || context.has_dataset ? nullptr : counted_pattern(*group);
    const auto count = bgp == nullptr ? std::nullopt : known_count(bgp->triples.front(), context);
    if (!count) return made;
    return algebra::make_node(algebra::Values{{group->aggregates.front().output}, {{Term::integer(static_cast<std::int64_t>(*count))}}});
}

}  // namespace tercet::plan

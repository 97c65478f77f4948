#include <algorithm>
#include <optional>

#include "engine/algebra/rewrite.hpp"
#include "engine/model/index_choice.hpp"
#include "engine/plan/passes.hpp"

namespace tercet::plan {
namespace {

/// A triple pattern as one of quads, and the variables in its places.
struct Counted {
    QuadPattern pattern{{TermId::any(), TermId::any(), TermId::any(), TermId{}}};
    std::vector<algebra::VariableId> variables;
    bool in_named_graphs = false;  ///< GRAPH ?g: the pattern's graph is any but the default graph

    [[nodiscard]] bool binds(algebra::VariableId variable) const {
        return std::find(variables.begin(), variables.end(), variable) != variables.end();
    }
    /// False for what is no constant and no variable of its own.
    bool put(std::size_t slot, const algebra::PatternTerm& term, TermPool& pool) {
        if (const auto* constant = std::get_if<Term>(&term)) {
            pattern.slot[slot] = pool.intern(*constant);
            return true;
        }
        const auto* variable = std::get_if<algebra::Var>(&term);
        if (variable == nullptr || binds(variable->id)) return false;
        variables.push_back(variable->id);
        return true;
    }
    /// False also for the graph of an EachGraph around, which is hidden and one at a time.
    bool put_graph(const algebra::GraphRef& graph, PassContext& context) {
        if (std::holds_alternative<algebra::DefaultGraph>(graph)) return true;
        pattern.slot[3] = TermId::any();
        if (const auto* constant = std::get_if<Term>(&graph)) return put(3, *constant, context.pool);
        const auto variable = std::get<algebra::Var>(graph);
        in_named_graphs = true;
        return !context.variables.is_hidden(variable.id) && put(3, variable, context.pool);
    }
};

std::optional<Counted> counted_pattern(const algebra::Bgp& bgp, PassContext& context) {
    if (bgp.triples.size() != 1) return std::nullopt;
    const algebra::TriplePattern& triple = bgp.triples.front();
    TermPool& pool = context.pool;
    Counted counted;
    const bool is_simple = counted.put(0, triple.subject, pool) && counted.put(1, triple.predicate, pool) &&
                           counted.put(2, triple.object, pool) && counted.put_graph(bgp.graph, context);
    return is_simple ? std::optional(counted) : std::nullopt;
}

/// COUNT(*), or COUNT of a variable that every row binds.
bool counts_rows(const algebra::Aggregate& aggregate, const Counted& counted) {
    if (aggregate.name != "COUNT" || aggregate.distinct) return false;
    if (!aggregate.argument) return true;
    const auto* variable = std::get_if<algebra::Var>(&aggregate.argument->node);
    return variable != nullptr && counted.binds(variable->id);
}

std::optional<std::uint64_t> quick_count(const QuadSource& source, const Counted& counted) {
    if (!is_counted_quickly(counted.pattern)) return std::nullopt;
    const std::uint64_t all = source.count(counted.pattern);
    if (!counted.in_named_graphs) return all;
    QuadPattern in_default_graph = counted.pattern;
    in_default_graph.slot[3] = TermId{};
    return all - source.count(in_default_graph);
}

/// The number of rows that a group without keys counts, if that is all it does and counting needs no scan.
std::optional<std::uint64_t> known_count(const algebra::Group& group, PassContext& context) {
    const auto* bgp = std::get_if<algebra::Bgp>(&group.input->node);
    if (bgp == nullptr || !group.keys.empty() || group.aggregates.size() != 1) return std::nullopt;
    const auto counted = counted_pattern(*bgp, context);
    if (!counted || !counts_rows(group.aggregates.front(), *counted)) return std::nullopt;
    return quick_count(context.pool.source(), *counted);
}

}  // namespace

algebra::NodePtr count_from_statistics(const algebra::NodePtr& node, PassContext& context) {
    algebra::NodePtr made = algebra::with_inputs(node, [&](const algebra::NodePtr& input) { return count_from_statistics(input, context); });
    const auto* group = std::get_if<algebra::Group>(&made->node);
    if (group == nullptr || context.has_dataset) return made;
    const auto count = known_count(*group, context);
    if (!count) return made;
    return algebra::make_node(algebra::Values{{group->aggregates.front().output}, {{Term::integer(static_cast<std::int64_t>(*count))}}});
}

}  // namespace tercet::plan

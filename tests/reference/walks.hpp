#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/reference/evaluator.hpp"

namespace tercet::reference {

/// A walk from a node that is known.
struct FoundWalk {
    Term end;
    std::string text;  ///< its triples in order, which tell it from others with this start
    std::size_t length = 0;
    double cost = 0;
};
struct FoundWalks {
    std::vector<FoundWalk> walks;  ///< of up to `looked` steps
    std::size_t looked = 0;
    bool complete = true;  ///< there are no longer ones
};

/// The walks that a path search asks for, found by trying every step from every node. It knows the path as the syntax
/// tree alone, and nothing of automata.
class Walker {
public:
    /// `everything`: all graphs, for reifiers are told by what any graph says.
    Walker(Evaluator& evaluator, const sparql::PathSearch& search, const Graph& graph, const Graph& everything);

    [[nodiscard]] const std::vector<Term>& nodes() const noexcept { return nodes_; }
    [[nodiscard]] FoundWalks walks(const Term& start);
    /// What a step costs at least.
    [[nodiscard]] double least_cost() const noexcept { return least_cost_; }

    /// The walk along these triples; nothing if the search does not ask for it.
    [[nodiscard]] std::optional<FoundWalk> replayed(const Term& start, const std::vector<Triple>& triples) const;

private:
    using Number = std::uint32_t;
    struct Edge {
        Number from, to;
        Triple triple;
        double cost;
        bool is_relation;
    };
    struct Walk {
        std::vector<Number> nodes;
        std::vector<const Edge*> edges;
    };
    /// Places in a walk, one bit each.
    using Places = std::uint64_t;
    static constexpr std::size_t kMostSteps = 60;

    Number number_of(const Term& node);
    [[nodiscard]] std::optional<Number> known(const Term& node) const;
    [[nodiscard]] std::vector<Walk> continued(const Walk& walk) const;
    [[nodiscard]] bool keeps_to_mode(const Walk& walk) const;
    [[nodiscard]] bool is_over(const Walk& walk) const;
    [[nodiscard]] bool matches(const Walk& walk) const;
    [[nodiscard]] Places after(const sparql::Path& path, Places places, const Walk& walk, bool inverted) const;
    [[nodiscard]] FoundWalk found(const Walk& walk) const;

    const sparql::PathSearch& search_;
    std::vector<Term> nodes_;  ///< of the graph
    std::vector<Term> terms_;  ///< those, and starts that are not in it
    std::vector<Edge> edges_;
    double least_cost_;
};

/// The most steps that a path takes; nothing if there is no most.
[[nodiscard]] std::optional<std::size_t> most_steps(const sparql::Path& path);

}  // namespace tercet::reference

#pragma once

#include <vector>

#include "engine/plan/join_order.hpp"

/// What both ways to order joins are made of.
namespace tercet::plan {

/// Of one index lookup, in rows that are scanned.
inline constexpr double kLookupCost = 12;
/// Of a row that is put into a table or looked up there.
inline constexpr double kHashCost = 1.5;
/// Of the rows that a filter lets through, knowing nothing of it.
inline constexpr double kFilterShare = 0.3;

/// Whether a slot is a constant or a variable of the list.
[[nodiscard]] bool is_bound(const Slot& slot, const VariableList& bound);

/// Row counts from the statistics of the store.
class JoinEstimates {
public:
    explicit JoinEstimates(const QuadSource& source) : source_(source) {}

    [[nodiscard]] double rows(const PatternItem& item) const;
    /// How many different terms a place of the pattern has.
    [[nodiscard]] double distinct(const PatternItem& item, std::size_t place, double rows) const;
    /// Matches for one row that gives the variables in `bound`.
    [[nodiscard]] double rows_per_lookup(const PatternItem& item, const VariableList& bound) const;

private:
    const QuadSource& source_;
};

/// The variables by which a scan of the pattern may ascend without reading more than it must.
[[nodiscard]] VariableList possible_orders(const PatternItem& item);
/// Ascending by `first` if that is one of them.
[[nodiscard]] NodePtr scan_of(const PatternItem& item, VariableId first, const JoinEstimates& estimates);

/// Filters that wait for their variables.
class WaitingFilters {
public:
    explicit WaitingFilters(std::vector<ExpressionPtr> filters);

    /// Puts those whose variables are all bound around the node; `all`: those that are left, too.
    [[nodiscard]] NodePtr apply(NodePtr node, bool all);
    /// The share of rows that the filters let through which need only these variables.
    [[nodiscard]] double share(const VariableList& bound) const;

private:
    struct Waiting {
        ExpressionPtr condition;
        VariableList needs;
        bool at_end = false;  ///< EXISTS, and what looks at no variable
    };
    [[nodiscard]] static bool is_ready(const Waiting& filter, const VariableList& bound);

    std::vector<Waiting> waiting_;
};

/// The best order by search; the group has patterns, plans and filters only, and all of it is connected by variables.
[[nodiscard]] NodePtr search_joins(JoinGroup group, const QuadSource& source);
/// A good order, one step after the other.
[[nodiscard]] NodePtr join_greedily(JoinGroup group, TermPool& pool);

}  // namespace tercet::plan

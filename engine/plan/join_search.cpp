#include <algorithm>
#include <bit>
#include <map>

#include "engine/plan/join_parts.hpp"

namespace tercet::plan {
namespace {

/// A set of leaves, one bit each.
using LeafSet = std::uint32_t;

/// Up to so many leaves both sides of a join may be joins; with more, one side is a leaf.
constexpr std::size_t kBushyLeaves = 7;
/// Parts without a common variable are joined early only if their product is as small as this.
constexpr double kSmallProduct = 64;
constexpr double kLeastRows = 0.01;

enum class Method { Leaf, Lookup, Merge, Hash };

/// One way to join a set of leaves, and the ways to join its two sides.
struct Choice {
    double cost = 0;
    VariableId sorted = kNoVariable;  ///< rows ascend by it first
    Method method = Method::Leaf;
    LeafSet left = 0, right = 0;
    VariableId left_sorted = kNoVariable, right_sorted = kNoVariable;
};

struct Leaf {
    const PatternItem* pattern = nullptr;  ///< null: a plan
    std::size_t plan = 0;
    VariableList variables, certain;
    double rows = 0;
    std::map<VariableId, double> distinct;
};

/// What is known of a set of leaves, however they are joined.
struct SetFacts {
    bool reachable = false;
    double rows = 0;
    VariableList variables, certain;
    std::map<VariableId, Choice> choices;  ///< the cheapest for each order; kNoVariable: whatever the order
};

/// Dynamic programming over the sets of leaves (Selinger et al., 1979), keeping the cheapest way for every interesting order.
class JoinSearch {
public:
    JoinSearch(JoinGroup group, const QuadSource& source)
        : group_(std::move(group)), estimates_(source), filters_(std::move(group_.filters)) {
        for (const PatternItem& item : group_.patterns) add_pattern(item);
        for (std::size_t i = 0; i < group_.plans.size(); ++i) add_plan(i);
    }

    NodePtr run() {
        if (leaves_.empty()) return filters_.apply(make_unit(), true);
        facts_.resize(std::size_t{1} << leaves_.size());
        for (LeafSet set = 1; set < facts_.size(); ++set) search(set);
        const auto all = static_cast<LeafSet>(facts_.size() - 1);
        return filters_.apply(build(all, cheapest(all).sorted), true);
    }

private:
    // --- leaves -----------------------------------------------------------------------------------------------------

    void add_pattern(const PatternItem& item) {
        Leaf leaf;
        leaf.pattern = &item;
        leaf.variables = leaf.certain = variables_of(item.slots);
        const double rows = estimates_.rows(item);
        for (std::size_t i = 0; i < 4; ++i) {
            const VariableId variable = item.slots[i].variable;
            if (variable != kNoVariable) leaf.distinct.try_emplace(variable, estimates_.distinct(item, i, rows));
        }
        leaf.rows = rows * filters_.share(leaf.certain);
        leaves_.push_back(std::move(leaf));
    }
    void add_plan(std::size_t i) {
        const Node& node = *group_.plans[i];
        Leaf leaf;
        leaf.plan = i;
        leaf.variables = node.variables;
        leaf.certain = certain(node);
        leaf.rows = node.estimated_rows * filters_.share(leaf.certain);
        for (const VariableId variable : leaf.variables) leaf.distinct[variable] = std::max(1.0, node.estimated_rows);
        leaves_.push_back(std::move(leaf));
    }

    // --- sets -------------------------------------------------------------------------------------------------------

    void search(LeafSet set) {
        SetFacts& facts = facts_[set];
        describe(set, facts);
        if (std::has_single_bit(set)) {
            start(set, facts);
            return;
        }
        const bool bushy = leaves_.size() <= kBushyLeaves;
        for (LeafSet left = (set - 1) & set; left != 0; left = (left - 1) & set) {
            const LeafSet right = set ^ left;
            if (!bushy && !std::has_single_bit(left) && !std::has_single_bit(right)) continue;
            if (facts_[left].reachable && facts_[right].reachable) combine(left, right, facts);
        }
        facts.reachable = !facts.choices.empty();
    }

    /// Rows as if values were spread evenly: of the different values of a variable, those of the side with fewest find partners.
    void describe(LeafSet set, SetFacts& facts) const {
        double rows = 1;
        std::map<VariableId, std::vector<double>> distinct;
        for (std::size_t i = 0; i < leaves_.size(); ++i) {
            if ((set >> i & 1U) == 0) continue;
            const Leaf& leaf = leaves_[i];
            rows *= leaf.rows;
            facts.variables = merged(facts.variables, leaf.variables);
            facts.certain = merged(facts.certain, leaf.certain);
            for (const auto& [variable, count] : leaf.distinct) distinct[variable].push_back(count);
        }
        for (auto& [variable, counts] : distinct) {
            std::sort(counts.begin(), counts.end());
            for (std::size_t i = 1; i < counts.size(); ++i) rows /= counts[i];
        }
        if (!std::has_single_bit(set)) rows *= new_filters_share(set, facts.certain);
        facts.rows = std::max(kLeastRows, rows);
    }
    /// Filters that no leaf alone decides.
    double new_filters_share(LeafSet set, const VariableList& bound) const {
        double share = filters_.share(bound);
        for (std::size_t i = 0; i < leaves_.size(); ++i) {
            if ((set >> i & 1U) != 0) share /= filters_.share(leaves_[i].certain);
        }
        return std::min(1.0, share);
    }

    void start(LeafSet set, SetFacts& facts) {
        const Leaf& leaf = leaves_[static_cast<std::size_t>(std::countr_zero(set))];
        facts.reachable = true;
        if (leaf.pattern == nullptr) {
            const Node& node = *group_.plans[leaf.plan];
            keep(facts, {node.cost, node.sorted_by.empty() ? kNoVariable : node.sorted_by.front()});
            return;
        }
        keep(facts, {estimates_.rows(*leaf.pattern)});
        for (const VariableId order : possible_orders(*leaf.pattern)) keep(facts, {estimates_.rows(*leaf.pattern), order});
    }

    static void keep(SetFacts& facts, const Choice& choice) {
        const auto better = [&](VariableId order) {
            const auto [known, is_new] = facts.choices.try_emplace(order, choice);
            if (!is_new && choice.cost < known->second.cost) known->second = choice;
        };
        better(kNoVariable);
        if (choice.sorted != kNoVariable) better(choice.sorted);
    }

    // --- joins ------------------------------------------------------------------------------------------------------

    void combine(LeafSet left, LeafSet right, SetFacts& facts) {
        const SetFacts &l = facts_[left], &r = facts_[right];
        const VariableList shared = common(l.variables, r.variables);
        if (shared.empty() && l.rows * r.rows > kSmallProduct) return;
        const bool sure = common(shared, l.certain).size() == shared.size() && common(shared, r.certain).size() == shared.size();
        for (const auto& [order, choice] : l.choices) {
            const VariableId kept = contains(l.certain, choice.sorted) ? choice.sorted : kNoVariable;
            if (!shared.empty() && sure) {
                consider_lookup(left, right, order, facts);
                consider_merge(left, right, order, shared, facts);
            }
            const double cost = choice.cost + cheapest(right).cost + kHashCost * (l.rows + 2 * r.rows) + facts.rows;
            keep(facts, {cost, kept, Method::Hash, left, right, order, kNoVariable});
        }
    }
    void consider_lookup(LeafSet left, LeafSet right, VariableId order, SetFacts& facts) const {
        if (!std::has_single_bit(right) || leaves_[static_cast<std::size_t>(std::countr_zero(right))].pattern == nullptr) return;
        const Choice& choice = facts_[left].choices.at(order);
        keep(facts, {choice.cost + facts_[left].rows * kLookupCost + facts.rows, choice.sorted, Method::Lookup, left, right, order, kNoVariable});
    }
    void consider_merge(LeafSet left, LeafSet right, VariableId order, const VariableList& shared, SetFacts& facts) const {
        if (order == kNoVariable || !contains(shared, order)) return;
        const auto partner = facts_[right].choices.find(order);
        if (partner == facts_[right].choices.end()) return;
        const double cost = read_cost(left, order, facts_[right].rows) + read_cost(right, order, facts_[left].rows) + facts.rows;
        keep(facts, {cost, order, Method::Merge, left, right, order, order});
    }
    /// A scan is skipped through where the other side has fewer rows.
    double read_cost(LeafSet set, VariableId order, double partner_rows) const {
        const double cost = facts_[set].choices.at(order).cost;
        const bool is_scan = std::has_single_bit(set) && leaves_[static_cast<std::size_t>(std::countr_zero(set))].pattern != nullptr;
        return is_scan ? std::min(cost, partner_rows * kLookupCost) : cost;
    }

    // --- the outcome ------------------------------------------------------------------------------------------------

    [[nodiscard]] const Choice& cheapest(LeafSet set) const { return facts_[set].choices.at(kNoVariable); }

    NodePtr build(LeafSet set, VariableId order) {
        const Choice choice = facts_[set].choices.at(order);
        return filters_.apply(join(set, choice, order), false);
    }
    NodePtr join(LeafSet set, const Choice& choice, VariableId order) {
        const double rows = facts_[set].rows;
        if (choice.method == Method::Leaf) {
            const Leaf& leaf = leaves_[static_cast<std::size_t>(std::countr_zero(set))];
            return leaf.pattern == nullptr ? std::move(group_.plans[leaf.plan]) : scan_of(*leaf.pattern, order, estimates_);
        }
        NodePtr left = build(choice.left, choice.left_sorted);
        if (choice.method == Method::Lookup) {
            const PatternItem& item = *leaves_[static_cast<std::size_t>(std::countr_zero(choice.right))].pattern;
            return make_lookup_join(std::move(left), item.slots, item.graphs, rows);
        }
        NodePtr right = build(choice.right, choice.right_sorted);
        const auto ascends = [&](const Node& node) { return !node.sorted_by.empty() && node.sorted_by.front() == choice.sorted; };
        if (choice.method == Method::Merge && ascends(*left) && ascends(*right)) {
            return make_merge_join(std::move(left), std::move(right), choice.sorted, rows);
        }
        return make_hash_join(std::move(left), std::move(right), rows);
    }

    JoinGroup group_;
    JoinEstimates estimates_;
    WaitingFilters filters_;
    std::vector<Leaf> leaves_;
    std::vector<SetFacts> facts_;  ///< by set
};

}  // namespace

NodePtr search_joins(JoinGroup group, const QuadSource& source) { return JoinSearch(std::move(group), source).run(); }

}  // namespace tercet::plan

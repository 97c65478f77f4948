#include <algorithm>

#include "engine/plan/join_parts.hpp"

namespace tercet::plan {
namespace {

/// Joins from the smallest part, always to the connected part with the smallest outcome. Triple terms are put together as soon as
/// their parts are bound, and paths walked as soon as they have a start.
class GreedyJoins {
public:
    GreedyJoins(JoinGroup group, TermPool& pool)
        : group_(std::move(group)), pool_(pool), estimates_(pool.source()), filters_(std::move(group_.filters)) {}

    NodePtr run() {
        std::sort(group_.plans.begin(), group_.plans.end(), [](const NodePtr& a, const NodePtr& b) { return a->estimated_rows < b->estimated_rows; });
        while (!group_.patterns.empty() || !group_.plans.empty() || !group_.steps.empty()) advance();
        if (!plan_) plan_ = make_unit();
        return filters_.apply(std::move(plan_), true);
    }

private:
    void advance() {
        if (plan_ && apply_step(false)) return;
        const std::optional<std::size_t> next_plan = best_plan();
        const std::optional<std::size_t> next_pattern = best_pattern();
        if (!next_plan && !next_pattern) {
            apply_step(true);
        } else if (next_plan && (!next_pattern || prefers_plan(*next_plan, *next_pattern))) {
            take_plan(*next_plan);
        } else {
            take_pattern(*next_pattern);
        }
        apply_filters();
    }

    [[nodiscard]] bool connected(const VariableList& variables) const { return plan_ && !common(plan_->variables, variables).empty(); }

    // --- choices ----------------------------------------------------------------------------------------------------

    [[nodiscard]] std::optional<std::size_t> best_plan() const {
        std::optional<std::size_t> best;
        for (std::size_t i = 0; i < group_.plans.size(); ++i) {
            if (!best || (connected(group_.plans[i]->variables) && !connected(group_.plans[*best]->variables))) best = i;
        }
        return best;
    }

    [[nodiscard]] std::optional<std::size_t> best_pattern() const {
        std::optional<std::size_t> best;
        bool best_connected = false;
        double best_rows = 0;
        const VariableList bound = plan_ ? bound_variables() : VariableList{};
        for (std::size_t i = 0; i < group_.patterns.size(); ++i) {
            const PatternItem& item = group_.patterns[i];
            const bool is_connected = !plan_ || !common(bound, variables_of(item.slots)).empty();
            double rows = plan_ ? plan_->estimated_rows * estimates_.rows_per_lookup(item, bound) : estimates_.rows(item);
            if (waits_for_triple_term(item, bound)) rows *= 1000;  // better once its parts are known
            if (best && (best_connected && !is_connected)) continue;
            if (best && best_connected == is_connected && rows >= best_rows) continue;
            best = i;
            best_connected = is_connected;
            best_rows = rows;
        }
        return best;
    }

    [[nodiscard]] bool waits_for_triple_term(const PatternItem& item, const VariableList& bound) const {
        return std::any_of(group_.triple_terms.begin(), group_.triple_terms.end(), [&](const TripleTermItem& term) {
            return contains(variables_of(item.slots), term.whole) && !contains(bound, term.whole);
        });
    }

    /// What the plan binds, and triple terms that can be put together from it.
    [[nodiscard]] VariableList bound_variables() const {
        VariableList bound = certain(*plan_);
        for (const TripleTermItem& term : group_.triple_terms) {
            const bool ready = std::all_of(term.parts.begin(), term.parts.end(), [&](const Slot& part) { return is_bound(part, bound); });
            if (ready) add_to(bound, term.whole);
        }
        return bound;
    }

    [[nodiscard]] bool prefers_plan(std::size_t plan, std::size_t pattern) const {
        const Node& candidate = *group_.plans[plan];
        const PatternItem& item = group_.patterns[pattern];
        if (!plan_) return candidate.estimated_rows <= estimates_.rows(item);
        const bool plan_connected = connected(candidate.variables), pattern_connected = connected(variables_of(item.slots));
        if (plan_connected != pattern_connected) return plan_connected;
        return candidate.estimated_rows <= plan_->estimated_rows * estimates_.rows_per_lookup(item, certain(*plan_));
    }

    // --- moves ------------------------------------------------------------------------------------------------------

    void take_plan(std::size_t i) {
        NodePtr next = std::move(group_.plans[i]);
        group_.plans.erase(group_.plans.begin() + static_cast<std::ptrdiff_t>(i));
        if (!plan_) {
            plan_ = std::move(next);
            return;
        }
        const bool shares = !common(plan_->variables, next->variables).empty();
        const double rows = shares ? std::max(plan_->estimated_rows, next->estimated_rows) : plan_->estimated_rows * next->estimated_rows;
        // The table is built on the right, so the smaller side goes there.
        if (next->estimated_rows > plan_->estimated_rows) std::swap(plan_, next);
        plan_ = make_hash_join(std::move(plan_), std::move(next), rows);
    }

    void take_pattern(std::size_t i) {
        PatternItem item = std::move(group_.patterns[i]);
        group_.patterns.erase(group_.patterns.begin() + static_cast<std::ptrdiff_t>(i));
        compose_triple_terms(item);
        if (!plan_) plan_ = scan_of(item, kNoVariable, estimates_);
        else join_pattern(item);
        take_triple_terms_apart();
    }

    void join_pattern(const PatternItem& item) {
        const VariableList bound = certain(*plan_);
        const VariableList shared = common(bound, variables_of(item.slots));
        const bool any_unsure = !common(plan_->maybe_unbound, variables_of(item.slots)).empty();
        const double rows = std::max(0.1, plan_->estimated_rows * estimates_.rows_per_lookup(item, bound));
        const double all = estimates_.rows(item);
        const double lookup = plan_->estimated_rows * kLookupCost;
        const double hash = all + 2 * kHashCost * std::min(all, plan_->estimated_rows) + plan_->estimated_rows;
        if (!shared.empty() && !any_unsure && !plan_->sorted_by.empty()) {
            NodePtr right = scan_of(item, plan_->sorted_by.front(), estimates_);
            const bool mergeable = !right->sorted_by.empty() && right->sorted_by.front() == plan_->sorted_by.front();
            if (mergeable && all + plan_->estimated_rows < lookup) {
                const VariableId key = plan_->sorted_by.front();
                plan_ = make_merge_join(std::move(plan_), std::move(right), key, rows);
                return;
            }
        }
        if (!shared.empty() && !any_unsure && lookup < hash) {
            plan_ = make_lookup_join(std::move(plan_), item.slots, item.graphs, rows);
            return;
        }
        NodePtr right = scan_of(item, shared.empty() ? kNoVariable : shared.front(), estimates_);
        if (right->estimated_rows > plan_->estimated_rows) std::swap(plan_, right);
        plan_ = make_hash_join(std::move(plan_), std::move(right), rows);
    }

    /// Puts together a triple term of the pattern whose parts are all known, so that it is looked up and not searched.
    void compose_triple_terms(const PatternItem& item) {
        if (!plan_) return;
        const VariableList bound = certain(*plan_);
        for (const TripleTermItem& term : group_.triple_terms) {
            if (!contains(variables_of(item.slots), term.whole) || contains(plan_->variables, term.whole)) continue;
            std::vector<ExpressionPtr> parts;
            for (const Slot& part : term.parts) {
                if (!is_bound(part, bound)) break;
                parts.push_back(part.constant.is_any() ? algebra::make_expression(algebra::Var{part.variable})
                                                       : algebra::make_expression(pool_.term(part.constant)));
            }
            if (parts.size() < 3) continue;
            plan_ = make_extend(std::move(plan_), term.whole, algebra::make_expression(algebra::Call{"TRIPLE", false, std::move(parts)}));
            plan_ = make_filter(std::move(plan_), algebra::make_expression(algebra::Call{"BOUND", false, {algebra::make_expression(algebra::Var{term.whole})}}));
            std::erase(plan_->maybe_unbound, term.whole);
            plan_->estimated_rows = std::get<Filter>(plan_->operation).input->estimated_rows;
        }
    }

    void take_triple_terms_apart() {
        // Inner ones come after the ones around them, so one more round until nothing is left to do.
        for (bool again = true; again;) {
            again = false;
            for (auto term = group_.triple_terms.begin(); term != group_.triple_terms.end(); ++term) {
                if (!contains(plan_->variables, term->whole)) continue;
                plan_ = make_destructure(std::move(plan_), term->whole, term->parts);
                group_.triple_terms.erase(term);
                again = true;
                break;
            }
        }
    }

    bool apply_step(bool force) {
        for (auto step = group_.steps.begin(); step != group_.steps.end(); ++step) {
            const VariableList bound = plan_ ? certain(*plan_) : VariableList{};
            const bool ready = !step->needs.empty() && common(step->needs, bound).size() == step->needs.size();
            if (!ready && !force) continue;
            auto apply = std::move(step->apply);
            group_.steps.erase(step);
            plan_ = apply(std::move(plan_));
            return true;
        }
        return false;
    }

    void apply_filters() {
        if (plan_) plan_ = filters_.apply(std::move(plan_), false);
    }

    JoinGroup group_;
    TermPool& pool_;
    JoinEstimates estimates_;
    WaitingFilters filters_;
    NodePtr plan_;
};

}  // namespace

NodePtr join_greedily(JoinGroup group, TermPool& pool) { return GreedyJoins(std::move(group), pool).run(); }

}  // namespace tercet::plan

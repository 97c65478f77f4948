#include <algorithm>
#include <utility>

#include "engine/exec/path_operator.hpp"
#include "engine/exec/path_operators.hpp"

namespace tercet::exec {
namespace {

/// Whether the path leads from a term that is not in the graph to itself. The path of no step does, but between the parts of a sequence
/// there is a variable, which stands for nodes of the graph alone (SPARQL 1.2, section 18.5).
bool stays_anywhere(const sparql::Path& path) {
    if (const auto* inverse = std::get_if<sparql::PathInverse>(&path.node)) return stays_anywhere(*inverse->path);
    if (const auto* repeat = std::get_if<sparql::PathRepeat>(&path.node)) return repeat->min == 0 || (repeat->min == 1 && stays_anywhere(*repeat->path));
    const auto* alternative = std::get_if<sparql::PathAlternative>(&path.node);
    return alternative != nullptr &&
           std::any_of(alternative->parts.begin(), alternative->parts.end(), [](const sparql::PathPtr& part) { return stays_anywhere(*part); });
}

/// Property paths (SPARQL 1.2, section 18.5): distinct pairs of ends; a negated set by itself gives one solution per
/// triple.
class PathScanOperator final : public PathOperator {
public:
    PathScanOperator(const plan::PathScan& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : PathOperator(std::move(out), std::move(input), {plan.subject, plan.object, plan.graph}, plan.graphs, context),
          forwards_(automaton_of(*plan.path, graph::AnyStep::AnyPredicate)),
          backwards_(graph::reversed(forwards_)),
          only_in_graph_(forwards_.accepts_nothing() && !stays_anywhere(*plan.path)),
          one_step_(std::holds_alternative<sparql::PathNegatedSet>(plan.path->node)) {}

private:
    void begin(TermId subject, TermId object) override {
        from_subject_ = !subject.is_any() || object.is_any();
        neither_known_ = subject.is_any() && object.is_any();
        end_ = from_subject_ ? object : subject;
        if (neither_known_)
            starts_ = all_nodes();
        else
            starts_ = {from_subject_ ? subject : object};
        if (only_in_graph_ && !neither_known_ && !edges_.has_node(starts_.front())) starts_.clear();
        next_start_ = 0;
    }

    bool more(std::vector<Found>& found) override {
        if (next_start_ == starts_.size()) return false;
        if (one_step_)
            add_steps(found);
        else
            add_ends(starts_[next_start_++], found);
        return true;
    }

    void add_ends(TermId start, std::vector<Found>& found) {
        const TermId end = neither_known_ ? end_for(start) : end_;
        if (!end.is_any()) {
            if (graph::are_connected(forwards_, backwards_, start, end, walk_context()))
                found.push_back({start, end, {}});
            return;
        }
        for (const TermId other : graph::ends_of_walks(from_subject_ ? forwards_ : backwards_, start, walk_context())) {
            found.push_back(pair(start, other));
        }
    }

    void add_steps(std::vector<Found>& found) {
        const auto& automaton = from_subject_ ? forwards_ : backwards_;
        const std::span<const TermId> starts =
            std::span(starts_).subspan(next_start_, std::min(kBatchRows, starts_.size() - next_start_));
        next_start_ += starts.size();
        for (const auto& edge : automaton.edges[automaton.starts.front()]) {
            edges_.expand(starts, automaton.steps[edge.step], [&](std::span<const graph::Hop> hops) {
                for (const graph::Hop& hop : hops) {
                    const TermId start = starts[hop.from], end = neither_known_ ? end_for(start) : end_;
                    if (end.is_any() || end == hop.node) found.push_back(pair(start, hop.node));
                }
            });
        }
    }

    [[nodiscard]] Found pair(TermId start, TermId end) const {
        return from_subject_ ? Found{start, end, {}} : Found{end, start, {}};
    }

    graph::PathAutomaton forwards_, backwards_;
    bool only_in_graph_, one_step_;
    std::vector<TermId> starts_;
    std::size_t next_start_ = 0;
    TermId end_;
    bool from_subject_ = true, neither_known_ = false;
};

}  // namespace

OperatorPtr make_path_scan(const plan::PathScan& plan, std::vector<VariableId> out, OperatorPtr input,
                           Context& context) {
    return std::make_unique<PathScanOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec

#include <array>
#include <utility>

#include "engine/exec/path_operator.hpp"
#include "engine/exec/path_operators.hpp"
#include "engine/exec/step_edges.hpp"
#include "engine/graph/path_search.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

using Selector = sparql::PathSearch::Selector;

constexpr std::size_t kWalksAtOnce = 256;

/// What the words before a path ask for; k stands for the number among them.
struct SelectorRow {
    Selector selector;
    bool all_walks;    ///< else k of them
    bool all_lengths;  ///< else the k least
};
constexpr std::array kSelectors{
    SelectorRow{Selector::Any, false, true},         SelectorRow{Selector::All, true, true},
    SelectorRow{Selector::AnyShortest, false, true}, SelectorRow{Selector::AllShortest, true, false},
    SelectorRow{Selector::ShortestK, false, true},   SelectorRow{Selector::ShortestKGroups, true, false},
    SelectorRow{Selector::AnyCheapest, false, true}, SelectorRow{Selector::CheapestK, false, true},
};

[[noreturn]] void fail(ErrorCode code, const plan::PathSearch& plan, const std::string& message) {
    throw Error(code, message, {{}, plan.path->position.line, plan.path->position.column, {}});
}

/// Without COST every step costs one, and the cheapest walks are the shortest.
graph::WalkSelection selection_of(const plan::PathSearch& plan) {
    const auto row = std::find_if(kSelectors.begin(), kSelectors.end(),
                                  [&](const SelectorRow& r) { return r.selector == plan.selector; });
    return {row->all_walks ? graph::kAllWalks : plan.k, row->all_lengths ? graph::kAllWalks : plan.k, plan.mode,
            plan.cost != nullptr};
}

/// Binds a variable to walks (docs/graph.md), which are found while they are asked for.
class PathSearchOperator final : public PathOperator {
public:
    PathSearchOperator(const plan::PathSearch& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : PathOperator(std::move(out), std::move(input), {plan.subject, plan.object, plan.graph, plan.variable},
                       plan.graphs, context),
          path_(automaton_of(*plan.path, graph::AnyStep::AnyRelation)),
          selection_(selection_of(plan)),
          share_(context.memory, "the paths found") {
        if (plan.where || plan.cost) steps_.emplace(plan, edges_, context);
        if (graph::is_finite(path_, selection_)) return;
        fail(ErrorCode::Query, plan,
             "ALL paths of a path without bounds may be infinitely many; ask for ALL TRAIL, ALL ACYCLIC or ALL "
             "SHORTEST, or bound "
             "the path as in {1,4}");
    }

private:
    graph::EdgeSource& walked() override { return steps_ ? static_cast<graph::EdgeSource&>(*steps_) : edges_; }

    void begin(TermId subject, TermId object) override {
        stream_.reset();
        starts_.clear();
        next_start_ = 0;
        if (steps_) steps_->set_graph(walked_graph());
        if (selection_.walks == 0 || selection_.lengths == 0) return;
        if (subject.is_any() && object.is_any())
            starts_ = all_nodes();
        else
            stream_ = graph::search_walks(path_, subject, object, selection_, walk_context());
    }

    bool more(std::vector<Found>& found) override {
        if (!stream_) {
            if (next_start_ == starts_.size()) return false;
            const TermId start = starts_[next_start_++];
            stream_ = graph::search_walks(path_, start, end_for(start), selection_, walk_context());
        }
        graph::Walk walk;
        for (std::size_t i = 0; i < kWalksAtOnce; ++i) {
            if (!stream_->next(walk)) {
                stream_.reset();
                break;
            }
            const TermId start = walk.start, end = graph::end_of(walk);
            share_.grow(sizeof(walk) + walk.edges.size() * sizeof(walk.edges.front()));
            found.push_back({start, end, context_.pool.intern_path(std::move(walk))});
        }
        context_.cancel.check();
        return true;
    }

    graph::SearchPath path_;
    graph::WalkSelection selection_;
    MemoryShare share_;
    std::optional<StepEdges> steps_;  ///< where WHERE or COST say which edges there are
    std::unique_ptr<graph::WalkStream> stream_;
    std::vector<TermId> starts_;
    std::size_t next_start_ = 0;
};

}  // namespace

OperatorPtr make_path_search(const plan::PathSearch& plan, std::vector<VariableId> out, OperatorPtr input,
                             Context& context) {
    return std::make_unique<PathSearchOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec

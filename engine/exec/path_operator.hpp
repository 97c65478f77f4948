#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engine/exec/operator.hpp"
#include "engine/exec/path_edges.hpp"
#include "engine/graph/path_reach.hpp"

namespace tercet::exec {

/// What property paths and path search have in common: ends that are constants, bound by the input, or to be found, and
/// graphs that are given or gone through one by one.
///
/// The input is taken batch by batch; rows of a batch that ask for the same are answered by one search.
class PathOperator : public Operator {
protected:
    struct Ends {
        plan::Slot subject, object, graph;
        VariableId path = plan::kNoVariable;
    };
    /// A connection.
    struct Found {
        TermId subject, object, path;
    };

    PathOperator(std::vector<VariableId> out, OperatorPtr input, const Ends& ends, const plan::GraphScope& graphs,
                 Context& context);

    /// What a search between `subject` and `object` needs to begin; any() is an end to be found. Both any(): starts()
    /// are the subjects to try, each with end_for() as its object.
    virtual void begin(TermId subject, TermId object) = 0;
    /// Appends some of what connects the ends; false when there is no more.
    virtual bool more(std::vector<Found>& found) = 0;

    /// Every node of the graph.
    [[nodiscard]] std::vector<TermId> all_nodes() { return edges_.nodes(); }
    /// The object for a subject when neither was known: the same where one variable stands for both.
    [[nodiscard]] TermId end_for(TermId subject) const { return same_ends_ ? subject : TermId::any(); }

    [[nodiscard]] graph::PathAutomaton automaton_of(const sparql::Path& path, graph::AnyStep any) const;
    [[nodiscard]] graph::WalkContext walk_context() { return {walked(), context_.cancel, context_.memory}; }
    /// The graph to walk in.
    [[nodiscard]] TermId walked_graph() const noexcept { return name_; }
    /// The edges that walks go along.
    [[nodiscard]] virtual graph::EdgeSource& walked() { return edges_; }

    Context& context_;
    PathEdges edges_;

private:
    using Key = std::array<TermId, 3>;  ///< subject, object, graph

    bool do_next(Batch& out) override;
    void do_rewind() override;
    bool next_block();
    bool next_group();
    bool next_search();
    [[nodiscard]] bool can_begin(TermId end);
    [[nodiscard]] std::vector<TermId> graphs_for(TermId graph) const;
    [[nodiscard]] TermId value_of(const plan::Slot& slot, std::size_t row) const;
    bool emit(Batch& out, const Found& found, std::size_t row);

    OperatorPtr input_;
    Ends ends_;
    plan::GraphScope graphs_;
    bool same_ends_;
    std::vector<std::size_t> input_columns_;  ///< of the output's columns
    std::size_t input_path_;                  ///< the input's column of the path, which the output may be without

    Batch block_;
    std::vector<Key> keys_;                        ///< by row of the block
    std::vector<std::size_t> rows_;                ///< of the block, ascending by key
    std::size_t group_begin_ = 0, group_end_ = 0;  ///< rows that ask for the same
    std::vector<TermId> names_;                    ///< the graphs to search in for them
    std::size_t next_name_ = 0;
    TermId name_;
    bool searching_ = false;
    std::vector<Found> found_;
    std::size_t found_at_ = 0, row_at_ = 0;
    bool ended_ = false;
};

}  // namespace tercet::exec

#include "engine/exec/path_operator.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/exec/row_reader.hpp"

namespace tercet::exec {

using Kind = plan::GraphScope::Kind;

PathOperator::PathOperator(std::vector<VariableId> out, OperatorPtr input, const Ends& ends,
                           const plan::GraphScope& graphs, Context& context)
    : Operator(std::move(out)),
      context_(context),
      edges_(graphs, context),
      input_(std::move(input)),
      ends_(ends),
      graphs_(graphs),
      same_ends_(ends.subject.variable != plan::kNoVariable && ends.subject.variable == ends.object.variable),
      input_path_(input_ ? column_of(input_->variables(), ends.path) : kNoColumn),
      block_(input_ ? input_->variables().size() : 0) {
    input_columns_ = input_ ? columns_of(input_->variables(), variables()) : std::vector(variables().size(), kNoColumn);
}

graph::PathAutomaton PathOperator::automaton_of(const sparql::Path& path, graph::AnyStep any) const {
    return graph::make_automaton(
        path, [&](const std::string& iri) { return context_.pool.intern(Term::iri(iri)); }, any);
}

bool PathOperator::do_next(Batch& out) {
    while (!out.full()) {
        if (found_at_ < found_.size()) {
            if (emit(out, found_[found_at_], rows_[row_at_])) ++out.size;
            if (++row_at_ < group_end_) continue;
            row_at_ = group_begin_;
            ++found_at_;
        } else if (searching_) {
            found_.clear();
            found_at_ = 0;
            row_at_ = group_begin_;
            searching_ = more(found_);
        } else if (!next_search() && !next_group() && !next_block()) {
            break;
        }
    }
    return out.size > 0;
}

/// Begins to search in the next graph for the rows in hand.
bool PathOperator::next_search() {
    while (next_name_ < names_.size()) {
        name_ = names_[next_name_++];
        auto [subject, object, graph] = keys_[rows_[group_begin_]];
        const auto agrees = [&](const plan::Slot& slot, TermId& value) {
            if (slot.variable == plan::kNoVariable || slot.variable != ends_.graph.variable) return true;
            if (value.is_any()) value = name_;
            return value == name_;
        };
        if (!agrees(ends_.subject, subject) || !agrees(ends_.object, object)) continue;
        edges_.set_graph(name_);
        if (!can_begin(subject.is_any() ? object : subject)) continue;
        begin(subject, object);
        searching_ = true;
        return true;
    }
    return false;
}

/// Between two variables the path of no step connects nodes of the graph only, also where the input says which.
bool PathOperator::can_begin(TermId end) {
    const bool both_open = ends_.subject.variable != plan::kNoVariable && ends_.object.variable != plan::kNoVariable;
    return !both_open || end.is_any() || edges_.has_node(end);
}

bool PathOperator::next_group() {
    if (group_end_ == rows_.size()) return false;
    group_begin_ = group_end_;
    const Key& key = keys_[rows_[group_begin_]];
    while (group_end_ < rows_.size() && keys_[rows_[group_end_]] == key) ++group_end_;
    names_ = graphs_for(key[2]);
    next_name_ = 0;
    return true;
}

bool PathOperator::next_block() {
    if (ended_) return false;
    context_.cancel.check();
    block_.size = 0;
    if (input_)
        ended_ = !input_->next(block_);
    else
        block_.size = 1;
    ended_ = ended_ || !input_;
    keys_.resize(block_.size);
    rows_.resize(block_.size);
    for (std::size_t row = 0; row < block_.size; ++row) {
        keys_[row] = {value_of(ends_.subject, row), value_of(ends_.object, row), value_of(ends_.graph, row)};
    }
    std::iota(rows_.begin(), rows_.end(), std::size_t{0});
    std::sort(rows_.begin(), rows_.end(),
              [&](std::size_t a, std::size_t b) { return std::tie(keys_[a], a) < std::tie(keys_[b], b); });
    group_begin_ = group_end_ = 0;
    return !rows_.empty();
}

TermId PathOperator::value_of(const plan::Slot& slot, std::size_t row) const {
    if (slot.variable == plan::kNoVariable) return slot.constant;
    if (!input_) return TermId::any();
    const TermId value = value_at(block_, column_of(input_->variables(), slot.variable), row);
    return value.is_defined() ? value : TermId::any();
}

/// The graphs that a walk may be in, each to be searched by itself.
std::vector<TermId> PathOperator::graphs_for(TermId graph) const {
    if (graphs_.kind == Kind::Merge || graphs_.kind == Kind::One || !graph.is_defined()) return {graph};
    std::vector<TermId> names = context_.source().graphs();
    std::erase_if(names, [&](TermId name) {
        const bool among = graphs_.kind != Kind::Among ||
                           std::find(graphs_.graphs.begin(), graphs_.graphs.end(), name) != graphs_.graphs.end();
        return !among || (!graph.is_any() && name != graph);
    });
    return names;
}

/// Fills the next row of `out`; false if the connection does not join with the input's row after all.
bool PathOperator::emit(Batch& out, const Found& found, std::size_t row) {
    const TermId path_before = value_at(block_, input_path_, row);
    if (path_before.is_defined() && path_before != found.path) return false;
    for (std::size_t c = 0; c < variables().size(); ++c) {
        const VariableId variable = variables()[c];
        TermId& value = out.column(c)[out.size];
        value = value_at(block_, input_columns_[c], row);
        if (variable == ends_.subject.variable)
            value = found.subject;
        else if (variable == ends_.object.variable)
            value = found.object;
        else if (variable == ends_.graph.variable)
            value = name_;
        else if (variable == ends_.path)
            value = found.path;
    }
    return true;
}

void PathOperator::do_rewind() {
    if (input_) input_->rewind();
    keys_.clear();
    rows_.clear();
    names_.clear();
    found_.clear();
    group_begin_ = group_end_ = next_name_ = found_at_ = row_at_ = 0;
    searching_ = ended_ = false;
}

}  // namespace tercet::exec

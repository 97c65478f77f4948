#include "engine/exec/path_operators.hpp"

#include <algorithm>

#include "engine/exec/path_walker.hpp"
#include "engine/exec/row_reader.hpp"
#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

/// One found connection.
struct Found {
    TermId subject, object, graph, path;
};

/// What property paths and path search have in common: ends that are constants, bound by the input, or to be found; graphs that are
/// given or gone through one by one.
class PathOperator : public Operator {
protected:
    PathOperator(std::vector<VariableId> out, OperatorPtr input, const plan::Slot& subject, const plan::Slot& object, const plan::Slot& graph,
                 const plan::GraphScope& graphs, const sparql::PathPtr& path, VariableId path_variable, Context& context)
        : Operator(std::move(out)),
          context_(context),
          walker_(path, graphs, context),
          input_(std::move(input)),
          subject_(subject),
          object_(object),
          graph_(graph),
          graphs_(graphs),
          path_variable_(path_variable) {
        if (!input_) return;
        reader_.emplace(*input_, context);
        input_columns_ = columns_of(input_->variables(), variables());
    }

    /// Appends what connects these ends; any() is an end to be found.
    virtual void find(TermId subject, TermId object, std::vector<Found>& found) = 0;

    /// The starts to try when neither end is known.
    [[nodiscard]] std::vector<TermId> all_starts() { return walker_.nodes(); }

    Context& context_;
    PathWalker walker_;

private:
    bool do_next(Batch& out) override {
        while (!out.full()) {
            if (at_ < found_.size()) {
                emit(out, found_[at_++]);
            } else if (!advance()) {
                break;
            }
        }
        return out.size > 0;
    }

    bool advance() {
        if (input_ ? !reader_->next() : std::exchange(done_, true)) return false;
        found_.clear();
        at_ = 0;
        const TermId subject = value_of(subject_), object = value_of(object_), graph = value_of(graph_);
        if (subject_.variable != plan::kNoVariable && subject_.variable == object_.variable && subject.is_any()) same_ends_ = true;
        if (graph_.variable == plan::kNoVariable || !graph.is_any()) {
            walker_.set_graph(graph);
            find_and_tag(subject, object, graph);
            return true;
        }
        for (const TermId name : context_.source().graphs()) {
            const bool among = graphs_.kind != plan::GraphScope::Kind::Among ||
                               std::find(graphs_.graphs.begin(), graphs_.graphs.end(), name) != graphs_.graphs.end();
            if (!among) continue;
            walker_.set_graph(name);
            find_and_tag(subject, object, name);
        }
        return true;
    }

    void find_and_tag(TermId subject, TermId object, TermId graph) {
        const std::size_t before = found_.size();
        find(subject, object, found_);
        for (std::size_t i = before; i < found_.size(); ++i) found_[i].graph = graph;
        if (same_ends_) {
            found_.erase(std::remove_if(found_.begin() + static_cast<std::ptrdiff_t>(before), found_.end(),
                                        [](const Found& f) { return f.subject != f.object; }),
                         found_.end());
        }
    }

    [[nodiscard]] TermId value_of(const plan::Slot& slot) const {
        if (slot.variable == plan::kNoVariable) return slot.constant;
        if (!input_) return TermId::any();
        const TermId value = reader_->at(column_of(input_->variables(), slot.variable));
        return value.is_defined() ? value : TermId::any();
    }

    void emit(Batch& out, const Found& found) {
        for (std::size_t c = 0; c < variables().size(); ++c) {
            const VariableId variable = variables()[c];
            TermId value = input_ ? reader_->at(input_columns_[c]) : TermId{};
            if (variable == subject_.variable) value = found.subject;
            else if (variable == object_.variable) value = found.object;
            else if (variable == path_variable_) value = found.path;
            else if (variable == graph_.variable) value = found.graph;
            out.column(c)[out.size] = value;
        }
        ++out.size;
    }

    void do_rewind() override {
        if (input_) {
            input_->rewind();
            reader_->restart();
        }
        found_.clear();
        at_ = 0;
        done_ = false;
    }

    OperatorPtr input_;
    std::optional<RowReader> reader_;
    std::vector<std::size_t> input_columns_;
    plan::Slot subject_, object_, graph_;
    plan::GraphScope graphs_;
    VariableId path_variable_;
    std::vector<Found> found_;
    std::size_t at_ = 0;
    bool done_ = false;
    bool same_ends_ = false;
};

/// Property paths (SPARQL 1.2 section 18.5, ALP): distinct pairs of ends; a negated set alone gives one solution per triple.
class PathScanOperator final : public PathOperator {
public:
    PathScanOperator(const plan::PathScan& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : PathOperator(std::move(out), std::move(input), plan.subject, plan.object, plan.graph, plan.graphs, plan.path, plan::kNoVariable, context),
          one_step_(std::holds_alternative<sparql::PathNegatedSet>(plan.path->node)) {}

private:
    void find(TermId subject, TermId object, std::vector<Found>& found) override {
        if (one_step_) {
            find_steps(subject, object, found);
        } else if (!subject.is_any()) {
            for (const TermId end : walker_.reach(subject, true)) {
                if (object.is_any() || end == object) found.push_back({subject, end, {}, {}});
            }
        } else if (!object.is_any()) {
            for (const TermId start : walker_.reach(object, false)) found.push_back({start, object, {}, {}});
        } else {
            for (const TermId start : all_starts()) {
                for (const TermId end : walker_.reach(start, true)) found.push_back({start, end, {}, {}});
            }
        }
    }

    void find_steps(TermId subject, TermId object, std::vector<Found>& found) {
        const bool forward = !subject.is_any() || object.is_any();
        std::vector<TermId> starts{forward ? subject : object};
        if (starts.front().is_any()) starts = all_starts();
        std::vector<PathWalker::Neighbour> next;
        for (const TermId start : starts) {
            for (const auto& edge : walker_.automaton(forward).edges[0]) {
                walker_.neighbours(start, edge.step, next);
                for (const auto& neighbour : next) {
                    const Found step{forward ? start : neighbour.node, forward ? neighbour.node : start, {}, {}};
                    if (object.is_any() || step.object == object) found.push_back(step);
                }
            }
        }
    }

    bool one_step_;
};

/// ANY SHORTEST and ALL SHORTEST: breadth-first search over graph and automaton together.
class PathSearchOperator final : public PathOperator {
public:
    using Selector = sparql::PathSearch::Selector;

    PathSearchOperator(const plan::PathSearch& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : PathOperator(std::move(out), std::move(input), plan.subject, plan.object, plan.graph, plan.graphs, plan.path, plan.variable, context),
          all_(plan.selector == Selector::AllShortest) {
        walker_.take_relations_only();
        const bool any = plan.selector == Selector::AnyShortest || plan.selector == Selector::Any;
        if (!any && !all_) throw Error(ErrorCode::Unsupported, "only ANY, ANY SHORTEST and ALL SHORTEST paths are searched yet");
        // A shortest walk repeats neither edge nor node, except that it may end where it began.
        if (plan.mode != sparql::PathMode::Walk && plan.mode != sparql::PathMode::Trail) {
            throw Error(ErrorCode::Unsupported, "the path modes SIMPLE and ACYCLIC are not searched yet; leave the mode out");
        }
    }

private:
    void find(TermId subject, TermId object, std::vector<Found>& found) override {
        if (!subject.is_any()) {
            add(walker_.shortest(subject, object, true, all_), found);
        } else if (!object.is_any()) {
            add(walker_.shortest(object, TermId::any(), false, all_), found);
        } else {
            for (const TermId start : all_starts()) add(walker_.shortest(start, TermId::any(), true, all_), found);
        }
    }
    void add(std::vector<TermPool::PathValue> paths, std::vector<Found>& found) {
        for (auto& path : paths) {
            const TermId start = path.start, end = end_of(path);
            found.push_back({start, end, {}, context_.pool.intern_path(std::move(path))});
        }
    }

    bool all_;
};

}  // namespace

OperatorPtr make_path_scan(const plan::PathScan& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<PathScanOperator>(plan, std::move(out), std::move(input), context);
}
OperatorPtr make_path_search(const plan::PathSearch& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<PathSearchOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec

#include "engine/exec/operators.hpp"
#include "engine/exec/outer_row.hpp"
#include "engine/exec/row_reader.hpp"

namespace tercet::exec {
namespace {

/// Runs its pattern once for every named graph. The pattern reads the graph's name from its outer row, and all else that it needs of
/// the row outside, which is copied there.
class EachGraphOperator final : public Operator {
public:
    EachGraphOperator(const plan::EachGraph& plan, std::vector<VariableId> out, const BuildPattern& build, Context& context)
        : Operator(std::move(out)),
          outer_(plan.outer, context.outer),
          name_(column_of(plan.outer, plan.inner)),
          context_{context.pool, context.plan, context.cancel, context.memory, context.session, outer_.row()},
          pattern_(build(context_)),
          names_(graph_names(plan.graphs, TermId::any(), context)),
          columns_(columns_of(pattern_->variables(), variables())),
          bound_(column_of(pattern_->variables(), plan.graph)),
          target_(column_of(variables(), plan.graph)),
          batch_(pattern_->variables().size()) {}

private:
    bool do_next(Batch& out) override {
        while (out.size == 0) {
            if (!running_ && !start_next()) return false;
            running_ = pattern_->next(batch_);
            for (std::size_t row = 0; row < batch_.size; ++row) copy(row, out);
        }
        return true;
    }
    bool start_next() {
        if (next_ == names_.size()) return false;
        if (next_ == 0) outer_.take_over();
        outer_.value(name_) = names_[next_++];
        pattern_->rewind();
        running_ = true;
        return true;
    }
    void copy(std::size_t row, Batch& out) const {
        const TermId name = outer_.value(name_), bound = value_at(batch_, bound_, row);
        if (bound.is_defined() && bound != name) return;
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            out.column(c)[out.size] = c == target_ ? name : value_at(batch_, columns_[c], row);
        }
        ++out.size;
    }
    void do_rewind() override {
        next_ = 0;
        running_ = false;
    }

    NestedRow outer_;
    std::size_t name_;
    Context context_;
    OperatorPtr pattern_;
    std::vector<TermId> names_;
    std::vector<std::size_t> columns_;
    std::size_t bound_, target_;
    Batch batch_;
    std::size_t next_ = 0;
    bool running_ = false;
};

}  // namespace

OperatorPtr make_each_graph(const plan::EachGraph& plan, std::vector<VariableId> out, const BuildPattern& build, Context& context) {
    return std::make_unique<EachGraphOperator>(plan, std::move(out), build, context);
}

}  // namespace tercet::exec

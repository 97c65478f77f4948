#include "engine/exec/expression.hpp"
#include "engine/exec/path_operators.hpp"
#include "engine/exec/row_reader.hpp"

namespace tercet::exec {
namespace {

/// One row per triple of a path, or item of a list.
class UnfoldOperator final : public Operator {
public:
    UnfoldOperator(const plan::Unfold& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : Operator(std::move(out)),
          context_(context),
          input_(std::move(input)),
          reader_(*input_, context),
          expression_(compile(*plan.expression, input_->variables(), context)),
          columns_(columns_of(input_->variables(), variables())),
          element_(column_of(variables(), plan.element)),
          index_(column_of(variables(), plan.index)),
          functions_{ValueReader(context.pool), context.session, 0} {}

private:
    bool do_next(Batch& out) override {
        while (!out.full()) {
            if (at_ < items_.size()) {
                emit(out);
            } else if (reader_.next()) {
                start();
            } else {
                break;
            }
        }
        return out.size > 0;
    }
    void start() {
        items_.clear();
        at_ = 0;
        const TermId id = functions_.reader.id(expression_->evaluate(reader_.batch(), reader_.row(), functions_));
        if (id.tag() != TermTag::Path) return;
        const TermPool::PathValue& path = context_.pool.path(id);
        items_.assign(path.items.begin(), path.items.end());
        for (const auto& edge : path.edges) items_.push_back(context_.pool.intern_triple(edge));
    }
    void emit(Batch& out) {
        for (std::size_t c = 0; c < columns_.size(); ++c) out.column(c)[out.size] = reader_.at(columns_[c]);
        if (element_ != kNoColumn) out.column(element_)[out.size] = items_[at_];
        ++at_;
        if (index_ != kNoColumn)
            out.column(index_)[out.size] = context_.pool.intern(Term::integer(static_cast<std::int64_t>(at_)));
        ++out.size;
    }
    void do_rewind() override {
        input_->rewind();
        reader_.restart();
        items_.clear();
        at_ = 0;
    }

    Context& context_;
    OperatorPtr input_;
    RowReader reader_;
    EvaluatorPtr expression_;
    std::vector<std::size_t> columns_;
    std::size_t element_, index_;
    FunctionContext functions_;
    std::vector<TermId> items_;
    std::size_t at_ = 0;
};

}  // namespace

OperatorPtr make_unfold(const plan::Unfold& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<UnfoldOperator>(plan, std::move(out), std::move(input), context);
}

}  // namespace tercet::exec

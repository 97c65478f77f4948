#include <span>
#include <utility>

#include "engine/exec/compatible_rows.hpp"
#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_reader.hpp"

namespace tercet::exec {
namespace {

/// What hash join, left join and minus have in common: the right side is kept, and looked up for every row of the left.
class ProbingOperator : public Operator {
protected:
    ProbingOperator(std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, const std::vector<VariableId>& shared,
                    Context& context, const char* owner)
        : Operator(std::move(out)),
          context_(context),
          left_(std::move(left)),
          right_(std::move(right)),
          reader_(*left_, context),
          kept_(shared_first(shared, right_->variables())),
          table_(kept_.size(), shared.size(), context.memory, context.cancel, owner),
          shared_columns_(columns_of(left_->variables(), shared)),
          key_(shared.size()) {}

    /// Moves to the next row of the left side and starts to look for its partners. A left side without rows leaves the right
    /// one unread.
    bool next_left(CompatibleRows::Overlap overlap = CompatibleRows::Overlap::Any) {
        if (!reader_.next()) return false;
        if (!std::exchange(filled_, true)) fill();
        for (std::size_t i = 0; i < key_.size(); ++i) key_[i] = reader_.at(shared_columns_[i]);
        table_.find(key_, overlap);
        return true;
    }
    [[nodiscard]] std::uint32_t next_partner() { return table_.next(); }

    /// Where a merged row's columns come from.
    struct Layout {
        std::vector<std::size_t> left, right;
    };
    [[nodiscard]] Layout layout_of(const std::vector<VariableId>& variables) const {
        return {columns_of(left_->variables(), variables), columns_of(kept_, variables)};
    }
    /// Appends the current left row, merged with a row of the right side unless `partner` is kNoRow.
    void emit(const Layout& layout, std::uint32_t partner, Batch& out) const {
        const auto right = partner == kNoRow ? std::span<const TermId>{} : table_.row(partner);
        for (std::size_t c = 0; c < layout.left.size(); ++c) {
            const TermId known = reader_.at(layout.left[c]);
            const bool from_right = !known.is_defined() && layout.right[c] != kNoColumn && !right.empty();
            out.column(c)[out.size] = from_right ? right[layout.right[c]] : known;
        }
        ++out.size;
    }
    void do_rewind() override {
        left_->rewind();
        right_->rewind();
        reader_.restart();
        table_.clear();
        filled_ = false;
    }
    /// Every variable of both sides.
    [[nodiscard]] std::vector<VariableId> merged_variables() const {
        std::vector<VariableId> merged = left_->variables();
        for (const VariableId variable : kept_) {
            if (column_of(merged, variable) == kNoColumn) merged.push_back(variable);
        }
        return merged;
    }

    Context& context_;

private:
    static std::vector<VariableId> shared_first(const std::vector<VariableId>& shared, const std::vector<VariableId>& all) {
        std::vector<VariableId> ordered = shared;
        for (const VariableId variable : all) {
            if (column_of(shared, variable) == kNoColumn) ordered.push_back(variable);
        }
        return ordered;
    }
    void fill() {
        RowReader reader(*right_, context_);
        const auto columns = columns_of(right_->variables(), kept_);
        std::vector<TermId> row(kept_.size());
        while (reader.next()) {
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = reader.at(columns[i]);
            table_.add(row);
        }
    }

    OperatorPtr left_, right_;
    RowReader reader_;
    std::vector<VariableId> kept_;  ///< columns of the table: the shared variables, then the others of the right side
    CompatibleRows table_;
    std::vector<std::size_t> shared_columns_;
    std::vector<TermId> key_;
    bool filled_ = false;
};

class HashJoinOperator final : public ProbingOperator {
public:
    HashJoinOperator(const plan::HashJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, "a hash join"),
          layout_(layout_of(variables())) {}

private:
    bool do_next(Batch& out) override {
        context_.cancel.check();
        while (!out.full()) {
            const std::uint32_t partner = probing_ ? next_partner() : kNoRow;
            if (partner != kNoRow) emit(layout_, partner, out);
            else if (!(probing_ = next_left())) break;
        }
        return out.size > 0;
    }
    void do_rewind() override {
        ProbingOperator::do_rewind();
        probing_ = false;
    }

    Layout layout_;
    bool probing_ = false;
};

class LeftJoinOperator final : public ProbingOperator {
public:
    LeftJoinOperator(const plan::LeftJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, "OPTIONAL"),
          layout_(layout_of(variables())),
          merged_(layout_of(merged_variables())),
          candidate_(merged_.left.size()),
          functions_{ValueReader(context.pool), context.session, context.session.next_solutions()} {
        if (plan.condition) condition_ = compile(*plan.condition, merged_variables(), context);
    }

private:
    bool do_next(Batch& out) override {
        while (!out.full()) {
            const std::uint32_t partner = probing_ ? next_partner() : kNoRow;
            if (partner != kNoRow) {
                if (!fits(partner)) continue;
                emit(layout_, partner, out);
                matched_ = true;
                continue;
            }
            if (probing_ && !std::exchange(matched_, true)) {
                emit(layout_, kNoRow, out);
                continue;
            }
            probing_ = next_left();
            if (!probing_) break;
            matched_ = false;
        }
        return out.size > 0;
    }
    /// Whether the condition holds for the merged row; it may look at variables that go no further.
    bool fits(std::uint32_t partner) {
        if (!condition_) return true;
        if (++functions_.solution % kBatchRows == 0) context_.cancel.check();
        candidate_.size = 0;
        emit(merged_, partner, candidate_);
        return holds(*condition_, candidate_, 0, functions_);
    }
    void do_rewind() override {
        ProbingOperator::do_rewind();
        probing_ = false;
    }

    Layout layout_, merged_;
    Batch candidate_;
    FunctionContext functions_;
    EvaluatorPtr condition_;
    bool probing_ = false;
    bool matched_ = false;
};

class MinusOperator final : public ProbingOperator {
public:
    MinusOperator(const plan::Minus& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, "MINUS"),
          layout_(layout_of(variables())) {}

private:
    bool do_next(Batch& out) override {
        while (!out.full() && next_left(CompatibleRows::Overlap::Required)) {
            if (next_partner() == kNoRow) emit(layout_, kNoRow, out);
        }
        return out.size > 0;
    }

    Layout layout_;
};

}  // namespace

OperatorPtr make_hash_join(const plan::HashJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context) {
    return std::make_unique<HashJoinOperator>(plan, std::move(out), std::move(left), std::move(right), context);
}
OperatorPtr make_left_join(const plan::LeftJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context) {
    return std::make_unique<LeftJoinOperator>(plan, std::move(out), std::move(left), std::move(right), context);
}
OperatorPtr make_minus(const plan::Minus& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context) {
    return std::make_unique<MinusOperator>(plan, std::move(out), std::move(left), std::move(right), context);
}

}  // namespace tercet::exec

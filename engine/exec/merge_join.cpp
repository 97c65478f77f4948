#include <utility>
#include <vector>

#include "engine/exec/operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_store.hpp"

namespace tercet::exec {
namespace {

/// Both sides ascend by the key; each skips what the other lacks (a scan seeks over it). The rows of the right side with the current key are kept while the left side has that key.
class MergeJoinOperator final : public Operator {
public:
    MergeJoinOperator(const plan::MergeJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : Operator(std::move(out)),
          left_(std::move(left)),
          right_(std::move(right)),
          left_reader_(*left_, context),
          right_reader_(*right_, context),
          left_key_(column_of(left_->variables(), plan.key)),
          right_key_(column_of(right_->variables(), plan.key)),
          left_columns_(columns_of(left_->variables(), variables())),
          right_columns_(columns_of(right_->variables(), variables())),
          left_others_(columns_of(left_->variables(), plan.others)),
          right_others_(columns_of(right_->variables(), plan.others)),
          check_(context.cancel),
          group_(right_->variables().size(), context.memory, "a merge join"),
          row_(right_->variables().size()) {}

private:
    bool do_next(Batch& out) override {
        if (!started_) start();
        while (!out.full()) {
            check_.step();
            if (at_ < group_.size()) {
                emit(out);
                ++at_;
            } else if (!next_pair()) {
                break;
            }
        }
        return out.size > 0;
    }
    void start() {
        started_ = true;
        has_left_ = left_reader_.next();
        has_right_ = right_reader_.next();
        fresh_left_ = has_left_;
    }

    /// Moves to a left row whose key the right side has, with its group at hand.
    bool next_pair() {
        if (!fresh_left_) has_left_ = has_left_ && left_reader_.next();
        fresh_left_ = false;
        while (has_left_) {
            const TermId key = left_reader_.at(left_key_);
            if (group_.size() > 0 && key == group_key_) {
                at_ = 0;
                return true;
            }
            if (has_right_ && right_reader_.at(right_key_) < key) has_right_ = right_reader_.next_at_least(right_key_, key);
            if (!has_right_) return false;
            if (right_reader_.at(right_key_) == key) {
                gather(key);
                return true;
            }
            const TermId right_key = right_reader_.at(right_key_);
            if (key < right_key) has_left_ = left_reader_.next_at_least(left_key_, right_key);
        }
        return false;
    }
    void gather(TermId key) {
        group_.clear();
        group_key_ = key;
        at_ = 0;
        while (has_right_ && right_reader_.at(right_key_) == key) {
            for (std::size_t c = 0; c < row_.size(); ++c) row_[c] = right_reader_.at(c);
            group_.append(row_);
            has_right_ = right_reader_.next();
        }
    }
    void emit(Batch& out) const {
        const auto right = group_.row(at_);
        for (std::size_t i = 0; i < left_others_.size(); ++i) {
            const TermId known = left_reader_.at(left_others_[i]), other = right[right_others_[i]];
            if (known.is_defined() && other.is_defined() && known != other) return;
        }
        for (std::size_t c = 0; c < left_columns_.size(); ++c) {
            const TermId known = left_reader_.at(left_columns_[c]);
            out.column(c)[out.size] = known.is_defined() || right_columns_[c] == kNoColumn ? known : right[right_columns_[c]];
        }
        ++out.size;
    }
    void do_rewind() override {
        left_->rewind();
        right_->rewind();
        left_reader_.restart();
        right_reader_.restart();
        group_.clear();
        at_ = 0;
        started_ = false;
    }

    OperatorPtr left_, right_;
    RowReader left_reader_, right_reader_;
    std::size_t left_key_, right_key_;
    std::vector<std::size_t> left_columns_, right_columns_, left_others_, right_others_;
    CancelCheck check_;  ///< rows of a group that do not agree come without a new batch
    RowStore group_;
    std::vector<TermId> row_;
    TermId group_key_;
    std::uint32_t at_ = 0;
    bool started_ = false, has_left_ = false, has_right_ = false, fresh_left_ = false;
};

}  // namespace

OperatorPtr make_merge_join(const plan::MergeJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context) {
    return std::make_unique<MergeJoinOperator>(plan, std::move(out), std::move(left), std::move(right), context);
}

}  // namespace tercet::exec

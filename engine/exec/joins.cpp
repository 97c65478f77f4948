#include <optional>

#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_table.hpp"

namespace tercet::exec {
namespace {

/// The right side of a join, all of it, to be looked up by the variables that both sides share.
///
/// Solutions are compatible if they agree where both are bound (SPARQL 1.2 section 18.1.3): an unbound part fits everything.
class JoinTable {
public:
    JoinTable(OperatorPtr input, const std::vector<VariableId>& shared, Context& context, const char* owner)
        : input_(std::move(input)), context_(context), shared_(shared.size()) {
        variables_ = shared;
        for (const VariableId variable : input_->variables()) {
            if (std::find(shared.begin(), shared.end(), variable) == shared.end()) variables_.push_back(variable);
        }
        table_.emplace(variables_.size(), shared_, context.memory, owner);
    }

    /// Its columns: the shared variables first.
    [[nodiscard]] const std::vector<VariableId>& variables() const noexcept { return variables_; }
    [[nodiscard]] std::span<const TermId> row(std::uint32_t i) const { return table_->row(i); }
    [[nodiscard]] std::size_t size() const noexcept { return table_->size(); }

    void fill() {
        if (filled_) return;
        filled_ = true;
        RowReader reader(*input_, context_);
        const auto columns = columns_of(input_->variables(), variables_);
        std::vector<TermId> row(variables_.size());
        while (reader.next()) {
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = reader.at(columns[i]);
            table_->add(row);
        }
    }

    /// The numbers of the rows that are compatible with a key, into `found`.
    void find(std::span<const TermId> key, std::vector<std::uint32_t>& found) const {
        found.clear();
        const bool bound = std::all_of(key.begin(), key.end(), [](TermId id) { return id.is_defined(); });
        if (!bound) {
            for (std::uint32_t i = 0; i < table_->size(); ++i) {
                if (compatible(key, row(i))) found.push_back(i);
            }
            return;
        }
        for (std::uint32_t at = table_->first(key); at != RowTable::kNone; at = table_->next(at)) {
            if (std::equal(key.begin(), key.end(), row(at).begin())) found.push_back(at);
        }
        for (const std::uint32_t i : table_->partly_unbound()) {
            if (compatible(key, row(i))) found.push_back(i);
        }
    }

    /// Whether a row shares a bound variable with the key; MINUS asks.
    [[nodiscard]] static bool overlaps(std::span<const TermId> key, std::span<const TermId> row) {
        for (std::size_t i = 0; i < key.size(); ++i) {
            if (key[i].is_defined() && row[i].is_defined()) return true;
        }
        return false;
    }

    void rewind() {
        input_->rewind();
        table_->clear();
        filled_ = false;
    }

private:
    [[nodiscard]] static bool compatible(std::span<const TermId> key, std::span<const TermId> row) {
        for (std::size_t i = 0; i < key.size(); ++i) {
            if (key[i].is_defined() && row[i].is_defined() && key[i] != row[i]) return false;
        }
        return true;
    }

    OperatorPtr input_;
    Context& context_;
    std::size_t shared_;
    std::vector<VariableId> variables_;
    std::optional<RowTable> table_;
    bool filled_ = false;
};

/// What hash join, left join and minus have in common: rows of the left side, and for each the compatible rows of the right.
class ProbingOperator : public Operator {
protected:
    ProbingOperator(std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, const std::vector<VariableId>& shared,
                    Context& context, const char* owner)
        : Operator(std::move(out)),
          context_(context),
          left_(std::move(left)),
          reader_(*left_, context),
          table_(std::move(right), shared, context, owner),
          shared_columns_(columns_of(left_->variables(), shared)),
          left_columns_(columns_of(left_->variables(), variables())),
          right_columns_(columns_of(table_.variables(), variables())),
          key_(shared.size()) {}

    /// Moves to the next row of the left side and finds its partners.
    bool next_left() {
        table_.fill();
        if (!reader_.next()) return false;
        for (std::size_t i = 0; i < key_.size(); ++i) key_[i] = reader_.at(shared_columns_[i]);
        table_.find(key_, partners_);
        at_ = 0;
        return true;
    }
    void emit(Batch& out, std::span<const TermId> right) const {
        for (std::size_t c = 0; c < left_columns_.size(); ++c) {
            const TermId known = reader_.at(left_columns_[c]);
            const bool from_right = !known.is_defined() && right_columns_[c] != kNoColumn && !right.empty();
            out.column(c)[out.size] = from_right ? right[right_columns_[c]] : known;
        }
        ++out.size;
    }
    void do_rewind() override {
        left_->rewind();
        reader_.restart();
        table_.rewind();
        partners_.clear();
        at_ = 0;
    }

    Context& context_;
    OperatorPtr left_;
    RowReader reader_;
    JoinTable table_;
    std::vector<std::size_t> shared_columns_, left_columns_, right_columns_;
    std::vector<TermId> key_;
    std::vector<std::uint32_t> partners_;
    std::size_t at_ = 0;
};

class HashJoinOperator final : public ProbingOperator {
public:
    HashJoinOperator(const plan::HashJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, "a hash join") {}

private:
    bool do_next(Batch& out) override {
        while (!out.full()) {
            if (at_ < partners_.size()) emit(out, table_.row(partners_[at_++]));
            else if (!next_left()) break;
        }
        context_.cancel.check();
        return out.size > 0;
    }
};

class LeftJoinOperator final : public ProbingOperator {
public:
    LeftJoinOperator(const plan::LeftJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, "OPTIONAL"),
          candidate_(variables().size()),
          functions_{ValueReader(context.pool), context.session, 0} {
        if (plan.condition) condition_ = compile(*plan.condition, variables(), context);
    }

private:
    bool do_next(Batch& out) override {
        while (!out.full()) {
            if (at_ < partners_.size()) {
                try_partner(out, partners_[at_++]);
                if (at_ % kBatchRows == 0) context_.cancel.check();
            } else if (pending_) {
                if (!matched_) emit(out, {});
                pending_ = false;
            } else if (next_left()) {
                pending_ = true;
                matched_ = false;
            } else {
                break;
            }
        }
        return out.size > 0;
    }
    void try_partner(Batch& out, std::uint32_t partner) {
        if (condition_) {
            candidate_.size = 0;
            emit(candidate_, table_.row(partner));
            if (!holds(*condition_, candidate_, 0, functions_)) return;
        }
        emit(out, table_.row(partner));
        matched_ = true;
    }
    void do_rewind() override {
        ProbingOperator::do_rewind();
        pending_ = false;
    }

    Batch candidate_;
    FunctionContext functions_;
    EvaluatorPtr condition_;
    bool pending_ = false;
    bool matched_ = false;
};

class MinusOperator final : public ProbingOperator {
public:
    MinusOperator(const plan::Minus& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, "MINUS") {}

private:
    bool do_next(Batch& out) override {
        while (!out.full() && next_left()) {
            const bool gone = std::any_of(partners_.begin(), partners_.end(),
                                          [this](std::uint32_t i) { return JoinTable::overlaps(key_, table_.row(i)); });
            if (!gone) emit(out, {});
        }
        return out.size > 0;
    }
};

/// Both sides ascend by the key. The rows of the right side with the current key are kept while the left side has that key.
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
          width_(right_->variables().size()) {}

private:
    bool do_next(Batch& out) override {
        if (!started_) start();
        while (!out.full()) {
            if (at_ < group_.size()) {
                emit(out);
                at_ += width_;
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
            if (!group_.empty() && key == group_key_) {
                at_ = 0;
                return true;
            }
            while (has_right_ && right_reader_.at(right_key_) < key) has_right_ = right_reader_.next();
            if (!has_right_) return false;
            if (right_reader_.at(right_key_) == key) {
                gather(key);
                return true;
            }
            while (has_left_ && left_reader_.at(left_key_) < right_reader_.at(right_key_)) has_left_ = left_reader_.next();
        }
        return false;
    }
    void gather(TermId key) {
        group_.clear();
        group_key_ = key;
        at_ = 0;
        while (has_right_ && right_reader_.at(right_key_) == key) {
            for (std::size_t c = 0; c < width_; ++c) group_.push_back(right_reader_.at(c));
            has_right_ = right_reader_.next();
        }
    }
    void emit(Batch& out) const {
        const TermId* right = group_.data() + at_;
        for (std::size_t i = 0; i < left_others_.size(); ++i) {
            if (left_reader_.at(left_others_[i]) != right[right_others_[i]]) return;
        }
        for (std::size_t c = 0; c < left_columns_.size(); ++c) {
            out.column(c)[out.size] = left_columns_[c] != kNoColumn ? left_reader_.at(left_columns_[c]) : right[right_columns_[c]];
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
    std::size_t width_;
    std::vector<TermId> group_;
    TermId group_key_;
    std::size_t at_ = 0;
    bool started_ = false, has_left_ = false, has_right_ = false, fresh_left_ = false;
};

}  // namespace

OperatorPtr make_merge_join(const plan::MergeJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context) {
    return std::make_unique<MergeJoinOperator>(plan, std::move(out), std::move(left), std::move(right), context);
}
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

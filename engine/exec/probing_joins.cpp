#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "engine/exec/compatible_rows.hpp"
#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_file.hpp"
#include "engine/exec/row_reader.hpp"

namespace tercet::exec {
namespace {

/// What hash join, left join and minus have in common: the right side is kept, and looked up for every row of the left.
///
/// When there is no memory for all of the right side, both sides go to files, and the left one is read once for each piece of the
/// right. What the passes find is merged by the numbers of the left rows, so that their order stays.
class ProbingOperator : public Operator {
protected:
    /// What comes out: pairs that agree, left rows without a partner, or both.
    enum class Keeps { Pairs, PairsAndRest, Rest };

    ProbingOperator(std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, const std::vector<VariableId>& shared,
                    Context& context, Keeps keeps, const char* owner)
        : Operator(std::move(out)),
          context_(context),
          keeps_(keeps),
          left_(std::move(left)),
          right_(std::move(right)),
          reader_(std::in_place, *left_, context),
          kept_(shared_first(shared, right_->variables())),
          table_(kept_.size(), shared.size(), context.memory, context.cancel, owner),
          shared_columns_(columns_of(left_->variables(), shared)),
          key_(shared.size()),
          layout_(layout_of(variables())) {}

    /// Moves to the next row of the left side and starts to look for its partners.
    bool next_left() {
        if (!std::exchange(fresh_, false) && !reader_->next()) return false;
        for (std::size_t i = 0; i < key_.size(); ++i) key_[i] = reader_->at(shared_columns_[i]);
        table_.find(key_, keeps_ == Keeps::Rest ? CompatibleRows::Overlap::Required : CompatibleRows::Overlap::Any);
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
            const TermId known = reader_->at(layout.left[c]);
            const bool from_right = !known.is_defined() && layout.right[c] != kNoColumn && !right.empty();
            out.column(c)[out.size] = from_right ? right[layout.right[c]] : known;
        }
        ++out.size;
    }
    void do_rewind() override {
        left_->rewind();
        right_->rewind();
        reader_.reset();
        reader_.emplace(*left_, context_);
        table_.clear();
        merged_.reset();
        left_rows_.reset();
        begun_ = fresh_ = false;
    }
    [[nodiscard]] const Layout& layout() const noexcept { return layout_; }
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
    /// The rows that come out while all of the right side is in the table.
    virtual bool join(Batch& out) = 0;
    /// Whether the current left row and this one of the right belong together, beyond being compatible.
    virtual bool fits(std::uint32_t) { return true; }

    bool do_next(Batch& out) final {
        if (!std::exchange(begun_, true)) begin();
        if (!merged_) return join(out);
        for (; !out.full() && !merged_->is_at_end(); merged_->pop()) {
            for (std::size_t c = 0; c < out.width(); ++c) out.column(c)[out.size] = merged_->top()[c];
            ++out.size;
        }
        return out.size > 0;
    }
    static std::vector<VariableId> shared_first(const std::vector<VariableId>& shared, const std::vector<VariableId>& all) {
        std::vector<VariableId> ordered = shared;
        for (const VariableId variable : all) {
            if (column_of(shared, variable) == kNoColumn) ordered.push_back(variable);
        }
        return ordered;
    }
    /// A left side without rows leaves the right one unread.
    void begin() {
        fresh_ = reader_->next();
        if (!fresh_) return;
        if (const auto rest = fill()) join_in_passes(*rest);
    }
    /// Returns the rows that there is no memory for.
    std::unique_ptr<RowFile> fill() {
        RowReader reader(*right_, context_);
        const auto columns = columns_of(right_->variables(), kept_);
        std::vector<TermId> row(kept_.size());
        std::unique_ptr<RowFile> rest;
        while (reader.next()) {
            for (std::size_t i = 0; i < row.size(); ++i) row[i] = reader.at(columns[i]);
            if (!rest && !table_.has_room() && table_.size() >= kFewestKept) rest = make_file(kept_.size());
            if (rest) rest->append(row);
            else table_.add(row);
        }
        return rest;
    }

    // --- pieces of the right side, one after the other ----------------------------------------------------------------

    [[nodiscard]] std::unique_ptr<RowFile> make_file(std::size_t width) const {
        return std::make_unique<RowFile>(width, context_.session.temporary_directory);
    }
    void join_in_passes(RowFile& rest) {
        std::vector<bool> has_partner(keep_left());
        std::vector<std::unique_ptr<RowFile>> found;
        RowFile::Reader rows(rest);
        for (bool more = rows.next();;) {
            found.push_back(pass(has_partner));
            if (!more) break;
            table_.clear();
            do table_.add(rows.row());
            while ((more = rows.next()) && (table_.size() < kFewestKept || table_.has_room()));
        }
        if (keeps_ != Keeps::Pairs) found.push_back(rows_alone(has_partner));
        table_.clear();
        merged_.emplace(std::move(found));
    }
    /// Writes the left side to a file, which stands for it from now on. Returns the number of rows.
    std::size_t keep_left() {
        const std::vector<VariableId> columns = left_->variables();
        auto file = make_file(columns.size());
        std::vector<TermId> row(columns.size());
        do {
            for (std::size_t c = 0; c < row.size(); ++c) row[c] = reader_->at(c);
            file->append(row);
        } while (reader_->next());
        const std::size_t count = file->size();
        left_rows_ = std::make_unique<RowFileOperator>(columns, std::move(file));
        return count;
    }
    void restart_left() {
        left_rows_->rewind();
        reader_.reset();
        reader_.emplace(*left_rows_, context_);
        fresh_ = false;
    }
    /// Looks up every left row in what the table now holds.
    std::unique_ptr<RowFile> pass(std::vector<bool>& has_partner) {
        auto found = make_file(variables().size() + 1);
        restart_left();
        CancelCheck check(context_.cancel);
        for (std::size_t number = 0; next_left(); ++number) {
            for (std::uint32_t partner = next_partner(); partner != kNoRow; partner = next_partner()) {
                check.step();
                if (!fits(partner)) continue;
                has_partner[number] = true;
                if (keeps_ == Keeps::Rest) break;
                write(*found, partner, number);
            }
        }
        return found;
    }
    std::unique_ptr<RowFile> rows_alone(const std::vector<bool>& has_partner) {
        auto found = make_file(variables().size() + 1);
        restart_left();
        for (std::size_t number = 0; reader_->next(); ++number) {
            if (!has_partner[number]) write(*found, kNoRow, number);
        }
        return found;
    }
    void write(RowFile& file, std::uint32_t partner, std::size_t number) {
        if (one_.width() != variables().size()) one_ = Batch(variables().size());
        one_.size = 0;
        emit(layout_, partner, one_);
        numbered_.clear();
        for (std::size_t c = 0; c < one_.width(); ++c) numbered_.push_back(one_.column(c)[0]);
        numbered_.push_back(TermId::from_bits(number));
        file.append(numbered_);
    }

    Keeps keeps_;
    OperatorPtr left_, right_;
    OperatorPtr left_rows_;  ///< the left side again; null: it is read once
    std::optional<RowReader> reader_;
    std::vector<VariableId> kept_;  ///< columns of the table: the shared variables, then the others of the right side
    CompatibleRows table_;
    std::vector<std::size_t> shared_columns_;
    std::vector<TermId> key_;
    Layout layout_;
    Batch one_{0};
    std::vector<TermId> numbered_;
    std::optional<FilesInTurn> merged_;
    bool begun_ = false, fresh_ = false;
};

class HashJoinOperator final : public ProbingOperator {
public:
    HashJoinOperator(const plan::HashJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, Keeps::Pairs, "a hash join") {}

private:
    bool join(Batch& out) override {
        context_.cancel.check();
        while (!out.full()) {
            const std::uint32_t partner = probing_ ? next_partner() : kNoRow;
            if (partner != kNoRow) emit(layout(), partner, out);
            else if (!(probing_ = next_left())) break;
        }
        return out.size > 0;
    }
    void do_rewind() override {
        ProbingOperator::do_rewind();
        probing_ = false;
    }

    bool probing_ = false;
};

class LeftJoinOperator final : public ProbingOperator {
public:
    LeftJoinOperator(const plan::LeftJoin& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, Keeps::PairsAndRest, "OPTIONAL"),
          merged_(layout_of(merged_variables())),
          candidate_(merged_.left.size()),
          functions_{ValueReader(context.pool), context.session, context.session.next_solutions()} {
        if (plan.condition) condition_ = compile(*plan.condition, merged_variables(), context);
    }

private:
    bool join(Batch& out) override {
        while (!out.full()) {
            const std::uint32_t partner = probing_ ? next_partner() : kNoRow;
            if (partner != kNoRow) {
                if (!fits(partner)) continue;
                emit(layout(), partner, out);
                matched_ = true;
                continue;
            }
            if (probing_ && !std::exchange(matched_, true)) {
                emit(layout(), kNoRow, out);
                continue;
            }
            probing_ = next_left();
            if (!probing_) break;
            matched_ = false;
        }
        return out.size > 0;
    }
    /// Whether the condition holds for the merged row; it may look at variables that go no further.
    bool fits(std::uint32_t partner) override {
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

    Layout merged_;
    Batch candidate_;
    FunctionContext functions_;
    EvaluatorPtr condition_;
    bool probing_ = false;
    bool matched_ = false;
};

class MinusOperator final : public ProbingOperator {
public:
    MinusOperator(const plan::Minus& plan, std::vector<VariableId> out, OperatorPtr left, OperatorPtr right, Context& context)
        : ProbingOperator(std::move(out), std::move(left), std::move(right), plan.shared, context, Keeps::Rest, "MINUS") {}

private:
    bool join(Batch& out) override {
        while (!out.full() && next_left()) {
            if (next_partner() == kNoRow) emit(layout(), kNoRow, out);
        }
        return out.size > 0;
    }
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

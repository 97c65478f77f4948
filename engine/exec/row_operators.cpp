#include "engine/exec/expression.hpp"
#include "engine/exec/operators.hpp"
#include "engine/exec/row_file.hpp"
#include "engine/exec/row_reader.hpp"
#include "engine/exec/row_table.hpp"

/// Operators that take rows one at a time and keep nothing of them, and the leaves that are not scans.
namespace tercet::exec {
namespace {

void copy_row(const RowReader& from, const std::vector<std::size_t>& columns, Batch& out) {
    for (std::size_t c = 0; c < columns.size(); ++c) out.column(c)[out.size] = from.at(columns[c]);
    ++out.size;
}

void copy_columns(const Batch& from, const std::vector<std::size_t>& columns, Batch& out) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c] == kNoColumn) std::fill_n(out.column(c), from.size, TermId{});
        else std::copy_n(from.column(columns[c]), from.size, out.column(c));
    }
    out.size = from.size;
}

/// An operator with one input, read row by row.
class UnaryOperator : public Operator {
protected:
    UnaryOperator(std::vector<VariableId> out, OperatorPtr input, const Context& context)
        : Operator(std::move(out)), input_(std::move(input)), reader_(*input_, context), columns_(columns_of(input_->variables(), variables())) {}
    void do_rewind() override {
        input_->rewind();
        reader_.restart();
    }

    OperatorPtr input_;
    RowReader reader_;
    std::vector<std::size_t> columns_;
};

class FilterOperator final : public UnaryOperator {
public:
    FilterOperator(const plan::Filter& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : UnaryOperator(std::move(out), std::move(input), context),
          condition_(compile(*plan.condition, input_->variables(), context)),
          functions_{ValueReader(context.pool), context.session, context.session.next_solutions()} {}

private:
    bool do_next(Batch& out) override {
        while (!out.full() && reader_.next()) {
            ++functions_.solution;
            if (holds(*condition_, reader_.batch(), reader_.row(), functions_)) copy_row(reader_, columns_, out);
        }
        return out.size > 0;
    }

    EvaluatorPtr condition_;
    FunctionContext functions_;
};

class ExtendOperator final : public UnaryOperator {
public:
    ExtendOperator(const plan::Extend& plan, std::vector<VariableId> out, OperatorPtr input, Context& context)
        : UnaryOperator(std::move(out), std::move(input), context),
          expression_(compile(*plan.expression, input_->variables(), context)),
          target_(column_of(variables(), plan.variable)),
          first_solution_(first_solution(*input_, context)),
          functions_{ValueReader(context.pool), context.session, first_solution_} {}

private:
    bool do_next(Batch& out) override {
        while (!out.full() && reader_.next()) {
            ++functions_.solution;
            const TermId value = functions_.reader.id(expression_->evaluate(reader_.batch(), reader_.row(), functions_));
            copy_row(reader_, columns_, out);
            if (target_ != kNoColumn) out.column(target_)[out.size - 1] = value;
        }
        return out.size > 0;
    }

    /// Expressions of one SELECT are a chain of these, and BNODE("x") is the same node in all of them for one solution.
    static std::uint64_t first_solution(const Operator& input, Context& context) {
        const auto* below = dynamic_cast<const ExtendOperator*>(&input);
        return below != nullptr ? below->first_solution_ : context.session.next_solutions();
    }

    EvaluatorPtr expression_;
    std::size_t target_;
    std::uint64_t first_solution_;
    FunctionContext functions_;
};

class ProjectOperator final : public Operator {
public:
    ProjectOperator(std::vector<VariableId> out, OperatorPtr input)
        : Operator(std::move(out)), input_(std::move(input)), columns_(columns_of(input_->variables(), variables())), batch_(input_->variables().size()) {}

private:
    bool do_next(Batch& out) override {
        if (!input_->next(batch_)) return false;
        copy_columns(batch_, columns_, out);
        return true;
    }
    void do_rewind() override { input_->rewind(); }

    OperatorPtr input_;
    std::vector<std::size_t> columns_;
    Batch batch_;
};

/// One input after the other, through one batch: there may be thousands of them.
class UnionOperator final : public Operator {
public:
    UnionOperator(std::vector<VariableId> out, std::vector<OperatorPtr> inputs) : Operator(std::move(out)), inputs_(std::move(inputs)) {
        if (!inputs_.empty()) start_input();
    }

private:
    bool do_next(Batch& out) override {
        while (at_ < inputs_.size()) {
            if (inputs_[at_]->next(batch_)) {
                copy_columns(batch_, columns_, out);
                return true;
            }
            if (++at_ < inputs_.size()) start_input();
        }
        return false;
    }
    void start_input() {
        const auto& columns = inputs_[at_]->variables();
        if (batch_.width() != columns.size()) batch_ = Batch(columns.size());
        columns_ = columns_of(columns, variables());
    }
    void do_rewind() override {
        for (OperatorPtr& input : inputs_) input->rewind();
        at_ = 0;
        if (!inputs_.empty()) start_input();
    }

    std::vector<OperatorPtr> inputs_;
    Batch batch_{0};
    std::vector<std::size_t> columns_;  ///< of the input that is read
    std::size_t at_ = 0;
};

class ValuesOperator final : public Operator {
public:
    ValuesOperator(const plan::Values& plan, std::vector<VariableId> out)
        : Operator(std::move(out)), rows_(plan.rows), columns_(columns_of(plan.variables, variables())) {}

private:
    bool do_next(Batch& out) override {
        for (; !out.full() && at_ < rows_.size(); ++at_) {
            for (std::size_t c = 0; c < columns_.size(); ++c) {
                out.column(c)[out.size] = columns_[c] == kNoColumn ? TermId{} : rows_[at_][columns_[c]];
            }
            ++out.size;
        }
        return out.size > 0;
    }
    void do_rewind() override { at_ = 0; }

    const std::vector<std::vector<TermId>>& rows_;
    std::vector<std::size_t> columns_;
    std::size_t at_ = 0;
};

class OuterRowOperator final : public Operator {
public:
    OuterRowOperator(std::vector<VariableId> out, Context& context) : Operator(std::move(out)), outer_(context.outer) {}

private:
    bool do_next(Batch& out) override {
        if (std::exchange(done_, true)) return false;
        for (std::size_t c = 0; c < variables().size(); ++c) {
            const std::size_t at = column_of(outer_->variables, variables()[c]);
            out.column(c)[0] = at == kNoColumn ? TermId{} : outer_->values[at];
        }
        out.size = 1;
        return true;
    }
    void do_rewind() override { done_ = false; }

    std::shared_ptr<const OuterRow> outer_;
    bool done_ = false;
};

/// Keeps what it has given out. When there is no memory for another row, those that are not known wait in files, cut up by a hash;
/// each file is gone through by itself afterwards, and what is left comes in its old order.
class DistinctOperator final : public UnaryOperator {
public:
    DistinctOperator(std::vector<VariableId> out, OperatorPtr input, Context& context)
        : UnaryOperator(std::move(out), std::move(input), context),
          context_(context),
          seen_(variables().size(), context.memory, context.cancel, "DISTINCT"),
          row_(variables().size() + 1) {}

private:
    bool do_next(Batch& out) override {
        while (!out.full() && reader_.next()) {
            for (std::size_t c = 0; c < columns_.size(); ++c) row_[c] = reader_.at(columns_[c]);
            row_.back() = TermId::from_bits(++number_);
            if (is_first(row_, 0, put_off_)) copy_row(reader_, columns_, out);
        }
        if (out.full() || !(put_off_ || rest_)) return out.size > 0;
        if (!rest_) go_through_files();
        for (; !out.full() && !rest_->is_at_end(); rest_->pop()) {
            for (std::size_t c = 0; c < columns_.size(); ++c) out.column(c)[out.size] = rest_->top()[c];
            ++out.size;
        }
        return out.size > 0;
    }

    /// Whether the row has not been there before; false, too, for one that is put off.
    bool is_first(std::span<const TermId> numbered, std::size_t depth, std::optional<Partitions>& put_off) {
        const auto row = numbered.first(columns_.size());
        if (seen_.find(row) != kNoRow) return false;
        const bool must_wait = put_off || (!seen_.has_room() && seen_.size() >= kFewestKept);
        if (!must_wait) return seen_.add(row);
        if (!put_off) put_off.emplace(row_.size(), depth, context_.session, "DISTINCT");
        put_off->append(hash_terms(row), numbered);
        return false;
    }
    void go_through_files() {
        std::vector<std::unique_ptr<RowFile>> kept;
        for (const auto& file : put_off_->take()) keep_first(*file, 1, kept);
        put_off_.reset();
        rest_.emplace(std::move(kept));
    }
    void keep_first(RowFile& file, std::size_t depth, std::vector<std::unique_ptr<RowFile>>& kept) {
        seen_.clear();
        std::optional<Partitions> put_off;
        auto first = std::make_unique<RowFile>(row_.size(), context_.session.temporary_directory);
        CancelCheck check(context_.cancel);
        for (RowFile::Reader rows(file); rows.next();) {
            check.step();
            if (is_first(rows.row(), depth, put_off)) first->append(rows.row());
        }
        kept.push_back(std::move(first));
        if (!put_off) return;
        for (const auto& part : put_off->take()) keep_first(*part, depth + 1, kept);
    }

    void do_rewind() override {
        UnaryOperator::do_rewind();
        seen_.clear();
        put_off_.reset();
        rest_.reset();
        number_ = 0;
    }

    Context& context_;
    RowTable seen_;
    std::vector<TermId> row_;              ///< with its number at the end
    std::uint64_t number_ = 0;
    std::optional<Partitions> put_off_;    ///< from when on there is no memory for a new row
    std::optional<FilesInTurn> rest_;
};

class SliceOperator final : public Operator {
public:
    SliceOperator(const plan::Slice& plan, std::vector<VariableId> out, OperatorPtr input)
        : Operator(std::move(out)), input_(std::move(input)), plan_(plan), batch_(input_->variables().size()),
          columns_(columns_of(input_->variables(), variables())) {}

private:
    bool do_next(Batch& out) override {
        while (!plan_.limit || given_ < *plan_.limit) {
            if (!input_->next(batch_)) return false;
            for (std::size_t r = 0; r < batch_.size; ++r) {
                if (skipped_ < plan_.offset) {
                    ++skipped_;
                    continue;
                }
                if (plan_.limit && given_ == *plan_.limit) break;
                for (std::size_t c = 0; c < columns_.size(); ++c) out.column(c)[out.size] = value_at(batch_, columns_[c], r);
                ++out.size;
                ++given_;
            }
            if (out.size > 0) return true;
        }
        return false;
    }
    void do_rewind() override {
        input_->rewind();
        skipped_ = given_ = 0;
    }

    OperatorPtr input_;
    const plan::Slice& plan_;
    Batch batch_;
    std::vector<std::size_t> columns_;
    std::uint64_t skipped_ = 0, given_ = 0;
};

}  // namespace

OperatorPtr make_filter(const plan::Filter& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<FilterOperator>(plan, std::move(out), std::move(input), context);
}
OperatorPtr make_extend(const plan::Extend& plan, std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<ExtendOperator>(plan, std::move(out), std::move(input), context);
}
OperatorPtr make_project(std::vector<VariableId> out, OperatorPtr input) {
    return std::make_unique<ProjectOperator>(std::move(out), std::move(input));
}
OperatorPtr make_union(std::vector<VariableId> out, std::vector<OperatorPtr> inputs) {
    return std::make_unique<UnionOperator>(std::move(out), std::move(inputs));
}
OperatorPtr make_values(const plan::Values& plan, std::vector<VariableId> out) {
    return std::make_unique<ValuesOperator>(plan, std::move(out));
}
OperatorPtr make_outer_row(std::vector<VariableId> out, Context& context) {
    return std::make_unique<OuterRowOperator>(std::move(out), context);
}
OperatorPtr make_distinct(std::vector<VariableId> out, OperatorPtr input, Context& context) {
    return std::make_unique<DistinctOperator>(std::move(out), std::move(input), context);
}
OperatorPtr make_slice(const plan::Slice& plan, std::vector<VariableId> out, OperatorPtr input) {
    return std::make_unique<SliceOperator>(plan, std::move(out), std::move(input));
}

}  // namespace tercet::exec

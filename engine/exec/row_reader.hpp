#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/exec/operator.hpp"

namespace tercet::exec {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

/// Position of a variable among columns, or kNoColumn.
[[nodiscard]] inline std::size_t column_of(const std::vector<VariableId>& variables, VariableId variable) {
    const auto found = std::find(variables.begin(), variables.end(), variable);
    return found == variables.end() ? kNoColumn : static_cast<std::size_t>(found - variables.begin());
}

/// Positions of several variables.
[[nodiscard]] inline std::vector<std::size_t> columns_of(const std::vector<VariableId>& variables, const std::vector<VariableId>& wanted) {
    std::vector<std::size_t> found;
    for (const VariableId variable : wanted) found.push_back(column_of(variables, variable));
    return found;
}

/// The value of a column in a row; undefined for kNoColumn.
[[nodiscard]] inline TermId value_at(const Batch& batch, std::size_t column, std::size_t row) {
    return column == kNoColumn ? TermId{} : batch.column(column)[row];
}

/// Takes an operator's batches row by row. Asks the cancel token once per batch.
class RowReader {
public:
    RowReader(Operator& input, const Context& context) : input_(input), cancel_(context.cancel), share_(context.memory, "a batch of rows") {}

    /// Moves to the next row; false at the end.
    bool next() {
        if (++row_ < batch_.size) return true;
        if (done_) return false;
        cancel_.check();
        if (batch_.width() != input_.variables().size()) make_batch();
        row_ = 0;
        done_ = !input_.next(batch_);
        return !done_;
    }
    /// Moves to the next row whose `column`, by which the rows ascend, is not below `lower`; false at the end.
    bool next_at_least(std::size_t column, TermId lower) {
        if (!next()) return false;
        while (at(column) < lower) {
            const TermId* values = batch_.column(column);
            if (values[batch_.size - 1] >= lower) {
                row_ = static_cast<std::size_t>(std::lower_bound(values + row_, values + batch_.size, lower) - values);
                return true;
            }
            row_ = batch_.size - 1;
            input_.skip_below(input_.variables()[column], lower);
            if (!next()) return false;
        }
        return true;
    }
    void restart() {
        batch_.size = 0;
        row_ = 0;
        done_ = false;
    }
    [[nodiscard]] TermId at(std::size_t column) const { return value_at(batch_, column, row_); }
    [[nodiscard]] const Batch& batch() const noexcept { return batch_; }
    [[nodiscard]] std::size_t row() const noexcept { return row_; }

private:
    /// Made when it is first needed: of many branches most may never run.
    void make_batch() {
        share_.resize(Batch::bytes(input_.variables().size()));
        batch_ = Batch(input_.variables().size());
    }

    Operator& input_;
    const CancelToken& cancel_;
    MemoryShare share_;
    Batch batch_{0};
    std::size_t row_ = 0;
    bool done_ = false;
};

}  // namespace tercet::exec

#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "engine/exec/operator.hpp"
#include "engine/exec/row_reader.hpp"

namespace tercet::exec {

/// The row that an inner pattern sees outside itself, and the row outside the operator that runs the pattern, from which it takes
/// what that operator does not set.
class NestedRow {
public:
    NestedRow(std::vector<VariableId> variables, std::shared_ptr<const OuterRow> enclosing)
        : row_(std::make_shared<OuterRow>()), enclosing_(std::move(enclosing)) {
        places_ = enclosing_ ? columns_of(enclosing_->variables, variables) : std::vector(variables.size(), kNoColumn);
        row_->values.resize(variables.size());
        row_->variables = std::move(variables);
    }

    /// For the context of the pattern.
    [[nodiscard]] const std::shared_ptr<OuterRow>& row() const noexcept { return row_; }
    [[nodiscard]] TermId& value(std::size_t i) { return row_->values[i]; }
    [[nodiscard]] TermId value(std::size_t i) const { return row_->values[i]; }

    /// Sets every value to that of the row outside, which stays the same until the operator is rewound.
    void take_over() {
        for (std::size_t i = 0; i < places_.size(); ++i) row_->values[i] = places_[i] != kNoColumn ? enclosing_->values[places_[i]] : TermId{};
    }

private:
    std::shared_ptr<OuterRow> row_;
    std::shared_ptr<const OuterRow> enclosing_;
    std::vector<std::size_t> places_;
};

}  // namespace tercet::exec

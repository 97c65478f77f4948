#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/algebra/algebra.hpp"
#include "engine/model/quad_source.hpp"
#include "engine/model/term_id.hpp"

namespace tercet::exec {

using algebra::VariableId;

/// Up to kBatchRows solutions as columns of term ids; the undefined id is "unbound".
///
/// Which variable a column holds is fixed by the operator that fills the batch (Operator::variables()).
/// Columns have room for kBatchRows rows always; `size` says how many count.
class Batch {
public:
    explicit Batch(std::size_t columns) : columns_(columns, std::vector<TermId>(kBatchRows)) {}

    /// What a batch of so many columns takes.
    [[nodiscard]] static constexpr std::size_t bytes(std::size_t columns) noexcept { return columns * kBatchRows * sizeof(TermId); }

    [[nodiscard]] std::size_t width() const noexcept { return columns_.size(); }
    [[nodiscard]] TermId* column(std::size_t i) noexcept { return columns_[i].data(); }
    [[nodiscard]] const TermId* column(std::size_t i) const noexcept { return columns_[i].data(); }
    [[nodiscard]] bool full() const noexcept { return size == kBatchRows; }

    std::size_t size = 0;

private:
    std::vector<std::vector<TermId>> columns_;
};

}  // namespace tercet::exec

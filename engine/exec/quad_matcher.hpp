#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/exec/operator.hpp"
#include "engine/plan/plan.hpp"

namespace tercet::exec {

/// Walks the quads that fit four slots in a graph scope: constants, repeated variables, and graphs read as one are seen to.
class QuadMatcher {
public:
    QuadMatcher(const std::array<plan::Slot, 4>& slots, const plan::GraphScope& graphs, const QuadSource& source);

    /// Starts a walk over what fits `pattern`, in `order` or in the best one.
    void open(const QuadPattern& pattern, const IndexOrder* order = nullptr);
    /// The constants of the slots; variables match everything.
    [[nodiscard]] const QuadPattern& pattern() const noexcept { return pattern_; }

    /// Moves to the next quad; false at the end.
    bool next();
    [[nodiscard]] TermId at(std::size_t slot) const { return batch_->column[slot][row_]; }

private:
    [[nodiscard]] bool fits();

    const QuadSource& source_;
    plan::GraphScope graphs_;
    QuadPattern pattern_;
    std::vector<std::pair<std::size_t, std::size_t>> equal_slots_;
    std::unique_ptr<QuadCursor> cursor_;
    std::unique_ptr<QuadBatch> batch_ = std::make_unique<QuadBatch>();
    std::size_t row_ = 0;
    std::size_t limit_ = 0;
    std::array<TermId, 3> last_{};
};

}  // namespace tercet::exec

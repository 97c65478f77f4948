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
    /// Lets go of all that the walk holds. open() comes before anything else then.
    void close() noexcept;
    /// The constants of the slots; variables match everything.
    [[nodiscard]] const QuadPattern& pattern() const noexcept { return pattern_; }

    /// Moves to the next quad; false at the end.
    bool next();
    /// Moves on by several quads at once: up to `most` that all fit, the first of them now current and the others after it.
    /// Returns how many; 0 at the end.
    [[nodiscard]] std::size_t next_run(std::size_t most);
    [[nodiscard]] const TermId* run(std::size_t slot) const { return batch_->column[slot].data() + row_; }
    /// Whether every quad of the pattern fits, so that runs are long.
    [[nodiscard]] bool all_fit() const { return equal_slots_.empty() && graphs_.kind == plan::GraphScope::Kind::One; }
    /// Skips quads whose `slot` is below `lower`, if the walk ascends by that slot first; otherwise does nothing.
    void skip_below(std::size_t slot, TermId lower);
    [[nodiscard]] TermId at(std::size_t slot) const { return batch_->column[slot][row_]; }

private:
    [[nodiscard]] bool fits();

    const QuadSource& source_;
    plan::GraphScope graphs_;
    QuadPattern pattern_;
    std::vector<std::pair<std::size_t, std::size_t>> equal_slots_;
    std::unique_ptr<QuadCursor> cursor_;
    const IndexOrder* order_ = nullptr;
    QuadPattern walked_;                 ///< the pattern of the cursor
    std::size_t run_ = 1;                ///< quads that next_run() has given, from row_ on
    std::unique_ptr<QuadBatch> batch_;   ///< none before the first walk
    std::size_t row_ = 0;
    std::size_t limit_ = 0;
    std::array<TermId, 3> last_{};
};

}  // namespace tercet::exec

#include "engine/exec/operator.hpp"

#include <chrono>

namespace tercet::exec {

bool Operator::next(Batch& out) {
    using Clock = std::chrono::steady_clock;
    const auto start = timed_ ? Clock::now() : Clock::time_point{};
    out.size = 0;
    const bool more = do_next(out) && out.size > 0;
    if (timed_) {
        statistics_.nanoseconds += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count());
    }
    statistics_.rows += out.size;
    statistics_.batches += more ? 1 : 0;
    return more;
}

}  // namespace tercet::exec

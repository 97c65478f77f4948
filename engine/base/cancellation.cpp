#include "engine/base/cancellation.hpp"

#include "tercet/error.hpp"

namespace tercet {

void CancelToken::check() const {
    if (state_->cancels.load(std::memory_order_relaxed) != before_) throw Error(ErrorCode::Cancelled, "cancelled");
    if (deadline_ && Clock::now() > *deadline_) {
        throw Error(ErrorCode::Timeout, "stopped at its time limit; give it more time or ask for less");
    }
}

}  // namespace tercet

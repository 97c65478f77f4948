#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

namespace tercet {

/// Asked by every long loop, once per batch of work; set from any thread or by its deadline.
///
/// Copies share one state. A default-constructed token can be cancelled too.
class CancelToken {
public:
    using Clock = std::chrono::steady_clock;

    CancelToken() : state_(std::make_shared<State>()) {}

    /// Safe in a signal handler.
    void cancel() const noexcept { state_->cancelled.store(true, std::memory_order_relaxed); }
    void reset() const noexcept { state_->cancelled.store(false, std::memory_order_relaxed); }
    void set_deadline(std::optional<Clock::time_point> deadline) noexcept { deadline_ = deadline; }

    /// Throws Error (Cancelled or Timeout) when the work must stop.
    void check() const;

private:
    struct State {
        std::atomic<bool> cancelled{false};
    };
    std::shared_ptr<State> state_;
    std::optional<Clock::time_point> deadline_;
};

}  // namespace tercet

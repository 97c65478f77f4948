#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace tercet {

/// Asked by every long loop, once per batch of work; set from any thread or by its deadline.
///
/// Copies share one state. A token is cancelled by each cancel() after it was begun, on any copy, and never by one before: a token
/// that is begun later is another call's. A default-constructed token can be cancelled too.
class CancelToken {
public:
    using Clock = std::chrono::steady_clock;

    CancelToken() : state_(std::make_shared<State>()) {}

    /// Safe in a signal handler.
    void cancel() const noexcept { state_->cancels.fetch_add(1, std::memory_order_relaxed); }
    /// A token for the next call.
    [[nodiscard]] CancelToken begin() const {
        CancelToken token = *this;
        token.before_ = state_->cancels.load(std::memory_order_relaxed);
        return token;
    }
    void set_deadline(std::optional<Clock::time_point> deadline) noexcept { deadline_ = deadline; }

    /// Throws Error (Cancelled or Timeout) when the work must stop.
    void check() const;

private:
    struct State {
        std::atomic<std::uint64_t> cancels{0};
    };
    std::shared_ptr<State> state_;
    std::uint64_t before_ = 0;  ///< cancels when it was begun
    std::optional<Clock::time_point> deadline_;
};

/// Asks a token once in so many steps of a loop. The token must outlive it.
class CancelCheck {
public:
    explicit CancelCheck(const CancelToken& token, std::uint32_t steps = 4096) : token_(token), steps_(steps) {}
    void step() {
        if (++done_ % steps_ == 0) token_.check();
    }

private:
    const CancelToken& token_;
    std::uint32_t steps_;
    std::uint32_t done_ = 0;
};

}  // namespace tercet

#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "engine/base/cancellation.hpp"

namespace tercet::storage {

/// Lets one writer at a time through. Unlike a mutex it may be released by another thread than took it, since a
/// transaction may be handed on.
class WriterTurn {
public:
    class Guard {
    public:
        explicit Guard(WriterTurn& turn, const CancelToken& cancel = {}) : turn_(turn) {
            constexpr std::chrono::milliseconds kBetweenLooks{20};
            std::unique_lock lock(turn_.mutex_);
            while (!turn_.free_.wait_for(lock, kBetweenLooks, [this] { return !turn_.taken_; })) cancel.check();
            turn_.taken_ = true;
        }
        ~Guard() { release(); }
        Guard(const Guard&) = delete;
        Guard& operator=(const Guard&) = delete;

        [[nodiscard]] bool is_held() const noexcept { return is_held_; }
        /// Gives the turn to the next one before the guard ends.
        void release() {
            if (!std::exchange(is_held_, false)) return;
            {
                const std::scoped_lock lock(turn_.mutex_);
                turn_.taken_ = false;
            }
            turn_.free_.notify_one();
        }

    private:
        WriterTurn& turn_;
        bool is_held_ = true;
    };

private:
    std::mutex mutex_;
    std::condition_variable free_;
    bool taken_ = false;
};

}  // namespace tercet::storage

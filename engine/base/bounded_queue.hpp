#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace tercet {

/// Hands work from some threads to others; who is ahead waits. Any number of threads may use it at once.
template <typename Item>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t most) : most_(most) {}
    BoundedQueue(const BoundedQueue&) = delete;
    BoundedQueue& operator=(const BoundedQueue&) = delete;

    /// Waits for room. False if the queue is closed: the item is dropped.
    bool push(Item item) {
        std::unique_lock lock(mutex_);
        has_room_.wait(lock, [this] { return closed_ || items_.size() < most_; });
        if (closed_) return false;
        items_.push_back(std::move(item));
        has_items_.notify_one();
        return true;
    }
    /// Waits for an item. Nothing if the queue is closed and empty.
    [[nodiscard]] std::optional<Item> pop() {
        std::unique_lock lock(mutex_);
        has_items_.wait(lock, [this] { return closed_ || !items_.empty(); });
        if (items_.empty()) return std::nullopt;
        std::optional<Item> item(std::move(items_.front()));
        items_.pop_front();
        has_room_.notify_one();
        return item;
    }
    /// No more items are taken; those that are there still come out.
    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        has_room_.notify_all();
        has_items_.notify_all();
    }

private:
    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable has_room_;
    std::condition_variable has_items_;
    std::deque<Item> items_;
    bool closed_ = false;
};

}  // namespace tercet

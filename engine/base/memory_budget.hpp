#pragma once

#include <atomic>
#include <cstddef>

namespace tercet {

/// The bytes one query may hold. Operators take before they allocate in bulk and give back when they free. A budget within another
/// counts for both: EXPLAIN ANALYZE gives one to each operator.
class MemoryBudget {
public:
    static constexpr std::size_t kUnlimited = static_cast<std::size_t>(-1);

    explicit MemoryBudget(std::size_t limit = kUnlimited) noexcept : limit_(limit) {}
    /// The parent must outlive it.
    explicit MemoryBudget(MemoryBudget* parent) noexcept : limit_(kUnlimited), parent_(parent) {}
    MemoryBudget(const MemoryBudget&) = delete;
    MemoryBudget& operator=(const MemoryBudget&) = delete;

    /// Throws Error (Memory) when the limit would be passed; nothing is taken then.
    void take(std::size_t bytes, const char* what);
    /// Whether they could be taken.
    [[nodiscard]] bool try_take(std::size_t bytes) noexcept;
    void give(std::size_t bytes) noexcept {
        used_.fetch_sub(bytes, std::memory_order_relaxed);
        if (parent_ != nullptr) parent_->give(bytes);
    }

    [[nodiscard]] std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t peak() const noexcept { return peak_.load(std::memory_order_relaxed); }
    [[nodiscard]] std::size_t limit() const noexcept { return parent_ != nullptr ? parent_->limit() : limit_; }

private:
    std::size_t limit_;
    MemoryBudget* parent_ = nullptr;
    std::atomic<std::size_t> used_{0};
    std::atomic<std::size_t> peak_{0};
};

/// What one operator holds of a budget; gives it back when it dies.
class MemoryShare {
public:
    MemoryShare(MemoryBudget& budget, const char* owner) noexcept : budget_(&budget), owner_(owner) {}
    ~MemoryShare() { release(); }
    MemoryShare(const MemoryShare&) = delete;
    MemoryShare& operator=(const MemoryShare&) = delete;

    /// Sets what is held to `bytes` in all.
    void resize(std::size_t bytes);
    /// The same; false, and nothing changes, when there is not enough.
    [[nodiscard]] bool try_resize(std::size_t bytes) noexcept;
    void grow(std::size_t bytes) { resize(held_ + bytes); }
    void release() noexcept;

private:
    MemoryBudget* budget_;
    const char* owner_;
    std::size_t held_ = 0;
};

}  // namespace tercet

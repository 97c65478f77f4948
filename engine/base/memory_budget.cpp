#include "engine/base/memory_budget.hpp"

#include <string>

#include "tercet/error.hpp"

namespace tercet {

bool MemoryBudget::try_take(std::size_t bytes) noexcept {
    const std::size_t before = used_.fetch_add(bytes, std::memory_order_relaxed);
    const std::size_t now = before + bytes;
    if (now > limit_ || now < before || (parent_ != nullptr && !parent_->try_take(bytes))) {
        used_.fetch_sub(bytes, std::memory_order_relaxed);
        return false;
    }
    std::size_t peak = peak_.load(std::memory_order_relaxed);
    while (now > peak && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {
    }
    return true;
}

void MemoryBudget::take(std::size_t bytes, const char* what) {
    if (try_take(bytes)) return;
    throw Error(ErrorCode::Memory, std::string(what) + " needs more than the query's memory limit of " +
                                       std::to_string(limit() >> 20U) + " MiB; raise it or ask for less");
}

bool MemoryShare::try_resize(std::size_t bytes) noexcept {
    if (bytes > held_ && !budget_->try_take(bytes - held_)) return false;
    if (bytes < held_) budget_->give(held_ - bytes);
    held_ = bytes;
    return true;
}

void MemoryShare::resize(std::size_t bytes) {
    if (bytes > held_) budget_->take(bytes - held_, owner_);
    else budget_->give(held_ - bytes);
    held_ = bytes;
}

void MemoryShare::release() noexcept {
    budget_->give(held_);
    held_ = 0;
}

}  // namespace tercet

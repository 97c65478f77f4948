#include "engine/exec/row_store.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kFirstRows = 256;

}  // namespace

/// A first block grows until it is whole; then there are others.
std::size_t RowStore::next_capacity() const noexcept {
    return capacity_ < kBlockRows ? std::max(2 * capacity_, kFirstRows) : capacity_ + kBlockRows;
}

bool RowStore::has_room() {
    if (count_ < capacity_) return true;
    if (!share_.try_resize(next_capacity() * width_ * sizeof(TermId))) return false;
    grow();
    return true;
}

void RowStore::make_room() {
    if (count_ == kNoRow - 1) throw Error(ErrorCode::Memory, "more than four thousand million rows have to be kept at once");
    share_.resize(next_capacity() * width_ * sizeof(TermId));
    grow();
}

void RowStore::grow() {
    capacity_ = next_capacity();
    if (blocks_.size() * kBlockRows < capacity_) blocks_.emplace_back();
    blocks_.back().reserve(std::min(capacity_, kBlockRows) * width_);
}

void RowStore::clear() noexcept {
    for (Block& block : blocks_) block.clear();
    count_ = 0;
}

void RowStore::release() noexcept {
    blocks_.clear();
    count_ = 0;
    capacity_ = 0;
    share_.release();
}

}  // namespace tercet::exec

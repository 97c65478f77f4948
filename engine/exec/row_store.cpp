#include "engine/exec/row_store.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kFirstRows = 256;

}  // namespace

std::size_t RowStore::next_capacity() const { return std::max(values_.capacity() * 2, kFirstRows * width_); }

void RowStore::reserve(std::size_t values) {
    values_.reserve(values);
    share_.resize(values_.capacity() * sizeof(TermId));
}

bool RowStore::has_room() {
    if (!is_full()) return true;
    if (!share_.try_resize((values_.size() + next_capacity()) * sizeof(TermId))) return false;
    reserve(next_capacity());
    return true;
}

std::uint32_t RowStore::append(std::span<const TermId> row) {
    if (count_ == kNoRow - 1) throw Error(ErrorCode::Memory, "more than four thousand million rows have to be kept at once");
    if (is_full()) {
        share_.resize((values_.size() + next_capacity()) * sizeof(TermId));
        reserve(next_capacity());
    }
    values_.insert(values_.end(), row.begin(), row.end());
    return count_++;
}

void RowStore::clear() {
    values_.clear();
    count_ = 0;
}

}  // namespace tercet::exec

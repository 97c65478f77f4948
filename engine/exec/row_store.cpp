#include "engine/exec/row_store.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kFirstRows = 256;

}  // namespace

std::uint32_t RowStore::append(std::span<const TermId> row) {
    if (count_ == kNoRow - 1) throw Error(ErrorCode::Memory, "more than four thousand million rows have to be kept at once");
    if (values_.size() + width_ > values_.capacity()) {
        const std::size_t wanted = std::max(values_.capacity() * 2, kFirstRows * width_);
        share_.resize(wanted * sizeof(TermId));
        values_.reserve(wanted);
    }
    values_.insert(values_.end(), row.begin(), row.end());
    return count_++;
}

void RowStore::clear() {
    values_.clear();
    count_ = 0;
}

}  // namespace tercet::exec

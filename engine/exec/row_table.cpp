#include "engine/exec/row_table.hpp"

#include <algorithm>

#include "tercet/error.hpp"

namespace tercet::exec {
namespace {

constexpr std::size_t kFirstBuckets = 64;

}  // namespace

RowTable::RowTable(std::size_t width, std::size_t key_width, MemoryBudget& memory, const char* owner)
    : width_(width), key_width_(key_width), buckets_(kFirstBuckets, kNone), share_(memory, owner) {}

std::uint64_t RowTable::hash(std::span<const TermId> key) const {
    std::uint64_t h = 0x9E3779B97F4A7C15ULL;
    for (std::size_t i = 0; i < key_width_; ++i) h = mix(h ^ key[i].bits());
    return h;
}

bool RowTable::same_key(std::uint32_t row, std::span<const TermId> key) const {
    return std::equal(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(key_width_), values_.begin() + static_cast<std::ptrdiff_t>(std::size_t{row} * width_));
}

void RowTable::append(std::span<const TermId> row) {
    if (count_ >= kNone - 1) throw Error(ErrorCode::Memory, "more than four thousand million rows have to be kept at once");
    if (values_.size() + width_ > values_.capacity()) {
        const std::size_t wanted = std::max<std::size_t>(values_.capacity() * 2, 256 * std::max<std::size_t>(width_, 1));
        share_.resize((wanted * sizeof(TermId)) + (wanted / std::max<std::size_t>(width_, 1)) * 3 * sizeof(std::uint32_t));
        values_.reserve(wanted);
    }
    values_.insert(values_.end(), row.begin(), row.end());
    ++count_;
}

void RowTable::link(std::uint32_t row) {
    if (count_ > buckets_.size()) grow();
    std::uint32_t& bucket = buckets_[hash(this->row(row)) & (buckets_.size() - 1)];
    next_.resize(count_, kNone);
    next_[row] = bucket;
    bucket = row;
}

void RowTable::grow() {
    buckets_.assign(buckets_.size() * 4, kNone);
    for (std::uint32_t i = 0; i < next_.size(); ++i) {
        if (std::binary_search(partly_unbound_.begin(), partly_unbound_.end(), i)) continue;
        std::uint32_t& bucket = buckets_[hash(row(i)) & (buckets_.size() - 1)];
        next_[i] = bucket;
        bucket = i;
    }
}

void RowTable::add(std::span<const TermId> row) {
    append(row);
    const auto number = static_cast<std::uint32_t>(count_ - 1);
    const bool bound = std::all_of(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(key_width_), [](TermId id) { return id.is_defined(); });
    if (bound) {
        link(number);
        return;
    }
    next_.resize(count_, kNone);
    partly_unbound_.push_back(number);
}

std::uint32_t RowTable::first(std::span<const TermId> key) const {
    for (std::uint32_t at = buckets_[hash(key) & (buckets_.size() - 1)]; at != kNone; at = next_[at]) {
        if (same_key(at, key)) return at;
    }
    return kNone;
}

std::uint32_t RowTable::find_or_add(std::span<const TermId> row, bool& is_new) {
    const std::uint32_t found = first(row);
    is_new = found == kNone;
    if (!is_new) return found;
    append(row);
    link(static_cast<std::uint32_t>(count_ - 1));
    return static_cast<std::uint32_t>(count_ - 1);
}

bool RowTable::add_distinct(std::span<const TermId> row) {
    bool is_new = false;
    static_cast<void>(find_or_add(row, is_new));
    return is_new;
}

void RowTable::clear() {
    values_.clear();
    next_.clear();
    partly_unbound_.clear();
    buckets_.assign(kFirstBuckets, kNone);
    count_ = 0;
}

}  // namespace tercet::exec

#include "engine/storage/block_writer.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "engine/storage/key_codec.hpp"

namespace tercet::storage {
namespace {

/// Fewer rows than this take the next block in, too.
constexpr std::size_t kFewRows = kBlockRows / 4;
constexpr std::uint64_t kHighest = ~std::uint64_t{0};
constexpr IndexRow kBehindAll{kHighest, kHighest, kHighest, kHighest};

}  // namespace

std::vector<IndexRow> decode_rows(const QuadBlock& block) {
    const auto batch = std::make_unique<std::array<std::array<TermId, kMostBlockRows>, 4>>();
    BlockPlace place;
    block.decode(place, block.rows(), {(*batch)[0].data(), (*batch)[1].data(), (*batch)[2].data(), (*batch)[3].data()});
    std::vector<IndexRow> rows(block.rows());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t part = 0; part < 4; ++part) rows[i][part] = (*batch)[part][i].bits();
    }
    return rows;
}

/// Copies what was there below the row, and leaves out the row itself.
void BlockWriter::pass_old(const IndexRow& row) {
    go_to(row);
    copy_below(row);
    if (old_at_ < old_rows_.size() && old_rows_[old_at_] == row) ++old_at_;
}

/// Makes the block where the row would be the one that is being changed. Behind the last fence that is the last block.
void BlockWriter::go_to(const IndexRow& row) {
    while (next_ < old_.size()) {
        const bool is_last = next_ + 1 == old_.size();
        if (next_ > 0 && !(old_[next_ - 1].last < row)) return;
        copy_below(kBehindAll);
        const bool is_clean = old_[next_].last < row && !is_last;
        if (is_clean && (waiting() == 0 || waiting() >= kFewRows))
            keep_block();
        else
            load(next_++);
    }
}

void BlockWriter::load(std::size_t index) {
    old_rows_ = decode_rows(reader_.read_block(order_, old_[index])->block);
    old_at_ = 0;
    replaced_.push_back(old_[index]);
}

void BlockWriter::keep_block() {
    flush();
    fences_.append(old_[next_++]);
}

void BlockWriter::copy_below(const IndexRow& row) {
    while (old_at_ < old_rows_.size() && old_rows_[old_at_] < row) push(old_rows_[old_at_++]);
}

/// The last block of rows is kept back, to be parted evenly with the few that may follow at the end.
void BlockWriter::make_room() {
    if (!full_.empty()) write(full_);
    full_.swap(rows_);
    rows_.clear();
    rows_.reserve(kBlockRows);
}

void BlockWriter::write(std::span<const IndexRow> rows) {
    const std::uint64_t number = numbers_++;
    const auto graph_part = static_cast<std::size_t>(std::find(order_.position.begin(), order_.position.end(), 3U) - order_.position.begin());
    const auto default_rows = std::count_if(rows.begin(), rows.end(), [&](const IndexRow& row) { return row[graph_part] == 0; });
    target_.put(family_of(order_), encode_number(number), encode_block(rows));
    fences_.append({rows.back(), number, static_cast<std::uint32_t>(rows.size()), static_cast<std::uint32_t>(default_rows)});
}

/// What is more than a block becomes two of equal size.
void BlockWriter::flush() {
    full_.insert(full_.end(), rows_.begin(), rows_.end());
    const std::span<const IndexRow> all(full_);
    const std::size_t first = all.size() > kBlockRows ? (all.size() + 1) / 2 : all.size();
    if (first > 0) write(all.first(first));
    if (first < all.size()) write(all.subspan(first));
    full_.clear();
    rows_.clear();
}

FenceIndex BlockWriter::finish() {
    copy_below(kBehindAll);
    while (next_ < old_.size()) {
        if (waiting() == 0 || waiting() >= kFewRows) {
            keep_block();
        } else {
            load(next_++);
            copy_below(kBehindAll);
        }
    }
    flush();
    std::vector<std::uint64_t> gone;
    for (const Fence& fence : replaced_) gone.push_back(fence.block);
    std::sort(gone.begin(), gone.end());
    for (const std::uint64_t block : gone) target_.remove(family_of(order_), encode_number(block));
    return std::move(fences_);
}

void write_fences(CommitTarget& target, const std::array<FenceIndex, kOrderCount>& fences, std::uint64_t first_new,
                  const std::array<std::vector<Fence>, kOrderCount>& replaced) {
    std::map<std::string, std::string> changes;  // an empty value: gone
    for (std::size_t order = 0; order < kOrderCount; ++order) {
        for (const Fence& fence : replaced[order]) changes[encode_fence_key(order, fence.last)] = {};
        for (std::size_t i = 0; i < fences[order].size(); ++i) {
            const Fence& fence = fences[order][i];
            if (fence.block >= first_new) changes[encode_fence_key(order, fence.last)] = encode_fence(fence);
        }
    }
    for (const auto& [key, value] : changes) {
        if (value.empty())
            target.remove(Family::Fences, key);
        else
            target.put(Family::Fences, key, value);
    }
}

}  // namespace tercet::storage

#include "engine/graph/node_set.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace tercet::graph {
namespace {

constexpr std::size_t kFirstSlots = 16;
constexpr std::size_t kLargestHash = 4096;
/// A bitmap may take as many bits for each node in it as a slot of the hash table would.
constexpr std::uint64_t kBitsPerNode = 128;

std::size_t class_of(TermId id) {
    return static_cast<std::size_t>(id.tag()) * 4 + static_cast<std::size_t>(id.segment());
}

}  // namespace

std::vector<std::uint64_t>* NodeSet::bitmap_of(TermId id) const {
    if (!bitmaps_ || id.is_inline()) return nullptr;
    auto& words = bitmaps_->words[class_of(id)];
    return id.rank() / 64 < words.size() ? &words : nullptr;
}

std::size_t NodeSet::slot_of(TermId id) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = mix(id.bits()) & mask;
    while (slots_[slot].is_defined() && slots_[slot] != id) slot = (slot + 1) & mask;
    return slot;
}

bool NodeSet::insert(TermId id) {
    if (auto* words = bitmap_of(id)) {
        std::uint64_t& word = (*words)[id.rank() / 64];
        const std::uint64_t bit = std::uint64_t{1} << (id.rank() % 64);
        if ((word & bit) != 0) return false;
        word |= bit;
        ++size_;
        return true;
    }
    if (slots_.size() < 2 * (used_ + 1)) {
        grow();
        if (bitmap_of(id) != nullptr) return insert(id);
    }
    TermId& slot = slots_[slot_of(id)];
    if (slot.is_defined()) return false;
    slot = id;
    ++used_;
    ++size_;
    return true;
}

bool NodeSet::contains(TermId id) const {
    if (const auto* words = bitmap_of(id)) return (((*words)[id.rank() / 64] >> (id.rank() % 64)) & 1U) != 0;
    return !slots_.empty() && slots_[slot_of(id)].is_defined();
}

std::size_t NodeSet::bytes() const noexcept {
    std::size_t sum = slots_.size() * sizeof(TermId);
    if (!bitmaps_) return sum;
    for (const auto& words : bitmaps_->words) sum += words.size() * sizeof(std::uint64_t);
    return sum + sizeof(Bitmaps);
}

void NodeSet::grow() {
    if (used_ >= kLargestHash) choose_bitmaps();
    const auto stays = [&](TermId id) { return id.is_defined() && bitmap_of(id) == nullptr; };
    const auto staying = static_cast<std::size_t>(std::count_if(slots_.begin(), slots_.end(), stays));
    const std::size_t wanted = std::bit_ceil(std::max(kFirstSlots, 4 * (staying + 1)));
    const std::vector<TermId> before = std::exchange(slots_, std::vector<TermId>(wanted));
    size_ -= used_;
    used_ = 0;
    for (const TermId id : before) {
        if (id.is_defined()) insert(id);
    }
}

/// Makes or widens the bitmap of each kind of term that is close together.
void NodeSet::choose_bitmaps() {
    std::array<std::uint64_t, kBitmaps> count{}, end{};
    for (const TermId id : slots_) {
        if (!id.is_defined() || id.is_inline()) continue;
        ++count[class_of(id)];
        end[class_of(id)] = std::max(end[class_of(id)], id.rank() + 1);
    }
    if (!bitmaps_) bitmaps_ = std::make_unique<Bitmaps>();
    for (std::size_t i = 0; i < kBitmaps; ++i) {
        auto& words = bitmaps_->words[i];
        const std::uint64_t known = count[i] + words.size();
        if (count[i] != 0 && end[i] <= known * kBitsPerNode) words.resize(2 * end[i] / 64 + 1);
    }
}

}  // namespace tercet::graph

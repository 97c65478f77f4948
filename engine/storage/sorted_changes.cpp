#include "engine/storage/sorted_changes.hpp"

#include <algorithm>

namespace tercet::storage {
namespace {

/// Below this, comparing is cheaper than packing and counting bytes.
constexpr std::size_t kFewChanges = 1024;

QuadPacking packing_of(std::span<const Change> changes) {
    QuadPacking packing;
    for (const Change& change : changes) packing.see(change.quad);
    return packing;
}

template <std::size_t Words>
PackedQuad<Words> without_mark(PackedQuad<Words> packed) {
    packed.word[0] &= ~kMark;
    return packed;
}

/// The mark says that the quad is to be there.
template <std::size_t Words>
Change unpack(const QuadPacker<Words>& packer, const PackedQuad<Words>& packed) {
    return {packer.unpack(without_mark(packed)), (packed.word[0] & kMark) != 0};
}

template <std::size_t Words>
RawVector<PackedQuad<Words>> sorted(std::span<const Change> changes, const QuadPacker<Words>& packer) {
    RawVector<PackedQuad<Words>> packed(changes.size()), scratch;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        packed[i] = packer.pack(changes[i].quad);
        if (changes[i].present) packed[i].word[0] |= kMark;
    }
    packer.sort(packed, scratch);
    const auto same = [](const PackedQuad<Words>& a, const PackedQuad<Words>& b) { return without_mark(a) == without_mark(b); };
    packed.erase(packed.begin(), std::unique(packed.rbegin(), packed.rend(), same).base());
    return packed;
}

template <std::size_t Words, typename Changes>
void sort_packed(Changes& changes, const QuadPacking& packing) {
    const QuadPacker<Words> packer(packing, kQuadOrder);
    const auto packed = sorted<Words>(changes, packer);
    changes.resize(packed.size());
    std::transform(packed.begin(), packed.end(), changes.begin(), [&](const auto& each) { return unpack(packer, each); });
}

PackedRun make_run(std::span<const Change> changes, const QuadPacking& packing, const std::string& directory) {
    return with_words(packing.words(), [&]<std::size_t Words>() {
        return PackedRun(SortedRun<PackedQuad<Words>>(sorted<Words>(changes, {packing, kQuadOrder}), directory));
    });
}

template <typename Changes>
void sort_any(Changes& changes) {
    if (changes.size() >= kFewChanges) {
        const QuadPacking packing = packing_of(changes);
        return with_words(packing.words(), [&]<std::size_t Words>() { sort_packed<Words>(changes, packing); });
    }
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.quad < b.quad; });
    const auto same = [](const Change& a, const Change& b) { return a.quad == b.quad; };
    changes.erase(changes.begin(), std::unique(changes.rbegin(), changes.rend(), same).base());
}

}  // namespace

void sort_changes(std::vector<Change>& changes) { sort_any(changes); }
void sort_changes(RawVector<Change>& changes) { sort_any(changes); }

ChangeRun::ChangeRun(std::span<const Change> changes, const std::string& directory)
    : packing_(packing_of(changes)), run_(make_run(changes, packing_, directory)) {}

std::unique_ptr<RecordStream<Change>> ChangeRun::read() const {
    return std::visit(
        [&]<std::size_t Words>(const SortedRun<PackedQuad<Words>>& run) {
            const QuadPacker<Words> packer(packing_, kQuadOrder);
            return unpacked<Change, PackedQuad<Words>>(run.read(), [packer](const PackedQuad<Words>& packed) { return unpack(packer, packed); });
        },
        run_);
}

}  // namespace tercet::storage

#include "engine/storage/quad_list.hpp"

#include <functional>

namespace tercet::storage {
namespace {

/// Below this, sorting them as they are is cheaper than packing.
constexpr std::size_t kFewQuads = 1024;

/// From the packing of a list to that of an order, leaving out what does not belong there.
template <std::size_t Words>
void pack_again(std::vector<PackedQuad<Words>>& quads, const QuadPacker<Words>& from, const QuadPacker<Words>& to, const IndexOrder& order) {
    std::size_t kept = 0;
    for (const PackedQuad<Words>& packed : quads) {
        const Quad quad = from.unpack(packed);
        if (belongs_to(order, quad)) quads[kept++] = to.pack(quad);
    }
    quads.resize(kept);
}

template <std::size_t Words>
std::unique_ptr<QuadStream> unpacked_quads(std::unique_ptr<RecordStream<PackedQuad<Words>>> packed, const QuadPacker<Words>& packer) {
    return unpacked<Quad, PackedQuad<Words>>(std::move(packed), [packer](const PackedQuad<Words>& quad) { return packer.unpack(quad); });
}

}  // namespace

QuadList::QuadList(std::vector<Quad> quads) : size_(quads.size()) {
    for (const Quad& quad : quads) packing_.see(quad);
    memory_ = std::make_shared<const std::vector<Quad>>(std::move(quads));
}

QuadList::QuadList(const QuadPacking& packing, std::string directory, std::size_t memory)
    : packing_(packing), directory_(std::move(directory)), sort_memory_(memory) {
    if (!packing.fits_two_words()) pieces_.emplace<1>();
}

void QuadList::append(const std::vector<Quad>& quads) {
    if (quads.empty()) return;
    size_ += quads.size();
    std::visit(
        [&]<std::size_t Words>(std::vector<SortedRun<PackedQuad<Words>>>& pieces) {
            const QuadPacker<Words> packer(packing_, kQuadOrder);
            std::vector<PackedQuad<Words>> packed;
            packed.reserve(quads.size());
            for (const Quad& quad : quads) packed.push_back(packer.pack(quad));
            pieces.emplace_back(packed, directory_);
        },
        pieces_);
}

std::shared_ptr<const std::vector<Quad>> QuadList::load() const {
    if (memory_) return memory_;
    auto all = std::make_shared<std::vector<Quad>>();
    all->reserve(size_);
    const auto each = sorted(kQuadOrder);
    for (auto block = each->next(); !block.empty(); block = each->next()) all->insert(all->end(), block.begin(), block.end());
    return all;
}

std::unique_ptr<QuadStream> QuadList::sorted(const IndexOrder& order) const {
    if (!memory_) return std::visit([&]<std::size_t Words>(const std::vector<SortedRun<PackedQuad<Words>>>& pieces) { return merged<Words>(pieces, order); }, pieces_);
    if (&order == &kQuadOrder) return SortedRun<Quad>(memory_).read();
    if (memory_->size() >= kFewQuads) return packing_.fits_two_words() ? sorted_in_memory<2>(order) : sorted_in_memory<4>(order);
    std::vector<Quad> quads = *memory_;
    sort_again(quads, order);
    return SortedRun<Quad>(std::move(quads)).read();
}

template <std::size_t Words>
std::unique_ptr<QuadStream> QuadList::sorted_in_memory(const IndexOrder& order) const {
    const QuadPacker<Words> packer(packing_, order);
    std::vector<PackedQuad<Words>> packed;
    packed.reserve(order.named_graphs_only ? 0 : memory_->size());
    for (const Quad& quad : *memory_) {
        if (belongs_to(order, quad)) packed.push_back(packer.pack(quad));
    }
    packer.sort(packed, unsorted_parts(order));
    return unpacked_quads<Words>(SortedRun<PackedQuad<Words>>(std::move(packed)).read(), packer);
}

template <std::size_t Words>
std::unique_ptr<QuadStream> QuadList::merged(const Pieces<Words>& pieces, const IndexOrder& order) const {
    using Packed = PackedQuad<Words>;
    const QuadPacker<Words> from(packing_, kQuadOrder), to(packing_, order);
    std::vector<std::unique_ptr<RecordStream<Packed>>> streams;
    std::size_t left = sort_memory_;
    for (const auto& piece : pieces) {
        if (&order == &kQuadOrder) {
            streams.push_back(piece.read());
            continue;
        }
        std::vector<Packed> quads = piece.copy();
        pack_again(quads, from, to, order);
        to.sort(quads, unsorted_parts(order));
        const std::size_t bytes = quads.size() * sizeof(Packed);
        const bool fits = bytes <= left;
        if (fits) left -= bytes;
        streams.push_back((fits ? SortedRun<Packed>(std::move(quads)) : SortedRun<Packed>(quads, directory_)).read());
    }
    auto all = std::make_unique<MergedStream<Packed, std::less<>>>(std::move(streams), std::less<>());
    return unpacked_quads<Words>(std::move(all), to);
}

}  // namespace tercet::storage

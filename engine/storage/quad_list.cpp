#include "engine/storage/quad_list.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace tercet::storage {
namespace {

/// Below this, sorting them as they are is cheaper than packing.
constexpr std::size_t kFewQuads = 1024;

/// As one block.
class QuadsInMemory final : public QuadStream {
public:
    explicit QuadsInMemory(std::shared_ptr<const std::vector<Quad>> quads) : quads_(std::move(quads)), left_(*quads_) {}
    std::span<const Quad> next() override { return std::exchange(left_, {}); }

private:
    std::shared_ptr<const std::vector<Quad>> quads_;
    std::span<const Quad> left_;
};

std::shared_ptr<const std::vector<Quad>> nothing() { return std::make_shared<const std::vector<Quad>>(); }

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
    with_words(packing.words(), [&]<std::size_t Words>() { pieces_.emplace<Pieces<Words>>(); });
}

void QuadList::append(const std::vector<Quad>& quads) {
    if (quads.empty()) return;
    size_ += quads.size();
    std::visit(
        [&]<std::size_t Words>(std::vector<SortedRun<PackedQuad<Words>>>& pieces) {
            const QuadPacker<Words> packer(packing_, kQuadOrder);
            RawVector<PackedQuad<Words>> packed(quads.size());
            std::transform(quads.begin(), quads.end(), packed.begin(), [&](const Quad& quad) { return packer.pack(quad); });
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
    if (order.named_graphs_only && !packing_.has_named_graphs()) return std::make_unique<QuadsInMemory>(nothing());
    if (!memory_) return std::visit([&]<std::size_t Words>(const Pieces<Words>& pieces) { return merged<Words>(pieces, order); }, pieces_);
    if (&order == &kQuadOrder) return std::make_unique<QuadsInMemory>(memory_);
    if (memory_->size() >= kFewQuads) return with_words(packing_.words(), [&]<std::size_t Words>() { return sorted_in_memory<Words>(order); });
    auto quads = std::make_shared<std::vector<Quad>>(*memory_);
    storage::sort_again(*quads, order);
    return std::make_unique<QuadsInMemory>(std::move(quads));
}

template <std::size_t Words>
std::unique_ptr<QuadStream> QuadList::sorted_in_memory(const IndexOrder& order) const {
    const QuadPacker<Words> packer(packing_, order);
    RawVector<PackedQuad<Words>> packed(memory_->size()), scratch;
    std::size_t kept = 0;
    for (const Quad& quad : *memory_) {
        if (belongs_to(order, quad)) packed[kept++] = packer.pack(quad);
    }
    packed.resize(kept);
    packer.sort_again(packed, scratch);
    return unpacked_quads<Words>(SortedRun<PackedQuad<Words>>(std::move(packed)).read(), packer);
}

template <std::size_t Words>
std::unique_ptr<QuadStream> QuadList::merged(const Pieces<Words>& pieces, const IndexOrder& order) const {
    using Packed = PackedQuad<Words>;
    const QuadPacker<Words> from(packing_, kQuadOrder), to(packing_, order);
    std::vector<std::unique_ptr<RecordStream<Packed>>> streams;
    std::size_t left = sort_memory_;
    RawVector<Packed> scratch;
    for (const auto& piece : pieces) {
        if (&order == &kQuadOrder) {
            streams.push_back(piece.read());
            continue;
        }
        piece.copy(scratch);
        RawVector<Packed> quads(scratch.size());
        std::size_t kept = 0;
        for (const Packed& packed : scratch) {
            if (!order.named_graphs_only || belongs_to(order, from.unpack(packed))) quads[kept++] = to.pack_again(packed, from);
        }
        quads.resize(kept);
        to.sort_again(quads, scratch);
        const std::size_t bytes = quads.size() * sizeof(Packed);
        const bool fits = bytes <= left;
        if (fits) left -= bytes;
        streams.push_back((fits ? SortedRun<Packed>(std::move(quads)) : SortedRun<Packed>(quads, directory_)).read());
    }
    auto all = std::make_unique<MergedStream<Packed, std::less<>>>(std::move(streams), std::less<>());
    return unpacked_quads<Words>(std::move(all), to);
}

}  // namespace tercet::storage

#include "engine/storage/quad_list.hpp"

namespace tercet::storage {
namespace {

SortedRun<Quad> sorted_piece(const SortedRun<Quad>& piece, const IndexOrder& order, const std::string& directory) {
    if (&order == &kQuadOrder) return piece;
    std::vector<Quad> quads = piece.copy();
    sort_again(quads, order);
    return piece.is_in_memory() ? SortedRun<Quad>(std::move(quads)) : SortedRun<Quad>(quads, directory);
}

}  // namespace

QuadList::QuadList(std::vector<Quad> quads) : size_(quads.size()) {
    if (!quads.empty()) pieces_.emplace_back(std::move(quads));
}

void QuadList::append(const std::vector<Quad>& quads, const std::string& directory) {
    if (quads.empty()) return;
    pieces_.emplace_back(quads, directory);
    size_ += quads.size();
}

std::shared_ptr<const std::vector<Quad>> QuadList::load() const {
    if (pieces_.size() == 1) return pieces_.front().load();
    auto all = std::make_shared<std::vector<Quad>>();
    all->reserve(size_);
    for (const auto& piece : pieces_) {
        const auto quads = piece.load();
        all->insert(all->end(), quads->begin(), quads->end());
    }
    return all;
}

std::unique_ptr<QuadStream> QuadList::sorted(const IndexOrder& order, const std::string& directory) const {
    std::vector<std::unique_ptr<QuadStream>> streams;
    for (const auto& piece : pieces_) streams.push_back(sorted_piece(piece, order, directory).read());
    if (streams.size() == 1) return std::move(streams.front());
    return std::make_unique<MergedStream<Quad, KeyLess>>(std::move(streams), KeyLess{order});
}

}  // namespace tercet::storage

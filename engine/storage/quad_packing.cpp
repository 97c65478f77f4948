#include "engine/storage/quad_packing.hpp"

#include <bit>

namespace tercet::storage {
namespace {

/// Of the numbers that tell apart the ids of one kind.
unsigned number_width(const std::array<QuadPacking::Range, QuadPacking::kKinds>& ranges) noexcept {
    std::uint64_t most = 0;
    for (const QuadPacking::Range& range : ranges) {
        if (!range.empty()) most = std::max(most, range.most - range.least);
    }
    return static_cast<unsigned>(std::bit_width(most));
}

/// Of those that tell apart the kinds.
unsigned kind_width(const std::array<QuadPacking::Range, QuadPacking::kKinds>& ranges) noexcept {
    const auto kinds = std::count_if(ranges.begin(), ranges.end(), [](const QuadPacking::Range& range) { return !range.empty(); });
    return kinds == 0 ? 0 : static_cast<unsigned>(std::bit_width(static_cast<std::size_t>(kinds) - 1));
}

}  // namespace

bool QuadPacking::has_named_graphs() const noexcept {
    return std::any_of(ranges_[3].begin() + 1, ranges_[3].end(), [](const Range& range) { return !range.empty(); });
}

std::size_t QuadPacking::words() const noexcept {
    unsigned width = 1;
    for (const auto& ranges : ranges_) width += number_width(ranges) + kind_width(ranges);
    return width <= 64 ? 1 : width <= 128 ? 2 : 4;
}

template <std::size_t Words>
void QuadPacker<Words>::Field::set_ranges(const std::array<QuadPacking::Range, QuadPacking::kKinds>& ranges) noexcept {
    number_width = storage::number_width(ranges);
    width = number_width + kind_width(ranges);
    std::uint64_t kinds = 0;
    for (std::size_t kind = 0; kind < ranges.size(); ++kind) {
        if (ranges[kind].empty()) continue;
        back[kinds] = ranges[kind].least - (kinds == 0 ? 0 : kinds << number_width);
        add[kind] = std::uint64_t{0} - back[kinds];
        ++kinds;
    }
}

template <std::size_t Words>
QuadPacker<Words>::QuadPacker(const QuadPacking& packing, const IndexOrder& order) noexcept {
    const std::size_t unsorted = unsorted_parts(order);
    for (std::size_t part = 0; part < 4; ++part) {
        Field field;
        field.slot = order.position[part];
        field.set_ranges(packing.ranges(field.slot));
        same_.slot[field.slot] = TermId::from_bits(field.back[0]);
        field_of_[field.slot] = used_;
        if (field.width == 0) continue;
        width_ += field.width;
        if (part >= unsorted) unsorted_place_ += field.width;
        fields_[used_++] = field;
    }
    unsigned place = width_;
    for (std::size_t i = 0; i < used_; ++i) fields_[i].place = place -= fields_[i].width;
    first_is_sorted_ = used_ > 0 && order.position[0] == kQuadOrder.position[0] && fields_[0].slot == order.position[0];
}

template <std::size_t Words>
void QuadPacker<Words>::sort_again(RawVector<Packed>& quads, RawVector<Packed>& scratch) const {
    if (unsorted_place_ == width_) return;
    if (first_is_sorted_) return sort_runs(quads);
    sort_by_bits(quads, scratch, unsorted_place_);
}

/// Sorted by the first part already.
template <std::size_t Words>
void QuadPacker<Words>::sort_runs(RawVector<Packed>& quads) const {
    const Field& first = fields_[0];
    for (auto begin = quads.begin(); begin != quads.end();) {
        const std::uint64_t bits = get(*begin, first.place, first.width);
        const auto end = std::find_if(begin + 1, quads.end(), [&](const Packed& quad) { return get(quad, first.place, first.width) != bits; });
        std::sort(begin, end);
        begin = end;
    }
}

/// One stable pass by some bits after the other, the lowest first.
template <std::size_t Words>
void QuadPacker<Words>::sort_by_bits(RawVector<Packed>& quads, RawVector<Packed>& scratch, unsigned low) const {
    constexpr unsigned kWidest = 11;
    const unsigned passes = (width_ - low + kWidest - 1) / kWidest;
    scratch.resize(quads.size());
    for (unsigned pass = 0; pass < passes; ++pass) {
        const unsigned left = passes - pass, width = (width_ - low + left - 1) / left;
        std::array<std::size_t, std::size_t{1} << kWidest> start{};
        for (const Packed& quad : quads) ++start[get(quad, low, width)];
        std::size_t next = 0;
        for (std::size_t digit = 0; digit < std::size_t{1} << width; ++digit) next += std::exchange(start[digit], next);
        for (const Packed& quad : quads) scratch[start[get(quad, low, width)]++] = quad;
        quads.swap(scratch);
        low += width;
    }
}

template class QuadPacker<1>;
template class QuadPacker<2>;
template class QuadPacker<4>;

}  // namespace tercet::storage

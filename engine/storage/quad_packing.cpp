#include "engine/storage/quad_packing.hpp"

#include <bit>

#include "engine/storage/radix_sort.hpp"

namespace tercet::storage {
namespace {

/// Kinds and segments of ids lie above, ranks and most numbers need few of the bits below.
constexpr unsigned kHighBits = TermId::kRankBits;

unsigned low_width(std::uint64_t differing) noexcept { return static_cast<unsigned>(std::bit_width(differing & TermId::kRankMask)); }

/// From the lowest to the highest bit that differs above kHighBits.
unsigned high_place(std::uint64_t differing) noexcept {
    const std::uint64_t high = differing >> kHighBits;
    return high == 0 ? kHighBits : kHighBits + static_cast<unsigned>(std::countr_zero(high));
}
unsigned high_width(std::uint64_t differing) noexcept {
    return static_cast<unsigned>(std::bit_width(differing)) - high_place(differing);
}

}  // namespace

bool QuadPacking::fits_two_words() const noexcept {
    unsigned width = 1;
    for (const std::uint64_t bits : differing_) width += low_width(bits) + (bits >> kHighBits == 0 ? 0 : high_width(bits));
    return width <= 128;
}

template <std::size_t Words>
QuadPacker<Words>::QuadPacker(const QuadPacking& packing, const IndexOrder& order) noexcept {
    unsigned place = 0;
    for (std::size_t part = 4; part-- > 0;) {
        Field& field = fields_[part];
        field.slot = order.position[part];
        const std::uint64_t differing = packing.differing(field.slot);
        field.place = place;
        field.low_width = low_width(differing);
        field.high_place = high_place(differing);
        field.high_width = differing >> kHighBits == 0 ? 0 : high_width(differing);
        field.same = packing.base(field.slot) & ~(mask(field.low_width) | mask(field.high_width) << field.high_place);
        place += field.width();
    }
    // What takes no bits may lie behind the last word.
    for (Field& field : fields_) {
        if (field.width() == 0) field.place = 0;
    }
}

template <std::size_t Words>
void QuadPacker<Words>::sort(std::vector<Packed>& quads, std::size_t parts) const {
    if (parts == 0) return;
    Packed wanted;
    for (std::size_t part = 0; part < parts; ++part) put(wanted, fields_[part], mask(fields_[part].width()));
    std::vector<Packed> scratch;
    for (std::size_t word = Words; word-- > 0;) {
        const std::uint64_t bits = wanted.word[word];
        if (bits != 0) radix_sort(quads, scratch, [word, bits](const Packed& packed) { return packed.word[word] & bits; });
    }
}

template class QuadPacker<2>;
template class QuadPacker<4>;

}  // namespace tercet::storage

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/storage/quad_order.hpp"
#include "engine/storage/sorted_run.hpp"

namespace tercet::storage {

/// A quad of a set in as few bits as tell it from the others, in the order of an index: compares as its key does. The
/// highest bit is left free for a mark.
template <std::size_t Words>
struct PackedQuad {
    std::array<std::uint64_t, Words> word;  ///< the highest one first

    friend constexpr bool operator==(const PackedQuad&, const PackedQuad&) noexcept = default;
    friend constexpr bool operator<(const PackedQuad& a, const PackedQuad& b) noexcept {
        for (std::size_t i = 0; i + 1 < Words; ++i) {
            if (a.word[i] != b.word[i]) return a.word[i] < b.word[i];
        }
        return a.word[Words - 1] < b.word[Words - 1];
    }
};

inline constexpr std::uint64_t kMark = std::uint64_t{1} << 63U;

/// Which ids stand in the slots of a set of quads: those of a kind lie between a least and a greatest one.
class QuadPacking {
public:
    static constexpr std::size_t kKinds = std::size_t{1} << (64 - TermId::kPayloadBits);
    struct Range {
        std::uint64_t least = ~std::uint64_t{0};
        std::uint64_t most = 0;

        [[nodiscard]] bool empty() const noexcept { return least > most; }
    };

    void see(const Quad& quad) noexcept {
        for (std::size_t i = 0; i < 4; ++i) {
            const std::uint64_t id = quad.slot[i].bits();
            widen(ranges_[i][id >> TermId::kPayloadBits], {id, id});
        }
    }
    void see(const QuadPacking& other) noexcept {
        for (std::size_t i = 0; i < 4; ++i) {
            for (std::size_t kind = 0; kind < kKinds; ++kind) widen(ranges_[i][kind], other.ranges_[i][kind]);
        }
    }

    /// Of a slot, by kind.
    [[nodiscard]] const std::array<Range, kKinds>& ranges(std::size_t slot) const noexcept { return ranges_[slot]; }
    [[nodiscard]] bool has_named_graphs() const noexcept;
    /// How many words a quad and a mark need: 1, 2 or 4. Four are always enough, since subject and graph are no literals.
    [[nodiscard]] std::size_t words() const noexcept;

private:
    static void widen(Range& range, const Range& other) noexcept {
        range.least = std::min(range.least, other.least);
        range.most = std::max(range.most, other.most);
    }
    std::array<std::array<Range, kKinds>, 4> ranges_;
};

/// Calls work.template operator()<Words>() for the words that a packing needs.
template <typename Work>
decltype(auto) with_words(std::size_t words, Work work) {
    if (words == 1) return work.template operator()<1>();
    if (words == 2) return work.template operator()<2>();
    return work.template operator()<4>();
}

/// Packs quads of a set, which the packing has seen, for an order.
template <std::size_t Words>
class QuadPacker {
public:
    using Packed = PackedQuad<Words>;

    QuadPacker(const QuadPacking& packing, const IndexOrder& order) noexcept;

    [[nodiscard]] Packed pack(const Quad& quad) const noexcept {
        Packed packed{};
        for (std::size_t i = 0; i < used_; ++i) put(packed, fields_[i].place, fields_[i].take(quad.slot[fields_[i].slot].bits()));
        return packed;
    }
    [[nodiscard]] Quad unpack(const Packed& packed) const noexcept {
        Quad quad = same_;
        for (std::size_t i = 0; i < used_; ++i) {
            const Field& field = fields_[i];
            quad.slot[field.slot] = TermId::from_bits(field.spread(get(packed, field.place, field.width)));
        }
        return quad;
    }
    /// From the same packing's packer for another order.
    [[nodiscard]] Packed pack_again(const Packed& packed, const QuadPacker& other) const noexcept {
        Packed again{};
        for (std::size_t i = 0; i < used_; ++i) {
            put(again, fields_[i].place, get(packed, other.fields_[other.field_of_[fields_[i].slot]].place, fields_[i].width));
        }
        return again;
    }

    /// Marks do not count: what is equal but for them stays in its order. `scratch` is any vector; what it holds afterwards
    /// is of no use but its memory.
    void sort(RawVector<Packed>& quads, RawVector<Packed>& scratch) const { sort_by_bits(quads, scratch, 0); }
    /// Precondition: the quads are in kQuadOrder.
    void sort_again(RawVector<Packed>& quads, RawVector<Packed>& scratch) const;

private:
    /// The number of an id among those of its kind, and above it that of its kind.
    struct Field {
        std::size_t slot = 0;
        unsigned place = 0;  ///< of the lowest bit, in the packed quad
        unsigned width = 0;
        unsigned number_width = 0;
        std::array<std::uint64_t, QuadPacking::kKinds> add{};   ///< to an id, by its kind
        std::array<std::uint64_t, QuadPacking::kKinds> back{};  ///< to its bits, by the number of its kind

        void set_ranges(const std::array<QuadPacking::Range, QuadPacking::kKinds>& ranges) noexcept;
        [[nodiscard]] std::uint64_t take(std::uint64_t id) const noexcept { return id + add[id >> TermId::kPayloadBits]; }
        [[nodiscard]] std::uint64_t spread(std::uint64_t bits) const noexcept { return bits + back[bits >> number_width]; }
    };

    static void put(Packed& packed, unsigned place, std::uint64_t bits) noexcept {
        if constexpr (Words == 1) {
            packed.word[0] |= bits << place;
        } else {
            const std::size_t word = Words - 1 - place / 64;
            const unsigned shift = place % 64;
            packed.word[word] |= bits << shift;
            if (shift > 0 && word > 0) packed.word[word - 1] |= bits >> (64 - shift);
        }
    }
    static std::uint64_t get(const Packed& packed, unsigned place, unsigned width) noexcept {
        const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
        if constexpr (Words == 1) {
            return packed.word[0] >> place & mask;
        } else {
            const std::size_t word = Words - 1 - place / 64;
            const unsigned shift = place % 64;
            std::uint64_t bits = packed.word[word] >> shift;
            if (shift > 0 && word > 0) bits |= packed.word[word - 1] << (64 - shift);
            return bits & mask;
        }
    }
    /// By the bits from `low` on.
    void sort_by_bits(RawVector<Packed>& quads, RawVector<Packed>& scratch, unsigned low) const;
    void sort_runs(RawVector<Packed>& quads) const;

    std::array<Field, 4> fields_;  ///< in the order of the index; those behind `used_` take no bits
    std::size_t used_ = 0;
    std::array<std::size_t, 4> field_of_{};  ///< by slot
    unsigned width_ = 0;
    unsigned unsorted_place_ = 0;  ///< of the lowest bit to be sorted by if the quads are in kQuadOrder
    bool first_is_sorted_ = false;  ///< then, by its first part
    Quad same_;                    ///< what stands in the slots that take no bits
};

/// Gives out what `unpack` makes of each record of another stream.
template <typename Record, typename Packed, typename Unpack>
class UnpackedStream final : public RecordStream<Record> {
public:
    UnpackedStream(std::unique_ptr<RecordStream<Packed>> packed, Unpack unpack) : packed_(std::move(packed)), unpack_(std::move(unpack)) {}
    std::span<const Record> next() override {
        if (left_.empty()) left_ = packed_->next();
        const std::size_t count = std::min(left_.size(), kBlock);
        block_.resize(count);
        for (std::size_t i = 0; i < count; ++i) block_[i] = unpack_(left_[i]);
        left_ = left_.subspan(count);
        return block_;
    }

private:
    static constexpr std::size_t kBlock = 1024;
    std::unique_ptr<RecordStream<Packed>> packed_;
    Unpack unpack_;
    std::span<const Packed> left_;
    std::vector<Record> block_;
};

template <typename Record, typename Packed, typename Unpack>
[[nodiscard]] std::unique_ptr<RecordStream<Record>> unpacked(std::unique_ptr<RecordStream<Packed>> packed, Unpack unpack) {
    return std::make_unique<UnpackedStream<Record, Packed, Unpack>>(std::move(packed), std::move(unpack));
}

}  // namespace tercet::storage

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

/// A quad of a set without the bits that are the same in all of them, in the order of an index: compares as its key does. The
/// highest bit is left free for a mark.
template <std::size_t Words>
struct PackedQuad {
    std::array<std::uint64_t, Words> word{};  ///< the highest one first

    friend constexpr auto operator<=>(const PackedQuad&, const PackedQuad&) noexcept = default;
};

inline constexpr std::uint64_t kMark = std::uint64_t{1} << 63U;

/// Which bits of the ids differ within a set of quads.
class QuadPacking {
public:
    void see(const Quad& quad) noexcept {
        if (!has_seen_) base_ = quad;
        has_seen_ = true;
        for (std::size_t i = 0; i < 4; ++i) differing_[i] |= quad.slot[i].bits() ^ base_.slot[i].bits();
    }
    void see(const QuadPacking& other) noexcept {
        if (!other.has_seen_) return;
        see(other.base_);
        for (std::size_t i = 0; i < 4; ++i) differing_[i] |= other.differing_[i];
    }

    [[nodiscard]] std::uint64_t base(std::size_t slot) const noexcept { return base_.slot[slot].bits(); }
    [[nodiscard]] std::uint64_t differing(std::size_t slot) const noexcept { return differing_[slot]; }
    /// Whether the quads and a mark fit into two words; four are always enough, since subject and graph are no literals.
    [[nodiscard]] bool fits_two_words() const noexcept;

private:
    Quad base_;
    std::array<std::uint64_t, 4> differing_{};
    bool has_seen_ = false;
};

/// Packs quads of a set, which the packing has seen, for an order.
template <std::size_t Words>
class QuadPacker {
public:
    using Packed = PackedQuad<Words>;

    QuadPacker(const QuadPacking& packing, const IndexOrder& order) noexcept;

    [[nodiscard]] Packed pack(const Quad& quad) const noexcept {
        Packed packed;
        for (const Field& field : fields_) put(packed, field, field.take(quad.slot[field.slot].bits()));
        return packed;
    }
    [[nodiscard]] Quad unpack(const Packed& packed) const noexcept {
        Quad quad;
        for (const Field& field : fields_) quad.slot[field.slot] = TermId::from_bits(field.spread(get(packed, field)));
        return quad;
    }
    /// Sorts by the leading parts, and leaves those of equal ones in their order; marks do not count.
    void sort(std::vector<Packed>& quads, std::size_t parts) const;

private:
    /// The differing bits of a rank or number, and above them those of its kind.
    struct Field {
        std::size_t slot = 0;
        unsigned place = 0;  ///< of the lowest bit, in the packed quad
        unsigned low_width = 0, high_width = 0, high_place = 0;
        std::uint64_t same = 0;  ///< the bits that do not differ

        [[nodiscard]] unsigned width() const noexcept { return low_width + high_width; }
        [[nodiscard]] std::uint64_t take(std::uint64_t id) const noexcept { return (id & mask(low_width)) | (id >> high_place & mask(high_width)) << low_width; }
        [[nodiscard]] std::uint64_t spread(std::uint64_t bits) const noexcept { return same | (bits & mask(low_width)) | (bits >> low_width) << high_place; }
    };
    static constexpr std::uint64_t mask(unsigned width) noexcept { return width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1; }

    static void put(Packed& packed, const Field& field, std::uint64_t bits) noexcept {
        const std::size_t word = Words - 1 - field.place / 64;
        const unsigned shift = field.place % 64;
        packed.word[word] |= bits << shift;
        if (shift + field.width() > 64) packed.word[word - 1] |= bits >> (64 - shift);
    }
    static std::uint64_t get(const Packed& packed, const Field& field) noexcept {
        const std::size_t word = Words - 1 - field.place / 64;
        const unsigned shift = field.place % 64;
        std::uint64_t bits = packed.word[word] >> shift;
        if (shift + field.width() > 64) bits |= packed.word[word - 1] << (64 - shift);
        return bits & mask(field.width());
    }

    std::array<Field, 4> fields_;  ///< in the order of the index
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

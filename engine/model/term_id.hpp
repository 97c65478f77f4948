#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>

namespace tercet {

/// The kind of term an id stands for, in the order of SPARQL's ORDER BY. Stored: never renumber.
enum class TermTag : std::uint8_t {
    Undefined = 0,    ///< unbound; as graph: the default graph
    BlankNode = 1,
    Iri = 2,
    Boolean = 3,      ///< inline
    Integer = 4,      ///< inline xsd:integer
    Double = 5,       ///< inline xsd:double
    Decimal = 6,      ///< inline xsd:decimal
    DateTime = 7,     ///< inline xsd:dateTime
    Date = 8,         ///< inline xsd:date
    ShortString = 9,  ///< inline xsd:string of up to seven bytes
    Literal = 10,     ///< any other literal, in the dictionary
    TripleTerm = 11,
    Path = 12,        ///< lives in one query only
};

/// A term in 64 bits: four bits of tag, then sixty of payload.
///
/// Ids of one store (and of one query over it) are equal exactly if the terms are equal: a term that has an
/// inline form is always inline. The payload of tags that are not inline is two bits of Segment and a rank.
class TermId {
public:
    /// Who numbers the term.
    enum class Segment : std::uint8_t {
        Base = 0,   ///< sorted bulk of the dictionary: ranks follow the terms' order
        Tail = 1,   ///< later arrivals, in order of arrival
        Local = 2,  ///< made by one running query
    };
    static constexpr unsigned kPayloadBits = 60;
    static constexpr unsigned kRankBits = 58;
    static constexpr std::uint64_t kPayloadMask = (std::uint64_t{1} << kPayloadBits) - 1;
    static constexpr std::uint64_t kRankMask = (std::uint64_t{1} << kRankBits) - 1;

    constexpr TermId() noexcept = default;
    [[nodiscard]] static constexpr TermId from_bits(std::uint64_t bits) noexcept { return TermId(bits); }
    [[nodiscard]] static constexpr TermId inlined(TermTag tag, std::uint64_t payload) noexcept {
        return TermId((static_cast<std::uint64_t>(tag) << kPayloadBits) | (payload & kPayloadMask));
    }
    [[nodiscard]] static constexpr TermId ranked(TermTag tag, Segment segment, std::uint64_t rank) noexcept {
        return inlined(tag, (static_cast<std::uint64_t>(segment) << kRankBits) | (rank & kRankMask));
    }
    /// Matches everything in a pattern; no term has it.
    [[nodiscard]] static constexpr TermId any() noexcept { return TermId(~std::uint64_t{0}); }

    [[nodiscard]] constexpr std::uint64_t bits() const noexcept { return bits_; }
    [[nodiscard]] constexpr TermTag tag() const noexcept { return static_cast<TermTag>(bits_ >> kPayloadBits); }
    [[nodiscard]] constexpr std::uint64_t payload() const noexcept { return bits_ & kPayloadMask; }
    [[nodiscard]] constexpr std::uint64_t rank() const noexcept { return bits_ & kRankMask; }
    [[nodiscard]] constexpr Segment segment() const noexcept {
        return static_cast<Segment>((bits_ >> kRankBits) & 3U);
    }
    [[nodiscard]] constexpr bool is_defined() const noexcept { return bits_ != 0; }
    [[nodiscard]] constexpr bool is_any() const noexcept { return *this == any(); }
    [[nodiscard]] constexpr bool is_inline() const noexcept {
        return tag() >= TermTag::Boolean && tag() <= TermTag::ShortString;
    }
    [[nodiscard]] constexpr bool is_literal() const noexcept {
        return tag() >= TermTag::Boolean && tag() <= TermTag::Literal;
    }
    /// Made by a running query: no stored quad can have it.
    [[nodiscard]] constexpr bool is_local() const noexcept {
        return is_defined() && !is_inline() && segment() == Segment::Local;
    }

    friend constexpr auto operator<=>(TermId, TermId) noexcept = default;

private:
    explicit constexpr TermId(std::uint64_t bits) noexcept : bits_(bits) {}
    std::uint64_t bits_ = 0;
};

/// A good mix of the bits, for hash tables.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t bits) noexcept {
    bits ^= bits >> 32U;
    bits *= 0xd6e8feb86659fd93ULL;
    bits ^= bits >> 32U;
    bits *= 0xd6e8feb86659fd93ULL;
    return bits ^ (bits >> 32U);
}

/// Of subject, predicate, object.
struct TripleHash {
    std::size_t operator()(const std::array<TermId, 3>& t) const noexcept {
        return mix(t[0].bits() + mix(t[1].bits() + mix(t[2].bits())));
    }
};

}  // namespace tercet

template <>
struct std::hash<tercet::TermId> {
    std::size_t operator()(tercet::TermId id) const noexcept { return tercet::mix(id.bits()); }
};

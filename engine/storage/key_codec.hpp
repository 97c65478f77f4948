#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/model/quad_source.hpp"
#include "engine/model/term_hash.hpp"

/// What keys and values look like on the disk; docs/storage-format.md draws it. All numbers are big-endian, so that
/// byte order is value order.
namespace tercet::storage {

/// A key of an index order: the ids in its order. A graph part that comes last and is the default graph is left out:
/// the shorter key sorts before its longer neighbours, where the zeros would have stood.
class IndexKey {
public:
    IndexKey(const IndexOrder& order, const Quad& quad) noexcept : IndexKey(order, quad, full_parts(order, quad)) {}
    /// The first `parts` parts alone.
    IndexKey(const IndexOrder& order, const Quad& quad, std::size_t parts) noexcept;

    [[nodiscard]] std::string_view bytes() const noexcept { return {bytes_.data(), size_}; }

private:
    [[nodiscard]] static std::size_t full_parts(const IndexOrder& order, const Quad& quad) noexcept {
        return order.position[3] == 3 && !quad.graph().is_defined() ? 3 : 4;
    }
    std::array<char, 32> bytes_;
    std::size_t size_;
};

/// Throws Error (Damaged), as all decoding here does, for bytes that no encoding makes.
[[nodiscard]] Quad decode_key(const IndexOrder& order, std::string_view bytes);

/// The first key behind all keys that start with these bytes; empty if there is none.
[[nodiscard]] std::string after_prefix(std::string_view prefix);

[[nodiscard]] std::string encode_number(std::uint64_t value);
[[nodiscard]] std::uint64_t decode_number(std::string_view bytes);
[[nodiscard]] std::string encode_statistics(const PredicateStatistics& statistics);
[[nodiscard]] PredicateStatistics decode_statistics(std::string_view bytes);

/// Ten bytes.
[[nodiscard]] std::string encode_hash(const TermHash& hash);
/// The id of a term of the dictionary: tag and segment as in its bits (1), then its rank without leading zeros.
[[nodiscard]] std::string encode_ranked(TermId id);
[[nodiscard]] TermId decode_ranked(std::string_view bytes);

}  // namespace tercet::storage

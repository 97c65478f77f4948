#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/model/quad_source.hpp"

namespace tercet::storage {

using Key = std::array<TermId, 4>;

/// The quad whose parts stand in key order.
[[nodiscard]] Quad quad_of(const IndexOrder& order, const Key& key) noexcept;

/// Quads sorted in every order of kIndexOrders, immutable.
class SortedQuads {
public:
    SortedQuads() = default;
    explicit SortedQuads(const std::vector<Quad>& quads);
    /// `base` with changes; `removals` are in base, `additions` are not.
    SortedQuads(const SortedQuads& base, const std::vector<Quad>& additions, const std::vector<Quad>& removals);

    [[nodiscard]] const std::vector<Key>& keys(const IndexOrder& order) const;
    [[nodiscard]] std::size_t size() const noexcept { return keys_[0].size(); }
    [[nodiscard]] bool contains(const Quad& quad) const;
    /// Exact; logarithmic if the pattern's bound slots lead its best order, else it looks at what those leave.
    [[nodiscard]] std::uint64_t count(const QuadPattern& pattern) const;
    /// The cursor keeps no copy: this must outlive it.
    [[nodiscard]] std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const;

private:
    std::array<std::vector<Key>, kOrderCount> keys_;
};

}  // namespace tercet::storage

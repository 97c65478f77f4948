#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/model/quad_source.hpp"

namespace tercet::storage {

/// A set of quads with all indexes, immutable. An order is sorted when it is first asked for; any number of threads may
/// ask.
class SortedQuads {
public:
    SortedQuads() : SortedQuads(std::make_shared<const std::vector<Quad>>()) {}
    /// Precondition: in ascending order, without duplicates.
    explicit SortedQuads(std::shared_ptr<const std::vector<Quad>> quads);
    SortedQuads(const SortedQuads&) = delete;
    SortedQuads& operator=(const SortedQuads&) = delete;

    /// Those that belong to the order's index, in its order.
    [[nodiscard]] const std::vector<Quad>& in(const IndexOrder& order) const;
    [[nodiscard]] std::size_t size() const noexcept { return quads_->size(); }
    [[nodiscard]] bool contains(const Quad& quad) const;
    /// Exact; logarithmic if the pattern's bound slots lead its best order, else it looks at what those leave.
    [[nodiscard]] std::uint64_t count(const QuadPattern& pattern) const;
    /// The cursor keeps no copy: this must outlive it.
    [[nodiscard]] std::unique_ptr<QuadCursor> scan(const IndexOrder& order, const QuadPattern& pattern) const;

private:
    struct Index {
        std::once_flag made;
        std::vector<Quad> quads;
    };
    std::shared_ptr<const std::vector<Quad>> quads_;
    mutable std::array<Index, kOrderCount> indexes_;
};

}  // namespace tercet::storage

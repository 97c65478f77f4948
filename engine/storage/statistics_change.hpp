#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "engine/storage/rocks_source.hpp"
#include "engine/storage/sorted_probe.hpp"

namespace tercet::storage {

/// Counts, while a commit writes an order that starts with the predicate, how many different terms in the order's
/// second part each predicate gains or loses, and how many quads.
class DistinctCounter {
public:
    struct Difference {
        std::int64_t quads = 0;
        std::int64_t distinct = 0;
    };

    /// `base` is the store before the commit; `is_small` if few quads will be seen.
    DistinctCounter(const RocksSource& base, const IndexOrder& order, bool is_small);

    /// Sees additions, which are not in the base, and removals, which are, all in order.
    void see(const Quad& quad, bool is_addition) {
        if (!has_group_ || quad.predicate() != predicate_ || quad.slot[counted_] != value_) start_group(quad);
        ++(is_addition ? added_ : removed_);
    }

    /// By predicate, of those that were seen.
    [[nodiscard]] const std::map<TermId, Difference>& finish();

private:
    void start_group(const Quad& quad);
    void end_group();
    [[nodiscard]] bool is_new();
    [[nodiscard]] QuadPattern group() const;

    const RocksSource& base_;
    const IndexOrder& order_;
    bool is_small_;
    std::size_t counted_;
    SortedProbe probe_;
    bool has_group_ = false;
    TermId predicate_;
    TermId value_;
    std::uint64_t added_ = 0;
    std::uint64_t removed_ = 0;
    std::map<TermId, Difference> differences_;
};

}  // namespace tercet::storage

#pragma once

#include <vector>

#include "engine/storage/check_problems.hpp"
#include "engine/storage/rocks_source.hpp"

namespace tercet::storage {

/// Which ids the dictionary of a store has given out.
class KnownTerms {
public:
    void add(TermTag tag) { tags_.push_back(tag); }
    void add_unknown() { tags_.push_back(TermTag::Undefined); }
    [[nodiscard]] std::uint64_t size() const noexcept { return tags_.size(); }
    [[nodiscard]] bool has(TermId id) const noexcept {
        return id.is_inline() || (id.is_defined() && id.segment() == TermId::Segment::Tail && id.rank() < tags_.size() &&
                                  tags_[id.rank()] == id.tag());
    }

private:
    std::vector<TermTag> tags_;  ///< by rank
};

/// From rank to term and back, for every term; and from hash to id, for every hash.
[[nodiscard]] KnownTerms check_dictionary(const RocksDatabase& database, Problems& problems);

}  // namespace tercet::storage

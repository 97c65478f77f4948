#pragma once

#include "engine/storage/commit_target.hpp"
#include "engine/storage/new_terms.hpp"
#include "engine/storage/pending_changes.hpp"

namespace tercet::storage {

/// Makes all that a transaction changes durable, with dictionary, statistics and counters: few changes beside the
/// blocks, many in them. Returns where the quads are now.
///
/// `changes` are settled against `base`, the store as it is.
[[nodiscard]] QuadVersion write_commit(RocksDatabase& database, const RocksSource& base, const PendingChanges& changes,
                                       const NewTerms& terms);

}  // namespace tercet::storage

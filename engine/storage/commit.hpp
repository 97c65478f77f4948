#pragma once

#include "engine/storage/commit_target.hpp"
#include "engine/storage/new_terms.hpp"
#include "engine/storage/pending_changes.hpp"

namespace tercet::storage {

/// Writes all that a transaction changes, in every index, with dictionary, statistics and counters.
///
/// `changes` are settled against `base`, the store as it is.
void write_commit(CommitTarget& target, const QuadSource& base, const PendingChanges& changes, const NewTerms& terms);

}  // namespace tercet::storage

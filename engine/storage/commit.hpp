#pragma once

#include <future>
#include <memory>
#include <optional>

#include "engine/storage/commit_target.hpp"
#include "engine/storage/new_terms.hpp"
#include "engine/storage/pending_changes.hpp"

namespace tercet::storage {

/// The files of a large commit. Another thread writes the new terms into them from the start, while the changes are settled.
class CommitFiles {
public:
    /// What it is given must outlive it.
    CommitFiles(RocksDatabase& database, const NewTerms& terms, const CancelToken& cancel);

    [[nodiscard]] CommitTarget& target() const noexcept { return *target_; }
    /// Throws what went wrong.
    void wait_for_terms() { terms_.get(); }

private:
    std::unique_ptr<CommitTarget> target_;
    std::future<void> terms_;
};

/// Makes all that a transaction changes durable, with dictionary, statistics and counters: few changes beside the
/// blocks, many in them. Returns where the quads are now.
///
/// `changes` are settled against `base`, the store as it is. `files` may have been begun before; they are used if changes are many.
[[nodiscard]] QuadVersion write_commit(RocksDatabase& database, const RocksSource& base, const PendingChanges& changes,
                                       const NewTerms& terms, std::optional<CommitFiles>& files);

}  // namespace tercet::storage

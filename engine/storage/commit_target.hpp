#pragma once

#include <memory>
#include <string_view>

#include "engine/storage/rocks_database.hpp"

namespace tercet::storage {

/// Takes all that a commit writes, and makes it durable as one.
class CommitTarget {
public:
    virtual ~CommitTarget() = default;

    /// The keys of one family come from one thread, in ascending order but for this: keys below those before them start
    /// a second ascending sequence, all of it below the first. Different families may come from different
    /// threads at once if families_are_independent().
    virtual void put(Family family, std::string_view key, std::string_view value) = 0;
    virtual void remove(Family family, std::string_view key) = 0;
    /// Removes all keys in [begin, end), none of which is put.
    virtual void remove_range(Family family, std::string_view begin, std::string_view end) = 0;
    [[nodiscard]] virtual bool families_are_independent() const = 0;

    /// After this all of it is visible in RocksDB, and on the disk as soon as the log is synced; if it throws, or the process dies
    /// before that, all of it is there when the store is opened again, or nothing.
    virtual void finish() = 0;
};

/// One batch through the log: right for small commits.
[[nodiscard]] std::unique_ptr<CommitTarget> make_batch_target(RocksDatabase& database);

/// Table files, which one entry in RocksDB's manifest adds to all column families: right for large ones. Files
/// on their way are in a new directory within `scratch`, which goes with the target.
[[nodiscard]] std::unique_ptr<CommitTarget> make_file_target(RocksDatabase& database, const std::string& scratch);

}  // namespace tercet::storage

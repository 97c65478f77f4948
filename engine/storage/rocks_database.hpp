#pragma once

#include <rocksdb/db.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/quad.hpp"
#include "engine/storage/block_cache.hpp"
#include "engine/storage/quad_order.hpp"
#include "engine/storage/rocks_store.hpp"
#include "engine/storage/store_files.hpp"
#include "engine/storage/term_cache.hpp"
#include "tercet/error.hpp"

/// RocksDB as the store uses it: its column families and errors. For engine/storage's .cpp files alone.
namespace tercet::storage {

/// Turns RocksDB's errors into ours; `what` says what was being done.
void check(const rocksdb::Status& status, std::string_view what);

/// Column families besides those of kIndexOrders, which come first, are numbered as the orders are, and hold their
/// blocks by number.
enum class Family : std::size_t {
    Fences = kOrderCount,  ///< order and last row of a block -> its number and rows
    Delta,                ///< generation and quad -> there or gone: what was committed since the blocks were written
    Terms,                ///< rank -> bytes of the term
    TermIds,              ///< hash of the bytes -> id
    Statistics,           ///< predicate -> triples, distinct subjects, distinct objects
    Meta,                 ///< format, counters, prefixes
};
inline constexpr std::size_t kFamilyCount = kOrderCount + 6;
[[nodiscard]] constexpr Family family_of(const IndexOrder& order) noexcept {
    return static_cast<Family>(index_of(order));
}

/// Names in Meta.
inline constexpr std::string_view kFormatKey = "format";
inline constexpr std::string_view kTermCountKey = "terms";
inline constexpr std::string_view kQuadCountKey = "quads";
inline constexpr std::string_view kDefaultQuadCountKey = "default_quads";
inline constexpr std::string_view kPredicateCountKey = "predicates";
inline constexpr std::string_view kVersionKey = "version";
inline constexpr std::string_view kNextBlockKey = "next_block";
inline constexpr std::string_view kPrefixKey = "prefix:";  ///< followed by the name

/// An open RocksDB with its column families.
class RocksDatabase {
public:
    /// Throws what open_rocks_store throws. Of the same store as it was earlier it takes over the blocks in memory.
    RocksDatabase(std::string directory, const RocksOptions& options, const RocksDatabase* earlier = nullptr);
    ~RocksDatabase();
    RocksDatabase(const RocksDatabase&) = delete;
    RocksDatabase& operator=(const RocksDatabase&) = delete;

    [[nodiscard]] rocksdb::DB& db() const { return *db_; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const {
        return handles_[static_cast<std::size_t>(family)];
    }
    [[nodiscard]] const std::string& directory() const noexcept { return directory_; }
    [[nodiscard]] const RocksOptions& options() const noexcept { return options_; }
    [[nodiscard]] static const rocksdb::Options& rocksdb_options(Family family = Family::Meta);
    /// Does one step of a commit. Throws Error if it fails, and at each step after that: RocksDB may be at odds with its files then,
    /// which opening the store again puts right. Precondition: it is the caller's turn to write, or the step is to sync the log.
    void write(std::string_view what, const std::function<rocksdb::Status(rocksdb::DB&)>& step);
    /// What is in the log reaches the disk, as a step of write().
    void sync_log();
    /// The next number that a block gets.
    [[nodiscard]] std::atomic<std::uint64_t>& block_numbers() noexcept { return block_numbers_; }
    [[nodiscard]] BlockCache& block_cache() const { return *block_cache_; }
    /// Of terms of the dictionary on the disk.
    [[nodiscard]] TermCache& term_cache() noexcept { return term_cache_; }
    /// Whether a writer has changed something since this was opened beside it.
    [[nodiscard]] bool is_outdated() const;
    /// What this store alone goes by.
    [[nodiscard]] std::string identity() const;
    /// Precondition: the store was not opened read-only.
    [[nodiscard]] StoreFiles& files() const { return *files_; }

    /// Where a load keeps what does not fit into memory, and the files it is about to add. Emptied when a store is
    /// opened.
    [[nodiscard]] std::string scratch_directory() const { return directory_ + "/scratch"; }
    /// The same for a fold, which may go on beside a load.
    [[nodiscard]] std::string fold_directory() const { return directory_ + "/scratch-fold"; }

private:
    void open_or_make();
    void make();
    void close();
    void open();
    void open_beside_writer();
    [[nodiscard]] rocksdb::Status try_open();
    void refuse_after_failure(const std::string& task) const;
    void check_format();
    void read_block_numbers();

    std::string directory_;
    RocksOptions options_;
    std::shared_ptr<StoreFiles> files_;
    std::unique_ptr<rocksdb::Env> environment_;  ///< files_ in RocksDB's hands
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    std::shared_ptr<BlockCache> block_cache_;
    TermCache term_cache_;
    std::string seen_;  ///< state_of_logs() before they were read, if this was opened beside a writer
    std::atomic<std::uint64_t> block_numbers_{0};
    mutable std::mutex failure_mutex_;
    std::optional<Error> failure_;  ///< of the first write that failed; guarded by failure_mutex_
};

}  // namespace tercet::storage

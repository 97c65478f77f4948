#pragma once

#include <rocksdb/db.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "engine/model/quad.hpp"
#include "engine/storage/rocks_store.hpp"
#include "engine/storage/sorted_quads.hpp"
#include "engine/storage/writer_turn.hpp"

/// RocksDB as the store uses it: its column families, keys, and errors. For engine/storage's .cpp files alone.
namespace tercet::storage {

/// Turns RocksDB's errors into ours; `what` says what was being done.
void check(const rocksdb::Status& status, const std::string& what);

/// Column families besides one per index order.
enum class Family : std::size_t {
    Terms = kOrderCount,  ///< rank, big-endian -> bytes of the term
    TermIds,              ///< 128-bit hash of the bytes -> id
    Statistics,           ///< predicate -> triples, distinct subjects, distinct objects
    Meta,                 ///< format, counters, prefixes
};
inline constexpr std::size_t kFamilyCount = kOrderCount + 4;

/// Names in Meta.
inline constexpr char kFormatKey[] = "format";
inline constexpr char kTermCountKey[] = "terms";
inline constexpr char kQuadCountKey[] = "quads";
inline constexpr char kDefaultQuadCountKey[] = "default_quads";
inline constexpr char kVersionKey[] = "version";
inline constexpr char kPrefixKey[] = "prefix:";  ///< followed by the name
inline constexpr std::uint64_t kFormatVersion = 1;

/// An open RocksDB with its column families. Readers share it; it lives as long as the last snapshot.
class RocksDatabase {
public:
    RocksDatabase(std::string directory, const RocksOptions& options);
    ~RocksDatabase();
    RocksDatabase(const RocksDatabase&) = delete;
    RocksDatabase& operator=(const RocksDatabase&) = delete;

    [[nodiscard]] rocksdb::DB& db() const { return *db_; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Family family) const { return handles_[static_cast<std::size_t>(family)]; }
    [[nodiscard]] rocksdb::ColumnFamilyHandle* family(const IndexOrder& order) const {
        return handles_[static_cast<std::size_t>(&order - kIndexOrders.data())];
    }
    [[nodiscard]] const std::string& directory() const noexcept { return directory_; }
    [[nodiscard]] bool is_read_only() const noexcept { return read_only_; }
    [[nodiscard]] WriterTurn& writer() noexcept { return writer_; }

    /// Where a load keeps what does not fit into memory, and the files it is about to add. Emptied when a store is opened.
    [[nodiscard]] std::string scratch_directory() const { return directory_ + "/scratch"; }

private:
    void refuse_foreign_directory() const;
    void make();
    void open(const std::string& directory);
    void close();
    void check_format();

    std::string directory_;
    bool read_only_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
    WriterTurn writer_;
};

/// Keys of the index orders: the four ids, big-endian.
[[nodiscard]] std::string encode_key(const Key& key, std::size_t parts = 4);
[[nodiscard]] Key decode_key(const rocksdb::Slice& bytes);
[[nodiscard]] std::string encode_number(std::uint64_t value);
[[nodiscard]] std::uint64_t decode_number(const rocksdb::Slice& bytes);
/// The dictionary's key of a term's bytes.
[[nodiscard]] std::string hash_of(std::string_view bytes);
[[nodiscard]] std::string encode_statistics(const PredicateStatistics& statistics);
[[nodiscard]] PredicateStatistics decode_statistics(const rocksdb::Slice& bytes);
[[nodiscard]] const rocksdb::Options& family_options();

}  // namespace tercet::storage

#include "engine/storage/rocks_database.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/memtablerep.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdarg>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>
#include <utility>

#include "engine/base/temporary_file.hpp"
#include "engine/storage/key_codec.hpp"
#include "engine/storage/log_files.hpp"
#include "engine/storage/store_directory.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

constexpr std::size_t kTableCacheBytes = std::size_t{256} << 20U;
constexpr std::size_t kSmallestTableCache = std::size_t{16} << 20U;
constexpr std::size_t kAllMemtablesBytes = std::size_t{128} << 20U;

ErrorCode code_of(const rocksdb::Status& status) {
    const bool is_damage = status.IsCorruption() || status.IsNotFound() || status.IsPathNotFound() ||
                           status.IsNotSupported() || status.IsInvalidArgument();
    return is_damage ? ErrorCode::Damaged : ErrorCode::Io;
}

rocksdb::BlockBasedTableOptions checked_tables() {
    rocksdb::BlockBasedTableOptions table;
    table.format_version = 5;
    table.checksum = rocksdb::kXXH3;
    return table;
}

/// Of all families but those of blocks, and of all stores of the process.
const std::shared_ptr<rocksdb::Cache>& table_cache() {
    static const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(kTableCacheBytes);
    return cache;
}

/// A store that is to keep little in memory keeps little of its dictionary, too.
void fit_table_cache(std::size_t cache_bytes) {
    table_cache()->SetCapacity(cache_bytes == 0 ? kTableCacheBytes : std::clamp(cache_bytes, kSmallestTableCache, kTableCacheBytes));
}

/// RocksDB's diary is not kept: where it cannot be written, on a full disk, some builds end the process.
class SilentLogger final : public rocksdb::Logger {
public:
    using rocksdb::Logger::Logv;
    void Logv(const char*, std::va_list) override {}
};

rocksdb::Options make_options() {
    rocksdb::Options options;
    options.create_if_missing = true;
    options.create_missing_column_families = true;
    // All files stay open: a reader beside a writer keeps those that the writer's compactions delete.
    options.max_open_files = -1;
    options.max_background_jobs = 2;
    options.level_compaction_dynamic_level_bytes = true;
    options.db_write_buffer_size = kAllMemtablesBytes;
    options.allow_concurrent_memtable_write = false;  // there is one writer
    options.compression = rocksdb::kLZ4Compression;
    options.info_log = std::make_shared<SilentLogger>();
    rocksdb::BlockBasedTableOptions table = checked_tables();
    table.block_cache = table_cache();
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.block_size = 16 << 10;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

/// What small commits change again and again, each of them the same few keys: RocksDB remembers where each was put into memory last,
/// and need not search for the place.
rocksdb::Options make_often_changed_options() {
    constexpr std::size_t kLongestKey = 64;
    rocksdb::Options options = make_options();
    options.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewCappedPrefixTransform(kLongestKey));
    return options;
}

/// What lies beside the blocks is read from RocksDB when the store is opened, and never again: it need not be sorted while it comes.
rocksdb::Options make_delta_options() {
    rocksdb::Options options = make_options();
    options.memtable_factory = std::make_shared<rocksdb::VectorRepFactory>();
    return options;
}

/// With zstd, which packs best, and which not every RocksDB has.
rocksdb::Options make_packed_options(int level) {
    rocksdb::Options options = make_options();
    const auto known = rocksdb::GetSupportedCompressions();
    if (std::find(known.begin(), known.end(), rocksdb::kZSTD) == known.end()) return options;
    options.compression = rocksdb::kZSTD;
    options.compression_opts.level = level;
    return options;
}

constexpr int kDictionaryLevel = 3;

/// Whoever asks for a rank knows that it is there, so no filter.
rocksdb::Options make_term_options() {
    rocksdb::Options options = make_packed_options(kDictionaryLevel);
    rocksdb::BlockBasedTableOptions table = checked_tables();
    table.block_cache = table_cache();
    table.block_size = 16 << 10;
    table.block_restart_interval = 32;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

/// Hashes hardly pack, so what lies around them should be little.
rocksdb::Options make_term_id_options() {
    rocksdb::Options options = make_packed_options(kDictionaryLevel);
    rocksdb::BlockBasedTableOptions table = checked_tables();
    table.block_cache = table_cache();
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(8));
    table.block_size = 16 << 10;
    table.block_restart_interval = 64;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

/// Blocks are packed already, and have a cache of their own. Each is read alone. Where things of all kinds follow one another,
/// zstd still finds a tenth or two to save; where a predicate leads it finds nothing.
rocksdb::Options make_block_options(bool is_packed) {
    rocksdb::Options options = is_packed ? make_packed_options(1) : make_options();
    if (options.compression != rocksdb::kZSTD) options.compression = rocksdb::kNoCompression;
    rocksdb::BlockBasedTableOptions table = checked_tables();
    table.no_block_cache = true;
    table.block_size = 4 << 10;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

std::size_t default_cache_bytes() {
    const auto memory = static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(::sysconf(_SC_PAGE_SIZE));
    return memory / 4;
}

/// Whatever is committed makes one of the logs longer, or begins one; another store in the same place has another identity.
std::string state_of_logs(const std::string& directory) {
    std::string state;
    std::getline(std::ifstream(directory + "/IDENTITY"), state);
    std::error_code gone;
    for (const std::string& log : log_files(directory)) {
        state += '\n' + log + ' ' + std::to_string(std::filesystem::file_size(log, gone));
    }
    return state;
}

/// Somebody has the lock; it is not that the lock's file cannot be opened.
bool is_locked(const rocksdb::Status& status) {
    const std::string text = status.ToString();
    return status.IsIOError() && (text.find("lock file") != std::string::npos || text.find("lock hold") != std::string::npos);
}

}  // namespace

void check(const rocksdb::Status& status, std::string_view what) {
    if (!status.ok()) throw Error(code_of(status), "cannot " + std::string(what) + ": " + status.ToString());
}

void RocksDatabase::write(std::string_view what, const std::function<rocksdb::Status(rocksdb::DB&)>& step) {
    const std::string task = std::string(what) + " the store at " + directory_;
    refuse_after_failure(task);
    try {
        check(step(*db_), task);
    } catch (const Error& error) {
        const std::scoped_lock lock(failure_mutex_);
        if (!failure_) failure_ = error;
        throw;
    }
}

void RocksDatabase::refuse_after_failure(const std::string& task) const {
    const std::scoped_lock lock(failure_mutex_);
    if (!failure_) return;
    throw Error(failure_->code(), "cannot " + task + ", because an earlier step failed: " + failure_->message() +
                                      "; close the store, and open it again when the cause is gone");
}

void RocksDatabase::sync_log() {
    write("commit to", [](rocksdb::DB& db) { return db.SyncWAL(); });
}

const rocksdb::Options& RocksDatabase::rocksdb_options(Family family) {
    static const rocksdb::Options options = make_options();
    static const rocksdb::Options block_options = make_block_options(false);
    static const rocksdb::Options packed_block_options = make_block_options(true);
    static const rocksdb::Options delta_options = make_delta_options();
    static const rocksdb::Options often_changed_options = make_often_changed_options();
    static const rocksdb::Options term_options = make_term_options();
    static const rocksdb::Options term_id_options = make_term_id_options();
    if (family == Family::Terms) return term_options;
    if (family == Family::TermIds) return term_id_options;
    if (family == Family::Delta) return delta_options;
    if (family == Family::Statistics || family == Family::Meta) return often_changed_options;
    if (family >= Family::Fences) return options;
    const std::size_t first_slot = kIndexOrders[static_cast<std::size_t>(family)].position[0];
    return first_slot == 0 || first_slot == 2 ? packed_block_options : block_options;
}

RocksDatabase::RocksDatabase(std::string directory, const RocksOptions& options, const RocksDatabase* earlier)
    : directory_(std::move(directory)), options_(options) {
    try {
        fit_table_cache(options.cache_bytes);
        open_or_make();
        // Another store may have taken the place, and have given the same numbers to its blocks.
        if (earlier != nullptr && identity() == earlier->identity())
            block_cache_ = earlier->block_cache_;
        else
            block_cache_ = std::make_shared<BlockCache>(options.cache_bytes != 0 ? options.cache_bytes : default_cache_bytes());
    } catch (...) {
        close();
        throw;
    }
}

void RocksDatabase::open_or_make() {
    const DirectoryState state = inspect_directory(directory_);
    if (state == DirectoryState::Empty) {
        if (options_.read_only || !options_.create_if_missing) {
            throw Error(ErrorCode::NotFound, "there is no store at " + directory_ + "; 'tercet load' makes one");
        }
        make();
    }
    open();
    check_format();
    read_block_numbers();
    std::error_code ignored;
    if (options_.read_only) return;
    std::filesystem::remove_all(scratch_directory(), ignored);
    std::filesystem::remove_all(fold_directory(), ignored);
}

RocksDatabase::~RocksDatabase() { close(); }

void RocksDatabase::close() {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
    handles_.clear();
    db_.reset();
}

/// Beside its place, and then moved there whole: whoever is killed here leaves no half-made store, and readers see none.
void RocksDatabase::make() {
    const std::string place = std::exchange(directory_, directory_ + ".new");
    std::error_code error;
    std::filesystem::remove_all(directory_, error);
    mark_directory(directory_);
    open();
    check_format();
    close();
    const bool cut_short = std::filesystem::exists(place, error) && !std::filesystem::is_empty(place, error);
    if (cut_short && inspect_directory(place) == DirectoryState::Empty) std::filesystem::remove_all(place, error);
    std::filesystem::rename(directory_, place, error);  // takes the place of an empty directory, and of no other
    if (error) throw Error(ErrorCode::Io, "cannot make a store at " + place + ": " + error.message());
    directory_ = place;
    sync_to_disk(std::filesystem::absolute(directory_).parent_path().string());
}

void RocksDatabase::open() {
    if (options_.read_only) {
        open_beside_writer();
        return;
    }
    const rocksdb::Status status = try_open();
    if (is_locked(status)) throw_locked(directory_, status.ToString());
    check(status, "open the store at " + directory_);
}

/// While we read the list of table files, the logs and the tables, a writer may delete some that it has just replaced:
/// then its list has grown, too. Only what was read between two equal lists belongs together.
void RocksDatabase::open_beside_writer() {
    constexpr std::chrono::seconds kPatience{30};
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (true) {
        seen_ = state_of_logs(directory_);
        const std::string before = table_list_state(directory_);
        std::optional<Error> failure;
        try {
            check(try_open(), "open the store at " + directory_);
        } catch (const Error& error) {
            failure = error;
        }
        if (table_list_state(directory_) == before) {
            if (failure) throw *failure;
            return;
        }
        close();
        if (std::chrono::steady_clock::now() > end) throw Error(ErrorCode::Locked, "the store at " + directory_ + " changes too fast to be opened; try again");
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

rocksdb::Status RocksDatabase::try_open() {
    check_logs_are_there(directory_);
    for (const std::string& log : log_files(directory_)) check_log_file(log);
    std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, rocksdb_options()}};
    for (const IndexOrder& order : kIndexOrders) {
        families.emplace_back(std::string(order.name), rocksdb_options(family_of(order)));
    }
    std::size_t next = kOrderCount;
    for (const char* name : {"fences", "delta", "terms", "term_ids", "stats", "meta"}) {
        families.emplace_back(name, rocksdb_options(static_cast<Family>(next++)));
    }
    rocksdb::DB* db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::Options options = rocksdb_options();
    if (!options_.read_only) {
        files_ = std::make_shared<StoreFiles>(directory_);
        environment_ = rocksdb::NewCompositeEnv(files_);
        options.env = environment_.get();
    }
    const rocksdb::Status status = options_.read_only
                                       ? rocksdb::DB::OpenForReadOnly(options, directory_, families, &handles, &db)
                                       : rocksdb::DB::Open(options, directory_, families, &handles, &db);
    if (!status.ok()) return status;
    db_.reset(db);
    handles_.assign(handles.begin() + 1, handles.end());
    db_->DestroyColumnFamilyHandle(handles.front());
    return status;
}

bool RocksDatabase::is_outdated() const { return state_of_logs(directory_) != seen_; }

std::string RocksDatabase::identity() const {
    std::string identity;
    check(db_->GetDbIdentity(identity), "read the identity of the store at " + directory_);
    return identity;
}

/// The directory's mark says the format too; this one was written with the data, and is there from the first moment.
void RocksDatabase::check_format() {
    std::string value;
    const rocksdb::Status status = db_->Get({}, family(Family::Meta), rocksdb::Slice(kFormatKey), &value);
    if (status.IsNotFound() && !options_.read_only && db_->GetLatestSequenceNumber() == 0) {
        rocksdb::WriteOptions durable;
        durable.sync = true;
        check(db_->Put(durable, family(Family::Meta), rocksdb::Slice(kFormatKey), encode_number(kFormatVersion)),
              "write the format version");
        return;
    }
    check(status, "read the format version of the store at " + directory_);
    if (decode_number(value) != kFormatVersion) {
        throw Error(ErrorCode::Damaged, "the store at " + directory_ + " says that it has two different formats");
    }
}

void RocksDatabase::read_block_numbers() {
    std::string value;
    const rocksdb::Status status = db_->Get({}, family(Family::Meta), rocksdb::Slice(kNextBlockKey), &value);
    if (status.IsNotFound()) return;
    check(status, "read the counters of the store");
    block_numbers_ = decode_number(value);
}

}  // namespace tercet::storage

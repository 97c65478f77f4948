#include "engine/storage/rocks_database.hpp"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <xxhash.h>

#include <filesystem>

#include "engine/model/term_codec.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kCacheBytes = std::size_t{256} << 20U;

ErrorCode code_of(const rocksdb::Status& status) {
    if (status.IsCorruption()) return ErrorCode::Damaged;
    if (status.IsNotFound()) return ErrorCode::NotFound;
    if (status.IsNotSupported() || status.IsInvalidArgument()) return ErrorCode::Damaged;
    return ErrorCode::Io;
}

std::vector<std::string> family_names() {
    std::vector<std::string> names;
    for (const IndexOrder& order : kIndexOrders) names.emplace_back(order.name);
    names.insert(names.end(), {"terms", "term_ids", "statistics", "meta"});
    return names;
}

rocksdb::Options make_options() {
    rocksdb::Options options;
    options.create_missing_column_families = true;
    options.max_open_files = 512;
    options.max_background_jobs = 2;
    options.level_compaction_dynamic_level_bytes = true;
    options.write_buffer_size = std::size_t{32} << 20U;
    options.compression = rocksdb::kLZ4Compression;
    options.keep_log_file_num = 2;
    options.info_log_level = rocksdb::WARN_LEVEL;
    rocksdb::BlockBasedTableOptions table;
    table.block_cache = rocksdb::NewLRUCache(kCacheBytes);
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
    table.block_size = 16 << 10;
    table.format_version = 5;
    options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    return options;
}

}  // namespace

void check(const rocksdb::Status& status, const std::string& what) {
    if (!status.ok()) throw Error(code_of(status), "cannot " + what + ": " + status.ToString());
}

const rocksdb::Options& family_options() {
    static const rocksdb::Options options = make_options();
    return options;
}

RocksDatabase::RocksDatabase(std::string directory, const RocksOptions& options) : directory_(std::move(directory)), read_only_(options.read_only) {
    const bool exists = fs::exists(directory_ + "/CURRENT");
    if (!exists) refuse_foreign_directory();
    if (!exists && (read_only_ || !options.create_if_missing)) {
        throw Error(ErrorCode::NotFound, "there is no store at " + directory_ + "; 'tercet load' makes one");
    }
    if (exists) {
        std::vector<std::string> found;
        check(rocksdb::DB::ListColumnFamilies(family_options(), directory_, &found), "read the store at " + directory_);
        if (std::find(found.begin(), found.end(), "meta") == found.end()) {
            throw Error(ErrorCode::InvalidArgument, directory_ + " is a RocksDB of another program; it was not touched");
        }
    } else {
        make();
    }
    open(directory_);
    check_format();
    if (!read_only_) fs::remove_all(scratch_directory());
}

RocksDatabase::~RocksDatabase() { close(); }

void RocksDatabase::open(const std::string& directory) {
    std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, family_options()}};
    for (const std::string& name : family_names()) families.emplace_back(name, family_options());
    rocksdb::Options options = family_options();
    options.create_if_missing = true;
    rocksdb::DB* db = nullptr;
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    const rocksdb::Status status = read_only_ ? rocksdb::DB::OpenForReadOnly(options, directory, families, &handles, &db)
                                              : rocksdb::DB::Open(options, directory, families, &handles, &db);
    if (status.IsIOError() && status.ToString().find("lock") != std::string::npos) {
        throw Error(ErrorCode::Locked, "another process writes to the store at " + directory + "; wait for it, or open it to read only");
    }
    check(status, "open the store at " + directory);
    db_.reset(db);
    handles_.assign(handles.begin() + 1, handles.end());
    db_->DestroyColumnFamilyHandle(handles.front());
}

void RocksDatabase::close() {
    for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
    handles_.clear();
    db_.reset();
}

/// Beside its place, and then moved there whole: whoever is killed here leaves no half-made store.
void RocksDatabase::make() {
    const std::string making = directory_ + ".new";
    fs::remove_all(making);
    open(making);
    rocksdb::WriteOptions durable;
    durable.sync = true;
    check(db_->Put(durable, family(Family::Meta), kFormatKey, encode_number(kFormatVersion)), "write the format version");
    close();
    std::error_code error;
    fs::remove(directory_, error);  // it is empty, or not there
    fs::rename(making, directory_, error);
    if (error) throw Error(ErrorCode::Io, "cannot make a store at " + directory_ + ": " + error.message());
}

void RocksDatabase::refuse_foreign_directory() const {
    std::error_code error;
    if (!fs::exists(directory_, error)) return;
    if (!fs::is_directory(directory_, error)) throw Error(ErrorCode::InvalidArgument, directory_ + " is a file, not the directory of a store");
    if (!fs::is_empty(directory_, error)) {
        throw Error(ErrorCode::Io, directory_ + " holds other files and no store; it was not touched");
    }
}

void RocksDatabase::check_format() {
    std::string value;
    const rocksdb::Status status = db_->Get({}, family(Family::Meta), kFormatKey, &value);
    if (status.IsNotFound()) throw Error(ErrorCode::Damaged, "the store at " + directory_ + " has no format version");
    check(status, "read the format version of " + directory_);
    if (value.size() != 8) throw Error(ErrorCode::Damaged, "the store at " + directory_ + " has a damaged format version");
    const std::uint64_t version = decode_number(value);
    if (version == kFormatVersion) return;
    throw Error(ErrorCode::Version, "the store at " + directory_ + " has format " + std::to_string(version) + "; this Tercet reads format " +
                                        std::to_string(kFormatVersion) + (version > kFormatVersion ? "; use a newer Tercet" : "; dump it with the Tercet that made it, and load it again"));
}

std::string encode_key(const Key& key, std::size_t parts) {
    std::string bytes;
    bytes.reserve(32);
    for (std::size_t i = 0; i < parts; ++i) append_big_endian(bytes, key[i].bits());
    return bytes;
}

Key decode_key(const rocksdb::Slice& bytes) {
    if (bytes.size() != 32) throw Error(ErrorCode::Damaged, "a key of an index has the wrong length");
    Key key;
    for (std::size_t i = 0; i < 4; ++i) key[i] = TermId::from_bits(read_big_endian(bytes.data() + 8 * i));
    return key;
}

std::string encode_number(std::uint64_t value) {
    std::string bytes;
    append_big_endian(bytes, value);
    return bytes;
}

std::uint64_t decode_number(const rocksdb::Slice& bytes) {
    if (bytes.size() != 8) throw Error(ErrorCode::Damaged, "a stored number has the wrong length");
    return read_big_endian(bytes.data());
}

std::string hash_of(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    std::string key;
    append_big_endian(key, hash.high64);
    append_big_endian(key, hash.low64);
    return key;
}

std::string encode_statistics(const PredicateStatistics& statistics) {
    return encode_number(statistics.triples) + encode_number(statistics.distinct_subjects) + encode_number(statistics.distinct_objects);
}

PredicateStatistics decode_statistics(const rocksdb::Slice& bytes) {
    if (bytes.size() != 24) throw Error(ErrorCode::Damaged, "stored statistics have the wrong length");
    return {read_big_endian(bytes.data()), read_big_endian(bytes.data() + 8), read_big_endian(bytes.data() + 16)};
}

}  // namespace tercet::storage

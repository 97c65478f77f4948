#include <rocksdb/sst_file_writer.h>

#include <array>

#include "engine/base/temporary_file.hpp"
#include "engine/storage/commit_target.hpp"

namespace tercet::storage {
namespace {

constexpr std::uint64_t kFileBytes = std::uint64_t{128} << 20U;

/// The files of one column family, one behind the other.
class FamilyFiles {
public:
    FamilyFiles(RocksDatabase& database, Family family, const std::string& scratch)
        : scratch_(scratch),
          family_(family),
          options_(RocksDatabase::rocksdb_options(family)),
          writer_(rocksdb::EnvOptions(), options_, database.family(family)) {}

    /// The writer to add the next key to.
    rocksdb::SstFileWriter& writer(std::string_view key) {
        if (is_open_ && (writer_.FileSize() >= kFileBytes || key < last_key_)) close();
        if (!is_open_) open();
        last_key_ = key;
        return writer_;
    }
    void close() {
        if (is_open_) check(writer_.Finish(), "write " + names_.back());
        is_open_ = false;
    }
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

private:
    void open() {
        names_.push_back(scratch_ + '/' + std::to_string(static_cast<std::size_t>(family_)) + '-' +
                         std::to_string(names_.size()) + ".sst");
        check(writer_.Open(names_.back()), "write " + names_.back());
        is_open_ = true;
    }

    const std::string& scratch_;
    std::string last_key_;
    Family family_;
    rocksdb::Options options_;
    rocksdb::SstFileWriter writer_;
    std::vector<std::string> names_;
    bool is_open_ = false;
};

class FileTarget final : public CommitTarget {
public:
    FileTarget(RocksDatabase& database, const std::string& scratch) : database_(database), scratch_(scratch) {
        for (std::size_t i = 0; i < kFamilyCount; ++i) {
            files_[i] = std::make_unique<FamilyFiles>(database_, static_cast<Family>(i), scratch_.path());
        }
    }

    void put(Family family, std::string_view key, std::string_view value) override {
        check(writer(family, key).Put(rocksdb::Slice(key), rocksdb::Slice(value)), "write a table file");
    }
    void remove(Family family, std::string_view key) override {
        check(writer(family, key).Delete(rocksdb::Slice(key)), "write a table file");
    }
    void remove_range(Family family, std::string_view begin, std::string_view end) override {
        check(writer(family, begin).DeleteRange(rocksdb::Slice(begin), rocksdb::Slice(end)), "write a table file");
    }
    bool families_are_independent() const override { return true; }

    /// The store holds a snapshot all the time, so RocksDB numbers the new keys as later than it: no reader sees a
    /// part.
    ///
    /// The files are on the disk at once, and build on what was committed before them: that must be there first.
    void finish() override {
        database_.sync_log();
        std::vector<rocksdb::IngestExternalFileArg> arguments;
        for (std::size_t i = 0; i < kFamilyCount; ++i) {
            files_[i]->close();
            if (files_[i]->names().empty()) continue;
            rocksdb::IngestExternalFileArg argument;
            argument.column_family = database_.family(static_cast<Family>(i));
            argument.external_files = files_[i]->names();
            argument.options.move_files = true;
            argument.options.write_global_seqno = false;
            arguments.push_back(std::move(argument));
        }
        database_.files().keep_tables();
        database_.write("add loaded files to", [&](rocksdb::DB& db) { return db.IngestExternalFiles(arguments); });
        database_.files().let_tables_go();
    }

private:
    rocksdb::SstFileWriter& writer(Family family, std::string_view key) {
        return files_[static_cast<std::size_t>(family)]->writer(key);
    }

    RocksDatabase& database_;
    /// Of this commit alone: files of an earlier one that could not be taken away may be links to files of the store by now.
    TemporaryDirectory scratch_;
    std::array<std::unique_ptr<FamilyFiles>, kFamilyCount> files_;
};

}  // namespace

std::unique_ptr<CommitTarget> make_file_target(RocksDatabase& database, const std::string& scratch) {
    return std::make_unique<FileTarget>(database, scratch);
}

}  // namespace tercet::storage

#pragma once

#include <rocksdb/file_system.h>

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace tercet::storage {

/// The file system as the RocksDB of one store sees it. It does two things that RocksDB does not:
///
/// It keeps table files that are being added. If RocksDB cannot force its list of them to the disk, it deletes them, though the
/// list may name them all the same: such a store could not be opened again.
///
/// It keeps the mark's list of logs (store_directory.hpp), so that one that is missing is noticed.
///
/// All of it may be called by several threads at once.
class StoreFiles final : public rocksdb::FileSystemWrapper {
public:
    /// Of a store whose logs are all there.
    explicit StoreFiles(std::string directory);

    [[nodiscard]] const char* Name() const override { return "TercetStoreFiles"; }
    rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file, rocksdb::IODebugContext* debug) override;
    rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) override;

    /// From now on no table file is deleted.
    void keep_tables();
    /// RocksDB's list is on the disk: those go whose turn it was meanwhile. If this is never called, the next opening does it.
    void let_tables_go();

private:
    [[nodiscard]] bool is_kept(const std::string& path);

    std::string directory_;
    std::mutex mutex_;  ///< of all below
    bool keeps_tables_ = false;
    std::vector<std::string> kept_tables_;  ///< that RocksDB takes for deleted
    std::set<std::string> logs_;
};

}  // namespace tercet::storage

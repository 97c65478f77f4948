#include "engine/storage/store_files.hpp"

#include <filesystem>
#include <utility>

#include "engine/storage/log_files.hpp"
#include "engine/storage/store_directory.hpp"
#include "engine/base/temporary_file.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

using rocksdb::IOStatus;

bool has_extension(const std::string& path, const char* extension) { return std::filesystem::path(path).extension() == extension; }

/// Nothing of ours may be thrown through RocksDB.
template <typename Work>
IOStatus guarded(Work work) {
    try {
        work();
        return IOStatus::OK();
    } catch (const Error& error) {
        return IOStatus::IOError(error.message());
    }
}

}  // namespace

StoreFiles::StoreFiles(std::string directory) : FileSystemWrapper(FileSystem::Default()), directory_(std::move(directory)) {
    for (const std::string& path : log_files(directory_)) {
        if (has_extension(path, ".log")) logs_.insert(std::filesystem::path(path).filename());
    }
}

/// A log is on the list before anything is in it, and is there before it is on the list.
IOStatus StoreFiles::NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                     std::unique_ptr<rocksdb::FSWritableFile>* file, rocksdb::IODebugContext* debug) {
    IOStatus status = FileSystemWrapper::NewWritableFile(path, options, file, debug);
    if (!status.ok() || !has_extension(path, ".log")) return status;
    return guarded([&] {
        const std::scoped_lock lock(mutex_);
        sync_to_disk(directory_);
        logs_.insert(std::filesystem::path(path).filename());
        mark_directory(directory_, logs_);
    });
}

/// A log is off the list before it is gone.
IOStatus StoreFiles::DeleteFile(const std::string& path, const rocksdb::IOOptions& options, rocksdb::IODebugContext* debug) {
    if (is_kept(path)) return IOStatus::OK();
    if (has_extension(path, ".log")) {
        const IOStatus status = guarded([&] {
            const std::scoped_lock lock(mutex_);
            logs_.erase(std::filesystem::path(path).filename());
            mark_directory(directory_, logs_);
        });
        if (!status.ok()) return status;
    }
    return FileSystemWrapper::DeleteFile(path, options, debug);
}

bool StoreFiles::is_kept(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    if (!keeps_tables_ || !has_extension(path, ".sst")) return false;
    kept_tables_.push_back(path);
    return true;
}

void StoreFiles::keep_tables() {
    const std::scoped_lock lock(mutex_);
    keeps_tables_ = true;
}

void StoreFiles::let_tables_go() {
    const std::scoped_lock lock(mutex_);
    keeps_tables_ = false;
    for (const std::string& path : std::exchange(kept_tables_, {})) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
}

}  // namespace tercet::storage

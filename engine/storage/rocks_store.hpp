#pragma once

#include <memory>
#include <string>

#include "engine/model/store.hpp"

namespace tercet::storage {

struct RocksOptions {
    bool create_if_missing = true;
    bool read_only = false;  ///< beside a process that writes: sees what was committed when it was opened
};

/// Opens a store on the disk: one key per quad in every order of kIndexOrders, a dictionary, statistics (docs/storage-format.md).
///
/// Throws Error: NotFound (nothing there, and not to be created), Locked (another process writes), Version (another format),
/// Damaged, Io, and InvalidArgument for a directory that holds something else, which is not touched.
[[nodiscard]] std::unique_ptr<Store> open_rocks_store(const std::string& directory, const RocksOptions& options = {});

}  // namespace tercet::storage

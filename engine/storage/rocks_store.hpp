#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "engine/model/store.hpp"

namespace tercet::storage {

struct RocksOptions {
    bool create_if_missing = true;
    bool read_only = false;  ///< beside a process that writes: sees what was committed when it was opened, or refreshed

    /// Bytes of changes that one transaction holds before it sorts them into temporary files; its commit takes a few
    /// times that.
    std::size_t load_memory = std::size_t{128} << 20U;
    /// From so many changes on, a commit builds table files and adds them, instead of writing through the log.
    std::size_t bulk_quads = 50'000;
    /// From so many changes on that lie beside the blocks, they are folded into them in the background. 0: by the size
    /// of the store.
    std::size_t fold_changes = 0;
    /// Bytes of blocks to keep in memory. 0: a quarter of the machine's memory.
    std::size_t cache_bytes = 0;
    /// Whether a commit has reached the disk when it returns. Without, what was committed last may be lost if the
    /// machine stops, but not if the program does; the store stays whole.
    bool sync = true;
};

/// Opens a store on the disk: blocks of quads in every order of kIndexOrders, changes beside them, a
/// dictionary, statistics
/// (docs/storage-format.md).
///
/// Throws Error: NotFound (nothing there, and not to be created), Locked (somebody writes to it), Version (another
/// format), Damaged, Io, and InvalidArgument for a directory that holds something else, which is not touched. Snapshots
/// and transactions may outlive the Store; the lock is given up when the last of them is gone.
[[nodiscard]] std::unique_ptr<Store> open_rocks_store(const std::string& directory, const RocksOptions& options = {});

}  // namespace tercet::storage

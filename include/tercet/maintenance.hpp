#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tercet {

struct CheckOptions {
    std::size_t most_problems = 100;  ///< to describe; more are counted
};

/// What was looked at, and what is wrong with it.
struct CheckReport {
    std::uint64_t quads = 0;
    std::uint64_t terms = 0;
    std::uint64_t blocks = 0;
    std::uint64_t changes = 0;          ///< that lie beside the blocks
    std::uint64_t problem_count = 0;
    std::vector<std::string> problems;  ///< a place each (file, order, block, quad, term), and what is wrong there

    [[nodiscard]] bool is_sound() const noexcept { return problem_count == 0; }
};

/// Reads all of a store, as it was committed when the call began, and compares what must agree: checksums, blocks with
/// their fences, every order with every other, the dictionary both ways, statistics with the quads. Changes nothing.
/// Another process may write meanwhile.
///
/// Throws Error for what cannot be looked at: NotFound, Version, Io, InvalidArgument (no store). Damage is in the report.
[[nodiscard]] CheckReport check_store(const std::string& directory, const CheckOptions& options = {});

struct BackupOptions {
    bool link = true;  ///< table files, which never change, are shared with the store where the file system allows it
};

struct BackupReport {
    std::uint64_t quads = 0;
    std::uint64_t version = 0;       ///< of the store: commits up to then
    std::uint64_t files = 0;         ///< with quads and terms
    std::uint64_t linked_files = 0;  ///< of those, shared with the store
    std::uint64_t bytes = 0;
};

/// Makes `target`, which must not be there or be empty, a store of its own that holds all that was committed up to one
/// moment during the call. This or another process may write meanwhile. If the call fails, or the process is killed,
/// there is nothing at `target`.
///
/// Throws Error: NotFound, Version, Damaged, Io, InvalidArgument (something is at `target`), Locked (it changed too fast).
BackupReport backup_store(const std::string& directory, const std::string& target, const BackupOptions& options = {});

/// Makes `directory`, which must not be there or be empty, the store that is in a backup, after checking the backup.
/// Throws what backup_store() throws; Damaged if the check finds a problem.
BackupReport restore_store(const std::string& backup, const std::string& directory, const BackupOptions& options = {});

}  // namespace tercet

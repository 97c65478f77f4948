#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace tercet::storage {

inline constexpr std::uint64_t kFormatVersion = 5;

/// The file that makes a directory a store: it says so, and in which format.
inline constexpr std::string_view kMarkFile = "TERCET";

enum class DirectoryState {
    Empty,  ///< not there, nothing in it, or a store whose making was cut short at the start
    Store,  ///< a store of our format
};

/// Looks without touching. Throws Error: InvalidArgument (something else is there), Version, Damaged (a mark that says
/// nothing), Io.
[[nodiscard]] DirectoryState inspect_directory(const std::string& directory);

/// Makes the directory if need be, and its mark, which names the logs: files that hold commits, or may. What was there is replaced
/// at once, and on the disk. Throws Error (Io).
void mark_directory(const std::string& directory, const std::set<std::string>& logs = {});

/// Throws Error (Damaged) if a log that the mark names is missing. Another process may make and delete logs meanwhile.
void check_logs_are_there(const std::string& directory);

/// Throws Error (Locked), naming the process that holds the lock if it can be found. `status` is what RocksDB said.
[[noreturn]] void throw_locked(const std::string& directory, std::string_view status);

}  // namespace tercet::storage

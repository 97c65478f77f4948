#pragma once

#include <array>
#include <string_view>

/// System calls that fail on demand. A program that is linked with failing_calls.cpp calls the functions there instead of those of
/// the C library, and so do the libraries that it uses. Calls that concern a file below a certain directory are counted, by
/// call and kind of file; one of them fails, or all from that one on; or the power fails there: the process ends, and every
/// file loses what was not forced to the disk.
///
/// The environment says which:
///
///     TERCET_FAULT_ROOT    the directory
///     TERCET_FAULT         call, kind of file, number (from 1), once | always | torn | power, number of the error
///     TERCET_FAULT_REPORT  file to write "fired" to when it happens, and at the end the counts: call, kind, count
namespace tercet::test {

/// "space" and "sync" count several calls: all that take space on the disk, all that wait for it.
inline constexpr std::array<std::string_view, 17> kCalls{
    "open",      "write",     "writev", "pwrite", "read",   "pread", "fsync", "fdatasync", "sync_file_range",
    "ftruncate", "fallocate", "rename", "link",   "unlink", "mkdir", "space", "sync"};

/// "any" counts all of them.
inline constexpr std::array<std::string_view, 9> kFileKinds{"log", "manifest", "table", "scratch", "current", "mark",
                                                            "directory", "other", "any"};

inline constexpr int kPowerLossStatus = 86;

}  // namespace tercet::test

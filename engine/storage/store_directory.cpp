#include "engine/storage/store_directory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "engine/base/temporary_file.hpp"
#include "engine/storage/crc32c.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = "Tercet store, format ";
constexpr std::string_view kLogs = "logs";
constexpr std::string_view kSum = " sum ";

std::string mark_path(const std::string& directory) { return directory + '/' + std::string(kMarkFile); }

/// Two lines: the format; the logs, if there are any, and a checksum of all before it.
std::string mark_text(const std::set<std::string>& logs) {
    std::string text = std::string(kMark) + std::to_string(kFormatVersion) + '\n';
    if (logs.empty()) return text;
    text += kLogs;
    for (const std::string& log : logs) text += ' ' + log;
    return text + std::string(kSum) + std::to_string(crc32c(text)) + '\n';
}

[[noreturn]] void fail(const std::string& what, const std::string& directory, const std::error_code& error) {
    throw Error(ErrorCode::Io, "cannot " + what + ' ' + directory + ": " + error.message());
}

std::string read_mark(const std::string& directory) {
    std::ifstream file(mark_path(directory));
    std::string text;
    std::getline(file, text, '\0');
    if (!file.is_open() || file.bad()) throw Error(ErrorCode::Io, "cannot read " + mark_path(directory));
    return text;
}

/// The logs that a mark names. Throws Error (Damaged) if it is not as it was written.
std::set<std::string> logs_of(const std::string& directory) {
    const std::string text = read_mark(directory);
    std::istringstream words(text);
    std::set<std::string> logs;
    for (std::string word; words >> word;) {
        if (word.ends_with(".log")) logs.insert(word);
    }
    if (mark_text(logs) != text) {
        throw Error(ErrorCode::Damaged, "the store at " + directory + " is damaged: its file " + mark_path(directory) + " has changed");
    }
    return logs;
}

/// The format that a mark names; nothing if it is not a mark.
std::optional<std::uint64_t> format_of(std::string_view mark) {
    if (!mark.starts_with(kMark)) return std::nullopt;
    std::uint64_t format = 0;
    const auto [end, error] = std::from_chars(mark.data() + kMark.size(), mark.data() + mark.size(), format);
    return error == std::errc{} && *end == '\n' ? std::optional(format) : std::nullopt;
}

/// Whether a store is there whose mark names our format; false if its making was cut short before anything was in it.
bool has_store(const std::string& directory) {
    const std::string mark = read_mark(directory);
    const bool is_current = fs::exists(directory + "/CURRENT");
    if (mark.empty() && !is_current) return false;
    const auto format = format_of(mark.substr(0, mark.find('\n')) + '\n');
    if (!format) {
        throw Error(ErrorCode::Damaged, "the store at " + directory + " is damaged: " + mark_path(directory) +
                                            " does not say which format it has");
    }
    if (*format != kFormatVersion) {
        throw Error(ErrorCode::Version,
                    "the store at " + directory + " has format " + std::to_string(*format) +
                        ", this Tercet has format " + std::to_string(kFormatVersion) +
                        (*format > kFormatVersion ? "; use a newer Tercet"
                                                  : "; dump it with the Tercet that made it, and load the dump again"));
    }
    if (is_current) return true;
    const auto is_data = [](const fs::directory_entry& entry) {
        return entry.path().extension() == ".sst" || entry.path().extension() == ".log";
    };
    if (std::any_of(fs::directory_iterator(directory), fs::directory_iterator(), is_data)) {
        throw Error(ErrorCode::Damaged, "the store at " + directory + " is damaged: its file CURRENT is missing");
    }
    return false;
}

/// The process that holds RocksDB's lock; 0 if nobody does by now, or it cannot be told.
///
/// Never for a lock of this process: closing any descriptor of a file gives up the process's locks on it.
int lock_holder(const std::string& directory) {
    const int descriptor = ::open((directory + "/LOCK").c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return 0;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool known = ::fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    ::close(descriptor);
    return known ? lock.l_pid : 0;
}

}  // namespace

DirectoryState inspect_directory(const std::string& directory) {
    std::error_code error;
    const fs::file_status status = fs::status(directory, error);
    if (status.type() == fs::file_type::not_found) return DirectoryState::Empty;
    if (error) fail("open", directory, error);
    if (!fs::is_directory(status)) {
        throw Error(ErrorCode::InvalidArgument, directory + " is a file, not the directory of a store");
    }
    const bool is_empty = fs::is_empty(directory, error);
    if (error) fail("read", directory, error);
    if (is_empty) return DirectoryState::Empty;
    const bool has_mark = fs::exists(mark_path(directory), error);
    if (error) fail("read", directory, error);
    if (!has_mark) {
        const bool is_rocksdb = fs::exists(directory + "/CURRENT", error);
        throw Error(ErrorCode::InvalidArgument,
                    directory +
                        (is_rocksdb ? " is the RocksDB of another program" : " holds other files and no store") +
                        "; nothing in it was touched; name another directory");
    }
    return has_store(directory) ? DirectoryState::Store : DirectoryState::Empty;
}

void mark_directory(const std::string& directory, const std::set<std::string>& logs) {
    make_directory(directory);
    std::error_code error;
    const std::string mark = mark_path(directory);
    const bool replaces = fs::exists(mark, error);
    // The first one is written in place: a directory with half a mark is known for ours.
    const std::string written = replaces ? mark + ".new" : mark;
    std::ofstream file(written, std::ios::trunc);
    file << mark_text(logs);
    file.close();
    if (!file) throw Error(ErrorCode::Io, "cannot write " + written);
    sync_to_disk(written);
    if (replaces) fs::rename(written, mark, error);
    if (error) fail("write", mark, error);
    sync_to_disk(directory);
}

void check_logs_are_there(const std::string& directory) {
    std::set<std::string> missing = logs_of(directory);
    std::error_code error;  // then nobody knows
    std::erase_if(missing, [&](const std::string& log) { return fs::exists(directory + '/' + log, error) || error; });
    if (missing.empty()) return;
    // One that was deleted in due course left the mark before that.
    const std::set<std::string> still = logs_of(directory);
    std::erase_if(missing, [&](const std::string& log) { return !still.contains(log); });
    if (missing.empty()) return;
    throw Error(ErrorCode::Damaged, "the store at " + directory + " is damaged: its file " + directory + '/' + *missing.begin() +
                                        " is missing, with what was committed last; restore a backup");
}

void throw_locked(const std::string& directory, std::string_view status) {
    if (status.find("current process") != std::string_view::npos) {
        throw Error(ErrorCode::Locked, "this process has the store at " + directory + " open already");
    }
    const int process = lock_holder(directory);
    const std::string who = process != 0 ? "process " + std::to_string(process) : "another process";
    throw Error(ErrorCode::Locked,
                who + " is writing to the store at " + directory + "; wait for it, or open the store read-only");
}

}  // namespace tercet::storage

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "engine/base/temporary_file.hpp"
#include "engine/storage/log_files.hpp"
#include "engine/storage/rocks_source.hpp"
#include "engine/storage/store_directory.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"

namespace tercet {
namespace {

namespace fs = std::filesystem;
using storage::DirectoryState;

[[noreturn]] void fail(const std::string& what, const fs::path& path, const std::error_code& error) {
    throw Error(ErrorCode::Io, "cannot " + what + ' ' + path.string() + ": " + error.message());
}

/// Copies what a file holds now; false if it is gone.
bool copy_bytes(const fs::path& from, const fs::path& to) {
    std::ifstream in(from, std::ios::binary);
    if (!in) {
        if (!fs::exists(from)) return false;
        throw Error(ErrorCode::Io, "cannot read " + from.string());
    }
    std::ofstream out(to, std::ios::binary | std::ios::trunc);
    if (in.peek() != std::ifstream::traits_type::eof()) out << in.rdbuf();
    out.close();
    if (!out || in.bad()) throw Error(ErrorCode::Io, "cannot copy " + from.string() + " to " + to.string());
    return true;
}

std::string without_slash(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
}

/// Two names of one file, where the file system can do that.
bool link_file(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::create_hard_link(from, to, error);
    return !error;
}

/// Makes a copy of a store beside the place where it belongs, and moves it there when it is whole.
class StoreCopy {
public:
    StoreCopy(const std::string& from, const std::string& to, const BackupOptions& options)
        : from_(from), to_(to), half_(without_slash(to) + ".new"), options_(options) {}

    BackupReport run() {
        if (storage::inspect_directory(from_) == DirectoryState::Empty) {
            throw Error(ErrorCode::NotFound, "there is no store at " + from_);
        }
        expect_free_place();
        const std::string parent = fs::absolute(half_).parent_path().string();
        make_directory(parent);
        take_files();
        open_copy();
        sync_to_disk(half_.string());
        std::error_code error;
        fs::rename(half_, to_, error);  // takes the place of an empty directory, and of no other
        if (error) fail("make", to_, error);
        sync_to_disk(parent);
        return report_;
    }

private:
    void expect_free_place() const {
        std::error_code error;
        if (fs::exists(to_, error) && (!fs::is_directory(to_, error) || !fs::is_empty(to_, error))) {
            throw Error(ErrorCode::InvalidArgument, to_ + " holds something already; nothing in it was touched; name another directory");
        }
        if (!fs::exists(half_, error)) return;
        const bool is_ours = fs::is_directory(half_, error) && (fs::is_empty(half_, error) || fs::exists(half_ / storage::kMarkFile, error));
        if (!is_ours) {
            throw Error(ErrorCode::InvalidArgument, half_.string() + " is in the way; move it, or name another directory");
        }
    }

    /// What an earlier call, killed on its way, has left. The mark goes last: whoever is killed here leaves it, too.
    void remove_leftovers() const {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(half_, error)) {
            if (entry.path().filename() != storage::kMarkFile) fs::remove_all(entry.path());
        }
        fs::remove_all(half_);
    }

    /// What is taken between two equal lists of table files belongs together: no file came or went meanwhile. A table
    /// file never changes and no other gets its name, so what one try has taken serves the next, which is over before a
    /// writer has made another file.
    void take_files() {
        constexpr std::chrono::minutes kPatience{2};
        remove_leftovers();
        storage::mark_directory(half_);
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (true) {
            const std::string before = storage::table_list_state(from_);
            take_logs();
            take_tables();
            if (storage::table_list_state(from_) == before) break;
            if (std::chrono::steady_clock::now() > end) {
                remove_leftovers();
                throw Error(ErrorCode::Locked, "the store at " + from_ + " changes too fast to be copied; try again");
            }
        }
        finish_files();
    }

    /// The newest first: those before it are no longer written to, so what is taken is all that was committed up to one moment.
    void take_logs() {
        for (const fs::path& copy : copied_logs_) fs::remove(copy);
        copied_logs_.clear();
        auto logs = storage::log_files(from_);
        if (logs.empty()) throw Error(ErrorCode::Damaged, "the store at " + from_ + " is damaged: its file CURRENT makes no sense");
        std::reverse(logs.begin() + 1, logs.end());
        logs.push_back(from_ + "/CURRENT");
        for (const fs::path log : logs) {
            copied_logs_.push_back(half_ / log.filename());
            copy_bytes(log, copied_logs_.back());
        }
    }

    /// Those that an earlier try has not taken.
    void take_tables() {
        std::map<fs::path, bool> there;
        std::error_code gone;
        for (const auto& entry : fs::directory_iterator(from_)) {
            if (entry.path().extension() != ".sst") continue;
            const auto taken = tables_.find(entry.path().filename());
            if (taken != tables_.end() && (taken->second || is_whole(entry.path()))) {
                there.insert(tables_.extract(taken));
                continue;
            }
            if (taken != tables_.end()) tables_.erase(taken);  // it is taken anew
            const fs::path copy = half_ / entry.path().filename();
            const bool linked = options_.link && link_file(entry.path(), copy);
            if (linked || copy_bytes(entry.path(), copy))
                there.emplace(entry.path().filename(), linked);
            else
                fs::remove(copy, gone);
        }
        for (const auto& [replaced, linked] : tables_) fs::remove(half_ / replaced, gone);
        tables_ = std::move(there);
    }

    /// Whether nothing was added to a table since it was copied.
    [[nodiscard]] bool is_whole(const fs::path& table) const {
        std::error_code gone;
        return fs::file_size(table, gone) == fs::file_size(half_ / table.filename(), gone);
    }

    /// Counts what was taken, and makes it last.
    void finish_files() {
        for (const auto& [name, linked] : tables_) {
            ++report_.files;
            report_.linked_files += linked ? 1 : 0;
            report_.bytes += fs::file_size(half_ / name);
            if (!linked) sync_to_disk((half_ / name).string());
        }
        for (const fs::path& log : copied_logs_) {
            if (fs::exists(log)) sync_to_disk(log.string());
        }
    }

    /// Proves that it can be opened; what the log holds goes into table files.
    void open_copy() {
        const auto database = std::make_shared<storage::RocksDatabase>(half_.string(), storage::RocksOptions{.create_if_missing = false});
        const storage::RocksSource source(database, storage::QuadVersion::load(*database));
        report_.quads = source.statistics().quads;
        report_.version = source.version();
    }

    const std::string& from_;
    const std::string& to_;
    fs::path half_;
    BackupOptions options_;
    BackupReport report_;
    std::map<fs::path, bool> tables_;  ///< taken by now, by name; whether as a second name of the same file
    std::vector<fs::path> copied_logs_;
};

}  // namespace

BackupReport backup_store(const std::string& directory, const std::string& target, const BackupOptions& options) {
    return StoreCopy(directory, target, options).run();
}

BackupReport restore_store(const std::string& backup, const std::string& directory, const BackupOptions& options) {
    const CheckReport report = check_store(backup, {.most_problems = 1});
    if (!report.is_sound()) throw Error(ErrorCode::Damaged, "the backup at " + backup + " is damaged: " + report.problems.front());
    return StoreCopy(backup, directory, options).run();
}

}  // namespace tercet

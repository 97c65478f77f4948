#include <atomic>
#include <fstream>
#include <thread>

#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"
#include "unit/engine/storage/store_world.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;
namespace fs = std::filesystem;

namespace {

/// Each commit adds two quads.
void commit_pair(Store& store, int number) {
    const std::string n = std::to_string(number);
    add(store, {"s" + n + " p left", "s" + n + " p right g" + std::to_string(number % 3)});
}

Lines contents_of(const std::string& directory) { return contents(*open_rocks_store(directory, {.create_if_missing = false})->snapshot()); }

void expect_error(ErrorCode code, const std::function<void()>& call) {
    try {
        call();
        FAIL("did it");
    } catch (const Error& error) {
        INFO(error.what());
        CHECK(error.code() == code);
    }
}

}  // namespace

TEST_CASE("backup: holds what was committed, and stays as it is", "[storage]") {
    const StoreKind kind = GENERATE(from_range(store_kinds()));
    const bool link = GENERATE(true, false);
    if (!kind.on_disk) return;
    CAPTURE(kind.name, link);
    const TempDir temp;
    {
        const auto store = open_rocks_store(temp / "store", kind.options);
        for (int i = 0; i < 40; ++i) commit_pair(*store, i);
        const Lines before = contents(*store->snapshot());
        const BackupReport report = backup_store(temp / "store", temp / "deep/backup", {.link = link});
        CHECK(report.quads == 80);
        CHECK(report.version == 40);
        CHECK(report.linked_files <= (link ? report.files : 0));
        for (int i = 40; i < 80; ++i) commit_pair(*store, i);
        CHECK(contents_of(temp / "deep/backup") == before);
        CHECK(contents(*store->snapshot()).size() == 160);
        CHECK_FALSE(fs::exists(temp / "deep/backup.new"));
    }
    fs::remove_all(temp / "store");
    CHECK(restore_store(temp / "deep/backup", temp / "store").quads == 80);
    CHECK(check_store(temp / "store").is_sound());
    const auto store = open_rocks_store(temp / "store", kind.options);
    for (int i = 80; i < 120; ++i) commit_pair(*store, i);
    CHECK(store->snapshot()->statistics().quads == 160);
    CHECK(check_store(temp / "deep/backup").quads == 80);
}

TEST_CASE("backup: takes no place that is taken", "[storage]") {
    const TempDir temp;
    commit_pair(*open_rocks_store(temp / "store"), 1);
    fs::create_directory(temp / "mine");
    std::ofstream(temp / "mine/letter.txt") << "Dear ...";
    expect_error(ErrorCode::InvalidArgument, [&] { backup_store(temp / "store", temp / "mine"); });
    expect_error(ErrorCode::InvalidArgument, [&] { backup_store(temp / "store", temp / "mine/letter.txt"); });
    expect_error(ErrorCode::InvalidArgument, [&] { restore_store(temp / "store", temp / "store"); });
    expect_error(ErrorCode::NotFound, [&] { backup_store(temp / "none", temp / "backup"); });
    expect_error(ErrorCode::InvalidArgument, [&] { backup_store(temp / "mine", temp / "backup"); });
    fs::rename(temp / "mine", temp / "backup.new");
    expect_error(ErrorCode::InvalidArgument, [&] { backup_store(temp / "store", temp / "backup"); });
    CHECK(fs::exists(temp / "backup.new/letter.txt"));
    fs::create_directory(temp / "empty");
    CHECK(backup_store(temp / "store", temp / "empty").quads == 2);
}

TEST_CASE("backup: takes the place of one that was cut short", "[storage]") {
    const TempDir temp;
    commit_pair(*open_rocks_store(temp / "store"), 1);
    backup_store(temp / "store", temp / "backup.new");
    std::ofstream(temp / "backup.new/000999.sst") << "half a ta";
    std::ofstream(temp / "backup.new/000998.log") << "half a lo";
    CHECK(backup_store(temp / "store", temp / "backup").quads == 2);
    CHECK(check_store(temp / "backup").is_sound());
    CHECK_FALSE(fs::exists(temp / "backup/000998.log"));
    CHECK_FALSE(fs::exists(temp / "backup.new"));
}

TEST_CASE("backup: one that is damaged is not restored", "[storage]") {
    const TempDir temp;
    commit_pair(*open_rocks_store(temp / "store"), 1);
    backup_store(temp / "store", temp / "backup");
    for (const auto& entry : fs::directory_iterator(temp / "backup")) {
        if (entry.path().extension() == ".sst") fs::resize_file(entry.path(), entry.file_size() / 2);
    }
    expect_error(ErrorCode::Damaged, [&] { restore_store(temp / "backup", temp / "again"); });
    CHECK_FALSE(fs::exists(temp / "again"));
}

TEST_CASE("backup: is of one moment while a thread writes", "[storage]") {
    const StoreKind kind = GENERATE(from_range(store_kinds()));
    if (!kind.on_disk) return;
    CAPTURE(kind.name);
    constexpr int kBackups = 6;
    const TempDir temp;
    const auto store = open_rocks_store(temp / "store", kind.options);
    std::atomic<int> committed{0};
    {
        std::jthread writer([&](const std::stop_token& stop) {
            for (int i = 0; !stop.stop_requested(); ++i) {
                commit_pair(*store, i);
                committed = i + 1;
            }
        });
        for (int i = 0; i < kBackups; ++i) {
            const int seen = committed;
            while (committed == seen) std::this_thread::yield();
            const int before = committed;
            const std::string place = temp / ("backup" + std::to_string(i));
            const BackupReport report = backup_store(temp / "store", place);
            CHECK(report.version >= static_cast<std::uint64_t>(before));
            CHECK(report.quads == 2 * report.version);
            CHECK(check_store(place).is_sound());
            Lines expected;
            for (std::uint64_t n = 0; n < report.version; ++n) {
                expected.push_back("s" + std::to_string(n) + " p left");
                expected.push_back("s" + std::to_string(n) + " p right g" + std::to_string(n % 3));
            }
            std::sort(expected.begin(), expected.end());
            CHECK(contents_of(place) == expected);
        }
    }
}

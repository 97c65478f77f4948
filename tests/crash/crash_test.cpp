#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "crash/check_content.hpp"
#include "crash/history.hpp"
#include "support/catch.hpp"
#include "support/scale.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"

using namespace tercet;
using namespace tercet::test;

namespace {

/// A writer at work in another process, until it is killed.
class Writer {
public:
    Writer(const std::string& directory, const CrashMode& mode, int commits, std::string log)
        : Writer(directory, mode.name, std::to_string(commits), std::move(log)) {}
    /// What it does is said in crash_writer.cpp.
    Writer(const std::string& directory, const std::string& what, const std::string& argument, std::string log) : log_(std::move(log)) {
        process_ = ::fork();
        if (process_ != 0) return;
        const int out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, STDOUT_FILENO);
        ::execl(TERCET_CRASH_WRITER, TERCET_CRASH_WRITER, directory.c_str(), what.c_str(), argument.c_str(), nullptr);
        ::_exit(127);
    }
    ~Writer() {
        if (process_ != 0) kill();
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] pid_t process() const noexcept { return process_; }

    /// Waits until it has said that a version above this one is committed, for a minute at most.
    void wait_for_commit_after(std::uint64_t version) const {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
        while (last_commit() <= version && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    /// It does nothing until it is woken, so that its store does not grow under what is slow.
    void pause() const { ::kill(process_, SIGSTOP); }
    void wake() const { ::kill(process_, SIGCONT); }
    /// Whether it was still writing.
    bool kill() {
        ::kill(process_, SIGKILL);
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = 0;
        return WIFSIGNALED(status);
    }
    /// The last version that it said was committed; 0 for none.
    [[nodiscard]] std::uint64_t last_commit() const {
        std::ifstream lines(log_);
        std::uint64_t last = 0;
        for (std::uint64_t version = 0; lines >> version;) last = version;
        return last;
    }

private:
    std::string log_;
    pid_t process_ = 0;
};

}  // namespace

TEST_CASE("crash: a killed writer leaves whole transactions and nothing else", "[crash]") {
    const CrashMode mode = GENERATE(from_range(crash_modes()));
    constexpr unsigned kSeed = 20;
    const int points = scaled(24);
    constexpr int kRestarts = 4;  // kills in one directory, before a new one is taken
    std::mt19937 random(kSeed);
    CAPTURE(mode.name);
    std::unique_ptr<TempDir> directory;
    std::uint64_t version = 0;
    std::uint64_t most = 0;
    for (int point = 0; point < points; ++point) {
        if (point % kRestarts == 0) {
            directory = std::make_unique<TempDir>();
            version = 0;
        }
        // The first kill in a directory comes early, while the store is being made or soon after.
        const unsigned longest = point % kRestarts == 0 ? 80'000 : 500'000;
        const std::chrono::microseconds time(random() % longest);
        CAPTURE(point, time.count());
        Writer writer(*directory / "store", mode, 10'000, *directory / "log");
        // Every other kill strikes a writer that has got somewhere, however slow the machine is.
        if (point % 2 == 1) writer.wait_for_commit_after(version + 1);
        std::this_thread::sleep_for(time);
        REQUIRE(writer.kill());
        const std::uint64_t said = writer.last_commit();
        const std::uint64_t there = check_store(*directory / "store", mode);
        REQUIRE(there >= std::max(said, version));  // what was committed is there
        version = there;
        most = std::max(most, version);
    }
    CHECK(most >= 3);
}

TEST_CASE("crash: while a process writes, others are told who it is, and may read", "[crash]") {
    const CrashMode mode = GENERATE(from_range(crash_modes()));
    CAPTURE(mode.name);
    constexpr int kCommits = 12;
    const TempDir temp;
    const std::string directory = temp / "store";
    Writer writer(directory, mode, kCommits, temp / "log");
    while (writer.last_commit() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));

    std::string refusal;
    try {
        static_cast<void>(storage::open_rocks_store(directory));
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::Locked);
        refusal = error.message();
    }
    CHECK_THAT(refusal, Catch::Contains("process " + std::to_string(writer.process())));

    for (int i = 0; i < 4; ++i) {
        const std::uint64_t said = writer.last_commit();
        const auto store = storage::open_rocks_store(directory, {.create_if_missing = false, .read_only = true});
        const auto source = store->snapshot();
        REQUIRE(source->version() >= said);
        ContentChecker(*source, mode, {}).check_all();
    }
    CHECK(writer.kill());
}

TEST_CASE("crash: a backup is whole while a process writes", "[crash]") {
    const CrashMode mode = GENERATE(from_range(crash_modes()));
    CAPTURE(mode.name);
    constexpr int kBackups = 6;
    const TempDir temp;
    Writer writer(temp / "store", mode, 10'000, temp / "log");
    for (int i = 0; i < kBackups; ++i) {
        writer.wait_for_commit_after(writer.last_commit());
        const std::uint64_t said = writer.last_commit();
        const std::string backup = temp / ("backup" + std::to_string(i));
        const BackupReport report = backup_store(temp / "store", backup);
        REQUIRE(report.version >= said);
        writer.pause();
        REQUIRE(check_store(backup, mode) == report.version);
        writer.wake();
    }
    CHECK(writer.kill());
}

TEST_CASE("crash: a backup that is killed is not there, or whole", "[crash]") {
    const CrashMode mode = GENERATE(from_range(crash_modes()));
    CAPTURE(mode.name);
    constexpr unsigned kSeed = 21;
    const int kills = scaled(12);
    const TempDir temp;
    Writer writer(temp / "store", mode, 10'000, temp / "log");
    writer.wait_for_commit_after(2);
    std::mt19937 random(kSeed);
    for (int kill = 0; kill < kills; ++kill) {
        const std::string place = temp / ("backup" + std::to_string(kill) + '-');
        Writer copier(temp / "store", "backup", place, temp / "copies");
        if (kill % 2 == 1) copier.wait_for_commit_after(0);
        std::this_thread::sleep_for(std::chrono::microseconds(random() % 100'000));
        REQUIRE(copier.kill());
        const std::uint64_t last = copier.last_commit();
        const std::string next = place + std::to_string(last + 1);
        CAPTURE(kill, last);
        writer.pause();
        if (last > 0) check_store(place + std::to_string(last), mode);
        if (std::filesystem::exists(next))
            check_store(next, mode);
        else
            backup_store(temp / "store", next);
        writer.wake();
    }
    CHECK(writer.kill());
}

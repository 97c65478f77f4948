#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <sstream>
#include <thread>
#include <vector>

#include "crash/check_content.hpp"
#include "crash/history.hpp"
#include "faults/failing_calls.hpp"
#include "faults/writers.hpp"
#include "support/catch.hpp"
#include "support/scale.hpp"
#include "support/temp_dir.hpp"

using namespace tercet;
using namespace tercet::test;

namespace {

struct Fault {
    std::string call, kind;
    long number = 0;
    std::string how{};
    int error = EIO;

    [[nodiscard]] std::string text() const {
        return call + ' ' + kind + ' ' + std::to_string(number) + ' ' + how + ' ' + std::to_string(error);
    }
};

/// Calls that a process has made, by call and kind of file.
using CallCounts = std::map<std::pair<std::string, std::string>, long>;

/// What a writer has left behind.
struct Ending {
    int status = 0;
    bool has_fired = false;
    CallCounts calls;
    std::vector<std::string> lines;  ///< that it printed
};

std::vector<std::string> lines_of(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

/// Where writers work, one after the other.
class Workplace {
public:
    Workplace() { std::filesystem::create_directory(root_); }

    [[nodiscard]] std::string store() const { return root_ + "/store"; }
    [[nodiscard]] std::string at(const std::string& name) const { return root_ + '/' + name; }

    /// Runs a writer until it ends; what it does is said in fault_writer.cpp.
    Ending run(const std::string& what, const std::string& argument, const std::optional<Fault>& fault) {
        std::filesystem::remove(temp_ / "report");
        Ending ending;
        ending.status = wait_for(start(what, argument, fault));
        ending.lines = lines_of(temp_ / "lines");
        for (const std::string& line : lines_of(temp_ / "report")) {
            std::istringstream words(line);
            std::string call, kind;
            long count = 0;
            words >> call >> kind >> count;
            if (call == "fired") ending.has_fired = true;
            else ending.calls[{call, kind}] = count;
        }
        return ending;
    }

private:
    pid_t start(const std::string& what, const std::string& argument, const std::optional<Fault>& fault) {
        const pid_t process = ::fork();
        if (process != 0) return process;
        const int out = ::open((temp_ / "lines").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ::dup2(out, STDOUT_FILENO);
        ::setenv("TERCET_FAULT_ROOT", root_.c_str(), 1);
        ::setenv("TERCET_FAULT_REPORT", (temp_ / "report").c_str(), 1);
        if (fault) ::setenv("TERCET_FAULT", fault->text().c_str(), 1);
        ::execl(TERCET_FAULT_WRITER, TERCET_FAULT_WRITER, store().c_str(), what.c_str(), argument.c_str(), nullptr);
        ::_exit(127);
    }
    static int wait_for(pid_t process) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(5);
        int status = 0;
        while (::waitpid(process, &status, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() > end) {
                ::kill(process, SIGKILL);
                ::waitpid(process, &status, 0);
                FAIL("the writer hangs");
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return status;
    }

    TempDir temp_;
    std::string root_ = std::filesystem::canonical(temp_.path()).string() + "/root";
};

/// What several writers have done to one store, as they said.
class Story {
public:
    explicit Story(const CrashMode& mode) : mode_(mode) {}

    void continue_with(const std::vector<std::string>& lines) {
        tried_.clear();
        for (const std::string& line : lines) {
            std::istringstream words(line);
            std::string word;
            std::uint64_t number = 0;
            unsigned attempt = 0;
            words >> word >> number >> attempt;
            if (word == "try") tried_[number].push_back(attempt);
            if (word != "done") continue;
            version_ = number;
            attempts_[number] = attempt;
        }
    }
    /// The store has all that was said to be done, and of what was tried besides all or nothing.
    void check(const std::string& directory) {
        find_last_attempt(directory);
        const std::uint64_t there = check_store(directory, mode_, attempts_);
        CAPTURE(there);
        REQUIRE(there >= version_);
        REQUIRE((there == version_ || tried_.contains(there)));
        version_ = there;
    }
    [[nodiscard]] std::uint64_t version() const { return version_; }

private:
    void find_last_attempt(const std::string& directory) {
        if (!std::filesystem::exists(directory + "/CURRENT")) return;
        const auto source = storage::open_rocks_store(directory, {.create_if_missing = false, .read_only = true})->snapshot();
        if (source->version() == version_) return;
        for (const unsigned attempt : tried_[source->version()]) {
            const std::string subject = name_iri(attempt_subject(source->version(), attempt));
            if (source->find(TermView::iri(subject))) attempts_[source->version()] = attempt;
        }
    }

    const CrashMode& mode_;
    std::uint64_t version_ = 0;
    Attempts attempts_;
    std::map<std::uint64_t, std::vector<unsigned>> tried_;  ///< by the last writer
};

std::string commits_of(const CrashMode& mode) { return mode.name == "bulk" ? "3" : "10"; }

Fault random_fault(std::mt19937& random, const CallCounts& calls, const std::vector<std::string>& ways) {
    const auto& [call, count] = *std::next(calls.begin(), static_cast<std::ptrdiff_t>(random() % calls.size()));
    Fault fault{call.first, call.second};
    fault.number = 1 + static_cast<long>(random() % static_cast<unsigned long>(count));
    fault.how = ways[random() % ways.size()];
    fault.error = random() % 2 == 0 ? EIO : ENOSPC;
    return fault;
}

/// RocksDB reads the last key of a file that it adds without asking whether that went well, and an assert of it, which Debian's
/// package has on, ends the process.
bool may_abort(const Fault& fault) { return fault.call == "pread" && (fault.kind == "scratch" || fault.kind == "any"); }

/// Ended by itself; what it complained of is no other process.
void check_ending(const Ending& ending, const Fault& fault) {
    if (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGABRT && may_abort(fault)) return;
    REQUIRE(WIFEXITED(ending.status));
    const int status = WEXITSTATUS(ending.status);
    CAPTURE(status);
    REQUIRE((status == 0 || status == 1 || status == kPowerLossStatus));
    for (const std::string& line : ending.lines) {
        CAPTURE(line);
        REQUIRE(line.find("another process") == std::string::npos);
    }
}

/// What a writer calls that makes a store, and what one that goes on with it.
std::array<CallCounts, 2> calls_of(const CrashMode& mode) {
    Workplace place;
    std::array<CallCounts, 2> calls;
    for (CallCounts& each : calls) {
        const Ending ending = place.run(mode.name, commits_of(mode), {});
        REQUIRE(ending.status == 0);
        REQUIRE(ending.lines.size() == 2 * std::stoul(commits_of(mode)));
        each = ending.calls;
    }
    return calls;
}

/// Lets `count` calls fail and says how many did.
int test_faults(const CrashMode& mode, unsigned seed, int count, const std::vector<std::string>& ways) {
    constexpr int kRuns = 4;  // in one directory, before a new one is taken
    const auto calls = calls_of(mode);
    std::mt19937 random(seed);
    std::unique_ptr<Workplace> place;
    std::unique_ptr<Story> story;
    int fired = 0;
    for (int i = 0; i < count; ++i) {
        if (i % kRuns == 0) {
            place = std::make_unique<Workplace>();
            story = std::make_unique<Story>(mode);
        }
        const Fault fault = random_fault(random, calls[i % kRuns == 0 ? 0 : 1], ways);
        const Ending ending = place->run(mode.name, commits_of(mode), fault);
        CAPTURE(i, fault.text(), ending.lines);
        check_ending(ending, fault);
        story->continue_with(ending.lines);
        story->check(place->store());
        fired += ending.has_fired ? 1 : 0;
    }
    return fired;
}

/// Numbers by writer, of the lines that start with a word: the last of each, or 0.
std::array<int, kWriters> last_numbers(const std::vector<std::string>& lines, const std::string& wanted) {
    std::array<int, kWriters> last{};
    for (const std::string& line : lines) {
        std::istringstream words(line);
        std::string word;
        std::size_t writer = 0;
        int number = 0;
        words >> word >> writer >> number;
        if (word == wanted) last.at(writer) = number;
    }
    return last;
}

/// How many of a writer's commits are there; none but the first ones, and all of each.
int commits_of_writer(const QuadSource& source, int writer) {
    for (int number = 1;; ++number) {
        const std::string iri = writer_subject(writer, number);
        const auto subject = source.find(TermView::iri(iri));
        if (!subject) return number - 1;
        REQUIRE(source.count({{*subject, TermId::any(), TermId::any(), TermId::any()}}) == 2);
    }
}

void check_writers(const std::string& directory, const std::vector<std::string>& lines) {
    const auto tried = last_numbers(lines, "try"), done = last_numbers(lines, "done");
    if (!std::filesystem::exists(directory + "/CURRENT")) {
        REQUIRE(done == std::array<int, kWriters>{});
        return;
    }
    const auto source = storage::open_rocks_store(directory, {.create_if_missing = false})->snapshot();
    std::uint64_t commits = 0;
    for (int writer = 0; writer < kWriters; ++writer) {
        const auto i = static_cast<std::size_t>(writer);
        CAPTURE(writer, done[i], tried[i]);
        const int there = commits_of_writer(*source, writer);
        REQUIRE(there >= done[i]);
        REQUIRE(there <= tried[i]);
        commits += static_cast<std::uint64_t>(there);
    }
    REQUIRE(source->version() == commits);
    REQUIRE(source->statistics().quads == 2 * commits);
    const CheckReport report = check_store(directory);
    CAPTURE(report.problems);
    REQUIRE(report.is_sound());
}

}  // namespace

TEST_CASE("faults: a store whose list of table files is not forced to the disk has the files that it names", "[faults]") {
    const CrashMode& mode = *find_mode(GENERATE("bulk", "fold"));
    CAPTURE(mode.name);
    const long count = calls_of(mode).front().at({"fdatasync", "manifest"});
    const long step = std::max(1L, count / scaled(8));
    for (long number = 1; number <= count; number += step) {
        Workplace place;
        Story story(mode);
        const Fault fault{"fdatasync", "manifest", number, "once"};
        const Ending ending = place.run(mode.name, commits_of(mode), fault);
        CAPTURE(number, count, ending.lines);
        check_ending(ending, fault);
        story.continue_with(ending.lines);
        story.check(place.store());
    }
}

TEST_CASE("faults: after a commit that could not be forced to the disk, the next ones say what to do", "[faults]") {
    const CrashMode& mode = *find_mode("small");
    Workplace place;
    Story story(mode);
    const Ending ending = place.run(mode.name, commits_of(mode), Fault{"fdatasync", "log", 4, "once"});
    CAPTURE(ending.lines);
    std::vector<std::string> errors = ending.lines;
    std::erase_if(errors, [](const std::string& line) { return !line.starts_with("error"); });
    REQUIRE(errors.size() >= 2);
    CHECK_THAT(errors.front(), Catch::Contains("cannot commit to the store") && Catch::Contains("Input/output error"));
    CHECK_THAT(errors.back(), Catch::Contains("because an earlier step failed") && Catch::Contains("open it again"));
    story.continue_with(ending.lines);
    story.check(place.store());
}

TEST_CASE("faults: files that a load or a fold cannot take away do no harm to the next one", "[faults]") {
    const CrashMode& mode = *find_mode(GENERATE("bulk", "fold"));
    CAPTURE(mode.name);
    Workplace place;
    Story story(mode);
    int fired = 0;
    for (int i = 0; i < 10 && fired < 2; ++i) {  // on a busy machine a process may end before it has begun to fold
        const Fault fault{"unlink", "scratch", 1, "always"};
        const Ending ending = place.run(mode.name, commits_of(mode), fault);
        CAPTURE(i, ending.lines);
        check_ending(ending, fault);
        fired += ending.has_fired ? 1 : 0;
        story.continue_with(ending.lines);
        story.check(place.store());
    }
    CHECK(fired == 2);
}

TEST_CASE("faults: whatever call fails, a store keeps what was committed, and no part of anything else", "[faults]") {
    const CrashMode& mode = *find_mode(GENERATE("small", "bulk", "fold"));
    CAPTURE(mode.name);
    const int count = scaled(12);
    const int fired = test_faults(mode, 401, count, {"once", "always", "torn"});
    WARN(mode.name << ": " << fired << " of " << count << " faults struck");
    CHECK(4 * fired >= count);  // after one that struck, a writer may call less than was counted
}

TEST_CASE("faults: when the power fails, a store keeps what was committed, and no part of anything else", "[faults]") {
    const CrashMode& mode = *find_mode(GENERATE("small", "bulk", "fold"));
    CAPTURE(mode.name);
    const int count = scaled(6);
    CHECK(test_faults(mode, 402, count, {"power"}) > 0);
}

TEST_CASE("faults: of several writers that share a sync, none is told of a commit that is lost", "[faults]") {
    const std::string commits = "20";
    CallCounts calls;
    {
        Workplace place;
        const Ending ending = place.run("writers", commits, {});
        REQUIRE(ending.status == 0);
        check_writers(place.store(), ending.lines);
        calls = ending.calls;
    }
    // Most calls that may fail in between are those of the log.
    CallCounts of_log;
    for (const auto& [call, count] : calls) {
        if (call.second == "log") of_log.emplace(call, count);
    }
    std::mt19937 random(404);
    const int count = scaled(16);
    int fired = 0;
    for (int i = 0; i < count; ++i) {
        Workplace place;
        const Fault fault = random_fault(random, i % 2 == 0 ? of_log : calls, {"once", "always", "torn", "power"});
        const Ending ending = place.run("writers", commits, fault);
        CAPTURE(i, fault.text(), ending.lines);
        check_ending(ending, fault);
        check_writers(place.store(), ending.lines);
        fired += ending.has_fired ? 1 : 0;
    }
    CHECK(fired > 0);
}

TEST_CASE("faults: a backup of which a call fails is not there, or whole", "[faults]") {
    const CrashMode& mode = *find_mode(GENERATE("small", "bulk", "fold"));
    CAPTURE(mode.name);
    Workplace place;
    Story story(mode);
    story.continue_with(place.run(mode.name, commits_of(mode), {}).lines);
    const CallCounts calls = place.run("backup", place.at("first"), {}).calls;
    const int count = scaled(6);
    std::mt19937 random(403);
    for (int i = 0; i < count; ++i) {
        const std::string backup = place.at("backup" + std::to_string(i));
        const Fault fault = random_fault(random, calls, {"once", "always", "torn", "power"});
        const Ending ending = place.run("backup", backup, fault);
        CAPTURE(i, fault.text(), ending.lines);
        check_ending(ending, fault);
        if (ending.status == 0) REQUIRE(std::filesystem::exists(backup));
        if (!std::filesystem::exists(backup)) backup_store(place.store(), backup);
        story.check(backup);
        story.check(place.store());
        std::filesystem::remove_all(backup);
    }
}

TEST_CASE("faults: a backup that could not mark its place can be made there later", "[faults]") {
    const CrashMode& mode = *find_mode("small");
    Workplace place;
    Story story(mode);
    story.continue_with(place.run(mode.name, commits_of(mode), {}).lines);
    const std::string call = GENERATE("open", "write", "fsync");
    const std::string how = GENERATE("once", "power");
    CAPTURE(call, how);
    const Ending ending = place.run("backup", place.at("backup"), Fault{call, "mark", 1, how});
    REQUIRE(ending.has_fired);
    CHECK_FALSE(std::filesystem::exists(place.at("backup")));
    backup_store(place.store(), place.at("backup"));
    story.check(place.at("backup"));
}

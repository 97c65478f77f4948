// Commits so many transactions as it is told, and goes on after errors, or makes one backup, or lets several writers commit at once
// until one fails; closes the store and ends. Prints a line before and after each step:
//
//     try NUMBER ATTEMPT     or try WRITER NUMBER
//     done NUMBER ATTEMPT    or done WRITER NUMBER
//     error MESSAGE
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

#include "crash/history.hpp"
#include "faults/writers.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"

namespace {

using namespace tercet;
using namespace tercet::test;

void print(const std::string& line) {
    static std::mutex mutex;
    const std::scoped_lock lock(mutex);
    std::cout << line << std::endl;
}

/// Errors of ours are expected; others are not caught.
template <typename Step>
bool reports(Step step) {
    try {
        step();
        return false;
    } catch (const Error& error) {
        print("error " + error.message());
        return true;
    }
}

void commit_all(const std::string& directory, const CrashMode& mode, int count) {
    const auto store = storage::open_rocks_store(directory, mode.options);
    unsigned attempt = 0;
    for (int i = 0; i < count; ++i) {
        const std::uint64_t number = store->snapshot()->version() + 1;
        std::cout << "try " << number << ' ' << attempt << std::endl;
        const bool has_failed = reports([&] { commit(*store, mode, number, attempt); });
        if (!has_failed) std::cout << "done " << number << ' ' << attempt << std::endl;
        if (has_failed) ++attempt;
    }
}

void commit_at_once(const std::string& directory, int count) {
    const auto store = storage::open_rocks_store(directory);
    const auto commit_some = [&](int writer) {
        for (int number = 1; number <= count; ++number) {
            const std::string step = std::to_string(writer) + ' ' + std::to_string(number);
            print("try " + step);
            if (reports([&] { commit_as(*store, writer, number); })) return;
            print("done " + step);
        }
    };
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < kWriters; ++writer) writers.emplace_back(commit_some, writer);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const std::string directory = arguments[1], what = arguments[2], argument = arguments[3];
    if (what == "backup") return reports([&] { backup_store(directory, argument); }) ? 1 : 0;
    if (what == "writers") return reports([&] { commit_at_once(directory, std::stoi(argument)); }) ? 1 : 0;
    const CrashMode* const mode = find_mode(what);
    if (mode == nullptr) return 2;
    return reports([&] { commit_all(directory, *mode, std::stoi(argument)); }) ? 1 : 0;
}

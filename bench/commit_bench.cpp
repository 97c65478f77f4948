// Commits beside what the device itself can do: how often in a second a file that grows reaches the disk by fdatasync.
//
//     tercet_commit_bench DIRECTORY     the directory must not be there yet
//
// Rounds of a second each take turns; medians, and the ratio to fdatasync with the spread of the middle three rounds.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <random>
#include <thread>
#include <vector>

#include "engine/storage/rocks_store.hpp"
#include "tercet/error.hpp"

namespace {

using namespace tercet;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;
constexpr auto kRound = std::chrono::seconds(1);

/// How often `step` is done in a second, and how much of what it counts.
double rate(const std::function<std::uint64_t()>& step) {
    const auto start = Clock::now();
    std::uint64_t count = 0;
    while (Clock::now() - start < kRound) count += step();
    return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - start).count();
}

/// A file that grows by about as much as a commit of one triple writes.
class GrowingFile {
public:
    explicit GrowingFile(const std::string& path) : descriptor_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0644)) {
        if (descriptor_ < 0) throw Error(ErrorCode::Io, "cannot write " + path);
    }
    ~GrowingFile() { ::close(descriptor_); }
    GrowingFile(const GrowingFile&) = delete;
    GrowingFile& operator=(const GrowingFile&) = delete;

    std::uint64_t append_and_sync() {
        static constexpr char kBytes[256]{};
        const bool is_written = ::write(descriptor_, kBytes, sizeof kBytes) == sizeof kBytes && ::fdatasync(descriptor_) == 0;
        if (!is_written) throw Error(ErrorCode::Io, "cannot write a file to the disk");
        return 1;
    }

private:
    int descriptor_;
};

/// Triples of terms that are mostly known, at random places of the orders.
std::uint64_t commit(Store& store, std::mt19937_64& random, std::size_t triples) {
    const auto transaction = store.begin();
    const auto term = [&](char letter, std::uint64_t count) {
        return transaction->intern(TermView::iri(std::string("http://example.org/") + letter + std::to_string(random() % count)));
    };
    for (std::size_t i = 0; i < triples; ++i) transaction->add(Quad{{term('s', 100'000), term('p', 100), term('o', 100'000), TermId{}}});
    transaction->commit();
    return triples;
}

/// Commits of one triple by several threads at once, counted together.
double rate_of_threads(Store& store, unsigned threads) {
    std::atomic<std::uint64_t> commits{0};
    const auto start = Clock::now();
    {
        std::vector<std::jthread> writers;
        for (unsigned i = 0; i < threads; ++i) {
            writers.emplace_back([&, i] {
                std::mt19937_64 random(start.time_since_epoch().count() + i);
                while (Clock::now() - start < kRound) commits += commit(store, random, 1);
            });
        }
    }
    return static_cast<double>(commits) / std::chrono::duration<double>(Clock::now() - start).count();
}

void print(const char* what, const char* unit, std::vector<double> rates, const std::vector<double>& syncs) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < rates.size(); ++i) ratios.push_back(rates[i] / syncs[i]);
    std::sort(rates.begin(), rates.end());
    std::sort(ratios.begin(), ratios.end());
    std::printf("%-34s %10.0f %s/s %7.2f x   (%.2f to %.2f)\n", what, rates[2], unit, ratios[2], ratios[1], ratios[3]);
}

void run(const std::string& directory) {
    std::filesystem::create_directories(directory);
    const auto durable = storage::open_rocks_store(directory + "/durable");
    storage::RocksOptions options;
    options.sync = false;
    const auto quick = storage::open_rocks_store(directory + "/quick", options);
    GrowingFile file(directory + "/file");
    std::mt19937_64 random(1);
    commit(*durable, random, 200'000);
    commit(*quick, random, 200'000);

    std::vector<double> syncs, single, group, batches;
    for (int round = 0; round < kRounds; ++round) {
        syncs.push_back(rate([&] { return file.append_and_sync(); }));
        single.push_back(rate([&] { return commit(*durable, random, 1); }));
        group.push_back(rate_of_threads(*durable, 8));
        batches.push_back(rate([&] { return commit(*quick, random, 1000); }));
    }
    print("fdatasync", "times", syncs, syncs);
    print("durable commits of one triple", "commits", single, syncs);
    print("the same by eight threads", "commits", group, syncs);
    print("batches of 1000, not synced", "triples", batches, syncs);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) {
        std::fputs("usage: tercet_commit_bench DIRECTORY\n", stderr);
        return 2;
    }
    try {
        run(arguments[1]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

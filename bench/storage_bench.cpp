// Loads RDF files into a store on the disk, reads it in every way the store offers, and prints the rates.
//
//     tercet_storage_bench STORE FILE...     the directory STORE must not be there yet
//
// A CPU-second is one of all threads together: on a busy machine it tells more than the clock.
#include <rocksdb/db.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <limits>
#include <random>
#include <thread>

#include "engine/storage/rocks_database.hpp"
#include "loaders/input/input_file.hpp"
#include "parser/rdf/packet_reader.hpp"
#include "tercet/error.hpp"

namespace {

using namespace tercet;
using Clock = std::chrono::steady_clock;

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

/// Prints what `work` took, and how much of what it counts that is in a second.
template <typename Work>
void measure(const char* what, const char* unit, Work work) {
    const auto start = Clock::now();
    const double cpu = cpu_seconds();
    const std::uint64_t count = work();
    const double wall = std::chrono::duration<double>(Clock::now() - start).count();
    std::printf("%-24s %10llu %-8s %8.3f s %8.3f cpu-s %10.0f /s\n", what, static_cast<unsigned long long>(count), unit,
                wall, cpu_seconds() - cpu, static_cast<double>(count) / wall);
    std::fflush(stdout);
}

/// Parses on all cores, as `tercet load` does.
std::uint64_t read_files(int count, char** files, const std::function<void(const QuadPacket&)>& take) {
    std::uint64_t quads = 0;
    rdf::PacketOptions how;
    how.threads = std::max(1U, std::thread::hardware_concurrency());
    for (int i = 0; i < count; ++i) {
        input::InputFile in(files[i]);
        const auto format = rdf::guess_format(files[i]);
        if (!format)
            throw Error(ErrorCode::InvalidArgument, std::string(files[i]) + " does not look like RDF by its name");
        how.read.source = files[i];
        rdf::read_packets(in.stream(), *format, how, [&](const rdf::ParsedPacket& parsed) {
            quads += parsed.packet.quads.size();
            take(parsed.packet);
        });
    }
    return quads;
}

std::uint64_t bytes_of(int count, char** files) {
    std::uint64_t bytes = 0;
    for (int i = 0; i < count; ++i) {
        input::InputFile in(files[i]);
        in.stream().ignore(std::numeric_limits<std::streamsize>::max());
        bytes += static_cast<std::uint64_t>(in.stream().gcount());
    }
    return bytes;
}

void bench_load(Store& store, int count, char** files) {
    measure("unpack alone", "bytes", [&] { return bytes_of(count, files); });
    measure("parse alone", "quads", [&] { return read_files(count, files, [](const QuadPacket&) {}); });
    measure("load, all in all", "quads", [&] {
        const auto transaction = store.begin();
        std::uint64_t quads = 0;
        measure("  parse and number", "quads", [&] {
            return quads = read_files(count, files, [&](const QuadPacket& packet) { transaction->add(packet); });
        });
        measure("  sort", "quads", [&] { return transaction->added(); });
        measure("  commit", "quads", [&] {
            transaction->commit();
            return quads;
        });
        return quads;
    });
}

/// Returns how many quads there are.
double bench_reads(const QuadSource& source) {
    const QuadPattern everything{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};
    const auto batch = std::make_unique<QuadBatch>();
    std::vector<Quad> sample;
    std::mt19937_64 random(1);
    for (const IndexOrder& order : kIndexOrders) {
        measure(std::string(order.name).c_str(), "quads", [&] {
            std::uint64_t quads = 0;
            const auto cursor = source.scan(order, everything);
            while (cursor->next(*batch)) {
                quads += batch->size;
                const std::size_t i = random() % batch->size;
                sample.push_back(
                    {{batch->column[0][i], batch->column[1][i], batch->column[2][i], batch->column[3][i]}});
            }
            return quads;
        });
    }
    const auto quads = static_cast<double>(source.statistics().quads);
    if (sample.empty()) return quads;
    constexpr std::uint64_t kProbes = 100'000;
    const auto pick = [&]() -> const Quad& { return sample[random() % sample.size()]; };
    measure("contains", "quads", [&] {
        for (std::uint64_t i = 0; i < kProbes; ++i) static_cast<void>(source.contains(pick()));
        return kProbes;
    });
    measure("scan (s, p, ?)", "scans", [&] {
        for (std::uint64_t i = 0; i < kProbes; ++i) {
            const Quad& quad = pick();
            static_cast<void>(
                source.scan(kIndexOrders[0], {{quad.subject(), quad.predicate(), TermId::any(), TermId::any()}})
                    ->next(*batch));
        }
        return kProbes;
    });
    measure("terms, one by one", "terms", [&] {
        for (std::uint64_t i = 0; i < kProbes; ++i) static_cast<void>(source.term(pick().subject()));
        return kProbes;
    });
    measure("terms, 1024 at once", "terms", [&] {
        std::vector<TermId> ids(1024);
        for (std::uint64_t i = 0; i < kProbes / 1024; ++i) {
            for (TermId& id : ids) id = pick().subject();
            static_cast<void>(source.terms(ids));
        }
        return kProbes / 1024 * 1024;
    });
    return quads;
}

/// What each column family takes of the disk.
void print_sizes(const std::string& directory, double quads) {
    std::vector<std::string> names;
    storage::check(rocksdb::DB::ListColumnFamilies({}, directory, &names), "list the families");
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* opened = nullptr;
    storage::check(rocksdb::DB::OpenForReadOnly({}, directory, families, &handles, &opened), "open the store");
    const std::unique_ptr<rocksdb::DB> db(opened);
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::uint64_t bytes = 0;
        db->GetIntProperty(handles[i], rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
        all += bytes;
        std::printf("  %-22s %6.2f bytes a quad\n", names[i].c_str(), static_cast<double>(bytes) / quads);
        db->DestroyColumnFamilyHandle(handles[i]);
    }
    std::printf("%-24s %6.2f bytes a quad\n", "tables on the disk", static_cast<double>(all) / quads);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fputs("usage: tercet_storage_bench STORE FILE...\n", stderr);
        return 2;
    }
    try {
        auto store = storage::open_rocks_store(arguments[1]);
        bench_load(*store, count - 2, arguments + 2);
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        std::printf("%-24s %ld MB\n", "most memory", usage.ru_maxrss / 1024);
        const double quads = bench_reads(*store->snapshot());
        store.reset();  // RocksDB moves files about as long as it is open
        print_sizes(arguments[1], quads);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

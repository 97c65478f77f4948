// Loads RDF files into a store on the disk, reads it in every way the store offers, and prints the rates.
//
//     tercet_storage_bench STORE FILE...     the directory STORE must not be there yet
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>

#include "engine/storage/rocks_store.hpp"
#include "loaders/input/input_file.hpp"
#include "parser/rdf/reader.hpp"
#include "tercet/error.hpp"

namespace {

using namespace tercet;
using Clock = std::chrono::steady_clock;

class NullSink final : public QuadSink {
public:
    void add(const QuadView&) override {}
};

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

std::uint64_t read_files(int count, char** files, QuadSink& sink) {
    std::uint64_t quads = 0;
    for (int i = 0; i < count; ++i) {
        input::InputFile in(files[i]);
        const auto format = rdf::guess_format(files[i]);
        if (!format)
            throw Error(ErrorCode::InvalidArgument, std::string(files[i]) + " does not look like RDF by its name");
        quads += rdf::read(in.stream(), *format, {}, sink);
    }
    return quads;
}

void bench_load(Store& store, int count, char** files) {
    measure("parse alone", "quads", [&] {
        NullSink sink;
        return read_files(count, files, sink);
    });
    measure("load, all in all", "quads", [&] {
        const auto transaction = store.begin();
        std::uint64_t quads = 0;
        measure("  parse and number", "quads", [&] { return quads = read_files(count, files, *transaction); });
        measure("  settle", "quads", [&] { return transaction->added(); });
        measure("  commit", "quads", [&] {
            transaction->commit();
            return quads;
        });
        return quads;
    });
}

void bench_reads(const QuadSource& source) {
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
    if (sample.empty()) return;
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
}

std::uint64_t bytes_on_disk(const std::string& directory) {
    std::uint64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (entry.is_regular_file()) bytes += entry.file_size();
    }
    return bytes;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) {
        std::fputs("usage: tercet_storage_bench STORE FILE...\n", stderr);
        return 2;
    }
    try {
        const auto store = storage::open_rocks_store(arguments[1]);
        bench_load(*store, count - 2, arguments + 2);
        const auto source = store->snapshot();
        const auto quads = static_cast<double>(source->statistics().quads);
        std::printf("%-24s %.1f bytes a quad\n", "on the disk",
                    static_cast<double>(bytes_on_disk(arguments[1])) / quads);
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        std::printf("%-24s %ld MB\n", "most memory", usage.ru_maxrss / 1024);
        bench_reads(*source);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

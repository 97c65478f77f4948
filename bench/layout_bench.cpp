// Compares blocks of quads with one key per triple, on the same triples in the same run.
//
//     tercet_layout_bench DIRECTORY FILE     the directory must not be there yet; takes some hundred bytes a triple
//
// The baseline is a RocksDB with a key of 24 bytes for every triple in each of four orders, lz4. Rates are by CPU seconds
// of the measuring thread, medians of five runs that take turns; ratios are blocks to baseline.
#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <random>

#include "engine/model/index_choice.hpp"
#include "engine/storage/rocks_store.hpp"
#include "loaders/input/input_file.hpp"
#include "parser/rdf/reader.hpp"
#include "tercet/error.hpp"

namespace {

using namespace tercet;
using Key = std::array<std::uint64_t, 3>;

constexpr TermId kAny = TermId::any();
constexpr QuadPattern kEverything{{kAny, kAny, kAny, kAny}};
constexpr std::size_t kOrders = 4;  ///< spo, pos, osp, pso
constexpr int kRuns = 5;

void check(const rocksdb::Status& status) {
    if (!status.ok()) throw Error(ErrorCode::Io, status.ToString());
}

double seconds(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

using Work = std::function<std::uint64_t()>;

double rate(const Work& work) {
    const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
    const std::uint64_t count = work();
    return static_cast<double>(count) / (seconds(CLOCK_THREAD_CPUTIME_ID) - start);
}

/// Both in turns, and the medians with their ratio; the spread is that of the middle three runs.
void compare(const char* what, const Work& baseline, const Work& blocks) {
    std::array<std::vector<double>, 2> rates;
    for (int run = 0; run < kRuns; ++run) {
        rates[0].push_back(rate(baseline));
        rates[1].push_back(rate(blocks));
    }
    for (auto& each : rates) std::sort(each.begin(), each.end());
    std::printf("%-28s %10.3f %10.3f M/s %8.1f x   (%.1f to %.1f)\n", what, rates[0][2] / 1e6, rates[1][2] / 1e6,
                rates[1][2] / rates[0][2], rates[1][1] / rates[0][3], rates[1][3] / rates[0][1]);
    std::fflush(stdout);
}

std::string encode(const Key& key) {
    std::string bytes(24, '\0');
    for (std::size_t i = 0; i < 3; ++i) {
        const std::uint64_t swapped = __builtin_bswap64(key[i]);
        std::memcpy(bytes.data() + 8 * i, &swapped, 8);
    }
    return bytes;
}
Key decode(std::string_view bytes) {
    Key key{};
    std::memcpy(key.data(), bytes.data(), 24);
    for (std::uint64_t& part : key) part = __builtin_bswap64(part);
    return key;
}
Key key_of(std::size_t order, const Quad& quad) {
    const auto& position = kIndexOrders[order].position;
    return {quad.slot[position[0]].bits(), quad.slot[position[1]].bits(), quad.slot[position[2]].bits()};
}

/// One key per triple.
class Baseline {
public:
    explicit Baseline(const std::string& directory) : directory_(directory) {
        std::filesystem::create_directories(directory);
        options_.create_if_missing = options_.create_missing_column_families = true;
        options_.compression = rocksdb::kLZ4Compression;
        rocksdb::BlockBasedTableOptions table;
        table.block_cache = rocksdb::NewLRUCache(std::size_t{1} << 30U);
        table.block_size = 16 << 10;
        options_.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
        std::vector<rocksdb::ColumnFamilyDescriptor> families{{rocksdb::kDefaultColumnFamilyName, options_}};
        for (std::size_t i = 0; i < kOrders; ++i) families.emplace_back(std::string(kIndexOrders[i].name), options_);
        rocksdb::DB* db = nullptr;
        check(rocksdb::DB::Open(options_, directory, families, &handles_, &db));
        db_.reset(db);
    }
    ~Baseline() {
        for (auto* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
    }
    void load(std::size_t order, std::vector<Quad> quads) {
        std::sort(quads.begin(), quads.end(), [&](const Quad& a, const Quad& b) { return key_of(order, a) < key_of(order, b); });
        const std::string file = directory_ + "/load.sst";
        rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options_, family(order));
        check(writer.Open(file));
        std::string last;
        for (const Quad& quad : quads) {
            const std::string key = encode(key_of(order, quad));
            if (key != last) check(writer.Put(key, {}));
            last = key;
        }
        check(writer.Finish());
        rocksdb::IngestExternalFileOptions how;
        how.move_files = true;
        check(db_->IngestExternalFile(family(order), {file}, how));
    }
    rocksdb::ColumnFamilyHandle* family(std::size_t order) { return handles_[order + 1]; }
    rocksdb::DB& db() { return *db_; }
    std::unique_ptr<rocksdb::Iterator> iterate(std::size_t order) {
        return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator({}, family(order)));
    }
    /// Reads all keys that start with a first part (or all), as columns.
    std::uint64_t scan(std::size_t order, TermId first, QuadBatch& batch) {
        const auto each = iterate(order);
        std::uint64_t count = 0;
        const bool all = first.is_any();
        for (each->Seek(encode({all ? 0 : first.bits(), 0, 0})); each->Valid(); each->Next()) {
            const Key key = decode(each->key().ToStringView());
            if (!all && key[0] != first.bits()) break;
            for (std::size_t i = 0; i < 3; ++i) batch.column[i][count % kBatchRows] = TermId::from_bits(key[i]);
            ++count;
        }
        return count;
    }

private:
    std::string directory_;
    rocksdb::Options options_;
    std::unique_ptr<rocksdb::DB> db_;
    std::vector<rocksdb::ColumnFamilyHandle*> handles_;
};

std::uint64_t scan_blocks(const QuadSource& source, std::size_t order, const QuadPattern& pattern, QuadBatch& batch) {
    std::uint64_t count = 0;
    const auto cursor = source.scan(kIndexOrders[order], pattern);
    while (cursor->next(batch)) count += batch.size;
    return count;
}

std::uint64_t family_bytes(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
    std::uint64_t bytes = 0;
    db.GetIntProperty(family, "rocksdb.total-sst-files-size", &bytes);
    return bytes;
}

/// Bytes of the first three orders of a store.
std::uint64_t block_bytes(const std::string& directory) {
    std::vector<std::string> names;
    check(rocksdb::DB::ListColumnFamilies({}, directory, &names));
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    rocksdb::DB* db = nullptr;
    // The store is open, and may replace files while they are listed.
    rocksdb::Status status = rocksdb::Status::Busy();
    for (int i = 0; i < 50 && !status.ok(); ++i) {
        ::usleep(10'000);
        status = rocksdb::DB::OpenForReadOnly({}, directory, families, &handles, &db);
    }
    check(status);
    std::uint64_t bytes = 0;
    for (auto* handle : handles) {
        for (std::size_t i = 0; i < 3; ++i) {
            if (handle->GetName() == kIndexOrders[i].name) bytes += family_bytes(*db, handle);
        }
        db->DestroyColumnFamilyHandle(handle);
    }
    delete db;
    return bytes;
}

/// Counts the subjects that two predicates share, reading both lists.
std::uint64_t merge_baseline(Baseline& baseline, TermId left, TermId right) {
    const auto a = baseline.iterate(3), b = baseline.iterate(3);
    std::uint64_t rows = 0;
    a->Seek(encode({left.bits(), 0, 0}));
    b->Seek(encode({right.bits(), 0, 0}));
    while (a->Valid() && b->Valid()) {
        const Key x = decode(a->key().ToStringView()), y = decode(b->key().ToStringView());
        if (x[0] != left.bits() || y[0] != right.bits()) break;
        if (x[1] <= y[1]) a->Next();
        if (y[1] <= x[1]) b->Next();
        ++rows;
    }
    return rows;
}

struct Side {
    std::unique_ptr<QuadCursor> cursor;
    std::unique_ptr<QuadBatch> batch = std::make_unique<QuadBatch>();
    std::size_t row = 0;
    bool fill() {
        if (row < batch->size) return true;
        row = 0;
        return cursor->next(*batch);
    }
};

std::uint64_t merge_blocks(const QuadSource& source, TermId left, TermId right) {
    Side a{source.scan(kIndexOrders[3], {{kAny, left, kAny, kAny}})}, b{source.scan(kIndexOrders[3], {{kAny, right, kAny, kAny}})};
    std::uint64_t rows = 0;
    while (a.fill() && b.fill()) {
        const TermId x = a.batch->column[0][a.row], y = b.batch->column[0][b.row];
        if (x <= y) ++a.row;
        if (y <= x) ++b.row;
        ++rows;
    }
    return rows;
}

std::uint64_t seek_baseline(Baseline& baseline, TermId predicate, const std::vector<TermId>& subjects, std::size_t gap) {
    const auto each = baseline.iterate(3);
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < subjects.size(); i += gap, ++count) {
        each->Seek(encode({predicate.bits(), subjects[i].bits(), 0}));
    }
    return count;
}
std::uint64_t seek_blocks(const QuadSource& source, TermId predicate, const std::vector<TermId>& subjects, std::size_t gap, QuadBatch& batch) {
    const auto cursor = source.scan(kIndexOrders[3], {{kAny, predicate, kAny, kAny}});
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < subjects.size(); i += gap, ++count) {
        cursor->seek({{subjects[i], predicate, TermId{}, TermId{}}});
        static_cast<void>(cursor->next(batch, 1));
    }
    return count;
}

class Bench {
public:
    Bench(const std::string& directory, const char* file) : directory_(directory), baseline_(directory + "/keys") {
        storage::RocksOptions options;
        options.fold_changes = ~std::size_t{0};
        options.sync = false;
        store_ = storage::open_rocks_store(directory + "/blocks", options);
        const auto transaction = store_->begin();
        input::InputFile in(file);
        rdf::read(in.stream(), *rdf::guess_format(file), {}, *transaction);
        transaction->commit();
        source_ = store_->snapshot();
        read_quads();
        load_baseline();
    }

    void run() {
        print_sizes();
        compare_scans("");
        compare("merge join, input rows", [&] { return merge_baseline(baseline_, most_[0], most_[1]); },
                [&] { return merge_blocks(*source_, most_[0], most_[1]); });
        std::vector<TermId> subjects;
        const auto cursor = source_->scan(kIndexOrders[3], {{kAny, most_[0], kAny, kAny}});
        while (cursor->next(*batch_)) subjects.insert(subjects.end(), batch_->column[0].begin(), batch_->column[0].begin() + static_cast<std::ptrdiff_t>(batch_->size));
        for (const std::size_t gap : {4, 64, 1024}) {
            compare(("seeks, gap " + std::to_string(gap)).c_str(), [&] { return seek_baseline(baseline_, most_[0], subjects, gap); },
                    [&] { return seek_blocks(*source_, most_[0], subjects, gap, *batch_); });
        }
        compare_lookups("");
        measure_updates();
        for (const unsigned percent : {1U, 10U}) {
            change(percent);
            const std::string with = " (" + std::to_string(percent) + " % delta)";
            compare_scans(with);
            compare_lookups(with);
        }
    }

private:
    void read_quads() {
        const auto cursor = source_->scan(kIndexOrders[0], kEverything);
        while (cursor->next(*batch_)) {
            for (std::size_t i = 0; i < batch_->size; ++i) {
                quads_.push_back({{batch_->column[0][i], batch_->column[1][i], batch_->column[2][i], TermId{}}});
            }
        }
        std::vector<std::pair<std::uint64_t, TermId>> counts;
        const auto predicates = source_->scan(kIndexOrders[3], kEverything);
        while (predicates->next(*batch_, 1)) {
            const TermId predicate = batch_->column[1][0];
            counts.emplace_back(source_->predicate_statistics(predicate).triples, predicate);
            predicates->seek({{TermId{}, TermId::from_bits(predicate.bits() + 1), TermId{}, TermId{}}});
        }
        std::sort(counts.rbegin(), counts.rend());
        for (const auto& [count, predicate] : counts) most_.push_back(predicate);
        most_.resize(std::max<std::size_t>(most_.size(), 2));
    }
    void load_baseline() {
        for (std::size_t order = 0; order < kOrders; ++order) baseline_.load(order, quads_);
    }
    void print_sizes() {
        std::uint64_t keys = 0;
        for (std::size_t i = 0; i < 3; ++i) keys += family_bytes(baseline_.db(), baseline_.family(i));
        const auto n = static_cast<double>(quads_.size());
        const double a = static_cast<double>(keys) / n, b = static_cast<double>(block_bytes(directory_ + "/blocks")) / n;
        std::printf("%-28s %10.2f %10.2f B/t %8.1f x\n", "size of spo + pos + osp", a, b, a / b);
        std::printf("%zu triples, %zu predicates\n", quads_.size(), most_.size());
    }
    void compare_scans(const std::string& with) {
        compare(("scan spo" + with).c_str(), [&] { return baseline_.scan(0, kAny, *batch_); }, [&] { return scan_blocks(*source_, 0, kEverything, *batch_); });
        compare(("scan pos" + with).c_str(), [&] { return baseline_.scan(1, kAny, *batch_); }, [&] { return scan_blocks(*source_, 1, kEverything, *batch_); });
        compare(("one predicate" + with).c_str(), [&] { return baseline_.scan(1, most_[0], *batch_); },
                [&] { return scan_blocks(*source_, 1, {{kAny, most_[0], kAny, kAny}}, *batch_); });
    }
    Quad pick() { return quads_[random_() % quads_.size()]; }
    void compare_lookups(const std::string& with) {
        constexpr std::uint64_t kProbes = 50'000;
        compare(("lookup (s, p, ?)" + with).c_str(),
                [&] {
                    const auto each = baseline_.iterate(0);
                    for (std::uint64_t i = 0; i < kProbes; ++i) {
                        const Quad quad = pick();
                        for (each->Seek(encode({quad.subject().bits(), quad.predicate().bits(), 0})); each->Valid(); each->Next()) {
                            const Key key = decode(each->key().ToStringView());
                            if (key[0] != quad.subject().bits() || key[1] != quad.predicate().bits()) break;
                        }
                    }
                    return kProbes;
                },
                [&] {
                    for (std::uint64_t i = 0; i < kProbes; ++i) {
                        const Quad quad = pick();
                        const auto cursor = source_->scan(kIndexOrders[0], {{quad.subject(), quad.predicate(), kAny, kAny}});
                        while (cursor->next(*batch_)) {}
                    }
                    return kProbes;
                });
        const auto probe = [&](std::uint64_t i) {
            Quad quad = pick();
            if (i % 2 == 0) quad.slot[2] = pick().object();
            return quad;
        };
        compare(("exists" + with).c_str(),
                [&] {
                    rocksdb::PinnableSlice value;
                    for (std::uint64_t i = 0; i < kProbes; ++i) {
                        value.Reset();
                        static_cast<void>(baseline_.db().Get({}, baseline_.family(0), encode(key_of(0, probe(i))), &value));
                    }
                    return kProbes;
                },
                [&] {
                    for (std::uint64_t i = 0; i < kProbes; ++i) static_cast<void>(source_->contains(probe(i)));
                    return kProbes;
                });
    }
    std::vector<Quad> new_quads(std::size_t count) {
        std::vector<Quad> made;
        while (made.size() < count) made.push_back({{pick().subject(), pick().predicate(), pick().object(), TermId{}}});
        return made;
    }
    void commit(const std::vector<Quad>& quads) {
        const auto transaction = store_->begin();
        for (const Quad& quad : quads) transaction->add(quad);
        transaction->commit();
    }
    void measure_updates() {
        compare("updates, 1000 a batch",
                [&] {
                    for (int i = 0; i < 5; ++i) {
                        rocksdb::WriteBatch batch;
                        for (const Quad& quad : new_quads(1000)) {
                            for (std::size_t order = 0; order < 3; ++order) check(batch.Put(baseline_.family(order), encode(key_of(order, quad)), {}));
                        }
                        check(baseline_.db().Write({}, &batch));
                    }
                    return 5000;
                },
                [&] {
                    for (int i = 0; i < 5; ++i) commit(new_quads(1000));
                    return 5000;
                });
    }
    /// Half of the changes add, half remove; the baseline keeps what it had.
    void change(unsigned percent) {
        const std::size_t wanted = quads_.size() * percent / 100, there = changed_;
        for (; changed_ < wanted; changed_ += 1000) {
            const auto transaction = store_->begin();
            for (const Quad& quad : new_quads(500)) transaction->add(quad);
            for (int i = 0; i < 500; ++i) transaction->remove(pick());
            transaction->commit();
        }
        source_ = store_->snapshot();
        std::printf("%zu more changes beside the blocks\n", changed_ - there);
    }

    std::string directory_;
    Baseline baseline_;
    std::unique_ptr<Store> store_;
    std::shared_ptr<const QuadSource> source_;
    std::unique_ptr<QuadBatch> batch_ = std::make_unique<QuadBatch>();
    std::vector<Quad> quads_;
    std::vector<TermId> most_;  ///< predicates, the most frequent first
    std::mt19937_64 random_{1};
    std::size_t changed_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("usage: tercet_layout_bench DIRECTORY FILE\n", stderr);
        return 2;
    }
    try {
        std::printf("%-28s %10s %10s\n", "", "keys", "blocks");
        Bench(arguments[1], arguments[2]).run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}

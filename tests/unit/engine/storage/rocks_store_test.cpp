#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "engine/storage/store_directory.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "unit/engine/storage/store_world.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;
namespace fs = std::filesystem;

namespace {

void write_file(const std::string& path, std::string_view text) { std::ofstream(path) << text; }

std::string read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Names and sizes of everything below a directory.
std::map<std::string, std::uintmax_t> listing(const std::string& directory) {
    std::map<std::string, std::uintmax_t> files;
    for (const auto& entry : fs::recursive_directory_iterator(directory)) {
        files.emplace(entry.path().string(), entry.is_regular_file() ? entry.file_size() : 0);
    }
    return files;
}

void check_refused(const std::string& directory, const RocksOptions& options, ErrorCode code, const std::string& word) {
    try {
        static_cast<void>(open_rocks_store(directory, options));
        FAIL("opened " + directory);
    } catch (const Error& error) {
        CHECK(error.code() == code);
        CHECK_THAT(error.message(), Catch::Contains(word));
        CHECK_THAT(error.message(), Catch::Contains(directory));
    }
}

const RocksOptions kReadOnly{.create_if_missing = false, .read_only = true};

void fill(const std::string& directory, int quads, const RocksOptions& options = {}) {
    const auto store = open_rocks_store(directory, options);
    const auto transaction = store->begin();
    for (int i = 0; i < quads; ++i) {
        transaction->add(quad(*transaction, "subject" + std::to_string(i) + " p object" + std::to_string(i / 3)));
    }
    transaction->commit();
}

}  // namespace

TEST_CASE("rocks store: says when there is none", "[storage]") {
    const TempDir temp;
    check_refused(temp / "none", kReadOnly, ErrorCode::NotFound, "no store");
    check_refused(temp / "none", {.create_if_missing = false}, ErrorCode::NotFound, "no store");
    CHECK_FALSE(fs::exists(temp / "none"));
}

TEST_CASE("rocks store: leaves foreign directories alone", "[storage]") {
    const TempDir temp;
    const std::string directory = temp / "mine";
    fs::create_directory(directory);
    write_file(directory + "/letter.txt", "Dear ...");
    SECTION("with any files") {}
    SECTION("with another program's RocksDB") { write_file(directory + "/CURRENT", "MANIFEST-000001\n"); }
    const auto before = listing(directory);
    check_refused(directory, {}, ErrorCode::InvalidArgument, "nothing in it was touched");
    CHECK(listing(directory) == before);
    check_refused(directory + "/letter.txt", {}, ErrorCode::InvalidArgument, "is a file");
}

TEST_CASE("rocks store: makes missing directories on the way", "[storage]") {
    const TempDir temp;
    fill(temp / "a/b/store", 1);
    CHECK(open_rocks_store(temp / "a/b/store", kReadOnly)->snapshot()->statistics().quads == 1);
}

TEST_CASE("rocks store: cannot make a store below a file", "[storage]") {
    const TempDir temp;
    write_file(temp / "file", "x");
    check_refused(temp / "file/store", {}, ErrorCode::Io, "file");
}

TEST_CASE("rocks store: refuses other formats", "[storage]") {
    const auto [mark, code, word] = GENERATE(table<std::string, ErrorCode, std::string>({
        {"Tercet store, format " + std::to_string(kFormatVersion + 1) + '\n', ErrorCode::Version, "newer Tercet"},
        {"Tercet store, format 1\n", ErrorCode::Version, "dump it"},
        {"Tercet store, format x\n", ErrorCode::Damaged, "does not say"},
        {"", ErrorCode::Damaged, "does not say"},
    }));
    const TempDir temp;
    fill(temp / "store", 1);
    write_file(temp / "store/TERCET", mark);
    check_refused(temp / "store", {}, code, word);
    check_refused(temp / "store", kReadOnly, code, word);
}

TEST_CASE("rocks store: goes on where its making was cut short", "[storage]") {
    const TempDir temp;
    fs::create_directory(temp / "store");
    write_file(temp / "store/TERCET", GENERATE(std::string(), "Tercet store, format " + std::to_string(kFormatVersion) + '\n'));
    check_refused(temp / "store", kReadOnly, ErrorCode::NotFound, "no store");
    fill(temp / "store", 2);
    CHECK(open_rocks_store(temp / "store")->snapshot()->statistics().quads == 2);
}

TEST_CASE("rocks store: is open once in a process", "[storage]") {
    const TempDir temp;
    auto store = open_rocks_store(temp / "store");
    check_refused(temp / "store", {}, ErrorCode::Locked, "this process");
    const auto source = store->snapshot();
    store.reset();
    check_refused(temp / "store", {}, ErrorCode::Locked, "this process");  // the snapshot keeps it open
}

TEST_CASE("rocks store: is not written to when it is open read-only", "[storage]") {
    const TempDir temp;
    fill(temp / "store", 1);
    const auto reader = open_rocks_store(temp / "store", kReadOnly);
    CHECK_THROWS_AS(reader->begin(), Error);
}

TEST_CASE("rocks store: a reader keeps what a writer's compactions replace", "[storage]") {
    const TempDir temp;
    const RocksOptions bulk{.bulk_quads = 1};
    fill(temp / "store", 2000, bulk);
    const auto reader = open_rocks_store(temp / "store", kReadOnly);
    {
        const auto writer = open_rocks_store(temp / "store", bulk);
        for (int i = 0; i < 12; ++i) {
            const auto transaction = writer->begin();
            for (int k = 0; k < 200; ++k) {
                transaction->add(
                    quad(*transaction, "subject" + std::to_string(k * 7) + " q object" + std::to_string(i)));
                transaction->remove(
                    quad(*transaction, "subject" + std::to_string(k) + " p object" + std::to_string(k / 3)));
            }
            transaction->commit();
        }
    }
    const auto source = reader->snapshot();
    CHECK(scan(*source, kIndexOrders[5], kEverything).size() == 2000);
    CHECK(contents(*source).size() == 2000);
}

TEST_CASE("rocks store: a reader follows the writer when it is told to", "[storage]") {
    const TempDir temp;
    const RocksOptions writing{.bulk_quads = 40, .fold_changes = 25};
    const auto writer = open_rocks_store(temp / "store", writing);
    const auto reader = open_rocks_store(temp / "store", kReadOnly);
    const auto held = reader->snapshot();
    CHECK_FALSE(reader->refresh());

    std::size_t there = 0;
    for (const int quads : {1, 3, 50, 10, 30, 30, 1}) {
        const auto transaction = writer->begin();
        for (int i = 0; i < quads; ++i) transaction->add(quad(*transaction, "s" + std::to_string(there++) + " p o"));
        transaction->commit();
        CHECK(reader->refresh());
        CHECK(contents(*reader->snapshot()) == contents(*writer->snapshot()));
    }
    CHECK(reader->snapshot()->version() == writer->snapshot()->version());
    CHECK(contents(*held).empty());
    CHECK_FALSE(writer->refresh());
}

TEST_CASE("rocks store: a reader does not take another store in the same place for its own", "[storage]") {
    const TempDir temp;
    const RocksOptions bulk{.bulk_quads = 1};
    fill(temp / "store", 100, bulk);
    const auto reader = open_rocks_store(temp / "store", kReadOnly);
    CHECK(contents(*reader->snapshot()).size() == 100);
    fs::rename(temp / "store", temp / "away");
    add(*open_rocks_store(temp / "store", bulk), {"a knows b"});
    CHECK(reader->refresh());
    CHECK(contents(*reader->snapshot()) == Lines{"a knows b"});
}

TEST_CASE("rocks store: says that data is damaged instead of giving wrong answers", "[storage]") {
    const TempDir temp;
    const std::string directory = temp / "store";
    fill(directory, 20'000, {.bulk_quads = 1});
    std::vector<fs::path> tables;
    for (const auto& entry : fs::directory_iterator(directory)) {
        if (entry.path().extension() == ".sst") tables.push_back(entry.path());
    }
    REQUIRE(tables.size() >= kOrderCount);

    SECTION("bytes that changed") {
        for (const fs::path& table : tables) {
            std::string bytes = read_file(table);
            for (std::size_t i = 100; i < bytes.size() / 2; i += 500) bytes[i] = static_cast<char>(bytes[i] ^ 0x55);
            std::ofstream(table, std::ios::binary) << bytes;
        }
        const auto read_all = [&] {
            const auto store = open_rocks_store(directory);
            const auto source = store->snapshot();
            for (const IndexOrder& order : kIndexOrders) static_cast<void>(scan(*source, order, kEverything));
        };
        try {
            read_all();
            FAIL("damaged blocks were read");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::Damaged);
        }
    }
    SECTION("a file that is missing") {
        fs::remove(tables.front());
        check_refused(directory, {}, ErrorCode::Damaged, "open the store");
        check_refused(directory, kReadOnly, ErrorCode::Damaged, "open the store");
    }
    SECTION("the file that names the others is missing") {
        fs::remove(directory + "/CURRENT");
        const auto before = listing(directory);
        check_refused(directory, {}, ErrorCode::Damaged, "CURRENT");
        CHECK(listing(directory) == before);
    }
}

TEST_CASE("rocks store: clears away what an interrupted load left", "[storage]") {
    const TempDir temp;
    fill(temp / "store", 10);
    fs::create_directory(temp / "store/scratch");
    write_file(temp / "store/scratch/0-0.sst", "half a file");
    static_cast<void>(open_rocks_store(temp / "store", kReadOnly));
    CHECK(fs::exists(temp / "store/scratch"));
    static_cast<void>(open_rocks_store(temp / "store"));
    CHECK_FALSE(fs::exists(temp / "store/scratch"));
}

TEST_CASE("rocks store: many changes pass through files, with additions and removals", "[storage]") {
    const TempDir temp;
    const RocksOptions small{.load_memory = 40'000, .bulk_quads = 1000};
    const auto store = open_rocks_store(temp / "store", small);
    const auto line = [](int i) {
        return "s" + std::to_string(i) + " p" + std::to_string(i % 7) + " o" + std::to_string(i % 500);
    };
    {
        const auto transaction = store->begin();
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 12'000; ++i) transaction->add(quad(*transaction, line(i)));
        }
        CHECK(transaction->added() == 12'000);
        transaction->commit();
    }
    {
        const auto transaction = store->begin();
        for (int i = 0; i < 12'000; i += 2) transaction->remove(quad(*transaction, line(i)));
        for (int i = 12'000; i < 15'000; ++i) transaction->add(quad(*transaction, line(i)));
        for (int i = 0; i < 12'000; i += 4) transaction->add(quad(*transaction, line(i)));
        CHECK(transaction->added() == 3'000);
        CHECK(transaction->removed() == 3'000);
        CHECK(contents(*transaction->view()).size() == 12'000);
        transaction->commit();
    }
    const auto source = store->snapshot();
    for (const IndexOrder& order : kIndexOrders) {
        const auto quads = scan(*source, order, kEverything);
        CHECK(quads.size() == (order.named_graphs_only ? 0 : 12'000));
        CHECK(std::is_sorted(quads.begin(), quads.end(),
                             [&](const Quad& a, const Quad& b) { return key_of(order, a) < key_of(order, b); }));
    }
    const auto p0 = source->predicate_statistics(*source->find(TermView::iri("http://example.org/p0")));
    std::uint64_t expected = 0;
    for (int i = 0; i < 15'000; i += 7) expected += i >= 12'000 || i % 4 != 2 ? 1 : 0;
    CHECK(p0.triples == expected);
    CHECK(p0.distinct_subjects == expected);
    CHECK_FALSE(fs::exists(temp / "store/scratch"));
}

TEST_CASE("rocks store: guesses the size of large results", "[storage]") {
    const TempDir temp;
    const RocksOptions options{.bulk_quads = GENERATE(std::size_t{1}, std::size_t{1'000'000})};
    const auto store = open_rocks_store(temp / "store", options);
    const auto transaction = store->begin();
    for (int i = 0; i < 60'000; ++i) {
        transaction->add(
            quad(*transaction, "s" + std::to_string(i) + (i % 3 == 0 ? " p big" : " p o" + std::to_string(i))));
    }
    transaction->commit();
    const auto source = store->snapshot();
    const TermId p = *source->find(TermView::iri("http://example.org/p"));
    const TermId big = *source->find(TermView::iri("http://example.org/big"));
    CHECK(source->estimate({{kAny, p, kAny, kAny}}) == 60'000);
    CHECK(source->estimate(kEverything) == 60'000);
    CHECK(source->estimate({{kAny, kAny, kAny, TermId{}}}) == 60'000);
    const std::uint64_t guess = source->estimate({{kAny, p, big, kAny}});
    CHECK(guess > 5'000);
    CHECK(guess <= 60'000);  // never more than the predicate has; how near depends on what RocksDB has flushed
}

TEST_CASE("rocks store: counts over many blocks, graphs and changes what a scan finds", "[storage]") {
    const TempDir temp;
    const auto store = open_rocks_store(temp / "store", {.bulk_quads = 20'000, .fold_changes = std::size_t{1'000'000}, .sync = false});
    std::mt19937 random(3);
    const auto change = [&](int changes) {
        const auto transaction = store->begin();
        const auto name = [&](char letter, unsigned count) { return iri(*transaction, letter + std::to_string(random() % count)); };
        for (int i = 0; i < changes; ++i) {
            // Some graphs fill blocks, some lie between others.
            const TermId graph = random() % 4 != 0 ? TermId{} : random() % 2 == 0 ? name('g', 3) : name('h', 500);
            const Quad made{{name('s', 300), name('p', 3), name('o', 100), graph}};
            if (i % 3 == 0)
                transaction->remove(made);
            else
                transaction->add(made);
        }
        transaction->commit();
    };
    change(60'000);
    for (const int changes : {0, 10, 3'000}) {
        if (changes > 0) change(changes);
        const auto source = store->snapshot();
        const auto all = scan(*source, kIndexOrders[0], kEverything);
        for (int i = 0; i < 40; ++i) {
            const Quad& quad = all[random() % all.size()];
            for (unsigned mask = 0; mask < 16; ++mask) {
                QuadPattern pattern = kEverything;
                for (std::size_t slot = 0; slot < 4; ++slot) {
                    if ((mask >> slot & 1U) != 0) pattern.slot[slot] = quad.slot[slot];
                }
                CAPTURE(changes, mask);
                const auto expected = std::count_if(all.begin(), all.end(), [&](const Quad& each) { return matches(pattern, each); });
                REQUIRE(source->count(pattern) == static_cast<std::uint64_t>(expected));
                if (changes == 0 && is_counted_quickly(pattern)) REQUIRE(source->estimate(pattern) == source->count(pattern));
            }
        }
    }
}

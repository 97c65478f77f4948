#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "support/catch.hpp"
#include "support/scale.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"
#include "unit/engine/storage/store_world.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;
namespace fs = std::filesystem;

namespace {

/// Everything that a store answers.
struct Answers {
    std::vector<std::vector<Quad>> orders;
    std::map<TermId, std::string> terms;
    std::map<TermId, std::array<std::uint64_t, 3>> statistics;
    std::array<std::uint64_t, 4> counts{};

    friend bool operator==(const Answers&, const Answers&) = default;
};

Answers ask(const std::string& directory, bool read_only) {
    const auto store = open_rocks_store(directory, {.create_if_missing = false, .read_only = read_only});
    const auto source = store->snapshot();
    Answers answers;
    for (const IndexOrder& order : kIndexOrders) answers.orders.push_back(scan(*source, order, kEverything));
    for (const Quad& quad : answers.orders.front()) {
        for (const TermId id : quad.slot) {
            if (!id.is_defined() || answers.terms.contains(id)) continue;
            const Term term = source->term(id);
            const TermViewHolder view(term);
            REQUIRE(source->find(view.view()) == id);
            answers.terms.emplace(id, term.to_string());
        }
        const PredicateStatistics counts = source->predicate_statistics(quad.predicate());
        answers.statistics[quad.predicate()] = {counts.triples, counts.distinct_subjects, counts.distinct_objects};
    }
    const StoreStatistics all = source->statistics();
    answers.counts = {all.quads, all.default_graph_quads, all.predicates, all.terms};
    return answers;
}

/// Blocks, several table files, changes in the log alone.
void make_store(const std::string& directory) {
    for (int part = 0; part < 3; ++part) {
        const auto store = open_rocks_store(directory, {.bulk_quads = part < 2 ? std::size_t{1} : std::size_t{1'000'000}});
        for (int commit = 0; commit < 3; ++commit) {
            const auto transaction = store->begin();
            for (int i = 0; i < 90; ++i) {
                const std::string n = std::to_string(i + 100 * commit + 1000 * part);
                transaction->add(quad(*transaction, "s" + n + " p" + std::to_string(i % 4) + " o" + std::to_string(i % 50) + (i % 5 == 0 ? " g" : "")));
            }
            transaction->commit();
        }
    }
}

std::string read_bytes(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What a file is for, by its name.
std::string kind_of(const fs::path& file) {
    if (file.has_extension()) return file.extension();
    const std::string name = file.filename();
    return name.substr(0, name.find('-'));
}

/// The kinds of files without which a store is not the same. RocksDB writes OPTIONS and IDENTITY for other programs.
const std::set<std::string> kNeeded{".log", ".sst", "CURRENT", "MANIFEST", "TERCET"};

using Files = std::map<std::string, std::vector<fs::path>>;

Files files_by_kind(const std::string& directory) {
    Files files;
    for (const auto& entry : fs::directory_iterator(directory)) files[kind_of(entry.path())].push_back(entry.path());
    return files;
}

std::set<std::string> kinds_of(const Files& files) {
    std::set<std::string> kinds;
    for (const auto& [kind, paths] : files) kinds.insert(kind);
    return kinds;
}

/// The answers, or nothing if an error was reported.
std::optional<Answers> answers_of(const std::string& directory, bool read_only) {
    try {
        return ask(directory, read_only);
    } catch (const Error&) {
        return std::nullopt;
    }
}

bool is_reported(const std::string& directory) {
    try {
        return !check_store(directory).is_sound();
    } catch (const Error&) {
        return true;
    }
}

}  // namespace

TEST_CASE("flipped bits: none in a store's files goes unnoticed and changes an answer", "[storage]") {
    const int flips = tercet::test::scaled(280);
    const TempDir temp;
    make_store(temp / "whole");
    const Answers expected = ask(temp / "whole", true);
    REQUIRE(expected.orders.front().size() == 810);
    auto files = files_by_kind(temp / "whole");
    for (auto& [kind, paths] : files) std::erase_if(paths, [](const fs::path& path) { return fs::is_empty(path); });
    std::erase_if(files, [](const auto& kind) { return kind.second.empty(); });
    REQUIRE(kinds_of(files) == std::set<std::string>{".log", ".sst", "CURRENT", "IDENTITY", "MANIFEST", "OPTIONS", "TERCET"});

    std::mt19937 random(20261129);
    std::map<std::string, std::pair<int, int>> reported;  // of how many
    for (int flip = 0; flip < flips; ++flip) {
        // Half of them in what matters most.
        auto kind = std::next(files.begin(), static_cast<std::ptrdiff_t>(random() % files.size()));
        if (flip % 2 == 0) kind = files.find(std::array{".sst", ".sst", ".log", "MANIFEST"}[random() % 4]);
        const fs::path& file = kind->second[random() % kind->second.size()];
        std::string bytes = read_bytes(file);
        const std::size_t at = random() % bytes.size();
        const unsigned bit = random() % 8;
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << bit));
        CAPTURE(flip, file.filename().string(), at, bit);

        fs::remove_all(temp / "store");
        fs::copy(temp / "whole", temp / "store");
        std::ofstream(temp / "store/" + file.filename().string(), std::ios::binary) << bytes;
        const bool is_noticed = is_reported(temp / "store");
        const auto beside = answers_of(temp / "store", true);
        const auto alone = answers_of(temp / "store", false);
        REQUIRE((!beside || *beside == expected));
        REQUIRE((!alone || *alone == expected));
        if (!is_noticed) REQUIRE((beside && alone));
        reported[kind->first].first += is_noticed ? 1 : 0;
        ++reported[kind->first].second;
    }
    for (const auto& [kind, counts] : reported) {
        CAPTURE(kind, counts.first, counts.second);
        CHECK(counts.second >= 10);
        if (kNeeded.contains(kind) && kind != ".sst") CHECK(counts.first == counts.second);
        if (kind == ".sst") CHECK(10 * counts.first >= 9 * counts.second);  // a footer has bytes without meaning
    }
}

TEST_CASE("missing files: each is noticed without which a store is not the same", "[storage]") {
    const TempDir temp;
    make_store(temp / "whole");
    const Answers expected = ask(temp / "whole", true);
    for (const auto& [kind, files] : files_by_kind(temp / "whole")) {
        for (const fs::path& file : files) {
            CAPTURE(file.filename().string());
            fs::remove_all(temp / "store");
            fs::copy(temp / "whole", temp / "store");
            fs::remove(fs::path(temp / "store") / file.filename());
            const bool is_noticed = is_reported(temp / "store");
            const auto beside = answers_of(temp / "store", true);
            const auto alone = answers_of(temp / "store", false);
            REQUIRE((!beside || *beside == expected));
            REQUIRE((!alone || *alone == expected));
            CHECK(is_noticed == kNeeded.contains(kind));
            CHECK(beside.has_value() != kNeeded.contains(kind));
            CHECK(alone.has_value() != kNeeded.contains(kind));
        }
    }
}

#include "engine/storage/quad_packing.hpp"

#include <algorithm>
#include <random>

#include "engine/storage/quad_list.hpp"
#include "engine/storage/sorted_changes.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace tercet;
using namespace tercet::storage;
using tercet::test::TempDir;

namespace {

TermId resource(std::mt19937_64& random, std::uint64_t count) {
    return TermId::ranked(random() % 3 == 0 ? TermTag::BlankNode : TermTag::Iri, TermId::Segment::Tail, random() % count);
}

/// Objects of one kind, of some, or with all sixty-four bits in use.
TermId object(std::mt19937_64& random, int kinds) {
    constexpr std::uint64_t kZero = std::uint64_t{1} << 59U;
    if (kinds == 0) return TermId::ranked(TermTag::Iri, TermId::Segment::Tail, random() % 100);
    if (kinds == 1) return random() % 2 == 0 ? resource(random, 1000) : TermId::inlined(TermTag::Integer, kZero - 50 + random() % 100);
    return TermId::inlined(static_cast<TermTag>(3 + random() % 9), random());
}

std::vector<Change> random_changes(std::mt19937_64& random, std::size_t count) {
    const int kinds = static_cast<int>(random() % 3);
    const std::uint64_t resources = std::uint64_t{1} << (random() % 50);
    const bool has_graphs = random() % 2 == 0;
    std::vector<Change> changes;
    while (changes.size() < count) {
        const TermId graph = has_graphs && random() % 2 == 0 ? resource(random, resources) : TermId{};
        changes.push_back({{{resource(random, resources), resource(random, 20), object(random, kinds), graph}}, random() % 2 == 0});
        if (random() % 10 == 0) changes.push_back({changes[random() % changes.size()].quad, random() % 2 == 0});
    }
    return changes;
}

template <typename Record>
std::vector<Record> all_of(RecordStream<Record>& stream) {
    std::vector<Record> all;
    for (auto block = stream.next(); !block.empty(); block = stream.next()) all.insert(all.end(), block.begin(), block.end());
    return all;
}

template <std::size_t Words>
void check_packer(const std::vector<Change>& changes, const QuadPacking& packing, const IndexOrder& order) {
    const QuadPacker<Words> packer(packing, order);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        const Quad &a = changes[i].quad, &b = changes[(i + 7) % changes.size()].quad;
        REQUIRE(packer.unpack(packer.pack(a)) == a);
        REQUIRE((packer.pack(a).word[0] & kMark) == 0);
        REQUIRE((packer.pack(a) < packer.pack(b)) == (key_of(order, a) < key_of(order, b)));
    }
}

/// Ascending, the last change of each quad.
std::vector<Change> expected_changes(std::vector<Change> changes) {
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.quad < b.quad; });
    std::vector<Change> kept;
    for (const Change& change : changes) {
        if (!kept.empty() && kept.back().quad == change.quad) kept.pop_back();
        kept.push_back(change);
    }
    return kept;
}

void check_same(const std::vector<Change>& found, const std::vector<Change>& expected) {
    REQUIRE(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        REQUIRE(found[i].quad == expected[i].quad);
        REQUIRE(found[i].present == expected[i].present);
    }
}

}  // namespace

TEST_CASE("quad packing: packed quads compare as their keys do, and come back", "[storage]") {
    std::mt19937_64 random(GENERATE(range(1U, 30U)));
    const auto changes = random_changes(random, 100);
    QuadPacking packing;
    for (const Change& change : changes) packing.see(change.quad);
    for (const IndexOrder& order : kIndexOrders) {
        if (packing.words() == 1) check_packer<1>(changes, packing, order);
        if (packing.words() <= 2) check_packer<2>(changes, packing, order);
        check_packer<4>(changes, packing, order);
    }
}

TEST_CASE("quad packing: changes are sorted, and the last one of a quad is kept", "[storage]") {
    const TempDir temp;
    std::mt19937_64 random(GENERATE(range(1U, 30U)));
    auto changes = random_changes(random, GENERATE(std::size_t{1}, std::size_t{500}, std::size_t{3000}));
    const auto expected = expected_changes(changes);

    check_same(all_of(*ChangeRun(changes, temp.path()).read()), expected);
    sort_changes(changes);
    check_same(changes, expected);
}

TEST_CASE("quad list: every order comes out sorted, from memory and from pieces in files", "[storage]") {
    const TempDir temp;
    std::mt19937_64 random(GENERATE(range(1U, 20U)));
    std::vector<Quad> quads;
    QuadPacking packing;
    for (const Change& change : expected_changes(random_changes(random, GENERATE(std::size_t{5}, std::size_t{5000})))) {
        quads.push_back(change.quad);
        packing.see(change.quad);
    }
    const std::size_t piece = 1 + quads.size() / 4;
    QuadList in_files(packing, temp.path(), GENERATE(std::size_t{0}, std::size_t{4000}));
    for (std::size_t begin = 0; begin < quads.size(); begin += piece) {
        const auto first = quads.begin() + static_cast<std::ptrdiff_t>(begin);
        in_files.append({first, first + static_cast<std::ptrdiff_t>(std::min(piece, quads.size() - begin))});
    }
    CHECK(in_files.size() == quads.size());
    CHECK(*in_files.load() == quads);
    const QuadList in_memory(quads);
    for (const IndexOrder& order : kIndexOrders) {
        auto expected = quads;
        sort_again(expected, order);
        CHECK(all_of(*in_memory.sorted(order)) == expected);
        CHECK(all_of(*in_files.sorted(order)) == expected);
    }
}

#include "engine/storage/quad_block.hpp"

#include <algorithm>
#include <random>
#include <set>

#include "support/catch.hpp"

using namespace tercet;
using namespace tercet::storage;

namespace {

/// Parts of all kinds: few and many different ones, near and far, of several tags, and the widest.
std::uint64_t random_part(std::mt19937_64& random, int kind) {
    switch (kind) {
        case 0: return 0;
        case 1: return TermId::ranked(TermTag::Iri, TermId::Segment::Tail, random() % 5).bits();
        case 2: return TermId::ranked(TermTag::Iri, TermId::Segment::Tail, random() % 100'000).bits();
        case 3: return random() % 2 == 0 ? TermId::inlined(TermTag::Integer, (1ULL << 59U) - 25 + random() % 50).bits() : random_part(random, 2);
        case 4: return TermId::inlined(static_cast<TermTag>(3 + random() % 7), (1ULL << 59U) + random() % 20).bits();
        case 5: return TermId::inlined(TermTag::ShortString, (random() % 30) << 40U).bits();
        case 6: return random() % 20 == 0 ? random() >> 1U : random_part(random, static_cast<int>(random() % 6));
        default: return random() >> 1U;
    }
}

std::vector<IndexRow> random_rows(std::mt19937_64& random, std::size_t count) {
    const std::array<int, 4> kinds{static_cast<int>(random() % 8), static_cast<int>(random() % 8), static_cast<int>(random() % 8), static_cast<int>(random() % 4)};
    std::set<IndexRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
        IndexRow row;
        for (std::size_t part = 0; part < 4; ++part) row[part] = random_part(random, kinds[part]);
        rows.insert(row);
    }
    return {rows.begin(), rows.end()};
}

std::vector<IndexRow> decode(const QuadBlock& block, BlockPlace place, std::size_t count, BlockWindows* windows = nullptr) {
    std::array<std::vector<TermId>, 4> columns;
    for (auto& column : columns) column.resize(count);
    block.decode(place, count, {columns[0].data(), columns[1].data(), columns[2].data(), columns[3].data()}, windows);
    std::vector<IndexRow> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t part = 0; part < 4; ++part) rows[i][part] = columns[part][i].bits();
    }
    return rows;
}

/// Subjects with an object each, of four kinds in turn; numbers and days lie on either side of zero.
std::vector<IndexRow> rows_of_four_kinds() {
    constexpr std::uint64_t kZero = std::uint64_t{1} << 59U;
    std::vector<IndexRow> rows;
    for (std::uint64_t i = 0; i < kBlockRows; ++i) {
        const std::uint64_t near_zero = kZero + i % 100 - 50;
        const std::array objects{TermId::ranked(TermTag::Iri, TermId::Segment::Tail, i), TermId::ranked(TermTag::Literal, TermId::Segment::Tail, i),
                                 TermId::inlined(TermTag::Integer, near_zero), TermId::inlined(TermTag::Date, near_zero)};
        rows.push_back({TermId::ranked(TermTag::Iri, TermId::Segment::Tail, i).bits(), 1, objects[i % 4].bits(), 0});
    }
    return rows;
}

}  // namespace

TEST_CASE("quad block: values of several kinds pack well side by side", "[storage]") {
    const auto rows = rows_of_four_kinds();
    const std::string bytes = encode_block(rows);
    CHECK(bytes.size() < 3 * rows.size());
    CHECK(decode(QuadBlock(bytes), {}, rows.size()) == rows);
}

TEST_CASE("quad block: few different values pack well, however far apart, and stray ones beside many that are near", "[storage]") {
    std::mt19937_64 random(5);
    std::array<std::uint64_t, 12> few{};
    for (std::uint64_t& value : few) value = random() >> 1U;
    std::vector<IndexRow> rows;
    for (std::uint64_t i = 0; i < kBlockRows; ++i) {
        const bool is_stray = i % 64 == 0;
        rows.push_back({i, few[random() % few.size()], is_stray ? random() >> 1U : random() % 1000, 0});
    }
    const std::string bytes = encode_block(rows);
    CHECK(bytes.size() < 4 * rows.size());
    CHECK(QuadBlock(bytes).is_sound(bytes));
    CHECK(decode(QuadBlock(bytes), {}, rows.size()) == rows);
}

TEST_CASE("quad block: gives back the rows, whole and in stretches", "[storage]") {
    std::mt19937_64 random(GENERATE(range(1U, 60U)));
    const auto rows = random_rows(random, 1 + random() % 2100);
    const std::string bytes = encode_block(rows);
    const QuadBlock block(bytes);
    REQUIRE(block.rows() == rows.size());
    REQUIRE(block.is_sound(bytes));
    REQUIRE(decode(block, {}, rows.size()) == rows);
    BlockPlace place;
    BlockWindows windows;
    while (!block.at_end(place)) {
        REQUIRE(block.at(place) == rows[place.row]);
        REQUIRE(block.at(place, &windows) == rows[place.row]);
        const std::size_t count = std::min<std::size_t>(1 + random() % 300, rows.size() - place.row);
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(place.row);
        const std::vector<IndexRow> expected(begin, begin + static_cast<std::ptrdiff_t>(count));
        REQUIRE(decode(block, place, count) == expected);
        REQUIRE(decode(block, place, count, &windows) == expected);
        block.advance(place, 1 + random() % 200, random() % 2 == 0 ? &windows : nullptr);
    }
}

TEST_CASE("quad block: seeks to the first row that is not below", "[storage]") {
    std::mt19937_64 random(GENERATE(range(1U, 60U)));
    const auto rows = random_rows(random, 1 + random() % 2100);
    const std::string bytes = encode_block(rows);
    const QuadBlock block(bytes);
    for (int walk = 0; walk < 20; ++walk) {
        std::vector<IndexRow> wanted = random_rows(random, 5);
        for (int i = 0; i < 5; ++i) {
            IndexRow row = rows[random() % rows.size()];
            if (random() % 2 == 0) row[random() % 4] += random() % 3 - 1;
            wanted.push_back(row);
        }
        std::sort(wanted.begin(), wanted.end());
        BlockPlace place, with_windows;
        BlockWindows windows;
        for (const IndexRow& row : wanted) {
            block.seek(place, row);
            block.seek(with_windows, row, &windows);
            REQUIRE(with_windows.row == place.row);
            const auto expected = std::lower_bound(rows.begin(), rows.end(), row);
            REQUIRE(place.row == static_cast<std::size_t>(expected - rows.begin()));
            if (expected != rows.end()) REQUIRE(block.at(place) == *expected);
            REQUIRE(block.contains(row) == (expected != rows.end() && *expected == row));
        }
    }
}

TEST_CASE("quad block: a graph that is the same everywhere takes next to nothing", "[storage]") {
    std::vector<IndexRow> rows;
    for (std::uint64_t i = 0; i < kBlockRows; ++i) rows.push_back({1, 2, 3 * i, 0});
    const std::size_t without = encode_block(rows).size();
    for (IndexRow& row : rows) row[3] = TermId::ranked(TermTag::Iri, TermId::Segment::Tail, 7).bits();
    CHECK(encode_block(rows).size() == without);
    CHECK(without < 2000);
}

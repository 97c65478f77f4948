#include <algorithm>
#include <functional>

#include "engine/storage/block_writer.hpp"
#include "support/catch.hpp"
#include "tercet/error.hpp"
#include "tercet/maintenance.hpp"
#include "unit/engine/storage/raw_store.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;

namespace {

/// A store with several blocks an order, changes beside them, named graphs, and terms of every kind.
void make_store(const std::string& directory) {
    {
        const auto store = open_rocks_store(directory, {.bulk_quads = 1});
        const auto transaction = store->begin();
        for (int i = 0; i < 5000; ++i) {
            const std::string n = std::to_string(i);
            transaction->add(quad(*transaction, "s" + std::to_string(i / 3) + " p" + std::to_string(i % 7) + " o" + n + (i % 5 == 0 ? " g" + std::to_string(i % 2) : "")));
        }
        transaction->commit();
    }
    const auto store = open_rocks_store(directory);
    const auto transaction = store->begin();
    Quad first = quad(*transaction, "s1 p1 o1");
    first.slot[2] = transaction->intern(TermView::literal("a text that is too long to be inline", "http://www.w3.org/2001/XMLSchema#string"));
    transaction->add(first);
    first.slot[2] = transaction->intern(TermView::literal("text", "http://example.org/datatype"));
    transaction->add(first);
    const TripleView triple{TermView::iri("http://example.org/s1"), TermView::iri("http://example.org/p1"), TermView::blank_node("b")};
    TermView term;
    term.kind = TermKind::TripleTerm;
    term.triple = &triple;
    first.slot[2] = transaction->intern(term);
    transaction->add(first);
    transaction->remove(quad(*transaction, "s0 p0 o0 g0"));
    transaction->commit();
}

/// The first block of an order, and a copy of it without its row number `row`.
std::pair<std::string, std::string> block_without(const RawStore& raw, const IndexOrder& order, std::size_t row) {
    const auto [key, bytes] = raw.all(family_of(order)).front();
    auto rows = decode_rows(QuadBlock(bytes));
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(row));
    return {key, encode_block(rows)};
}

using Damage = std::function<void(RawStore&)>;
struct Case {
    std::string name;
    Damage damage;
    std::vector<std::string> words;  ///< that stand together in one of the problems
};

void add_to_number(RawStore& raw, std::string_view name, std::uint64_t by) {
    for (const auto& [key, value] : raw.all(Family::Meta)) {
        if (key == name) raw.put(Family::Meta, key, encode_number(decode_number(value) + by));
    }
}

const IndexOrder& kOpsg = kIndexOrders[5];

/// What the fence of a block says of its rows.
Fence fence_of(const IndexOrder& order, std::string_view key, std::string_view bytes) {
    const auto rows = decode_rows(QuadBlock(bytes));
    const auto in_default = std::count_if(rows.begin(), rows.end(), [&](const IndexRow& row) { return !quad_of(order, row).graph().is_defined(); });
    return {rows.back(), decode_number(key), static_cast<std::uint32_t>(rows.size()), static_cast<std::uint32_t>(in_default)};
}

std::vector<Case> block_cases() {
    return {
        {"a block is gone", [](RawStore& raw) { raw.remove(family_of(kOpsg), raw.all(family_of(kOpsg))[1].first); }, {"order opsg, block", "is missing"}},
        {"a block lost a quad",
         [](RawStore& raw) {
             const auto [key, bytes] = block_without(raw, kByObject, 3);
             raw.put(family_of(kByObject), key, bytes);
         },
         {"order posg, block", "its fence says"}},
        {"an order lost a quad, and its fence knows",
         [](RawStore& raw) {
             const auto [key, bytes] = block_without(raw, kByObject, 3);
             raw.put(family_of(kByObject), key, bytes);
             for (const auto& [fence, value] : raw.all(Family::Fences)) {
                 if (value.substr(0, 8) == key) raw.put(Family::Fences, fence, encode_fence(fence_of(kByObject, key, bytes)));
             }
         },
         {"order posg", "lacks { <http://example.org/s", "which order spog has"}},
        {"an order has another quad",
         [](RawStore& raw) {
             const auto [key, bytes] = raw.all(family_of(kOpsg)).front();
             auto rows = decode_rows(QuadBlock(bytes));
             rows.front()[2] = rows.back()[2];
             raw.put(family_of(kOpsg), key, encode_block(rows));
         },
         {"order spog", "lacks", "which order opsg has"}},
        {"a block is nonsense", [](RawStore& raw) { raw.put(family_of(kQuadOrder), raw.all(family_of(kQuadOrder))[0].first, "nonsense"); }, {"order spog, block", "makes no sense"}},
        {"a block's columns lead outside of it",
         [](RawStore& raw) {
             auto [key, bytes] = raw.all(family_of(kQuadOrder)).front();
             const std::size_t third_parts = static_cast<unsigned char>(bytes[20]) + (static_cast<std::size_t>(static_cast<unsigned char>(bytes[21])) << 8U);
             const std::size_t last_mini = third_parts + kMiniHeaderBytes * (QuadBlock(bytes).rows() / kMiniRows - 1);
             bytes[last_mini + 9] = '\x7f';  // offset of its bits
             raw.put(family_of(kQuadOrder), key, bytes);
         },
         {"order spog, block", "make no sense"}},
        {"two blocks have changed places",
         [](RawStore& raw) {
             const auto blocks = raw.all(family_of(kBySubject));
             raw.put(family_of(kBySubject), blocks[0].first, blocks[1].second);
             raw.put(family_of(kBySubject), blocks[1].first, blocks[0].second);
         },
         {"order psog, block", "ends with {", "its fence says {"}},
        {"quads are out of order",
         [](RawStore& raw) {
             const auto [key, bytes] = raw.all(family_of(kQuadOrder)).front();
             auto rows = decode_rows(QuadBlock(bytes));
             std::swap(rows[4], rows[5]);
             raw.put(family_of(kQuadOrder), key, encode_block(rows));
         },
         {"order spog, block", "not in ascending order"}},
        {"a fence is gone", [](RawStore& raw) { raw.remove(Family::Fences, raw.all(Family::Fences)[1].first); }, {"order spog, block", "no fence leads to it"}},
        {"a fence's number of quads is wrong",
         [](RawStore& raw) {
             const auto [key, value] = raw.all(Family::Fences)[0];
             raw.put(Family::Fences, key, encode_fence({{}, decode_number(value.substr(0, 8)), 9, 9}));
         },
         {"order spog, block", "its fence says 9"}},
        {"a fence's number of quads of the default graph is wrong",
         [](RawStore& raw) {
             const auto [key, value] = raw.all(Family::Fences)[0];
             raw.put(Family::Fences, key, value.substr(0, 12) + std::string(4, '\0'));
         },
         {"order spog, block", "quads of the default graph, its fence says 0"}},
        {"a fence is nonsense", [](RawStore& raw) { raw.put(Family::Fences, "x", "y"); }, {"quads", "a fence of its index makes no sense"}},
        {"a fence leads nowhere",
         [](RawStore& raw) { raw.put(Family::Fences, encode_fence_key(2, {1, 2, 3, 4}), encode_fence({{}, 999'999, 7, 7})); },
         {"order ospg, block 999999", "is missing"}},
        {"a number of a block may be given again", [](RawStore& raw) { raw.put(Family::Meta, std::string(kNextBlockKey), encode_number(1)); }, {"counters", "number 1, which is taken"}},
    };
}

std::vector<Case> dictionary_cases() {
    return {
        {"a term is gone", [](RawStore& raw) { raw.remove(Family::Terms, encode_number(5)); }, {"dictionary, term 5", "is missing"}},
        {"the last term is gone", [](RawStore& raw) { raw.remove(Family::Terms, raw.all(Family::Terms).back().first); }, {"changes beside the blocks", "is not in the dictionary"}},
        {"a term is another one", [](RawStore& raw) { raw.put(Family::Terms, encode_number(5), "Ihttp://example.org/other"); }, {"dictionary, term 5: <http://example.org/other>", "cannot be found"}},
        {"a term is of no kind", [](RawStore& raw) { raw.put(Family::Terms, encode_number(5), "?"); }, {"dictionary, term 5", "no kind"}},
        {"a term has no datatype", [](RawStore& raw) { raw.put(Family::Terms, encode_number(5), "Lx"); }, {"dictionary, term 5", "without datatype"}},
        {"a term should be inline", [](RawStore& raw) { raw.put(Family::Terms, encode_number(5), "Sshort"); }, {"dictionary, term 5", "should be inline"}},
        {"a triple term is cut short", [](RawStore& raw) { raw.put(Family::Terms, encode_number(5), "T123"); }, {"dictionary, term 5", "of 4 bytes"}},
        {"a hash is gone", [](RawStore& raw) { raw.remove(Family::TermIds, raw.all(Family::TermIds)[3].first); }, {"dictionary, term", "cannot be found by its hash"}},
        {"a hash leads elsewhere",
         [](RawStore& raw) { raw.put(Family::TermIds, raw.all(Family::TermIds)[3].first, raw.all(Family::TermIds)[4].second); },
         {"dictionary, term", "under another id"}},
        {"a hash too many", [](RawStore& raw) { raw.put(Family::TermIds, std::string(10, 'x'), raw.all(Family::TermIds)[4].second); }, {"dictionary", "terms, but", "hashes"}},
    };
}

std::vector<Case> counter_cases() {
    return {
        {"a predicate's statistics are gone", [](RawStore& raw) { raw.remove(Family::Statistics, raw.all(Family::Statistics)[2].first); }, {"statistics of <http://example.org/p", "are missing"}},
        {"a predicate's statistics are wrong",
         [](RawStore& raw) { raw.put(Family::Statistics, raw.all(Family::Statistics)[2].first, encode_statistics({1, 2, 3})); },
         {"statistics of <http://example.org/p", "say 3 different objects"}},
        {"statistics of a predicate that is not used",
         [](RawStore& raw) { raw.put(Family::Statistics, encode_number(TermId::ranked(TermTag::Iri, TermId::Segment::Tail, 0).bits()), encode_statistics({1, 1, 1})); },
         {"statistics of <http://example.org/s0>", "say 1 quads, there are 0"}},
        {"statistics are nonsense", [](RawStore& raw) { raw.put(Family::Statistics, raw.all(Family::Statistics)[2].first, "x"); }, {"statistics", "instead of 24"}},
        {"quads are miscounted", [](RawStore& raw) { add_to_number(raw, kQuadCountKey, 1); }, {"counters", "say 5003 quads, there are 5002"}},
        {"default graph is miscounted", [](RawStore& raw) { add_to_number(raw, kDefaultQuadCountKey, 1); }, {"counters", "quads of the default graph"}},
        {"predicates are miscounted", [](RawStore& raw) { add_to_number(raw, kPredicateCountKey, 1); }, {"counters", "say 8 predicates, there are 7"}},
        {"terms are miscounted", [](RawStore& raw) { add_to_number(raw, kTermCountKey, 1); }, {"counters", "terms"}},
        {"a change is nonsense", [](RawStore& raw) { raw.put(Family::Delta, "x", "y"); }, {"quads", "a change makes no sense"}},
        {"a change is of an unknown term",
         [](RawStore& raw) {
             const TermId unknown = TermId::ranked(TermTag::Iri, TermId::Segment::Tail, 1'000'000);
             raw.put(Family::Delta, encode_delta_key(9, {{unknown, unknown, unknown, TermId{}}}), "\1");
         },
         {"changes beside the blocks", "unknown term"}},
        {"a counter is nonsense", [](RawStore& raw) { raw.put(Family::Meta, std::string(kQuadCountKey), "x"); }, {"quads", "a number has 1 bytes instead of 8"}},
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> all = block_cases();
    for (const auto& more : {dictionary_cases(), counter_cases()}) all.insert(all.end(), more.begin(), more.end());
    return all;
}

bool is_said(const CheckReport& report, const std::vector<std::string>& words) {
    return std::any_of(report.problems.begin(), report.problems.end(), [&](const std::string& problem) {
        return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return problem.find(word) != std::string::npos; });
    });
}

std::string all_lines(const CheckReport& report) {
    std::string text;
    for (const std::string& problem : report.problems) text += problem + '\n';
    return text;
}

}  // namespace

TEST_CASE("check: a store that is whole has no problems", "[storage]") {
    for (const StoreKind& kind : store_kinds()) {
        if (!kind.on_disk) continue;
        CAPTURE(kind.name);
        const TempDir temp;
        {
            const auto store = open_rocks_store(temp / "store", kind.options);
            CHECK(check_store(temp / "store").is_sound());  // empty, and open
            for (int round = 0; round < 4; ++round) {
                const auto transaction = store->begin();
                for (int i = 0; i < 60; ++i) transaction->add(quad(*transaction, "s" + std::to_string(i * round) + " p" + std::to_string(i % 3) + " o g" + std::to_string(round % 2)));
                for (int i = 0; i < 20; ++i) transaction->remove(quad(*transaction, "s" + std::to_string(i) + " p" + std::to_string(i % 3) + " o g1"));
                transaction->commit();
            }
            const CheckReport report = check_store(temp / "store");
            INFO(all_lines(report));
            CHECK(report.is_sound());
            CHECK(report.quads == store->snapshot()->statistics().quads);
        }
        CHECK(check_store(temp / "store").is_sound());
    }
}

TEST_CASE("check: says what is wrong, and where", "[storage]") {
    const TempDir temp;
    make_store(temp / "whole");
    const CheckReport whole = check_store(temp / "whole");
    INFO(all_lines(whole));
    REQUIRE(whole.is_sound());
    CHECK(whole.quads == 5002);
    CHECK(whole.blocks >= 7 * 2);
    CHECK(whole.changes == 4);
    for (const Case& each : all_cases()) {
        CAPTURE(each.name);
        std::filesystem::remove_all(temp / "store");
        std::filesystem::copy(temp / "whole", temp / "store");
        {
            RawStore raw(temp / "store");
            each.damage(raw);
        }
        const CheckReport report = check_store(temp / "store");
        INFO(all_lines(report));
        CHECK(is_said(report, each.words));
        CHECK(report.problem_count >= report.problems.size());
    }
}

TEST_CASE("check: describes so many problems as it is asked for, and counts the others", "[storage]") {
    const TempDir temp;
    make_store(temp / "store");
    {
        RawStore raw(temp / "store");
        for (const auto& [key, value] : raw.all(Family::TermIds)) raw.remove(Family::TermIds, key);
    }
    const CheckReport report = check_store(temp / "store", {.most_problems = 3});
    CHECK(report.problems.size() == 3);
    CHECK(report.problem_count == report.terms);
}

TEST_CASE("check: there must be a store", "[storage]") {
    const TempDir temp;
    try {
        static_cast<void>(check_store(temp / "none"));
        FAIL("checked nothing");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::NotFound);
    }
}

#include <algorithm>
#include <fstream>
#include <random>
#include <map>
#include <set>

#include "engine/model/index_choice.hpp"
#include "engine/storage/memory_store.hpp"
#include "engine/storage/rocks_store.hpp"
#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/error.hpp"

namespace tercet::storage {
namespace {

using test::TempDir;

/// The same tests for both stores.
std::unique_ptr<Store> make_store(const std::string& kind, const TempDir& directory) {
    if (kind == "memory") return std::make_unique<MemoryStore>();
    return open_rocks_store(directory / "db");
}

Quad make_quad(Transaction& transaction, int s, int p, int o, int g) {
    const auto iri = [&](const char* kind, int i) {
        const std::string text = "http://x/" + std::string(kind) + std::to_string(i);
        return transaction.intern(TermView::iri(text));
    };
    return {{iri("s", s), iri("p", p), iri("o", o), g == 0 ? TermId{} : iri("g", g)}};
}

std::set<Quad> read_all(const QuadSource& source, const IndexOrder& order, const QuadPattern& pattern) {
    std::set<Quad> found;
    const auto cursor = source.scan(order, pattern);
    const auto batch = std::make_unique<QuadBatch>();
    std::array<TermId, 4> previous{};
    while (cursor->next(*batch, 7)) {
        for (std::size_t i = 0; i < batch->size; ++i) {
            const Quad quad{{batch->column[0][i], batch->column[1][i], batch->column[2][i], batch->column[3][i]}};
            REQUIRE(key_of(order, quad) > previous);
            previous = key_of(order, quad);
            found.insert(quad);
        }
    }
    return found;
}

const QuadPattern kEverything{{TermId::any(), TermId::any(), TermId::any(), TermId::any()}};

void check_against(const QuadSource& source, const std::set<Quad>& model) {
    for (const IndexOrder& order : kIndexOrders) {
        std::set<Quad> expected = model;
        if (order.named_graphs_only) std::erase_if(expected, [](const Quad& q) { return !q.graph().is_defined(); });
        REQUIRE(read_all(source, order, kEverything) == expected);
    }
    REQUIRE(source.statistics().quads == model.size());
    std::map<TermId, std::array<std::set<TermId>, 2>> ends;
    std::map<TermId, std::uint64_t> triples;
    for (const Quad& quad : model) {
        REQUIRE(source.contains(quad));
        ++triples[quad.predicate()];
        ends[quad.predicate()][0].insert(quad.subject());
        ends[quad.predicate()][1].insert(quad.object());
    }
    for (const auto& [predicate, count] : triples) {
        const PredicateStatistics statistics = source.predicate_statistics(predicate);
        CHECK(statistics.triples == count);
        CHECK(statistics.distinct_subjects == ends[predicate][0].size());
        CHECK(statistics.distinct_objects == ends[predicate][1].size());
    }
}

}  // namespace

TEST_CASE("store: random changes agree with a set, in every order", "[storage]") {
    const std::string kind = GENERATE(std::string("memory"), std::string("rocks"));
    CAPTURE(kind);
    const TempDir directory;
    auto store = make_store(kind, directory);
    std::mt19937 random(7);
    std::set<Quad> model;
    for (int round = 0; round < 25; ++round) {
        auto before = store->snapshot();
        const std::set<Quad> old = model;
        auto transaction = store->begin();
        std::set<Quad> wanted = model;
        for (int step = 0; step < 40; ++step) {
            const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
            const Quad quad = make_quad(*transaction, pick(6), pick(3), pick(6), pick(3));
            if (pick(3) != 0) {
                transaction->add(quad);
                wanted.insert(quad);
            } else {
                transaction->remove(quad);
                wanted.erase(quad);
            }
            if (step == 20) REQUIRE(read_all(*transaction->view(), kIndexOrders[0], kEverything) == wanted);
        }
        if (round % 5 != 4) {
            transaction->commit();
            model = wanted;
        }
        transaction.reset();
        REQUIRE(read_all(*before, kIndexOrders[2], kEverything) == old);
        check_against(*store->snapshot(), model);
        if (kind == "rocks" && round % 8 == 7) {
            before.reset();  // a snapshot keeps the store open
            store.reset();
            store = make_store(kind, directory);
        }
    }
}

TEST_CASE("store: a pattern finds what matches it, whatever the order", "[storage]") {
    const std::string kind = GENERATE(std::string("memory"), std::string("rocks"));
    const TempDir directory;
    const auto store = make_store(kind, directory);
    auto transaction = store->begin();
    std::set<Quad> model;
    for (int i = 0; i < 200; ++i) {
        const Quad quad = make_quad(*transaction, i % 7, i % 3, i % 11, i % 2);
        transaction->add(quad);
        model.insert(quad);
    }
    transaction->commit();
    const auto source = store->snapshot();
    for (unsigned bound = 0; bound < 16; ++bound) {
        QuadPattern pattern = kEverything;
        for (std::size_t slot = 0; slot < 4; ++slot) {
            if ((bound >> slot & 1U) != 0) pattern.slot[slot] = model.begin()->slot[slot];
        }
        std::set<Quad> expected;
        std::copy_if(model.begin(), model.end(), std::inserter(expected, expected.end()), [&](const Quad& q) { return matches(pattern, q); });
        CHECK(read_all(*source, best_order(pattern), pattern) == expected);
        CHECK(read_all(*source, kIndexOrders[4], pattern) == expected);
    }
}

TEST_CASE("store: seek goes forward to the key, and never back", "[storage]") {
    const std::string kind = GENERATE(std::string("memory"), std::string("rocks"));
    const TempDir directory;
    const auto store = make_store(kind, directory);
    auto transaction = store->begin();
    std::vector<Quad> quads;
    for (int i = 0; i < 300; ++i) quads.push_back(make_quad(*transaction, i, 0, 0, 0));
    for (const Quad& quad : quads) transaction->add(quad);
    transaction->commit();
    std::sort(quads.begin(), quads.end());
    const auto source = store->snapshot();
    const auto cursor = source->scan(kIndexOrders[0], kEverything);
    const auto batch = std::make_unique<QuadBatch>();
    for (const std::size_t target : {5U, 6U, 100U, 3U, 299U}) {
        cursor->seek(quads[target]);
        REQUIRE(cursor->next(*batch, 1));
        CHECK(batch->column[0][0] == quads[std::max<std::size_t>(target, target == 3U ? 101U : target)].subject());
    }
    CHECK_FALSE(cursor->next(*batch, 1));
}

TEST_CASE("store: terms of every kind come back as they were", "[storage]") {
    const std::string kind = GENERATE(std::string("memory"), std::string("rocks"));
    const TempDir directory;
    const auto store = make_store(kind, directory);
    const std::vector<Term> terms{
        Term::iri("http://x/a"), Term::blank_node("b1"), Term::literal("short"), Term::literal("a longer text, with\nlines"),
        Term::language_literal("Haus", "de"), Term::language_literal("x", "ar", BaseDirection::RightToLeft), Term::integer(-5),
        Term::typed_literal("007", "http://www.w3.org/2001/XMLSchema#integer"), Term::decimal("1.50"), Term::floating(0.1),
        Term::typed_literal("x", "http://x/type"), Term::triple_term({Term::iri("http://x/a"), Term::iri("http://x/p"), Term::literal("deep")}),
        Term::triple_term({Term::iri("http://x/a"), Term::iri("http://x/p"), Term::triple_term({Term::blank_node("z"), Term::iri("http://x/p"), Term::integer(1)})})};
    auto transaction = store->begin();
    std::vector<TermId> ids;
    for (const Term& term : terms) {
        const TermViewHolder holder(term);
        ids.push_back(transaction->intern(holder.view()));
        CHECK(transaction->view()->term(ids.back()) == term);
    }
    for (const TermId id : ids) transaction->add(Quad{{ids[0], ids[0], id, TermId{}}});
    transaction->commit();
    const auto source = store->snapshot();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        CHECK(source->term(ids[i]) == terms[i]);
        const TermViewHolder holder(terms[i]);
        CHECK(source->find(holder.view()) == ids[i]);
    }
    const Term unknown = Term::iri("http://x/unknown");
    const TermViewHolder holder(unknown);
    CHECK_FALSE(source->find(holder.view()).has_value());
}

TEST_CASE("store: a large load is taken in as files, and reloading it changes nothing", "[storage]") {
    const TempDir directory;
    const auto store = open_rocks_store(directory / "db");
    const auto load = [&] {
        auto transaction = store->begin();
        for (int i = 0; i < 60'000; ++i) {
            const std::string subject = "http://x/s" + std::to_string(i), text = "some text number " + std::to_string(i % 5000);
            transaction->add(QuadView{TermView::iri(subject), TermView::iri("http://x/p"), TermView::literal(text, "http://www.w3.org/2001/XMLSchema#string"), {}});
        }
        const std::uint64_t added = transaction->added();
        transaction->commit();
        return added;
    };
    CHECK(load() == 60'000);
    CHECK(store->snapshot()->statistics().quads == 60'000);
    const auto predicate = store->snapshot()->find(TermView::iri("http://x/p"));
    REQUIRE(predicate.has_value());
    CHECK(store->snapshot()->predicate_statistics(*predicate).distinct_objects == 5000);
    CHECK(load() == 0);
    CHECK(store->snapshot()->statistics().quads == 60'000);
}

TEST_CASE("rocks store: refuses what it must not open", "[storage]") {
    const TempDir directory;
    const auto code_of = [](auto call) {
        try {
            call();
        } catch (const Error& error) {
            return std::optional(error.code());
        }
        return std::optional<ErrorCode>();
    };
    SECTION("missing") { CHECK(code_of([&] { static_cast<void>(open_rocks_store(directory / "none", {false, false})); }) == ErrorCode::NotFound); }
    SECTION("locked") {
        const auto held = open_rocks_store(directory / "db");
        CHECK(code_of([&] { static_cast<void>(open_rocks_store(directory / "db")); }) == ErrorCode::Locked);
        CHECK(open_rocks_store(directory / "db", {false, true})->snapshot()->statistics().quads == 0);
    }
    SECTION("foreign") {
        std::filesystem::create_directory(directory / "other");
        std::ofstream(directory / "other/precious.txt") << "keep me";
        CHECK(code_of([&] { static_cast<void>(open_rocks_store(directory / "other")); }).has_value());
        CHECK(std::filesystem::exists(directory / "other/precious.txt"));
    }
    SECTION("damaged") {
        { const auto store = open_rocks_store(directory / "db"); }
        std::ofstream(directory / "db/CURRENT") << "nonsense";
        CHECK(code_of([&] { static_cast<void>(open_rocks_store(directory / "db")); }).has_value());
    }
    SECTION("read only") {
        { const auto store = open_rocks_store(directory / "db"); }
        const auto store = open_rocks_store(directory / "db", {false, true});
        CHECK(code_of([&] { static_cast<void>(store->begin()); }) == ErrorCode::InvalidArgument);
    }
}

}  // namespace tercet::storage

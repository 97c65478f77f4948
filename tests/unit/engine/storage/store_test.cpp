#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "support/catch.hpp"
#include "support/scale.hpp"
#include "tercet/error.hpp"
#include "unit/engine/storage/store_world.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;

namespace {

StoreKind any_kind() {
    const StoreKind kind = GENERATE(from_range(store_kinds()));
    UNSCOPED_INFO("store: " << kind.name);
    return kind;
}

QuadPattern bind(const Quad& quad, unsigned mask) {
    QuadPattern pattern = kEverything;
    for (std::size_t i = 0; i < 4; ++i) {
        if ((mask >> i & 1U) != 0) pattern.slot[i] = quad.slot[i];
    }
    return pattern;
}

}  // namespace

TEST_CASE("store: is empty at first", "[storage]") {
    World world(any_kind());
    const auto source = world.now();

    CHECK(contents(*source).empty());
    CHECK(source->statistics().quads == 0);
    CHECK(source->statistics().terms == 0);
    CHECK(source->graphs().empty());
    CHECK(source->prefixes().empty());
    CHECK(source->estimate(kEverything) == 0);
    CHECK_FALSE(source->find(TermView::iri("http://example.org/a")));
}

TEST_CASE("store: keeps what was committed, also when it is opened again", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a knows b", "a knows c", "b knows c in_g"});
    add(world.store(), {"c knows a"});
    world.reopen();

    CHECK(contents(*world.now()) == Lines{"a knows b", "a knows c", "b knows c in_g", "c knows a"});
}

TEST_CASE("store: a packet adds what its quads say, with new terms and with known ones", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a knows b"});
    const TermView a = TermView::iri("http://example.org/a"), knows = TermView::iri("http://example.org/knows");
    const TermView number = TermView::literal("42", "http://www.w3.org/2001/XMLSchema#integer");
    const TripleView triple{a, knows, number};
    const TermView term{TermKind::TripleTerm, {}, {}, {}, BaseDirection::None, &triple};
    PacketBuilder builder;
    builder.add({a, knows, TermView::iri("http://example.org/b"), {}});
    builder.add({TermView::blank_node("new"), knows, term, knows});
    builder.declare_prefix("ex", "http://example.org/");
    {
        const auto transaction = world.store().begin();
        transaction->limit_memory(std::size_t{1} << 20U);
        transaction->add(builder.take());
        CHECK(transaction->added() == 1);
        transaction->commit();
    }
    world.reopen();

    const auto source = world.now();
    CHECK(source->statistics().quads == 2);
    CHECK(source->prefixes().size() == 1);
    const auto subject = source->find(TermView::blank_node("new")), object = source->find(term);
    REQUIRE(subject);
    REQUIRE(object);
    CHECK(source->contains({{*subject, *source->find(knows), *object, *source->find(knows)}}));
    CHECK(source->triple(*object) == std::array{*source->find(a), *source->find(knows), *source->find(number)});
}

TEST_CASE("store: forgets a transaction without a commit", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a knows b"});
    const auto before = world.now()->version();
    {
        const auto transaction = world.store().begin();
        transaction->add(quad(*transaction, "x knows y"));
        transaction->remove(quad(*transaction, "a knows b"));
        transaction->declare_prefix("x", "http://x/");
    }
    const auto source = world.now();
    CHECK(contents(*source) == Lines{"a knows b"});
    CHECK(source->version() == before);
    CHECK(source->prefixes().empty());
    CHECK(source->statistics().terms == 3);
    CHECK_FALSE(source->find(TermView::iri("http://example.org/x")));

    add(world.store(), {"z knows b"});
    CHECK(contents(*world.now()) == Lines{"a knows b", "z knows b"});
}

TEST_CASE("store: counts what is really new and really gone", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b", "a p c"});

    const auto transaction = world.store().begin();
    transaction->add(quad(*transaction, "a p b"));     // there already
    transaction->add(quad(*transaction, "a p d"));     // new
    transaction->add(quad(*transaction, "a p d"));     // twice
    transaction->remove(quad(*transaction, "a p c"));  // gone
    transaction->remove(quad(*transaction, "a p x"));  // never was
    CHECK(transaction->added() == 1);
    CHECK(transaction->removed() == 1);
    transaction->remove(quad(*transaction, "a p d"));  // the last change counts
    transaction->add(quad(*transaction, "a p c"));
    CHECK(transaction->added() == 0);
    CHECK(transaction->removed() == 0);
    transaction->add(quad(*transaction, "a p e"));
    transaction->commit();

    CHECK(contents(*world.now()) == Lines{"a p b", "a p c", "a p e"});
}

TEST_CASE("store: a commit without changes is none", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b"});
    const auto version = world.now()->version();
    add(world.store(), {"a p b"});
    CHECK(world.now()->version() == version);
    add(world.store(), {"a p c"});
    CHECK(world.now()->version() > version);
}

TEST_CASE("store: a transaction is committed once", "[storage]") {
    World world(any_kind());
    const auto transaction = world.store().begin();
    transaction->add(quad(*transaction, "a p b"));
    transaction->commit();
    CHECK_THROWS_AS(transaction->commit(), Error);
}

TEST_CASE("store: snapshots stay as they were", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b", "c p d g"});
    const auto before = world.now();
    const auto cursor = before->scan(kIndexOrders[0], kEverything);
    add(world.store(), {"e p f", "e q f h"});
    remove(world.store(), {"a p b", "c p d g"});

    CHECK(contents(*before) == Lines{"a p b", "c p d g"});
    CHECK(before->graphs().size() == 1);
    CHECK(before->statistics().quads == 2);
    CHECK(before->statistics().predicates == 1);
    const auto batch = std::make_unique<QuadBatch>();
    CHECK(cursor->next(*batch));
    CHECK(batch->size == 2);

    const auto after = world.now();
    CHECK(contents(*after) == Lines{"e p f", "e q f h"});
    CHECK(after->statistics().predicates == 2);
}

TEST_CASE("store: a view shows what the transaction did until then", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b", "a p c", "a p d g"});
    const auto transaction = world.store().begin();
    transaction->remove(quad(*transaction, "a p b"));
    transaction->add(quad(*transaction, "a p new"));
    transaction->add(quad(*transaction, "a p new h"));
    const auto view = transaction->view();
    transaction->remove(quad(*transaction, "a p c"));
    transaction->remove(quad(*transaction, "a p d g"));

    CHECK(contents(*view) == Lines{"a p c", "a p d g", "a p new", "a p new h"});
    CHECK(view->graphs().size() == 2);
    CHECK(view->statistics().quads == 4);
    CHECK(view->statistics().default_graph_quads == 2);
    CHECK(view->find(TermView::iri("http://example.org/new")));
    CHECK(contents(*transaction->view()) == Lines{"a p new", "a p new h"});
    CHECK(contents(*world.now()) == Lines{"a p b", "a p c", "a p d g"});
    transaction->commit();
    CHECK(contents(*world.now()) == Lines{"a p new", "a p new h"});
}

TEST_CASE("store: every order scans every pattern, sorted and complete", "[storage]") {
    World world(any_kind());
    std::mt19937 random(7);
    std::set<Quad> model;
    const auto transaction = world.store().begin();
    const auto pick = [&](const char* name, unsigned count) {
        return iri(*transaction, name + std::to_string(random() % count));
    };
    for (int i = 0; i < 300; ++i) {
        const Quad quad{{pick("s", 9), pick("p", 4), pick("s", 9), random() % 2 == 0 ? TermId{} : pick("g", 3)}};
        model.insert(quad);
        transaction->add(quad);
    }
    const auto view = transaction->view();
    transaction->commit();
    const auto committed = world.now();

    for (const QuadSource* source : {view.get(), committed.get()}) {
        for (const IndexOrder& order : kIndexOrders) {
            for (unsigned mask = 0; mask < 16; ++mask) {
                const QuadPattern pattern = bind(*std::next(model.begin(), random() % model.size()), mask);
                std::vector<Quad> expected;
                for (const Quad& quad : model) {
                    const bool in_order = !order.named_graphs_only || quad.graph().is_defined();
                    if (in_order && matches(pattern, quad)) expected.push_back(quad);
                }
                std::sort(expected.begin(), expected.end(),
                          [&](const Quad& a, const Quad& b) { return key_of(order, a) < key_of(order, b); });
                CAPTURE(order.name, mask);
                REQUIRE(scan(*source, order, pattern, 1 + random() % 40) == expected);
                if (order.named_graphs_only) continue;
                REQUIRE(source->estimate(pattern) == expected.size());
                REQUIRE(source->count(pattern) == expected.size());
            }
        }
    }
}

TEST_CASE("store: cursors gallop to the first quad not below a place", "[storage]") {
    World world(any_kind());
    std::mt19937 random(11);
    const auto transaction = world.store().begin();
    for (int i = 0; i < 400; ++i) {
        transaction->add(Quad{{iri(*transaction, "s" + std::to_string(random() % 50)), iri(*transaction, "p"),
                               iri(*transaction, "o" + std::to_string(random() % 50)), TermId{}}});
    }
    const auto view = transaction->view();
    transaction->commit();
    const auto committed = world.now();
    const IndexOrder& order = kIndexOrders[3];
    const QuadPattern pattern{{kAny, *committed->find(TermView::iri("http://example.org/p")), kAny, kAny}};

    for (const QuadSource* source : {view.get(), committed.get()}) {
        const std::vector<Quad> all = scan(*source, order, pattern);
        const auto cursor = source->scan(order, pattern);
        const auto batch = std::make_unique<QuadBatch>();
        std::size_t at = 0;
        while (at < all.size()) {
            const std::size_t target = std::min(all.size() - 1, at + random() % 30);
            cursor->seek(all[target]);
            REQUIRE(cursor->next(*batch, 1));
            REQUIRE(batch->column[0][0] == all[target].subject());
            REQUIRE(batch->column[2][0] == all[target].object());
            cursor->seek(all[at]);  // never goes back
            at = target + 1;
        }
        CHECK_FALSE(cursor->next(*batch));
        CHECK(batch->size == 0);
    }
}

TEST_CASE("store: statistics are exact after every commit", "[storage]") {
    World world(any_kind());
    const auto check = [&](std::string_view predicate, std::uint64_t triples, std::uint64_t subjects,
                           std::uint64_t objects) {
        const auto source = world.now();
        const auto id = source->find(TermView::iri("http://example.org/" + std::string(predicate)));
        const PredicateStatistics counts = id ? source->predicate_statistics(*id) : PredicateStatistics{};
        CAPTURE(predicate);
        CHECK(counts.triples == triples);
        CHECK(counts.distinct_subjects == subjects);
        CHECK(counts.distinct_objects == objects);
    };
    add(world.store(), {"a p x", "a p y", "b p x", "a p x g", "c q x"});
    check("p", 4, 2, 2);
    check("q", 1, 1, 1);
    add(world.store(), {"a p z", "d p x", "c q x"});
    check("p", 6, 3, 3);
    check("q", 1, 1, 1);
    remove(world.store(), {"a p x", "b p x"});  // "a p x g" is still there
    check("p", 4, 2, 3);
    remove(world.store(), {"a p x g", "d p x", "c q x"});
    check("p", 2, 1, 2);
    check("q", 0, 0, 0);
    world.reopen();
    check("p", 2, 1, 2);
    const StoreStatistics all = world.now()->statistics();
    CHECK(all.quads == 2);
    CHECK(all.default_graph_quads == 2);
    CHECK(all.predicates == 1);
}

TEST_CASE("store: lists the named graphs that hold something", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b", "a p b g", "a p c g", "a p b h"});
    CHECK(world.now()->graphs().size() == 2);
    CHECK(world.now()->statistics().default_graph_quads == 1);
    remove(world.store(), {"a p b h"});
    const auto source = world.now();
    CHECK(source->graphs() == std::vector{*source->find(TermView::iri("http://example.org/g"))});
}

TEST_CASE("store: gives back every kind of term", "[storage]") {
    World world(any_kind());
    const Term s = Term::iri("http://example.org/s"), p = Term::iri("http://example.org/p");
    const Term inner = Term::triple_term({s, p, Term::literal("a text that is too long to be inline")});
    const std::vector<Term> terms{
        Term::blank_node("b1"),
        Term::literal(""),
        Term::literal("short"),
        Term::literal("a text with \"quotes\", \n lines and \xC3\xBCmlauts"),
        Term::literal(std::string("nul\0byte", 8)),
        Term::language_literal("colour", "en-GB"),
        Term::language_literal("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "he", BaseDirection::RightToLeft),
        Term::integer(-42),
        Term::typed_literal("042", "http://www.w3.org/2001/XMLSchema#integer"),
        Term::typed_literal("x", "http://example.org/type"),
        Term::floating(0.1),
        inner,
        Term::triple_term({s, p, inner}),
    };
    auto transaction = world.store().begin();
    for (const Term& term : terms) {
        const TermViewHolder subject(s), predicate(p), object(term);
        transaction->add(QuadView{subject.view(), predicate.view(), object.view(), {}});
    }
    const bool in_view = GENERATE(true, false);
    CAPTURE(in_view);
    if (!in_view) {
        transaction->commit();
        transaction.reset();
        world.reopen();
    }
    const auto source = in_view ? transaction->view() : world.now();

    std::vector<TermId> ids;
    for (const Term& term : terms) {
        CAPTURE(term);
        const TermViewHolder holder(term);
        const auto id = source->find(holder.view());
        REQUIRE(id);
        CHECK(source->term(*id) == term);
        ids.push_back(*id);
    }
    ids.push_back(TermId{});
    const std::vector<Term> found = source->terms(ids);
    CHECK(std::equal(terms.begin(), terms.end(), found.begin()));
    CHECK_FALSE(found.back().is_defined());
    CHECK(source->statistics().quads == terms.size());

    const TermId outer = ids[terms.size() - 1];
    const auto parts = source->triple(outer);
    CHECK(parts[2] == ids[terms.size() - 2]);
    CHECK(source->find_triple(parts) == outer);
    CHECK_FALSE(source->find_triple({parts[2], parts[1], parts[0]}));
}

TEST_CASE("store: refuses ids that it never gave out", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b"});
    const TermId unknown = TermId::ranked(TermTag::Iri, TermId::Segment::Tail, 99);
    CHECK_THROWS_AS(world.now()->term(unknown), Error);
    CHECK_THROWS_AS(world.now()->terms(std::vector{unknown}), Error);
}

TEST_CASE("store: keeps declared prefixes, the last of a name", "[storage]") {
    World world(any_kind());
    for (const char* iri : {"http://old/", "http://new/"}) {
        const auto transaction = world.store().begin();
        transaction->declare_prefix("ex", iri);
        transaction->declare_prefix("", "http://empty/");
        transaction->commit();
    }
    world.reopen();
    using Prefix = std::pair<std::string, std::string>;
    CHECK(world.now()->prefixes() == std::vector<Prefix>{{"", "http://empty/"}, {"ex", "http://new/"}});
}

TEST_CASE("store: readers work while one writes", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a p b"});
    std::atomic<bool> done{false};
    std::atomic<int> broken{0};
    const auto read = [&] {
        while (!done) {
            const auto source = world.now();
            const std::uint64_t quads = source->statistics().quads;
            for (const IndexOrder& order : kIndexOrders) {
                if (!order.named_graphs_only && scan(*source, order, kEverything).size() != quads) ++broken;
            }
        }
    };
    std::thread first(read), second(read);
    for (int i = 0; i < 40; ++i) {
        const auto transaction = world.store().begin();
        for (int k = 0; k < 20; ++k) {
            transaction->add(quad(*transaction, "s" + std::to_string(i * 7 % 50) + " p o" + std::to_string(k)));
        }
        if (i % 5 == 4) transaction->remove(quad(*transaction, "s" + std::to_string(i) + " p o3"));
        transaction->commit();
    }
    done = true;
    first.join();
    second.join();
    CHECK(broken == 0);
}

TEST_CASE("store: none of ten readers sees half a commit", "[storage]") {
    World world(any_kind());
    add(world.store(), {"a value v0", "b value v0"});
    std::atomic<bool> done{false};
    std::atomic<int> broken{0};
    std::atomic<std::uint64_t> looks{0};
    const auto values_of = [](const QuadSource& source, const std::string& subject) {
        const std::string iri = "http://example.org/" + subject;
        std::vector<TermId> values;
        for (const Quad& quad : scan(source, kIndexOrders[0], {{source.find(TermView::iri(iri)).value(), kAny, kAny, kAny}})) values.push_back(quad.object());
        return values;
    };
    const auto read = [&] {
        while (!done) {
            const auto source = world.now();
            const auto first = values_of(*source, "a");
            std::this_thread::yield();
            if (first.size() != 1 || values_of(*source, "b") != first) ++broken;
            ++looks;
        }
    };
    std::vector<std::thread> readers;
    for (int i = 0; i < 10; ++i) readers.emplace_back(read);
    const auto end = std::chrono::steady_clock::now() + tercet::test::time_for_test();
    for (int i = 0; i == 0 || std::chrono::steady_clock::now() < end; ++i) {
        const std::string before = " value v" + std::to_string(i), after = " value v" + std::to_string(i + 1);
        const auto transaction = world.store().begin();
        for (const std::string subject : {"a", "b"}) {
            transaction->remove(quad(*transaction, subject + before));
            transaction->add(quad(*transaction, subject + after));
        }
        for (int k = 0; k < 5; ++k) transaction->add(quad(*transaction, "s" + std::to_string((5 * i + k) % 997) + " p o" + std::to_string(i % 7)));
        transaction->commit();
    }
    done = true;
    for (std::thread& reader : readers) reader.join();
    CHECK(broken == 0);
    CHECK(looks > 0);
}

TEST_CASE("store: what several writers commit is there when they have been told so, and stays", "[storage]") {
    constexpr int kWriters = 4, kCommits = 25;
    World world(any_kind());
    std::atomic<int> missing{0};
    const auto write = [&](int writer) {
        for (int i = 0; i < kCommits; ++i) {
            const std::string subject = "s" + std::to_string(writer) + "_" + std::to_string(i);
            add(world.store(), {subject + " p a", subject + " p b"});
            const auto source = world.now();
            const std::string iri = "http://example.org/" + subject;
            const auto id = source->find(TermView::iri(iri));
            if (!id || source->count({{*id, kAny, kAny, kAny}}) != 2) ++missing;
        }
    };
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < kWriters; ++writer) writers.emplace_back(write, writer);
    }
    CHECK(missing == 0);
    world.reopen();
    CHECK(world.now()->statistics().quads == 2 * kWriters * kCommits);
    CHECK(world.now()->version() >= kWriters * kCommits);
}

TEST_CASE("store: a writer waits for the one before it", "[storage]") {
    World world(any_kind());
    auto first = world.store().begin();
    std::atomic<bool> second_began{false};
    std::thread other([&] {
        const auto second = world.store().begin();
        second_began = true;
        second->add(quad(*second, "second p x"));
        second->commit();
    });
    first->add(quad(*first, "first p x"));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    CHECK_FALSE(second_began);
    first->commit();
    first.reset();
    other.join();
    CHECK(contents(*world.now()) == Lines{"first p x", "second p x"});
}

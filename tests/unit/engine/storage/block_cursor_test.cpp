#include "engine/storage/block_cursor.hpp"

#include <random>

#include "engine/storage/quad_order.hpp"
#include "support/catch.hpp"
#include "unit/engine/storage/store_world.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;

namespace {

/// Several blocks in each order, and beside them changes of many commits, some of the same quads: thick in some places, none in others.
class ChangedBlocks {
public:
    ChangedBlocks() {
        const auto transaction = world_.store().begin();
        for (unsigned i = 0; i < 9000; ++i) record(*transaction, random_quad(*transaction, 1000), true);
        transaction->commit();
        for (int commit = 0; commit < 25; ++commit) change(commit % 2 == 0 ? 100 : 1000);
    }

    [[nodiscard]] std::shared_ptr<const QuadSource> now() const { return world_.now(); }
    /// What matches, in the order.
    [[nodiscard]] std::vector<Quad> expected(const IndexOrder& order, const QuadPattern& pattern) const {
        std::vector<Quad> quads;
        for (const Quad& quad : model_) {
            if (matches(pattern, quad) && belongs_to(order, quad)) quads.push_back(quad);
        }
        std::sort(quads.begin(), quads.end(), KeyLess{order});
        return quads;
    }
    [[nodiscard]] Quad some_quad() { return *std::next(model_.begin(), static_cast<std::ptrdiff_t>(random_() % model_.size())); }

private:
    void change(unsigned subjects) {
        const auto transaction = world_.store().begin();
        for (int i = 0; i < 60; ++i) record(*transaction, random_() % 2 == 0 ? some_quad() : random_quad(*transaction, subjects), random_() % 3 != 0);
        transaction->commit();
    }
    Quad random_quad(Transaction& transaction, unsigned subjects) {
        const auto term = [&](char letter, unsigned count) { return iri(transaction, letter + std::to_string(random_() % count)); };
        return {{term('s', subjects), term('p', 5), term('o', 200), random_() % 3 == 0 ? term('g', 3) : kDefaultGraph}};
    }
    void record(Transaction& transaction, const Quad& quad, bool present) {
        if (present) {
            transaction.add(quad);
            model_.insert(quad);
        } else {
            transaction.remove(quad);
            model_.erase(quad);
        }
    }

    std::mt19937 random_{7};
    World world_{{"disk", {.bulk_quads = 5000, .fold_changes = 100'000, .sync = false}}};
    std::set<Quad> model_;
};

}  // namespace

TEST_CASE("block cursor: puts changes among the rows, however many are asked for at once", "[storage]") {
    ChangedBlocks blocks;
    const auto source = blocks.now();
    const Quad some = blocks.some_quad();
    for (const QuadPattern& pattern : {kEverything, QuadPattern{{kAny, kAny, kAny, kDefaultGraph}}, QuadPattern{{kAny, some.predicate(), kAny, kAny}},
                                       QuadPattern{{kAny, some.predicate(), kAny, some.graph()}}, QuadPattern{{kAny, kAny, some.object(), kAny}}}) {
        for (const IndexOrder& order : kIndexOrders) {
            CAPTURE(order.name);
            const auto expected = blocks.expected(order, pattern);
            for (const std::size_t limit : {std::size_t{1}, std::size_t{255}, std::size_t{256}, std::size_t{300}, std::size_t{1000}, kBatchRows}) {
                CAPTURE(limit);
                CHECK(scan(*source, order, pattern, limit) == expected);
            }
        }
    }
}

TEST_CASE("block cursor: gallops between whole batches of changed rows", "[storage]") {
    ChangedBlocks blocks;
    const auto source = blocks.now();
    const auto batch = std::make_unique<QuadBatch>();
    for (const IndexOrder& order : kIndexOrders) {
        CAPTURE(order.name);
        const auto all = blocks.expected(order, kEverything);
        const auto cursor = source->scan(order, kEverything);
        for (std::size_t at = 0; at < all.size(); at += 700) {
            cursor->seek(all[at]);
            REQUIRE(cursor->next(*batch, 300));
            const std::size_t expected = std::min<std::size_t>(300, all.size() - at);
            REQUIRE(batch->size == expected);
            bool is_same = true;
            for (std::size_t i = 0; i < expected; ++i) is_same = is_same && batch->quad(i) == all[at + i];
            CHECK(is_same);
        }
    }
}

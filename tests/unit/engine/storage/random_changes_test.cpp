#include <map>
#include <random>

#include "support/catch.hpp"
#include "support/scale.hpp"
#include "unit/engine/storage/store_world.hpp"

using namespace tercet;
using namespace tercet::storage;
using namespace tercet::storage::test;

namespace {

using Model = std::set<Quad>;

struct Held {
    std::shared_ptr<const QuadSource> source;
    Model model;
};

void check_same(const QuadSource& source, const Model& model) {
    for (const IndexOrder& order : kIndexOrders) {
        CAPTURE(order.name);
        const auto found = scan(source, order, kEverything);
        Model expected = model;
        if (order.named_graphs_only)
            std::erase_if(expected, [](const Quad& quad) { return !quad.graph().is_defined(); });
        REQUIRE(Model(found.begin(), found.end()) == expected);
        REQUIRE(found.size() == expected.size());
    }
}

/// Of the pattern that any of the quad's parts make.
void check_counts(const QuadSource& source, const Model& model, const Quad& quad) {
    for (unsigned mask = 0; mask < 16; ++mask) {
        QuadPattern pattern = kEverything;
        for (std::size_t i = 0; i < 4; ++i) {
            if ((mask >> i & 1U) != 0) pattern.slot[i] = quad.slot[i];
        }
        CAPTURE(mask);
        const auto expected = std::count_if(model.begin(), model.end(), [&](const Quad& each) { return matches(pattern, each); });
        REQUIRE(source.count(pattern) == static_cast<std::uint64_t>(expected));
    }
}

void check_statistics(const QuadSource& source, const Model& model) {
    struct Sets {
        std::uint64_t triples = 0;
        std::set<TermId> subjects, objects;
    };
    std::map<TermId, Sets> predicates;
    std::set<TermId> graphs;
    std::uint64_t in_default = 0;
    for (const Quad& quad : model) {
        Sets& sets = predicates[quad.predicate()];
        ++sets.triples;
        sets.subjects.insert(quad.subject());
        sets.objects.insert(quad.object());
        if (quad.graph().is_defined())
            graphs.insert(quad.graph());
        else
            ++in_default;
    }
    const StoreStatistics all = source.statistics();
    REQUIRE(all.quads == model.size());
    REQUIRE(all.default_graph_quads == in_default);
    REQUIRE(all.predicates == predicates.size());
    REQUIRE(source.graphs() == std::vector<TermId>(graphs.begin(), graphs.end()));
    for (const auto& [predicate, sets] : predicates) {
        const PredicateStatistics counts = source.predicate_statistics(predicate);
        REQUIRE(counts.triples == sets.triples);
        REQUIRE(counts.distinct_subjects == sets.subjects.size());
        REQUIRE(counts.distinct_objects == sets.objects.size());
    }
}

}  // namespace

TEST_CASE("store: random changes come out as in a plain set", "[storage]") {
    const StoreKind kind = GENERATE(from_range(store_kinds()));
    const unsigned seed = GENERATE(range(1U, 4U));
    CAPTURE(kind.name, seed);
    std::mt19937 random(seed);
    World world(kind);
    Model model;
    std::vector<Held> held;

    const auto pick = [&](Transaction& transaction, char letter, unsigned count) {
        return iri(transaction, letter + std::to_string(random() % count));
    };
    const int rounds = tercet::test::scaled(30);  // of thirty steps, for each kind and seed: 10,000 in all
    for (int round = 0; round < rounds; ++round) {
        {
            const auto transaction = world.store().begin();
            Model changed = model;
            const unsigned steps = random() % 60;
            for (unsigned i = 0; i < steps; ++i) {
                const Quad quad{{pick(*transaction, 's', 8), pick(*transaction, 'p', 3), pick(*transaction, 'o', 8),
                                 random() % 3 == 0 ? pick(*transaction, 'g', 2) : TermId{}}};
                if (random() % 5 < 3) {
                    transaction->add(quad);
                    changed.insert(quad);
                } else {
                    transaction->remove(quad);
                    changed.erase(quad);
                }
                if (random() % 20 == 0) check_same(*transaction->view(), changed);
            }
            Model added, removed;
            std::set_difference(changed.begin(), changed.end(), model.begin(), model.end(),
                                std::inserter(added, added.end()));
            std::set_difference(model.begin(), model.end(), changed.begin(), changed.end(),
                                std::inserter(removed, removed.end()));
            REQUIRE(transaction->added() == added.size());
            REQUIRE(transaction->removed() == removed.size());
            if (random() % 4 != 0) {
                transaction->commit();
                model = changed;
            }
        }
        if (random() % 3 == 0) held.push_back({world.now(), model});
        if (random() % 6 == 0) {
            held.clear();
            world.reopen();
        }
        check_same(*world.now(), model);
        check_statistics(*world.now(), model);
        for (int i = 0; i < 5 && !model.empty(); ++i) {
            check_counts(*world.now(), model, *std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size())));
        }
        for (const Held& old : held) check_same(*old.source, old.model);
    }
}

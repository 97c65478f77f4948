#include <iostream>

#include "engine/plan/passes.hpp"
#include "support/catch.hpp"
#include "tests/reference/comparison.hpp"
#include "tests/reference/random_part.hpp"

namespace tercet::reference {
namespace {

constexpr std::size_t kQueriesPerDataset = 10;

std::vector<std::string> some_passes(Dice& dice) {
    std::vector<std::string> names;
    for (const plan::Pass& pass : plan::passes()) {
        if (dice.chance(20)) names.emplace_back(pass.name);
    }
    return names;
}

bool differ(const Part& data, const Part& query, const std::vector<std::string>& passes, std::string* said = nullptr) {
    try {
        return World(kPrologue + data.text()).compare(kPrologue + query.text(), passes, said) == World::Outcome::Different;
    } catch (const Error&) {
        return false;  // data that is none
    }
}

std::string report(Part data, Part query, const std::vector<std::string>& passes) {
    shrink_both(data, query, [&](const Part& d, const Part& q) { return differ(d, q, passes); });
    std::string said, text = data.text() + "\n" + query.text() + "\n";
    differ(data, query, passes, &said);
    for (const std::string& pass : passes) text += "without " + pass + "\n";
    return text + said;
}

}  // namespace

/// TERCET_RANDOM_PAIRS and TERCET_RANDOM_SEED make it longer, or another one.
TEST_CASE("reference: random queries on random data have the answers of the specification", "[reference]") {
    const std::uint64_t wanted = setting("TERCET_RANDOM_PAIRS", 2500), seed = setting("TERCET_RANDOM_SEED", 1);
    std::size_t same = 0, empty = 0, skipped = 0, refused = 0, different = 0;
    for (std::uint64_t round = 0; same < wanted && different < 20; ++round) {
        Dice dice(seed * 1'000'000'007 + round);
        const Part data = random_data(dice);
        const World world(kPrologue + data.text());
        for (std::size_t i = 0; i < kQueriesPerDataset && different < 20; ++i) {
            const Part query = random_query(dice);
            const auto passes = some_passes(dice);
            switch (world.compare(kPrologue + query.text(), passes)) {
                case World::Outcome::Same: ++same; break;
                case World::Outcome::Empty: ++same, ++empty; break;
                case World::Outcome::Skipped: ++skipped; break;
                case World::Outcome::Refused: ++refused; break;
                case World::Outcome::Different:
                    ++different;
                    FAIL_CHECK("round " << round << ", query " << i << '\n' << report(data, query, passes));
            }
        }
    }
    std::cout << same << " pairs agree, " << empty << " of them on nothing, " << skipped << " are ambiguous or too large, " << refused << " are no queries\n";
    CHECK(different == 0);
    CHECK(skipped + refused + empty < same);  // else the generator has run dry
}

}  // namespace tercet::reference

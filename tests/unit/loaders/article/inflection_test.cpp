#include "loaders/article/inflection.hpp"

#include "support/catch.hpp"

using namespace tercet::article;

TEST_CASE("inflection: forms that people write in queries", "[article]") {
    using Strings = std::vector<std::string>;
    const auto [predicate, aliases] = GENERATE(table<std::string, Strings>({
        {"support", {"supports", "supported"}},
        {"agree_to", {"agrees to", "agreed to"}},
        {"carry_out", {"carries out", "carried out"}},
        {"meet_with", {"meets with", "met with"}},
        {"ban", {"bans", "banned"}},
        {"reach", {"reaches", "reached"}},
        {"be_found", {"is found", "are found", "was found", "were found"}},
    }));
    CAPTURE(predicate);
    CHECK(predicate_aliases(predicate) == aliases);
}

TEST_CASE("inflection: a chain belongs to its heads", "[article]") {
    CHECK(chain_heads("agree_to_allow") == std::vector<std::string>{"agree_to"});
    CHECK(chain_heads("want_to_try_to_leave") == std::vector<std::string>{"want_to_try_to", "want_to"});
    CHECK(chain_heads("agree_to").empty());
    CHECK(chain_heads("support").empty());
}

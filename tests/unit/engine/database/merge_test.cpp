#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"
#include "tercet/database.hpp"

using namespace tercet;

namespace {

const std::string kNames = "urn:tercet:name:";

/// Two articles, one of which calls a person by the surname alone.
struct Desk {
    test::TempDir directory;
    Database database = Database::in_memory();

    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(directory / name) << text;
        return directory / name;
    }
    std::string first = write("a.txt", "Ruth Otieno opened the bridge on Monday. Otieno said that it was safe.\n");
    std::string second = write("b.txt", "Otieno closed the market on Friday, the mayor said in Kampala.\n");

    bool ask(const std::string& pattern) const { return database.query("PREFIX : <urn:tercet:name:> ASK " + pattern).boolean(); }
    /// All quads, sorted: their order in a store is that in which terms came.
    std::vector<std::string> dump() const {
        std::stringstream out;
        database.dump(out, DumpFormat::NQuads);
        std::vector<std::string> quads;
        for (std::string line; std::getline(out, line);) quads.push_back(line);
        std::ranges::sort(quads);
        return quads;
    }
    bool holds(const std::string& start) const {
        return std::ranges::any_of(dump(), [&](const std::string& quad) { return quad.starts_with(start); });
    }
    void merge() { database.merge({kNames + "Otieno", kNames + "Ruth_Otieno", "one mayor"}); }
};

}  // namespace

TEST_CASE("merge: what was said of one name is said of the other", "[database]") {
    Desk desk;
    desk.database.load({desk.first, desk.second});
    desk.merge();
    CHECK(desk.ask("{ :Ruth_Otieno :close :market }"));
    CHECK(desk.ask("{ ?r <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( :Ruth_Otieno :close :market )>> }"));
    CHECK_FALSE(desk.holds("<urn:tercet:name:Otieno> <urn:tercet:name:close>"));
    REQUIRE(desk.database.merges().size() == 1);
    CHECK(desk.database.merges()[0].because == "one mayor");
    CHECK(desk.database.merges()[0].into == kNames + "Ruth_Otieno");
}

TEST_CASE("split: the store is what it was, byte for byte", "[database]") {
    Desk desk;
    desk.database.load({desk.first, desk.second});
    const std::vector<std::string> before = desk.dump();
    desk.merge();
    CHECK(desk.dump() != before);
    CHECK(desk.database.split(kNames + "Otieno"));
    CHECK(desk.dump() == before);
    CHECK_FALSE(desk.database.split(kNames + "Otieno"));
}

TEST_CASE("merge: what both names say stays said of both after a split", "[database]") {
    Desk desk;
    desk.database.update("PREFIX : <urn:tercet:name:> INSERT DATA { :Otieno :like :tea . :Ruth_Otieno :like :tea . GRAPH :g { :Otieno :like :tea } }");
    const std::vector<std::string> before = desk.dump();
    desk.merge();
    CHECK_FALSE(desk.ask("{ GRAPH :g { :Otieno :like :tea } }"));
    CHECK(desk.database.split(kNames + "Otieno"));
    CHECK(desk.dump() == before);
}

TEST_CASE("merge: articles that are loaded later follow, and leave without a trace", "[database]") {
    Desk desk;
    desk.database.load(desk.first);
    desk.merge();
    const std::vector<std::string> before = desk.dump();
    desk.database.load(desk.second);
    CHECK(desk.ask("{ :Ruth_Otieno :close :market }"));
    CHECK(desk.database.load(desk.second).quads_added == 0);
    CHECK(desk.database.unload(desk.second));
    CHECK(desk.dump() == before);
    desk.database.load(desk.second);
    CHECK(desk.database.split(kNames + "Otieno"));
    const std::vector<std::string> after = desk.dump();
    desk.database = Database::in_memory();
    desk.database.load({desk.first, desk.second});
    CHECK(desk.dump() == after);
}

TEST_CASE("merge: no circles, no chains, no merge of what is merged", "[database]") {
    Desk desk;
    desk.merge();
    const auto [name, into] = GENERATE(table<std::string, std::string>({{"A", "A"}, {"Otieno", "A"}, {"Ruth_Otieno", "A"}, {"A", "Otieno"}}));
    CAPTURE(name, into);
    CHECK_THROWS_AS(desk.database.merge({kNames + name, kNames + into, {}}), Error);
}

TEST_CASE("merge: names that may be one are proposed; two of a name are both told", "[database]") {
    Desk desk;
    desk.database.load({desk.first, desk.second});
    REQUIRE(desk.database.merge_candidates().size() == 1);
    CHECK(desk.database.merge_candidates()[0].name == kNames + "Otieno");
    CHECK(desk.database.merge_candidates()[0].into == std::vector<std::string>{kNames + "Ruth_Otieno"});
    desk.database.load(desk.write("c.txt", "John Otieno opened the school on Monday. Otieno said that it was safe.\n"));
    REQUIRE(desk.database.merge_candidates().size() == 1);
    CHECK(desk.database.merge_candidates()[0].into.size() == 2);
}
